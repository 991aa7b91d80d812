"""What may be asked instead of a gate, in proportion to the contract. Custom is called custom, law is named."""

from dataclasses import dataclass, replace
from datetime import date

from .dated import in_force_for_all, rows_of
from .gates import Gate, in_pounds, is_same_name

CUSTOM_TIMES = 2
"""Turnover above twice the yearly value is warned about: a custom from before the Act, which sets no figure."""


@dataclass(frozen=True)
class Circumstances:
    """What the advice depends on: the regime's kind, the contract's kind, its size and the day.

    is_large_works  works at or above the threshold for goods and services
    """

    regime: str
    contract: str
    on: date
    yearly_value_pence: int | None = None
    is_large_works: bool = False


@dataclass(frozen=True)
class Advice:
    """One thing to weigh about a gate, with its source."""

    words: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Alternative:
    """A milder gate to try, with why; None as the gate is to drop it."""

    gate: Gate
    words: str


def advice_for(gate: Gate, about: Circumstances) -> list[Advice]:
    """Everything there is to weigh, law first; nothing of the Procurement Act under another regime."""
    topics = ("any", topic_of(gate))
    found = [
        Advice(row["words"], row["source"], row["verified"])
        for row in in_force_for_all("advice", about.on)
        if row["about"] in topics
        and about.regime in row["regimes"]
        and about.contract in row.get("contracts", (about.contract,))
        and row.get("is_large", about.is_large_works) == about.is_large_works
    ]
    warned = _turnover_warning(gate, about)
    return [warned, *found] if warned else found


def topic_of(gate: Gate) -> str:
    """What kind of thing the gate asks: turnover, insurance, accounts, registration or certificate."""
    if gate.kind in ("turnover", "insurance"):
        return gate.kind
    if "account" in gate.name.casefold():
        return "accounts"
    return "registration" if any(is_same_name(gate.name, one) for one in rows_of("registrations")) else "certificate"


def alternative_to(gate: Gate, about: Circumstances) -> Alternative | None:
    """The milder gate worth trying first; None where none is plain."""
    if gate.kind == "turnover":
        return _lower_turnover(gate, about.yearly_value_pence)
    if gate.kind == "insurance":
        return _usual_cover(gate)
    if gate.kind == "certificate_each":
        one = replace(gate, kind="certificate_any")
        return Alternative(one, f"{gate.name} held by at least one member, not by every one")
    return None


def turnover_warning(gate_pence: int, yearly_value_pence: int) -> str | None:
    """A caution where the turnover asked is above twice a year's value: custom and proportion, not a limit in law."""
    if gate_pence <= CUSTOM_TIMES * yearly_value_pence:
        return None
    return f"{_above_custom(gate_pence, yearly_value_pence)} Conditions must be proportionate; the Act sets no figure."


def _turnover_warning(gate: Gate, about: Circumstances) -> Advice | None:
    yearly = about.yearly_value_pence
    if gate.kind != "turnover" or gate.amount_pence is None or not yearly:
        return None
    if about.regime in ("above_threshold", "below_threshold"):
        words = turnover_warning(gate.amount_pence, yearly)
    elif gate.amount_pence > CUSTOM_TIMES * yearly:
        words = f"{_above_custom(gate.amount_pence, yearly)} No law sets a figure."
    else:
        words = None
    return Advice(words, "Custom of buyers", False) if words else None


def _above_custom(gate_pence: int, yearly_value_pence: int) -> str:
    return (
        f"You ask for {in_pounds(gate_pence)} a year, more than twice the yearly value of "
        f"{in_pounds(yearly_value_pence)}. Many buyers ask for no more than twice."
    )


def _lower_turnover(gate: Gate, yearly_value_pence: int | None) -> Alternative | None:
    asked = gate.amount_pence or 0
    for times, words in ((CUSTOM_TIMES, "twice the yearly value"), (1, "the yearly value")):
        if yearly_value_pence and asked > times * yearly_value_pence:
            lower = replace(gate, amount_pence=times * yearly_value_pence)
            return Alternative(lower, f"{words.capitalize()}: {in_pounds(times * yearly_value_pence)}")
    return None


def _usual_cover(gate: Gate) -> Alternative | None:
    for row in rows_of("usual_cover"):
        if is_same_name(row["name"], gate.name) and (gate.amount_pence or 0) > row["pence"]:
            words = f"{in_pounds(row['pence'])}. {row['source']}"
            return Alternative(replace(gate, amount_pence=row["pence"]), words)
    return None
