"""Branch and bound: split the sets until each part is beaten by its bound or is a single set.

Sources: Land and Doig, An Automatic Method of Solving Discrete Programming Problems, Econometrica 28 (1960);
Achterberg, Koch and Martin, Branching Rules Revisited, Operations Research Letters 33 (2005).
"""

import heapq
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np

from .best import Best
from .bounds import Bound, Corner
from .branching import Split, Splitter, close
from .cuts import Cuts, Flow, break_up
from .greedy import climb_among, round_up
from .master import Master
from .programme import Grid, Indices, Programme

_WHOLE = 1e-6
_ROUNDS = 2
_DEEP = 6
_SLOW = 1e-4
_LIKELY = 32


@dataclass(frozen=True)
class Part:
    """A part of the sets still to be looked at."""

    corner: Corner
    total: float
    basis: Any
    depth: int
    split: Split | None = None


class Tree:
    """The search over one lot, its enterprises named by their places in the whole lot."""

    def __init__(self, programme: Programme, master: Master, names: Indices, best: Best) -> None:
        self.programme, self.master, self.names, self.best = programme, master, names, best
        self.splitter = Splitter(len(names))
        self.nodes = 0
        self.order = count()
        self.waiting: list[tuple[float, int, Part]] = []
        self.climbed: set[tuple[int, ...]] = set()

    def await_part(self, part: Part) -> None:
        """This part is still to be looked at."""
        heapq.heappush(self.waiting, (-part.total, next(self.order), part))

    def search(self) -> None:
        """Better the best as far as it can be bettered; returns once no part that waits can."""
        part: Part | None = None
        while (part or self.waiting) and not self.best.is_settled:
            if part is None:
                if -self.waiting[0][0] <= self.best.to_beat:
                    return
                part = heapq.heappop(self.waiting)[2]
                if part.basis is not None:
                    self.master.basis = part.basis
            children = self._open(part)
            part = children.pop(0) if children and children[0].total > self.best.to_beat else None
            for child in children:
                self.await_part(child)

    def differ_from(self, members: tuple[int, ...]) -> None:
        """From now on the parts that wait hold only sets different from this one."""
        present = np.nonzero(np.isin(self.names, members))[0]
        self.programme = self.programme.different_from(present, len(members))
        self.master.ask_more(self.programme)
        self.climbed.clear()

    def tighten(self, corner: Corner, rounds: int, depth: int = 0) -> tuple[Corner, Bound, Grid] | None:
        """The corner without those of no use, its bound with further cuts, and the members' fractions; or None."""
        best, bound = self.best, self.master.find_bound(corner)
        while bound is not None and bound.total > best.to_keep and not best.is_settled:
            joins = np.where(corner.is_in, 1.0, np.where(corner.is_out, 0.0, bound.prices.joins))
            self._try_round(joins, bound.adds, depth)
            if bound.total <= best.to_beat:
                return (corner, bound, joins) if bound.total > best.to_keep else None
            settled = settle(self.programme, corner, bound, best.to_keep)
            if settled is None:
                return None
            is_doubtful = np.minimum(joins, 1 - joins) > _WHOLE
            is_moved = is_doubtful & (settled.is_in | settled.is_out)
            corner = settled
            if is_moved.any():
                bound = self.master.find_bound(corner)
                continue
            must = None if self._is_mixed(corner) else self._must_cut(bound, joins)
            if must is not None:
                self.master.add_cuts(must)
                bound = self.master.find_bound(corner)
                continue
            new = [cut for flow in _flows(self.programme, bound) for cut in break_up(flow, joins)] if rounds else []
            if not new:
                return corner, bound, joins
            rounds -= 1
            if depth == 0:
                self.master.keep_cuts(bound.prices.cuts > 0)
            was = bound.total
            self.master.add_cuts(Cuts.of(new))
            bound = self.master.find_bound(corner)
            if bound is not None and was - bound.total < _SLOW:
                rounds = 0
        return None

    def _open(self, part: Part) -> list[Part]:
        self.nodes += 1
        tight = self.tighten(part.corner, _ROUNDS if 0 < part.depth < _DEEP else 0, part.depth + 1)
        if part.split is not None:
            self.splitter.learn(part.split, part.total, -np.inf if tight is None else tight[1].total)
        if tight is None:
            return []
        corner, bound, joins = tight
        part = replace(part, corner=corner, total=min(part.total, bound.total), basis=self.master.basis, split=None)
        if part.total <= self.best.to_beat:
            return [part]
        return self._split_sizes(part) if self._is_mixed(corner) else self._split(part, bound, joins)

    def _is_mixed(self, corner: Corner) -> bool:
        """Whether the corner holds sizes that must differ by more, and by fewer, from an earlier set."""
        limits = self.programme.limits_at(np.array([corner.fewest, corner.most]))
        return bool((limits[0] != limits[1]).any())

    def _split_sizes(self, part: Part) -> list[Part]:
        """The sizes that must differ as the smallest must, and those above."""
        corner = part.corner
        limits = self.programme.limits_at(np.arange(corner.fewest, corner.most + 1))
        last = corner.fewest + int((limits == limits[0]).all(axis=1).sum()) - 1
        sides = (replace(corner, most=last), replace(corner, fewest=last + 1))
        closed = [close(self.programme, side) for side in sides]
        return [replace(part, corner=side, depth=part.depth + 1) for side in closed if side is not None]

    def _try_round(self, joins: Grid, adds: Grid, depth: int) -> None:
        for members in round_up(self.programme, joins):
            was = self.best.found
            self._offer(members)
            if (depth == 0 or self.best.found is not was) and members not in self.climbed:
                self.climbed.add(members)
                likely = np.union1d(np.argsort(-joins - adds, kind="stable")[:_LIKELY], members)
                climb_among(self.programme, likely, np.array(members), self._offer)

    def _offer(self, members: tuple[int, ...]) -> float | None:
        return self.best.offer(tuple(int(one) for one in self.names[list(members)]))

    def _must_cut(self, bound: Bound, joins: Grid) -> Cuts | None:
        """Rows that remove this answer, where it is no set that may be, or one that is known by now."""
        apart = _apart(self.programme, joins)
        if apart is not None:
            return apart
        if (np.minimum(joins, 1 - joins) > _WHOLE).any():
            return None
        members = np.nonzero(joins > 0.5)[0]
        exact = self._offer(tuple(members))
        if bound.total <= self.best.to_beat:
            return None
        idle = members[bound.prices.parts[members] @ self.programme.units < self.programme.least - 1e-7]
        if exact is None and len(idle):
            return _busy(self.programme, idle)
        return _not_again(len(joins), len(self.programme.units), members)

    def _split(self, part: Part, bound: Bound, joins: Grid) -> list[Part]:
        decision = self.splitter.choose(self.master, part.corner, bound, joins)
        basis = self.master.basis
        children = []
        for side in decision.sides():
            corner = side.of(part.corner, self.programme)
            if corner is not None:
                children.append(Part(corner, part.total, basis, part.depth + 1, side))
        return children


def settle(programme: Programme, corner: Corner, bound: Bound, to_beat: float) -> Corner | None:
    """Who must be in and who must be out of anything better; None where nothing can be."""
    spare = to_beat - bound.total
    is_free = ~(corner.is_in | corner.is_out)
    is_in = corner.is_in | (is_free & (bound.adds > 0) & (-bound.adds <= spare))
    is_out = corner.is_out | (is_free & (bound.adds < 0) & (bound.adds <= spare))
    return close(programme, replace(corner, is_in=is_in, is_out=is_out))


def _flows(programme: Programme, bound: Bound) -> list[Flow]:
    if not programme.asked.all():
        return []
    parts, worth = bound.prices.parts, programme.worth
    flows = [
        Flow(weigh, programme.reach[:, need], parts[:, need], 1.0)
        for need, weigh in enumerate(np.eye(len(programme.units)))
    ]
    if worth.any():
        most = np.minimum(programme.purse, programme.reach @ worth)
        flows.append(Flow(worth, most, parts @ worth, float(worth.sum())))
    return flows


def _apart(programme: Programme, joins: Grid) -> Cuts | None:
    """For pairs that may not work together but do here in part: at most one of as many as exclude each other."""
    present = [int(one) for one in np.nonzero(joins > _WHOLE)[0]]
    rows = []
    for one in present:
        for other in programme.apart.get(one, ()):
            if one < other and joins[one] + joins[other] > 1 + _WHOLE:
                clique = [one, other]
                for third in present:
                    if programme.apart.get(third, frozenset()).issuperset(clique):
                        clique.append(third)
                rows.append(tuple(sorted(clique)))
    if not rows:
        return None
    sets = sorted(set(rows))
    blank = np.zeros((len(sets), len(joins)))
    join = blank.copy()
    for row, members in enumerate(sets):
        join[row, list(members)] = 1
    return Cuts(np.zeros((len(sets), len(programme.units))), blank, join, np.ones(len(sets)))


def _busy(programme: Programme, idle: Indices) -> Cuts:
    carry = np.zeros((len(idle), len(programme.reach)))
    carry[np.arange(len(idle)), idle] = -1
    return Cuts(np.tile(programme.units, (len(idle), 1)), carry, -carry, np.zeros(len(idle)))


def _not_again(enterprises: int, needs: int, members: Indices) -> Cuts:
    join = -np.ones((1, enterprises))
    join[0, members] = 1
    return Cuts(np.zeros((1, needs)), np.zeros((1, enterprises)), join, np.array([len(members) - 1.0]))
