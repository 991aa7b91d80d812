"""Conditions a lot sets, checked against what one supplier holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Gate:
    """A condition: turnover or insurance of an amount in pence, or a certificate by name."""

    kind: str
    name: str
    amount_pence: int | None = None


@dataclass(frozen=True)
class Holding:
    """What a supplier holds of one kind: turnover, an insurance, a certificate; None is not known."""

    kind: str
    name: str
    amount_pence: int | None = None
    expires_on: date | None = None


@dataclass(frozen=True)
class GateResult:
    """One gate for one supplier: met, not_met, expired or unknown, and a sentence that says why."""

    gate: Gate
    state: str
    sentence: str


def check_gates(gates: Iterable[Gate], holdings: Sequence[Holding], on: date) -> list[GateResult]:
    """Every gate in order, on the day given; a supplier that has said nothing is unknown, not failed."""
    return [_check(gate, holdings, on) for gate in gates]


def _check(gate: Gate, holdings: Sequence[Holding], on: date) -> GateResult:
    kind = "certificate" if gate.kind.startswith("certificate") else gate.kind
    held = [one for one in holdings if one.kind == kind and (kind == "turnover" or _same(one.name, gate.name))]
    if not held:
        return GateResult(gate, "unknown", f"{gate.name}: nothing is recorded.")
    current = [one for one in held if one.expires_on is None or one.expires_on >= on]
    if not current:
        last = max(one.expires_on for one in held if one.expires_on is not None)
        return GateResult(gate, "expired", f"{gate.name}: it expired on {last.day} {last:%B %Y}.")
    if gate.amount_pence is None:
        return GateResult(gate, "met", f"{gate.name}: held.")
    amounts = [one.amount_pence for one in current if one.amount_pence is not None]
    if not amounts:
        return GateResult(gate, "unknown", f"{gate.name}: the amount is not recorded.")
    most, asked = max(amounts), gate.amount_pence
    words = f"{gate.name}: {_pounds(most)} against {_pounds(asked)} asked."
    return GateResult(gate, "met" if most >= asked else "not_met", words)


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}".removesuffix(".00")


@dataclass(frozen=True)
class Barrier:
    """What one gate does to the field of suppliers.

    excluded_alone  suppliers who meet every other gate but not this one
    local, vcse     how many of those are local, and social enterprises
    """

    gate: Gate
    excluded_alone: tuple[str, ...]
    local: int
    vcse: int


@dataclass(frozen=True)
class Supplier:
    """A supplier as the barrier meter sees it."""

    id: str
    holdings: tuple[Holding, ...]
    is_local: bool = False
    is_vcse: bool = False


def meter_barriers(gates: Sequence[Gate], suppliers: Sequence[Supplier], on: date) -> list[Barrier]:
    """For each gate, whom it alone shuts out; what is unknown does not shut anyone out."""
    failed = {
        supplier.id: [
            one.gate for one in check_gates(gates, supplier.holdings, on) if one.state in {"not_met", "expired"}
        ]
        for supplier in suppliers
    }
    barriers = []
    for gate in gates:
        shut_out = [supplier for supplier in suppliers if failed[supplier.id] == [gate]]
        names = tuple(supplier.id for supplier in shut_out)
        local, vcse = sum(one.is_local for one in shut_out), sum(one.is_vcse for one in shut_out)
        barriers.append(Barrier(gate, names, local, vcse))
    return barriers


def turnover_warning(gate_pence: int, yearly_value_pence: int) -> str | None:
    """A caution where the turnover asked is above twice a year's value: custom and proportion, not a limit in law."""
    if gate_pence <= 2 * yearly_value_pence:
        return None
    return (
        f"You ask for {_pounds(gate_pence)} a year, more than twice the yearly value of {_pounds(yearly_value_pence)}. "
        "Conditions must be proportionate. Many buyers ask for no more than twice; the Act sets no figure."
    )
