"""Every set of a few members tried, the hopeless left out early: quicker than splitting where few may join."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .linear import Entries
from .programme import Grid, Indices, Mask, Programme
from .solvers import start_programme
from .standing_in import beaten_by

_DUST = 1e-9
_PRICED = 4
"""From so many places left on, what is missing is priced anew: it costs a linear programme and spares many sets."""
_LIKED = 10.0
"""How much being chosen by that programme counts beside what an enterprise gives of what is missing."""

Offer = Callable[[tuple[int, ...]], object]


def try_every(programme: Programme, offer: Offer, is_done: Callable[[], bool], steps: int) -> bool:
    """Offer every set that might carry the lot, until the search is done; False where it would take too many steps.

    A set is built up by whoever serves the scarcest need or gate. It is left once the best of those left, each need and
    gate by itself or all together, could not make good what is missing.
    """
    search = _Sets(programme, offer, is_done, steps)
    everybody = np.ones(len(programme.reach), dtype=bool)
    try:
        search.extend((), np.ones(search.serves.shape[1]), everybody, search.beats.sum(axis=0), None)
    except _TooMany:
        return False
    return True


class _TooMany(Exception):
    pass


class _Sets:
    """serves  E x M  the part of each need, each gate and of the money that each enterprise could meet"""

    def __init__(self, programme: Programme, offer: Offer, is_done: Callable[[], bool], steps: int) -> None:
        self.programme, self.offer, self.is_done, self.steps = programme, offer, is_done, steps
        asked, reach = programme.asked, programme.reach
        gates = programme.limits < 0
        columns = [reach[:, asked], (programme.rows[gates] / programme.limits[gates, None]).T]
        total = float(programme.worth[asked].sum())
        if total > 0:
            money = np.minimum(programme.purse, (reach * programme.worth)[:, asked].sum(axis=1))
            columns.append(money[:, None] / total)
        self.serves = np.column_stack(columns)
        self.beats = beaten_by(programme) if programme.least == 0 else np.zeros((len(reach), len(reach)), dtype=bool)

    def extend(self, members: tuple[int, ...], missing: Grid, free: Mask, behind: Indices, prices: Grid | None) -> None:
        """Offer every set of these members and others who are free. prices: on what is missing, None to find them."""
        self._count()
        if missing.max(initial=0) <= _DUST:
            self.offer(tuple(sorted(members)))
        left = self.programme.most - len(members)
        others = np.nonzero(free & (behind < left))[0]
        if self.is_done() or not left or not len(others):
            return
        gives = np.minimum(self.serves[others], missing)
        if not _could_do(gives, missing, left):
            return
        if left == 1:
            self._finish(members, others[(gives >= missing - _DUST).all(axis=1)])
            return
        looks = gives @ np.divide(1.0, missing, out=np.zeros_like(missing), where=missing > _DUST)
        if prices is None or left >= _PRICED:
            prices, parts = _scarcity(gives, missing)
            looks += _LIKED * parts
        kept = _could_help(gives @ prices, float(missing @ prices), left)
        self._split(members, missing, _Those(others[kept], gives[kept], looks[kept]), behind, prices)

    def _split(self, members: tuple[int, ...], missing: Grid, those: "_Those", behind: Indices, prices: Grid) -> None:
        """Each of those of whom one must join in turn, with only the ones after it."""
        free = np.zeros(len(behind), dtype=bool)
        free[those.heads] = True
        for one in _scarcest(those, missing, behind[those.heads] == 0):
            if self.is_done():
                return
            free[one] = False
            rest = free.copy()
            rest[list(self.programme.apart.get(int(one), ()))] = False
            still = np.maximum(missing - self.serves[one], 0)
            self.extend((*members, int(one)), still, rest, behind - self.beats[one], prices)
            free[self.beats[one]] = False

    def _finish(self, members: tuple[int, ...], last: Indices) -> None:
        for one in last:
            self._count()
            self.offer(tuple(sorted((*members, int(one)))))
            if self.is_done():
                return

    def _count(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise _TooMany


@dataclass(frozen=True)
class _Those:
    """Who could still join, what each gives of what is missing, and how good each looks."""

    heads: Indices
    gives: Grid
    looks: Grid


def _could_do(gives: Grid, missing: Grid, left: int) -> bool:
    """Whether the best so many in each column reach what is missing there."""
    if left < len(gives):
        gives = -np.partition(-gives, left - 1, axis=0)[:left]
    return bool((gives.sum(axis=0) >= missing - _DUST).all())


def _could_help(worth: Grid, asked: float, left: int) -> Mask:
    """Whoever, with the best of the others, is worth what is asked at these prices; nobody where the best are not."""
    best = -np.sort(-worth)[:left]
    if best.sum() < asked - _DUST:
        return np.zeros(len(worth), dtype=bool)
    return worth >= asked - best[: left - 1].sum() - _DUST


def _scarcest(those: _Those, missing: Grid, may_be_first: Mask) -> Indices:
    """Those of whom one at least must join, the most useful first: everybody where nothing is missing."""
    others, gives, looks = those.heads[may_be_first], those.gives[may_be_first], those.looks[may_be_first]
    if missing.max(initial=0) > _DUST:
        helps = gives[:, missing > _DUST] > _DUST
        scarce = int(helps.sum(axis=0).argmin())
        others, looks = others[helps[:, scarce]], looks[helps[:, scarce]]
    return others[np.argsort(-looks, kind="stable")]


def _scarcity(serves: Grid, missing: Grid) -> tuple[Grid, Grid]:
    """A price on each column at which the fewest fractions of enterprises that meet what is missing cost most, and
    these fractions. Prices of nothing where no fractions do."""
    heads, columns = serves.shape
    nothing = np.zeros(columns), np.zeros(heads)
    if not serves.any():
        return nothing
    lp = start_programme()
    lp.add_rows(missing, np.full(columns, np.inf))
    who, what = np.nonzero(serves)
    lp.add_columns(np.ones(heads), np.zeros(heads), np.ones(heads), Entries(what, who, serves[who, what]))
    answer = lp.solve()
    return nothing if answer is None else (np.maximum(answer.prices, 0), answer.columns)
