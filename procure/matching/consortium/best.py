"""The best set so far, and the small questions that may yet better it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import perf_counter

import numpy as np

from .carrying import Load, divide
from .cuts import Cuts
from .programme import Programme

EXACT = 1e-8
"""Bounds this close to the best known are closed; the contract asks for 1e-6."""

Check = Callable[[tuple[int, ...]], bool]


@dataclass(frozen=True)
class Found:
    """The best set, as indices in order, how it divides the lot, and its objective."""

    members: tuple[int, ...]
    load: Load
    objective: float
    is_proved: bool = True


@dataclass
class Memory:
    """What one search of a lot leaves to the next: what sets are worth that keep the gates, and cuts over everybody."""

    sets: dict[tuple[int, ...], float] = field(default_factory=dict)
    cuts: Cuts | None = None


@dataclass
class Best:
    """The best set so far."""

    programme: Programme
    check: Check
    floor: float
    is_first_enough: bool
    until: float = math.inf
    """When to stop looking, on the clock of time.perf_counter."""
    to_come: float = math.inf
    """What a later best may be worth at the least, once this one is found: parts above it are kept for then."""
    is_proved: bool = True
    """False once the search stopped before the proof was finished."""
    found: Found | None = None
    seen: dict[tuple[int, ...], float | None] = field(default_factory=dict)
    """What each set offered so far is worth; None where it is not allowed."""
    memory: Memory = field(default_factory=Memory)

    @property
    def to_beat(self) -> float:
        """What a bound must exceed to be worth following."""
        if self.found is not None:
            return self.found.objective + EXACT
        lowest = np.minimum(self.programme.gain, 0).min(initial=0) * len(self.programme.units)
        return max(self.floor - EXACT, lowest - self.programme.cost.sum() - 1.0)

    @property
    def to_keep(self) -> float:
        """What a bound must exceed to be of use, now or to a later best."""
        return min(self.to_beat, self.to_come - EXACT)

    @property
    def is_settled(self) -> bool:
        """Whether to stop: any set was enough, or the time is up."""
        return (self.is_first_enough and self.found is not None) or self.is_late

    @property
    def is_late(self) -> bool:
        if perf_counter() >= self.until:
            self.is_proved = False
        return not self.is_proved

    def offer(self, members: tuple[int, ...]) -> float | None:
        """Take the set if it is allowed and better; its exact objective, or None where it is not allowed."""
        if members not in self.seen:
            self.seen[members] = self._weigh(members)
        return self.seen[members]

    def _weigh(self, members: tuple[int, ...]) -> float | None:
        load = divide(self.programme, members) if self.check(members) else None
        if load is None:
            return None
        objective = load.fit - float(self.programme.cost[list(members)][1:].sum())
        self.memory.sets[members] = objective
        self._take(Found(members, load, objective))
        return objective

    def _take(self, offered: Found) -> None:
        is_better = self.found is None or offered.objective > self.found.objective
        if is_better and offered.objective >= self.floor - EXACT and self.is_different(offered.members):
            self.found = offered

    def is_different(self, members: tuple[int, ...]) -> bool:
        """Whether the set shares at most half the members of the larger with every earlier set it must differ from."""
        programme = self.programme
        if not programme.sizes.any():
            return True
        shared = programme.rows[:, list(members)].sum(axis=1)
        return bool((shared <= programme.limits_at(len(members)))[programme.sizes > 0].all())

    def look_ahead(self) -> "Best":
        """A copy to try out what comes later, with the same memory."""
        return replace(self, seen=dict(self.seen))

    def go_on(self) -> None:
        """From now on the best is sought among those different from what was found."""
        assert self.found is not None
        members = np.array(self.found.members)
        self.programme = self.programme.different_from(members, len(members))
        self.choose_again()

    def choose_again(self) -> None:
        """Take the best that is known of the sets that may be."""
        self.found = None
        for members in sorted(self.memory.sets, key=lambda one: (-self.memory.sets[one], one)):
            if self.memory.sets[members] < self.floor - EXACT:
                return
            if self.is_different(members):
                load = divide(self.programme, members)
                assert load is not None
                self._take(Found(members, load, self.memory.sets[members]))
                return
