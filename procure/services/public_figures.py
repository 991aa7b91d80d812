"""The figures an anchor may show to everybody: local share of its headline area by year and category, with care."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, select

from ..extensions import db
from ..models import LocalArea, MonthlySpend, Payee
from ..places import Area, Location
from ..spend import Payment, Share, local_share
from ..spend.published import LEAST_PAYEES, UNNAMED, Line, join_categories, join_years
from . import areas, payee_places, redactions, reference_editions

APRIL = 4
MOST_CODES = 40
NO_CATEGORY = "No category given"
LICENCE = "Open Government Licence v3.0"
Groups = dict[Hashable, dict[int, list[Payment]]]


def content_of(of: int, area: LocalArea) -> dict[str, Any] | None:
    """What the page would say now, as plain data with amounts in pence; None where too few payees were paid."""
    shape = areas.shape(area)
    unnamed = _unnamed(of)
    years: Groups = defaultdict(lambda: defaultdict(list))
    categories: Groups = defaultdict(lambda: defaultdict(list))
    months: set[date] = set()
    for payee, month, category, payment in _paid(of):
        months.add(month)
        years[_year(month)][payee].append(payment)
        categories[None if payee in unnamed else category or NO_CATEGORY][payee].append(payment)
    people = categories.pop(None, None)
    by_year = join_years([_line(str(year), years[year], shape) for year in sorted(years, key=str)])
    by_category = join_categories(
        [_line(str(name), paid, shape) for name, paid in categories.items()],
        _line(UNNAMED, people, shape) if people else None,
    )
    if not by_year or not by_category:
        return None
    return {
        "area": area.name,
        "definition": definition_words(area),
        "edition": edition_words(),
        "first": min(months).isoformat(),
        "last": max(months).isoformat(),
        "least_payees": LEAST_PAYEES,
        "licence": LICENCE,
        "whole": asdict(sum((line.share for line in by_year), Share())),
        "years": [{"name": line.name, **asdict(line.share)} for line in by_year],
        "categories": [{"name": line.name, **asdict(line.share)} for line in by_category],
    }


def definition_words(area: LocalArea) -> str:
    """How an area is defined, with the codes it is made of: 2 postcode districts (B18, B19)."""
    codes = area.outcodes if area.kind == "outcodes" else area.codes
    if not codes:
        return areas.shape(area).definition
    more = f" and {len(codes) - MOST_CODES} more" if len(codes) > MOST_CODES else ""
    return f"{areas.shape(area).definition} ({', '.join(codes[:MOST_CODES])}{more})"


def edition_words() -> str:
    """Which edition of the postcode directory places the money, in words."""
    found = next((each for each in reference_editions.in_force() if each.kind == "postcodes"), None)
    if found is None:
        return "no postcode directory is loaded: places are told by the postcode district alone"
    day = f", edition of {found.edition_on.day} {found.edition_on:%B %Y}" if found.edition_on else ""
    return f"{found.title}{day}"


def share_of(parts: Mapping[str, Any]) -> Share:
    """The share that a published line holds."""
    return Share(**{part: parts[part] for part in asdict(Share())})


def _paid(of: int) -> list[tuple[int, date, str, Payment]]:
    joins, where = payee_places.placed_spend([of])
    by = (MonthlySpend.payee_id, MonthlySpend.month, MonthlySpend.category)
    found = db.session.execute(
        joins.add_columns(*by, *where.labelled, func.sum(MonthlySpend.pence)).group_by(*by, *where.labels)
    )
    paid = []
    for payee, month, category, written, _source, doubt, pence in found:
        known = payee_places.readable(written)
        payment = Payment(int(pence), Location(postcode=known), bool(doubt and known))
        paid.append((int(payee), month, category, payment))
    return paid


def _unnamed(of: int) -> frozenset[int]:
    """Payees that statutory files would not name, and everybody said or thought to be a person."""
    judge = redactions.redactor(of)
    found = db.session.execute(select(Payee.id, Payee.name, Payee.kind, Payee.state).where(Payee.organisation_id == of))
    return frozenset(
        number for number, name, kind, state in found if kind == "person" or state == "person" or judge(name)
    )


def _line(name: str, paid: Mapping[int, list[Payment]], area: Area) -> Line:
    payments = (payment for each in paid.values() for payment in each)
    return Line(name, frozenset(paid), local_share(payments, area))


def _year(month: date) -> str:
    """The financial year a month lies in: 2025-26 for April 2025 to March 2026."""
    first = month.year - (month.month < APRIL)
    return f"{first}-{(first + 1) % 100:02d}"
