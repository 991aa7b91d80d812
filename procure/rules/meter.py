"""The barrier meter: what each gate does to the field of suppliers, and what milder gates would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .gates import STATES, Gate, Holding, judge

SHUT = frozenset({"not_met", "expired"})
"""What shuts a supplier out; what is not known never does."""


@dataclass(frozen=True)
class Supplier:
    """A supplier as the barrier meter sees it.

    is_shared     whether its amounts may be told; where not, they are unknown and shut it out of nothing
    has_answered  whether it was asked what it holds, so that silence means nothing is held
    """

    id: str
    holdings: tuple[Holding, ...]
    is_local: bool = False
    is_vcse: bool = False
    is_shared: bool = True
    has_answered: bool = False


@dataclass(frozen=True)
class Barrier:
    """What one gate does to the field of suppliers.

    excluded_alone  suppliers who fail this gate and no other
    local, vcse     how many of those are local, and social enterprises
    states          how many suppliers are in each state; they add up to the field
    """

    gate: Gate
    excluded_alone: tuple[str, ...]
    local: int
    vcse: int
    states: dict[str, int]


@dataclass(frozen=True)
class Remaining:
    """Whom a set of gates leaves in: those that fail none of them. Some of them are not known to meet all."""

    ids: frozenset[str]
    local: int
    vcse: int
    sure: int
    """How many of them are known to meet every gate."""


def meter_barriers(gates: Sequence[Gate], suppliers: Sequence[Supplier], on: date) -> list[Barrier]:
    """For each gate, whom it alone shuts out; what is unknown does not shut anyone out."""
    return read_meter(gates, suppliers, on)[0]


def read_meter(
    gates: Sequence[Gate], suppliers: Sequence[Supplier], on: date, known: dict[Gate, list[str]] | None = None
) -> tuple[list[Barrier], Remaining]:
    """Each gate's part, and whom all of them together leave in.

    known  gate > states of these suppliers on this day, as an earlier call left them; filled with what is new
    """
    known = {} if known is None else known
    for gate in gates:
        if gate not in known:
            known[gate] = [state_of(gate, supplier, on) for supplier in suppliers]
    columns = [known[gate] for gate in gates]
    alone: list[list[Supplier]] = [[] for _ in gates]
    left, sure = [], 0
    for number, supplier in enumerate(suppliers):
        states = [column[number] for column in columns]
        failed = [place for place, state in enumerate(states) if state in SHUT]
        if not failed:
            left.append(supplier)
            sure += all(state == "met" for state in states)
        elif len(failed) == 1:
            alone[failed[0]].append(supplier)
    barriers = [
        Barrier(
            gate, tuple(one.id for one in shut), _local(shut), _vcse(shut), {key: column.count(key) for key in STATES}
        )
        for gate, shut, column in zip(gates, alone, columns, strict=True)
    ]
    return barriers, Remaining(frozenset(one.id for one in left), _local(left), _vcse(left), sure)


def _barrier(gate: Gate, shut: Sequence[Supplier], states: Sequence[str]) -> Barrier:
    counts = {state: states.count(state) for state in STATES}
    return Barrier(gate, tuple(one.id for one in shut), _local(shut), _vcse(shut), counts)


def state_of(gate: Gate, supplier: Supplier, on: date) -> str:
    """One gate for one supplier standing alone."""
    return judge(gate, supplier.holdings, on, is_shared=supplier.is_shared, has_answered=supplier.has_answered).state


def _local(suppliers: Sequence[Supplier]) -> int:
    return sum(one.is_local for one in suppliers)


def _vcse(suppliers: Sequence[Supplier]) -> int:
    return sum(one.is_vcse for one in suppliers)
