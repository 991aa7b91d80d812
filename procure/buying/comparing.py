"""Two versions of a lot side by side, where two people wrote at once."""

from ..pages.filters import day, pounds
from ..services.lots.lot_facts import LotFacts
from ..social_value import MEASURES
from .words import FORM_OF_CONSORTIUM


def differences(mine: LotFacts, now: LotFacts) -> list[tuple[str, str, str]]:
    """(what, what you wrote, what it says now) for everything that differs."""
    rows = zip(_lines(mine), _lines(now), strict=True)
    return [(what, yours, theirs) for (what, yours), (_, theirs) in rows if yours != theirs]


def _lines(facts: LotFacts) -> list[tuple[str, str]]:
    needs = [f"{need.name}: {need.units:,} {need.unit or ''} ({pounds(need.value_pence)})" for need in facts.needs]
    gates = [
        gate.name if gate.amount_pence is None else f"{gate.name} {pounds(gate.amount_pence)}" for gate in facts.gates
    ]
    asks = [f"{MEASURES[ask.measure].words(ask.quantity)} ({ask.weight_percent}%)" for ask in facts.asks]
    return [
        ("Title", facts.title),
        ("Reference", facts.reference or ""),
        ("Description", facts.description),
        ("CPV code", facts.cpv or ""),
        ("Value", pounds(facts.value_pence)),
        ("First day", day(facts.starts_on)),
        ("Last day", day(facts.ends_on)),
        ("Deadline", day(facts.deadline_on)),
        ("Where", facts.postcode or ""),
        ("Needs", "; ".join(needs)),
        ("Gates", "; ".join(gates)),
        ("Social value", "; ".join(asks)),
        ("Weight of social value", f"{facts.social_value_percent}%"),
        ("Consortium", FORM_OF_CONSORTIUM[facts.form]),
    ]
