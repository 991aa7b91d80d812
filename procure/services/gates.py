"""Whether an enterprise meets the gates of a lot, as far as the buyer may know."""

from dataclasses import dataclass
from datetime import date

from ..models import Enterprise, Gate, Holding

STATES = ("met", "not_met", "expired", "unknown")
HOLDINGS_QUESTION = 5
"""The question of registration that asks for insurance and certificates."""


@dataclass(frozen=True)
class GateAnswer:
    """One gate and one enterprise: met, not_met, expired or unknown, and why in a sentence."""

    label: str
    state: str
    sentence: str


def gate_label(gate: Gate) -> str:
    """A gate as people say it: "Public liability of £5,000,000"."""
    return gate.name if gate.amount_pence is None else f"{gate.name} of £{gate.amount_pence // 100:,}"


def check_gate(gate: Gate, enterprise: Enterprise, *, is_shared: bool, on: date) -> GateAnswer:
    """One gate against one enterprise standing alone.

    is_shared  whether the buyer may know turnover and amounts of insurance; where not, the answer is unknown
    """
    if gate.kind == "turnover":
        return _check_turnover(gate, enterprise, is_shared=is_shared)
    label = gate_label(gate)
    held = [one for one in enterprise.holdings if one.kind == _kind_held(gate) and same_name(one.name, gate.name)]
    if gate.kind == "insurance" and not is_shared:
        return GateAnswer(label, "unknown", f"{gate.name}: the amount is not shared yet")
    enough = [one for one in held if one.amount_pence is None or one.amount_pence >= (gate.amount_pence or 0)]
    if gate.kind == "insurance":
        enough = [one for one in enough if one.amount_pence is not None]
    running = [one for one in enough if _runs(one, on)]
    if running:
        return GateAnswer(label, "met", f"{label}: held{_until(running[-1])}")
    if enough:
        return GateAnswer(label, "expired", f"{label}: expired on {_day(enough[-1].expires_on)}")
    if held and gate.kind == "insurance":
        return _too_little(gate, label, held)
    if enterprise.answered < HOLDINGS_QUESTION:
        return GateAnswer(label, "unknown", f"{label}: not said yet")
    return GateAnswer(label, "not_met", f"{label}: not held")


def check_gates(gates: list[Gate], enterprise: Enterprise, *, is_shared: bool, on: date) -> tuple[GateAnswer, ...]:
    """Every gate of a lot in order."""
    return tuple(check_gate(gate, enterprise, is_shared=is_shared, on=on) for gate in gates)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings name the same certificate: "ISO9001" and "ISO 9001"."""
    return _bare(one) == _bare(other)


def _check_turnover(gate: Gate, enterprise: Enterprise, *, is_shared: bool) -> GateAnswer:
    label = gate_label(gate)
    if not is_shared:
        return GateAnswer(label, "unknown", "Turnover: not shared yet")
    if enterprise.turnover_pence is None:
        return GateAnswer(label, "unknown", "Turnover: not said yet")
    has = f"Turnover: £{enterprise.turnover_pence // 100:,} a year"
    if enterprise.turnover_pence >= (gate.amount_pence or 0):
        return GateAnswer(label, "met", has)
    return GateAnswer(label, "not_met", f"{has} alone, the lot asks for £{(gate.amount_pence or 0) // 100:,}")


def _too_little(gate: Gate, label: str, held: list[Holding]) -> GateAnswer:
    amounts = [one.amount_pence for one in held if one.amount_pence is not None]
    if not amounts:
        return GateAnswer(label, "unknown", f"{label}: held, the amount is not said")
    return GateAnswer(label, "not_met", f"{gate.name}: £{max(amounts) // 100:,}, the lot asks for {label}")


def _kind_held(gate: Gate) -> str:
    return "insurance" if gate.kind == "insurance" else "certificate"


def _runs(holding: Holding, on: date) -> bool:
    return holding.expires_on is None or holding.expires_on >= on


def _until(holding: Holding) -> str:
    return "" if holding.expires_on is None else f" until {_day(holding.expires_on)}"


def _day(day: date | None) -> str:
    return "a day not said" if day is None else f"{day.day} {day:%B %Y}"


def _bare(name: str) -> str:
    return "".join(mark for mark in name.casefold() if mark.isalnum())
