"""What an enterprise answered, as rows of a summary list."""

from dataclasses import dataclass

from ..models import Enterprise, Holding
from ..pages.filters import count, day, whole_pounds
from ..services.enterprises.profiles import FORM_WORDS, TITLES
from ..social_value import MEASURES

NOTHING = "Nothing said yet"


@dataclass(frozen=True)
class Answer:
    """One question with what was said to it. `rows` are words and the value in words."""

    number: int
    title: str
    rows: tuple[tuple[str, str], ...]


def answers_of(enterprise: Enterprise, titles: tuple[str, ...] = TITLES) -> tuple[Answer, ...]:
    """The questions answered so far."""
    given = (_who, _what, _where, _how_much, _what_good, _reach)
    return tuple(
        Answer(number, titles[number - 1], tuple(given[number - 1](enterprise)))
        for number in range(1, enterprise.answered + 1)
    )


def _who(enterprise: Enterprise) -> list[tuple[str, str]]:
    return [
        ("Name", enterprise.organisation.name),
        ("Legal form", FORM_WORDS.get(enterprise.legal_form, enterprise.legal_form)),
        ("Company number", enterprise.company_number or NOTHING),
        ("Charity number", enterprise.charity_number or NOTHING),
        ("Postcode", enterprise.organisation.postcode or NOTHING),
    ]


def _what(enterprise: Enterprise) -> list[tuple[str, str]]:
    rows = [("Summary", enterprise.summary or NOTHING)]
    for number, one in enumerate(enterprise.capabilities, start=1):
        amount = f" ({count(one.units)} {one.unit or 'units'})" if one.units else ""
        rows.append((f"Capability {number}", f"{one.statement}{amount}"))
    return rows


def _where(enterprise: Enterprise) -> list[tuple[str, str]]:
    return [("Postcode districts", ", ".join(enterprise.outcodes) or NOTHING)]


def _how_much(enterprise: Enterprise) -> list[tuple[str, str]]:
    return [
        ("Most to take on in a year", whole_pounds(enterprise.capacity_pence)),
        ("Turnover", whole_pounds(enterprise.turnover_pence)),
        ("People at work", count(enterprise.workforce)),
        ("Of them disabled or disadvantaged", count(enterprise.disadvantaged_workforce)),
    ]


def _what_good(enterprise: Enterprise) -> list[tuple[str, str]]:
    rows = [(holding.name, held_words(holding)) for holding in enterprise.holdings]
    for offer in enterprise.offers:
        measure = MEASURES[offer.measure]
        rows.append((measure.title, measure.figure(offer.quantity)))
    return rows or [("Insurances, certificates, social value", NOTHING)]


def held_words(holding: Holding) -> str:
    amount = f"{whole_pounds(holding.amount_pence)}, " if holding.amount_pence else ""
    return f"{amount}runs until {day(holding.expires_on)}" if holding.expires_on else f"{amount}no end date given"


def _reach(enterprise: Enterprise) -> list[tuple[str, str]]:
    is_shown = enterprise.registered_by_id is None or enterprise.shares_details_at is not None
    shown = "Signed-in buyers" if is_shown else "Only buyers whose lots the enterprise answers with interest"
    return [
        ("Who to ask for", enterprise.contact_name or NOTHING),
        ("Email address", enterprise.contact_email or NOTHING),
        ("Telephone", enterprise.contact_phone or NOTHING),
        ("Who sees turnover, insurance and contact", shown),
    ]
