"""Other consortia nearly as good, each made up mostly of other members.

One tree of parts serves them all: a part that cannot hold the next alternative waits for those after it.
"""

import numpy as np

from .best import EXACT, Best, Found, Memory
from .bounds import Bound, Corner
from .lot import Lot
from .search import begin, better, recall
from .tree import Tree

_WITHIN = 0.03
"""How far below the best an alternative may lie, as a fraction of the best's objective."""
_CAUTION = 0.1
"""How far below what is foreseen the parts are kept, as a fraction of what the alternatives before it lose."""


def find_alternatives(
    lot: Lot, best: Found, wanted: int, until: float = np.inf, memory: Memory | None = None
) -> list[Found]:
    """Up to so many further sets, best first.

    Each is the best set within 3% of the best objective that shares at most half the members of the larger set
    with the best and with every earlier alternative. Once the clock of time.perf_counter reads until, those proved
    by then are all.
    """
    floor = best.objective - _WITHIN * abs(best.objective)
    search = Best(lot.programme, lot.keeps_gates, floor, False, until, found=best, memory=memory or Memory())
    search.go_on()
    return _InTurn(search, wanted).find() if wanted > 0 else []


class _InTurn:
    """The search for so many sets, each the best that differs from all before it.

    kept  every set worth more than this is still in the tree; foreseen, so it may be too high: then the tree is begun
          again from lower
    """

    def __init__(self, best: Best, wanted: int) -> None:
        self.best, self.wanted = best, wanted
        self.found: list[Found] = []
        self.kept = best.floor

    def find(self) -> list[Found]:
        best = self.best
        best.to_come = best.floor
        tree = begin(best, self._look_round)
        while len(self.found) < self.wanted:
            best.to_come = np.inf if self._is_last else self.kept
            if tree is not None:
                tree.search()
            if best.is_late:
                break
            if self._worth < self.kept - EXACT:
                self.kept = best.to_come = self._worth if self._is_last else best.floor
                tree = begin(best)
            elif best.found is None:
                break
            else:
                self._take(best.found, tree)
        return self.found

    @property
    def _is_last(self) -> bool:
        return len(self.found) == self.wanted - 1

    @property
    def _worth(self) -> float:
        return self.best.floor if self.best.found is None else self.best.found.objective

    def _take(self, found: Found, tree: Tree | None) -> None:
        self.found.append(found)
        self.best.go_on()
        if tree is not None:
            tree.differ_from(found.members)

    def _look_round(self, tree: Tree, corner: Corner, bound: Bound) -> None:
        self.kept = self.best.to_come = max(self.best.floor, _foresee(tree, corner, bound, self.wanted - 1))


def _foresee(tree: Tree, corner: Corner, bound: Bound, to_come: int) -> float:
    """About what the last of so many later bests will be worth; no promise."""
    first = tree.best
    later = first.look_ahead()
    ahead = Tree(tree.programme, tree.master.begun_again(), tree.names, later)
    for _ in range(to_come):
        if later.found is None:
            return first.floor
        members = later.found.members
        later.go_on()
        ahead.differ_from(members)
        ahead.tighten(corner, 0)
        for members in recall(later):
            better(later, tree.names, bound, members)
    return _repeat(first, to_come)


def _repeat(best: Best, to_come: int) -> float:
    """What the last of so many later bests is worth among the sets known so far, and a little less."""
    later = best.look_ahead()
    later.choose_again()
    worth = []
    for _ in range(to_come):
        if later.found is None:
            return best.floor
        worth.append(later.found.objective)
        later.go_on()
    if later.found is None:
        return best.floor
    last = later.found.objective
    return last - _CAUTION * (worth[0] - last) if worth else last
