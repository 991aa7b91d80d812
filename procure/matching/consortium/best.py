"""The best set so far, and the small questions that may yet better it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from .carrying import Load, divide
from .programme import Indices, Programme
from .selection import select

EXACT = 1e-8
"""Bounds this close to the best known are closed; the contract asks for 1e-6."""
_BETTER = 2e-7
"""What a set must be better by to be asked of the integer programme: below what counts, above its tolerance."""

Check = Callable[[tuple[int, ...]], bool]


@dataclass(frozen=True)
class Found:
    """The best set, as indices in order, how it divides the lot, and its objective."""

    members: tuple[int, ...]
    load: Load
    objective: float
    is_proved: bool = True


@dataclass
class Best:
    """The best set so far."""

    programme: Programme
    check: Check
    floor: float
    is_first_enough: bool
    until: float = math.inf
    """When to stop looking, on the clock of time.perf_counter."""
    is_proved: bool = True
    """False once the search stopped before the proof was finished."""
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
        """Whether to stop: any set was enough, or the time is up."""
        return (self.is_first_enough and self.found is not None) or self.is_late

    @property
    def is_late(self) -> bool:
        if perf_counter() >= self.until:
            self.is_proved = False
        return not self.is_proved

    @property
    def cutoff(self) -> float | None:
        """What a set must be worth to be of use; None while any set would be."""
        if self.found is None:
            return self.floor if np.isfinite(self.floor) else None
        return self.found.objective + _BETTER

    def offer(self, members: tuple[int, ...]) -> float | None:
        """Take the set if it is allowed and better; its exact objective, or None where it is not allowed."""
        load = divide(self.programme, members) if self.check(members) else None
        if load is None:
            return None
        objective = load.fit - float(self.programme.cost[list(members)][1:].sum())
        if objective >= self.floor - EXACT and (self.found is None or objective > self.found.objective):
            self.found = Found(members, load, objective)
        return objective


def solve_among(programme: Programme, names: Indices, best: Best) -> None:
    """Better the best by any set of this lot; names are its enterprises' indices in the whole lot, in order."""
    place = {int(name): row for row, name in enumerate(names)}
    everyone = np.arange(len(names))
    while not best.is_late:
        barred = [tuple(place[one] for one in members) for members in best.barred if place.keys() >= set(members)]
        chosen = select(programme, everyone, barred, best.cutoff, best.is_everyone_busy, best.until)
        if chosen is None:
            return
        members, promised = tuple(int(one) for one in names[list(chosen[0])]), chosen[1]
        exact = best.offer(members)
        if exact is not None and exact > promised - EXACT:
            return
        if best.is_everyone_busy:
            best.barred.append(members)
        best.is_everyone_busy = True
