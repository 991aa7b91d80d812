"""The exact best set of members: solve among the promising, then prove that nobody else could do better."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from .bounds import Bound
from .carrying import Load, divide
from .programme import Indices, Programme
from .relaxation import find_bound, is_impossible
from .selection import select

EXACT = 1e-8
"""Bounds this close to the best known are closed; the contract asks for 1e-6."""
_FIRST = 30
_PORTION = 40

Check = Callable[[tuple[int, ...]], bool]


@dataclass(frozen=True)
class Found:
    """The best set, as indices in order, how it divides the lot, and its objective."""

    members: tuple[int, ...]
    load: Load
    objective: float


def find_best(
    programme: Programme, check: Check, *, floor: float = -np.inf, is_first_enough: bool = False
) -> Found | None:
    """The best set of enterprises that carries the lot, keeps every row and passes the check; None where none does.

    check            exact gates of a set, in whole pence and heads
    floor            sets worth less than this do not count
    is_first_enough  stop at any set at all: for asking whether there is one
    source           docs/measures/consortium.md
    """
    best = _Best(programme, check, floor, is_first_enough)
    best.offer(())
    if not len(programme.reach) or (programme.reach.sum(axis=0) < 1 - EXACT)[programme.asked].any():
        return best.found
    if len(programme.reach) <= _FIRST and not best.is_settled:
        _solve_among(programme, np.arange(len(programme.reach)), best)
        return best.found
    bound = find_bound(programme)
    if best.is_settled or bound.total <= best.to_beat:
        return best.found
    if is_first_enough:
        _search(programme, best)
        return best.found
    _search_by_size(programme, bound, best)
    return best.found


def _search_by_size(programme: Programme, bound: Bound, best: "_Best") -> None:
    """One search for each number of members, the most promising number first.

    Bounds fall away on both sides of the number that suits the lot best, so a number's neighbours are looked at
    only once the number itself could still win.
    """
    middle = min(programme.most, max(1, round(bound.heads)))
    bounds: dict[int, float] = {}
    waiting: list[tuple[float, int]] = []

    def look_at(size: int) -> None:
        if 1 <= size <= programme.most and size not in bounds:
            bounds[size] = find_bound(_of_size(programme, size)).total
            heapq.heappush(waiting, (-bounds[size], size))

    for size in (middle - 1, middle, middle + 1):
        look_at(size)
    while waiting and -waiting[0][0] > best.to_beat:
        size = heapq.heappop(waiting)[1]
        _search(_of_size(programme, size), best)
        look_at(size - 1)
        look_at(size + 1)


def _of_size(programme: Programme, size: int) -> Programme:
    """The lot for exactly so many members: told the number, the linear relaxation comes much closer."""
    heads = np.ones((1, len(programme.reach)))
    return replace(programme.with_rows(-heads, np.array([-float(size)])), most=size)


def _search(programme: Programme, best: "_Best") -> None:
    """Find the best set of this lot that beats the best so far."""
    seen, portion = np.zeros(0, dtype=int), _PORTION
    while not best.is_settled:
        remaining = _beyond(programme, seen)
        bound = find_bound(remaining)
        worthy = np.nonzero(bound.total + np.minimum(bound.adds, 0) > best.to_beat)[0]
        if bound.total <= best.to_beat:
            return
        if not len(np.setdiff1d(worthy, seen)) or (len(seen) and best.found is None and is_impossible(remaining)):
            return
        kept = _next_few(bound, worthy, seen, portion)
        _solve_among(remaining, kept, best)
        if len(kept) == len(worthy):
            return
        seen, portion = np.union1d(seen, kept), 3 * portion


@dataclass
class _Best:
    """The best set so far."""

    programme: Programme
    check: Check
    floor: float
    is_first_enough: bool
    found: Found | None = None
    barred: list[tuple[int, ...]] = field(default_factory=list)
    is_everyone_busy: bool = False
    """Whether idle members have turned up, so that the programme must forbid them."""

    @property
    def to_beat(self) -> float:
        """What a bound must exceed to be worth following."""
        if self.found is not None:
            return self.found.objective + EXACT
        lowest = np.minimum(self.programme.gain, 0).min(initial=0) * len(self.programme.units)
        return max(self.floor - EXACT, lowest - self.programme.cost.sum() - 1.0)

    @property
    def is_settled(self) -> bool:
        return self.is_first_enough and self.found is not None

    @property
    def cutoff(self) -> float | None:
        """What a set must be worth to be of use; None while any set would be."""
        if self.found is None:
            return self.floor if np.isfinite(self.floor) else None
        return self.found.objective

    def offer(self, members: tuple[int, ...]) -> float | None:
        """Take the set if it is allowed and better; its exact objective, or None where it is not allowed."""
        load = divide(self.programme, members) if self.check(members) else None
        if load is None:
            return None
        objective = load.fit - float(self.programme.cost[list(members)][1:].sum())
        if objective >= self.floor - EXACT and (self.found is None or objective > self.found.objective):
            self.found = Found(members, load, objective)
        return objective


def _beyond(programme: Programme, seen: Indices) -> Programme:
    """The lot where at least one member is new; what can be had among those seen has been had."""
    if not len(seen):
        return programme
    is_new = np.ones((1, len(programme.reach)))
    is_new[0, seen] = 0
    return programme.with_rows(-is_new, np.array([-1.0]))


def _next_few(bound: Bound, worthy: Indices, seen: Indices, portion: int) -> Indices:
    """Whom to look at next: the most promising, in portions small enough that each is solved quickly."""
    ranked = worthy[np.argsort(-bound.adds[worthy], kind="stable")]
    if not len(seen):
        return np.sort(ranked[:_FIRST])
    if len(ranked) <= 2 * portion:
        return np.sort(ranked)
    new = ranked[~np.isin(ranked, seen)]
    return np.union1d(ranked[:portion], new[:portion])


def _solve_among(programme: Programme, kept: Indices, best: _Best) -> None:
    while True:
        chosen = select(programme, kept, best.barred, best.cutoff, is_everyone_busy=best.is_everyone_busy)
        if chosen is None:
            return
        members, promised = chosen
        exact = best.offer(members)
        if exact is not None and exact > promised - EXACT:
            return
        if best.is_everyone_busy:
            best.barred.append(members)
        best.is_everyone_busy = True
