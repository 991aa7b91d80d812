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
_ROUNDED = (1, 2, 3)
"""Into how many equal parts what is missing is cut, to count how many parts and one more it takes."""
_FINE = 1e-6
"""What is missing is cut into parts only where it is more than this."""
_LIKED = 10.0
"""How much being chosen by that programme counts beside what an enterprise gives of what is missing."""

Offer = Callable[[tuple[int, ...]], object]


@dataclass(frozen=True)
class Wanted:
    """How much of one of the needs asked is wanted, 0 to 1: it may grow while sets are tried."""

    need: int
    part: Callable[[], float]


def try_every(
    programme: Programme, offer: Offer, is_done: Callable[[], bool], steps: int, wanted: Wanted | None = None
) -> bool:
    """Offer every set that might carry the lot, until the search is done; False where it would take too many steps.

    A set is built up by whoever serves the scarcest need or gate. It is left once the best of those left, each need and
    gate by itself or all together, could not make good what is missing.

    wanted  a need of which a part is enough; by the end every set that carries more than that part has been offered,
            or one in which others stand in for some of its members
    """
    search = _Sets(programme, offer, is_done, steps, wanted)
    everybody = np.ones(len(programme.reach), dtype=bool)
    try:
        search.extend((), np.zeros(search.serves.shape[1]), everybody, search.beats.sum(axis=0), None)
    except _TooMany:
        return False
    return True


class _TooMany(Exception):
    pass


class _Sets:
    """serves  E x M  the part of each need, each gate and of the money that each enterprise could meet"""

    def __init__(
        self, programme: Programme, offer: Offer, is_done: Callable[[], bool], steps: int, wanted: Wanted | None
    ) -> None:
        self.programme, self.offer, self.is_done, self.steps, self.wanted = programme, offer, is_done, steps, wanted
        asked, reach = programme.asked, programme.reach
        gates = programme.limits < 0
        columns = [reach[:, asked], (programme.rows[gates] / programme.limits[gates, None]).T]
        whole = asked.copy()
        if wanted is not None:
            whole[wanted.need] = False
            self._column = int(asked[: wanted.need].sum())
        total = float(programme.worth[whole].sum())
        if total > 0:
            money = np.minimum(programme.purse, (reach * programme.worth)[:, whole].sum(axis=1))
            columns.append(money[:, None] / total)
        self.serves = np.column_stack(columns)
        self.beats = beaten_by(programme) if programme.least == 0 else np.zeros((len(reach), len(reach)), dtype=bool)

    def extend(self, members: tuple[int, ...], served: Grid, free: Mask, behind: Indices, prices: Grid | None) -> None:
        """Offer every set of these members and others who are free. prices: on what is missing, None to find them."""
        self._count()
        missing = self._missing(served)
        if missing.max(initial=0) <= _DUST:
            self.offer(tuple(sorted(members)))
            missing = self._missing(served)
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
        counted, asked = round_up(gives, missing)
        if not _could_do(counted, asked, left):
            return
        looks = gives @ np.divide(1.0, missing, out=np.zeros_like(missing), where=missing > _DUST)
        if prices is None or left >= _PRICED:
            prices, parts = _scarcity(counted, asked)
            looks += _LIKED * parts
        kept = _could_help(counted @ prices, float(asked @ prices), left)
        self._split(members, served, _Those(others[kept], gives[kept], looks[kept]), behind, prices)

    def _missing(self, served: Grid) -> Grid:
        missing = 1 - served
        if self.wanted is not None:
            missing[self._column] += self.wanted.part() - 1
        return np.maximum(missing, 0)

    def _split(self, members: tuple[int, ...], served: Grid, those: "_Those", behind: Indices, prices: Grid) -> None:
        """Each of those of whom one must join in turn, with only the ones after it."""
        free = np.zeros(len(behind), dtype=bool)
        free[those.heads] = True
        for one in _scarcest(those, self._missing(served), behind[those.heads] == 0):
            if self.is_done():
                return
            free[one] = False
            rest = free.copy()
            rest[list(self.programme.apart.get(int(one), ()))] = False
            self.extend((*members, int(one)), served + self.serves[one], rest, behind - self.beats[one], prices)
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


def round_up(gives: Grid, missing: Grid) -> tuple[Grid, Grid]:
    """What each gives and what is missing, and the same counted in parts of what is missing, rounded up.

    Whoever together give all of what is missing give, each rounded up to whole parts a little smaller than 1 / n of it,
    more than n parts: so n + 1. Fractions of enterprises that meet what is missing seldom do.
    source  Chvátal, Edmonds Polytopes and a Hierarchy of Combinatorial Problems, Discrete Mathematics 4 (1973)
    """
    is_cut = missing > _FINE
    whole = np.where(is_cut, missing - 4 * _DUST, 1.0)
    counted = [np.where(is_cut, np.ceil(np.minimum(gives / whole * n, n + 1)) / (n + 1), 0) for n in _ROUNDED]
    return np.hstack([gives, *counted]), np.concatenate([missing, *[is_cut.astype(float) for _ in _ROUNDED]])


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
