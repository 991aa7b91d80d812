"""Every set of a few members tried, the hopeless left out early: quicker than splitting where few may join."""

from collections.abc import Callable

import numpy as np

from .linear import Entries, start_programme
from .programme import Grid, Indices, Mask, Programme
from .standing_in import beaten_by

_DUST = 1e-9

Offer = Callable[[tuple[int, ...]], object]


def try_every(programme: Programme, offer: Offer, is_done: Callable[[], bool], steps: int) -> bool:
    """Offer every set that might carry the lot, until the search is done; False where it would take too many steps.

    A set is built up by whoever serves the scarcest need or gate. It is left once the best of those left, each need and
    gate by itself or all together, could not make good what is missing.
    """
    search = _Sets(programme, offer, is_done, steps)
    try:
        search.extend(
            (), np.ones(search.serves.shape[1]), np.ones(len(programme.reach), dtype=bool), search.beats.sum(axis=0)
        )
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
        self.prices = _scarcity(self.serves)
        self.beats = beaten_by(programme) if programme.least == 0 else np.zeros((len(reach), len(reach)), dtype=bool)

    def extend(self, members: tuple[int, ...], missing: Grid, free: Mask, behind: Indices) -> None:
        """Offer every set of these members and others who are free."""
        self._count()
        if missing.max(initial=0) <= _DUST:
            self.offer(tuple(sorted(members)))
        left = self.programme.most - len(members)
        others = np.nonzero(free & (behind < left))[0]
        if self.is_done() or not left or not len(others):
            return
        gives = np.minimum(self.serves[others], missing)
        weights = np.column_stack(
            [np.divide(1.0, missing, out=np.zeros_like(missing), where=missing > _DUST), self.prices]
        )
        rank = gives @ weights
        if not _could_do(np.column_stack([gives, rank]), np.concatenate([missing, missing @ weights]), left):
            return
        rank = rank[:, 0]
        if left == 1:
            self._finish(members, others[(gives >= missing - _DUST).all(axis=1)])
            return
        free = free.copy()
        first = behind[others] == 0
        for one in _scarcest(others[first], gives[first], missing, rank[first]):
            if self.is_done():
                return
            free[one] = False
            rest = free.copy()
            rest[list(self.programme.apart.get(int(one), ()))] = False
            self.extend((*members, int(one)), np.maximum(missing - self.serves[one], 0), rest, behind - self.beats[one])
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


def _could_do(gives: Grid, missing: Grid, left: int) -> bool:
    """Whether the best so many in each column reach what is missing there."""
    if left < len(gives):
        gives = -np.partition(-gives, left - 1, axis=0)[:left]
    return bool((gives.sum(axis=0) >= missing - _DUST).all())


def _scarcest(others: Indices, gives: Grid, missing: Grid, rank: Grid) -> Indices:
    """Those of whom one at least must join, the most useful first: everybody where nothing is missing."""
    if missing.max(initial=0) > _DUST:
        helps = gives[:, missing > _DUST] > _DUST
        scarce = int(helps.sum(axis=0).argmin())
        others, rank = others[helps[:, scarce]], rank[helps[:, scarce]]
    return others[np.argsort(-rank, kind="stable")]


def _scarcity(serves: Grid) -> Grid:
    """A price on each column at which the fewest fractions of enterprises that meet them all cost most."""
    heads, columns = serves.shape
    if not serves.any():
        return np.zeros(columns)
    lp = start_programme()
    lp.add_rows(np.ones(columns), np.full(columns, np.inf))
    who, what = np.nonzero(serves)
    lp.add_columns(np.ones(heads), np.zeros(heads), np.ones(heads), Entries(what, who, serves[who, what]))
    answer = lp.solve()
    return np.zeros(columns) if answer is None else np.maximum(answer.prices, 0)
