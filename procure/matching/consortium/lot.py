"""One lot made ready for the search: who may join, the arrays, and the words for what is found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from .carrying import Load
from .cover import Member, Proposal
from .instance import Enterprise, Instance
from .programme import Indices, Key, Mask, Programme, narrow_programme, write_programme
from .requirements import broken_gates, keys, list_requirements, may_join
from .search import Found, find_any

_PLACES = 9
"""Decimals of a unit that are kept: far finer than anything a buyer counts, coarser than the solver's dust."""


class Everyone:
    """Those who could carry at least one unit, in order of their ids: measured once for every question about a lot."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        able = (one for one in instance.enterprises if _carries_a_unit(one, instance))
        self.enterprises = sorted(able, key=lambda one: one.id)

    @cached_property
    def programme(self) -> Programme:
        return write_programme(self.instance, self.enterprises, keys(list_requirements(self.instance)))

    @cached_property
    def _lacking(self) -> dict[Key, Mask]:
        """By what each member must hold: who does not."""
        asked = (one for one in keys(list_requirements(self.instance)) if one[0] in {"insurance", "certificate_each"})
        return {
            key: np.array([not may_join(one, self.instance, {key}) for one in self.enterprises], dtype=bool)
            for key in asked
        }

    def who_may_join(self, asked: Collection[Key]) -> Indices:
        """The places of those who hold what each member must hold."""
        lacks = np.zeros(len(self.enterprises), dtype=bool)
        for key, lacking in self._lacking.items():
            if key in asked:
                lacks |= lacking
        return np.nonzero(~lacks)[0]


@dataclass(frozen=True)
class Lot:
    """A lot with only some of its requirements asked, over the enterprises that could be members at all."""

    everyone: Everyone
    asked: frozenset[Key]

    @classmethod
    def whole(cls, instance: Instance) -> "Lot":
        """The lot with everything it asks."""
        return cls(Everyone(instance), keys(list_requirements(instance)))

    def asking(self, asked: Collection[Key]) -> "Lot":
        """The same lot with these of its requirements."""
        return Lot(self.everyone, frozenset(asked))

    @property
    def instance(self) -> Instance:
        return self.everyone.instance

    @cached_property
    def _places(self) -> Indices:
        return self.everyone.who_may_join(self.asked)

    @cached_property
    def enterprises(self) -> list[Enterprise]:
        """Those who hold what each must hold and could carry at least one unit, in order of their ids."""
        return [self.everyone.enterprises[place] for place in self._places]

    @cached_property
    def programme(self) -> Programme:
        return narrow_programme(self.everyone.programme, self.instance, self.enterprises, self._places, self.asked)

    def find_any(self, until: float = inf) -> Found | None:
        """Some set of these enterprises that meets all the requirements asked; None where none does.

        raises  TimeoutError where neither was seen by the time the clock of time.perf_counter read until
        """
        return find_any(self.programme, self.keeps_gates, until=until)

    def keeps_gates(self, members: Sequence[int]) -> bool:
        """Whether these members break none of the gates asked, in whole pence and heads."""
        broken = broken_gates([self.enterprises[one] for one in members], self.instance)
        return keys(broken).isdisjoint(self.asked)

    def propose(self, found: Found) -> Proposal:
        """What was found, in the words of the answer."""
        return Proposal(found.objective, self.name_members(found.members, found.load))

    def name_members(self, members: Sequence[int], load: Load) -> tuple[Member, ...]:
        """Members with the units and the share each carries; the one that carries most of those who may, leads."""
        enterprises = [self.enterprises[one] for one in members]
        shares = _shares(self.instance, load)
        lead = _lead(enterprises, shares, self.instance)
        return tuple(
            Member(enterprise.id, _units(self.instance, load, row), shares[row], row == lead)
            for row, enterprise in enumerate(enterprises)
        )


def _carries_a_unit(enterprise: Enterprise, instance: Instance) -> bool:
    purse: float | None = enterprise.capacity_pence
    carried = 0.0
    for need in sorted(instance.needs, key=lambda need: need.value_pence / need.units):
        units = min(enterprise.capacity.get(need.id, 0.0), need.units)
        each = need.value_pence / need.units
        if purse is not None and each > 0:
            units = min(units, max(0.0, purse) / each)
            purse -= units * each
        carried += units
    return carried >= 1 - 1e-9


def _units(instance: Instance, load: Load, row: int) -> dict[str, float]:
    units: dict[str, float] = {}
    for place, need in enumerate(instance.needs):
        carried = round(float(load.parts[row, place]) * need.units, _PLACES)
        if carried > 0:
            units[need.id] = int(carried) if carried == int(carried) else carried
    return units


def _shares(instance: Instance, load: Load) -> list[float]:
    """Parts of the lot's value; where no need has a value, every need counts alike."""
    worth = np.array([need.value_pence for need in instance.needs], dtype=float)
    if not worth.any():
        worth[:] = 1
    return [float(share) for share in load.parts @ (worth / worth.sum())]


def _lead(members: Sequence[Enterprise], shares: Sequence[float], instance: Instance) -> int | None:
    gate = (instance.gates.turnover_pence or 0) if instance.form == "lead" else 0
    rows = [row for row in range(len(members)) if members[row].turnover_pence >= gate] or list(range(len(members)))
    return max(rows, key=lambda row: (shares[row], members[row].turnover_pence, -row), default=None)
