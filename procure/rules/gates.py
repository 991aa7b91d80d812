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

    @property
    def label(self) -> str:
        """The gate as people say it: "Public liability of £5,000,000"."""
        return self.name if self.amount_pence is None else f"{self.name} of {_pounds(self.amount_pence)}"


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

    @property
    def label(self) -> str:
        return self.gate.label


def check_gates(
    gates: Iterable[Gate],
    holdings: Sequence[Holding],
    on: date,
    *,
    is_shared: bool = True,
    has_answered: bool = False,
) -> list[GateResult]:
    """Every gate in order, on the day given, for a supplier standing alone.

    is_shared     whether the amounts of turnover and insurance may be told; where not, those gates are unknown
    has_answered  whether the supplier was asked what it holds: only then does silence mean that it holds nothing
    """
    return [_check(gate, holdings, on, is_shared=is_shared, has_answered=has_answered) for gate in gates]


def _check(gate: Gate, holdings: Sequence[Holding], on: date, *, is_shared: bool, has_answered: bool) -> GateResult:
    if gate.kind == "turnover":
        return _check_turnover(gate, holdings, is_shared=is_shared)
    if gate.kind == "insurance" and not is_shared:
        return GateResult(gate, "unknown", f"{gate.name}: the amount is not shared yet")
    kind = "certificate" if gate.kind.startswith("certificate") else gate.kind
    held = [one for one in holdings if one.kind == kind and _same(one.name, gate.name)]
    enough = [one for one in held if _is_enough(one, gate)]
    if enough:
        return _check_term(gate, max(one.expires_on or date.max for one in enough), on)
    if held:
        return _too_little(gate, held)
    if has_answered:
        return GateResult(gate, "not_met", f"{gate.label}: not held")
    return GateResult(gate, "unknown", f"{gate.label}: not said yet")


def _check_turnover(gate: Gate, holdings: Sequence[Holding], *, is_shared: bool) -> GateResult:
    if not is_shared:
        return GateResult(gate, "unknown", "Turnover: not shared yet")
    said = [one.amount_pence for one in holdings if one.kind == "turnover" and one.amount_pence is not None]
    if not said:
        return GateResult(gate, "unknown", "Turnover: not said yet")
    asked, has = gate.amount_pence or 0, f"Turnover: {_pounds(max(said))} a year"
    if max(said) >= asked:
        return GateResult(gate, "met", has)
    return GateResult(gate, "not_met", f"{has} alone, the lot asks for {_pounds(asked)}")


def _is_enough(holding: Holding, gate: Gate) -> bool:
    if gate.kind != "insurance":
        return True
    return holding.amount_pence is not None and holding.amount_pence >= (gate.amount_pence or 0)


def _check_term(gate: Gate, last: date, on: date) -> GateResult:
    """last: the last day of the holding that runs longest, which counts in full; date.max where it never ends."""
    if last < on:
        return GateResult(gate, "expired", f"{gate.label}: expired on {_day(last)}")
    until = "" if last == date.max else f" until {_day(last)}"
    return GateResult(gate, "met", f"{gate.label}: held{until}")


def _too_little(gate: Gate, held: Sequence[Holding]) -> GateResult:
    amounts = [one.amount_pence for one in held if one.amount_pence is not None]
    if not amounts:
        return GateResult(gate, "unknown", f"{gate.label}: held, the amount is not said")
    return GateResult(gate, "not_met", f"{gate.name}: {_pounds(max(amounts))}, the lot asks for {gate.label}")


def _same(one: str, other: str) -> bool:
    """Whether two spellings name the same thing: "ISO9001" and "ISO 9001"."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return "".join(mark for mark in name.casefold() if mark.isalnum())


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


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
