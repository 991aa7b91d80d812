"""Conditions a lot sets, checked against what one supplier holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

STATES = ("met", "not_met", "expired", "unknown")


@dataclass(frozen=True)
class Gate:
    """A condition: turnover or insurance of an amount in pence, or a certificate by name."""

    kind: str
    name: str
    amount_pence: int | None = None

    @property
    def label(self) -> str:
        """The gate as people say it: "Public liability of £5,000,000"."""
        return self.name if self.amount_pence is None else f"{self.name} of {in_pounds(self.amount_pence)}"


class Holding(NamedTuple):
    """What a supplier holds of one kind: turnover, an insurance, a certificate; None is not known.

    A named tuple, because a page that counts 5,000 suppliers makes 25,000 of these.
    """

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


class Verdict(NamedTuple):
    """A state and what it rests on: an amount in pence, the last day of a term, or neither."""

    state: str
    because: str
    pence: int = 0
    last: date = date.max


NOT_HELD = Verdict("not_met", "not held")
NOT_SAID = Verdict("unknown", "not said")


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
    results = []
    for gate in gates:
        verdict = judge(gate, holdings, on, is_shared=is_shared, has_answered=has_answered)
        results.append(GateResult(gate, verdict.state, _sentence(gate, verdict)))
    return results


def judge(gate: Gate, holdings: Sequence[Holding], on: date, *, is_shared: bool, has_answered: bool) -> Verdict:
    """One gate without its sentence, for counting many suppliers."""
    if gate.kind == "turnover":
        return _judge_turnover(gate, holdings, is_shared=is_shared)
    if gate.kind == "insurance" and not is_shared:
        return Verdict("unknown", "not shared")
    last, most, is_held = _best_held(gate, holdings)
    if last is not None:
        return Verdict("expired" if last < on else "met", "term", last=last)
    if most is not None:
        return Verdict("not_met", "too little", most)
    if is_held:
        return Verdict("unknown", "amount not said")
    return NOT_HELD if has_answered else NOT_SAID


def _best_held(gate: Gate, holdings: Sequence[Holding]) -> tuple[date | None, int | None, bool]:
    """The last day of the holding that is enough and runs longest (date.max where it never ends), the largest amount
    of those that are not enough, and whether anything of the kind is held. One pass: many suppliers are counted."""
    kind = "certificate" if gate.kind.startswith("certificate") else gate.kind
    last, most, is_held = None, None, False
    for one in holdings:
        if one.kind != kind or not is_same_name(one.name, gate.name):
            continue
        is_held = True
        if _is_enough(one, gate):
            until = one.expires_on or date.max
            last = until if last is None or until > last else last
        elif one.amount_pence is not None:
            most = one.amount_pence if most is None or one.amount_pence > most else most
    return last, most, is_held


def _judge_turnover(gate: Gate, holdings: Sequence[Holding], *, is_shared: bool) -> Verdict:
    if not is_shared:
        return Verdict("unknown", "not shared")
    said = [one.amount_pence for one in holdings if one.kind == "turnover" and one.amount_pence is not None]
    if not said:
        return NOT_SAID
    return Verdict("met" if max(said) >= (gate.amount_pence or 0) else "not_met", "turnover", max(said))


def _is_enough(holding: Holding, gate: Gate) -> bool:
    """Whether it would do while it lasts; its last day counts in full."""
    if gate.kind != "insurance":
        return True
    return holding.amount_pence is not None and holding.amount_pence >= (gate.amount_pence or 0)


def _sentence(gate: Gate, verdict: Verdict) -> str:
    if gate.kind == "turnover":
        return _turnover_sentence(gate, verdict)
    if verdict.because == "term" and verdict.state == "expired":
        return f"{gate.label}: expired on {_day(verdict.last)}"
    if verdict.because == "term":
        until = "" if verdict.last == date.max else f" until {_day(verdict.last)}"
        return f"{gate.label}: held{until}"
    if verdict.because == "too little":
        return f"{gate.name}: {in_pounds(verdict.pence)}, the lot asks for {gate.label}"
    words = {
        "not shared": f"{gate.name}: the amount is not shared yet",
        "amount not said": f"{gate.label}: held, the amount is not said",
        "not held": f"{gate.label}: not held",
        "not said": f"{gate.label}: not said yet",
    }
    return words[verdict.because]


def _turnover_sentence(gate: Gate, verdict: Verdict) -> str:
    if verdict.because != "turnover":
        return f"Turnover: {verdict.because} yet"
    has = f"Turnover: {in_pounds(verdict.pence)} a year"
    if verdict.state == "met":
        return has
    return f"{has} alone, the lot asks for {in_pounds(gate.amount_pence or 0)}"


def is_same_name(one: str, other: str) -> bool:
    """Whether two spellings name the same thing: "ISO9001" and "ISO 9001"."""
    return one == other or bare_name(one) == bare_name(other)


@lru_cache(maxsize=10_000)
def bare_name(name: str) -> str:
    """A name as it is compared: small letters and digits only."""
    return "".join(mark for mark in name.casefold() if mark.isalnum())


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def in_pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}".removesuffix(".00")
