"""A lot, its needs and gates, and the enterprises that might cover it together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

FORMS = ("joint", "lead")
COST_OF_A_PARTNER = 0.02
"""What one more member costs the objective: a consortium is worth having only where it serves better."""


@dataclass(frozen=True)
class Need:
    """One thing a lot must have covered: how many units, and its part of the lot's value in pence."""

    id: str
    units: float
    value_pence: int


@dataclass(frozen=True)
class Enterprise:
    """What one enterprise can carry, and what it holds.

    capacity         units it can carry of each need, by the need's id
    fit              how well it suits each need, 0 to 1; missing is 0
    capacity_pence   most value it can carry in all; None where nothing binds
    turnover_pence   yearly; unknown counts as 0, because a gate that cannot be shown to be met is not met
    """

    id: str
    capacity: Mapping[str, float]
    fit: Mapping[str, float] = field(default_factory=dict)
    capacity_pence: int | None = None
    turnover_pence: int = 0
    insurance_pence: int = 0
    certificates: frozenset[str] = frozenset()
    local: bool = False


@dataclass(frozen=True)
class Gates:
    """Conditions the buyer sets; None or empty does not bind."""

    turnover_pence: int | None = None
    insurance_pence: int | None = None
    certificates_each: tuple[str, ...] = ()
    certificates_any: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instance:
    """A lot to be covered, and by whom.

    form            joint: turnover is pooled; lead: one member's own turnover must meet the gate
    max_members     None where the buyer sets no limit
    excluded_pairs  enterprises that may not work together
    alternatives    how many further answers to look for
    raises          ValueError, in words a person can act on, where no answer could be meant
    """

    needs: tuple[Need, ...]
    enterprises: tuple[Enterprise, ...]
    gates: Gates = Gates()
    form: str = "joint"
    max_members: int | None = None
    min_local: int = 0
    excluded_pairs: tuple[tuple[str, str], ...] = ()
    alternatives: int = 0

    def __post_init__(self) -> None:
        if not self.needs:
            raise ValueError("The lot has no needs, so there is nothing to cover")
        if self.form not in FORMS:
            raise ValueError(f"The form must be joint or lead, not {self.form!r}")
        _refuse_twins("need", [need.id for need in self.needs])
        _refuse_twins("enterprise", [enterprise.id for enterprise in self.enterprises])
        for need in self.needs:
            if not (isfinite(need.units) and need.units > 0):
                raise ValueError(f"Need {need.id}: units must be more than 0")
            if need.value_pence < 0:
                raise ValueError(f"Need {need.id}: its value cannot be below 0")
        for enterprise in self.enterprises:
            _refuse_impossible(enterprise)

    @property
    def value_pence(self) -> int:
        """The lot's value: what its needs add up to."""
        return sum(need.value_pence for need in self.needs)


def _refuse_twins(noun: str, ids: list[str]) -> None:
    twins = sorted({name for name in ids if ids.count(name) > 1}) if len(set(ids)) < len(ids) else []
    if twins:
        raise ValueError(f"Two of them are called {twins[0]}: give every {noun} its own id")


def _refuse_impossible(enterprise: Enterprise) -> None:
    for need, units in enterprise.capacity.items():
        if not (isfinite(units) and units >= 0):
            raise ValueError(f"Enterprise {enterprise.id}: capacity for {need} must be 0 or more")
    for need, fit in enterprise.fit.items():
        if not isfinite(fit):
            raise ValueError(f"Enterprise {enterprise.id}: fit for {need} must be a number")
    if enterprise.capacity_pence is not None and enterprise.capacity_pence < 0:
        raise ValueError(f"Enterprise {enterprise.id}: capacity_pence must be 0 or more")
