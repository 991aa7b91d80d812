"""The forms in which several can bid, and what each does to a gate on turnover."""

from collections.abc import Sequence
from dataclasses import dataclass

from .dated import rows_of
from .gates import in_pounds


@dataclass(frozen=True)
class FormOfBidding:
    """One form: who answers to the buyer, whose finances are looked at, and where that is written."""

    kind: str
    title: str
    liability: str
    finance: str
    note: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Finances:
    """One member's yearly turnover in pence; None where it is not known or may not be told."""

    name: str
    turnover_pence: int | None
    is_lead: bool = False


@dataclass(frozen=True)
class FinanceTest:
    """How a form fares at the gate on turnover: met, not_met or unknown, and why."""

    form: FormOfBidding
    state: str
    sentence: str


def forms_of_bidding() -> tuple[FormOfBidding, ...]:
    return tuple(FormOfBidding(**row) for row in rows_of("forms"))


def try_finances(members: Sequence[Finances], asked_pence: int) -> list[FinanceTest]:
    """Every form for these members and the turnover asked; what is not known is never taken as too little."""
    return [FinanceTest(form, *_judge(form.kind, members, asked_pence)) for form in forms_of_bidding()]


def _judge(kind: str, members: Sequence[Finances], asked: int) -> tuple[str, str]:
    if kind == "lead":
        return _lead(members, asked)
    known = sum(one.turnover_pence for one in members if one.turnover_pence is not None)
    unsaid = [one.name for one in members if one.turnover_pence is None]
    if kind == "company":
        return _company(known, unsaid, asked)
    return _added_up(known, unsaid, asked)


def _lead(members: Sequence[Finances], asked: int) -> tuple[str, str]:
    """The one who leads is judged; where it falls short, whether another could lead is said."""
    lead = next((one for one in members if one.is_lead), members[0])
    if lead.turnover_pence is None:
        return "unknown", f"{lead.name} leads, and its turnover is not known."
    has = f"{lead.name} leads with {in_pounds(lead.turnover_pence)} a year"
    if lead.turnover_pence >= asked:
        return "met", f"{has}, which is enough."
    others = [one.name for one in members if one.turnover_pence is not None and one.turnover_pence >= asked]
    if others:
        return "not_met", f"{has}, less than {in_pounds(asked)}. {others[0]} would be enough, if it led."
    return "not_met", f"{has}, less than {in_pounds(asked)}. No member is known to have enough alone."


def _added_up(known: int, unsaid: Sequence[str], asked: int) -> tuple[str, str]:
    told = f"Added up, the members are known to turn over {in_pounds(known)} a year"
    if known >= asked:
        return "met", f"{told}, which is enough."
    if unsaid:
        return "unknown", f"{told}. Not known: {', '.join(unsaid)}."
    return "not_met", f"{told}, less than {in_pounds(asked)}."


def _company(known: int, unsaid: Sequence[str], asked: int) -> tuple[str, str]:
    state, told = _added_up(known, unsaid, asked)
    return (
        state,
        f"The company itself has no turnover yet. With guarantees from its members: {told[0].lower()}{told[1:]}",
    )
