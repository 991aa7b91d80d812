"""The figures an anchor may show to everybody: local share of its headline area by year and category, with care."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select

from ...extensions import db
from ...models import LocalArea, Payee
from ...places import Area
from ...spend import Share
from ...spend.exclusions import RULES
from ...spend.published import LEAST_PAYEES, UNNAMED, Line, join_categories, join_years
from ...spend.tally import AWAY_DOUBTFUL, NOWHERE, PLACED_DOUBTFUL, PLACED_SURE
from ..editions import reference_editions
from ..shares import areas, place_known, spend_rules
from ..shares.spend_rows import Gathered, gather, places_for
from . import redactions

APRIL = 4
MOST_CODES = 40
NO_CATEGORY = "No category given"
LICENCE = "Open Government Licence v3.0"
Groups = dict[str | None, dict[str, Share]]


def years_kept_back(of: int) -> list[str]:
    """Financial years that stay out, as they are called."""
    return sorted({_year(quarter) for quarter in place_known.stays_back(of)})


def content_of(of: int, area: LocalArea) -> dict[str, Any] | None:
    """What the page would say now, as plain data with amounts in pence; None where too few payees were paid.

    A financial year stays out where it, less what else is known, would give away what others in a total paid.
    """
    shape = areas.shape(area)
    gathered = gather(of)
    unnamed = _unnamed(of)
    years: Groups = defaultdict(lambda: defaultdict(Share))
    categories: Groups = defaultdict(lambda: defaultdict(Share))
    months: set[date] = set()
    kept_back = years_kept_back(of)
    for payee, head, month, category, share in _paid(gathered, shape):
        if _year(month) in kept_back:
            continue
        months.add(month)
        years[_year(month)][head] += share
        categories[None if payee in unnamed else category or NO_CATEGORY][head] += share
    people = categories.pop(None, None)
    by_year = join_years([_line(str(year), years[year]) for year in sorted(years, key=str)])
    by_category = join_categories(
        [_line(str(name), paid) for name, paid in categories.items()], _line(UNNAMED, people) if people else None
    )
    if not by_year or not by_category:
        return None
    return {
        "area": area.name,
        "definition": definition_words(area),
        "edition": edition_words(),
        "left_out": _left_out(of),
        "kept_back": kept_back,
        "first": min(months).isoformat(),
        "last": max(months).isoformat(),
        "least_payees": LEAST_PAYEES,
        "licence": LICENCE,
        "whole": asdict(sum((line.share for line in by_year), Share())),
        "years": [{"name": line.name, **asdict(line.share)} for line in by_year],
        "categories": [{"name": line.name, **asdict(line.share)} for line in by_category],
    }


def _left_out(of: int) -> list[str]:
    """The rules by which the anchor leaves money out, in words; the money itself is not told."""
    in_force = spend_rules.in_force(of).categories
    return [rule.catches for name, rule in RULES.items() if name in in_force]


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


def _paid(gathered: Gathered, shape: Area) -> Iterator[tuple[int, str, date, str, Share]]:
    """(payee as written, payee that speaks for it, month, category, share) of every row that counts."""
    rows, sides = gathered.rows, gathered.sides(shape, places_for(gathered, [shape]))
    categories, heads = rows.cuts["category"], rows.cuts["supplier"]
    for at in range(len(rows)):
        if not rows.excluded.values[rows.excluded.at[at]]:
            spot = rows.spots[at]
            yield (
                gathered.spots[spot].payee_id,
                heads.values[heads.at[at]],
                rows.months.values[rows.months.at[at]],
                categories.values[categories.at[at]],
                _on(sides[spot], rows.pence[at]),
            )


def _on(side: int, pence: int) -> Share:
    """All of an amount on one side, as `spend.tally.side_of` tells it."""
    if side == NOWHERE:
        return Share(unplaced=pence)
    if side in (PLACED_SURE, PLACED_DOUBTFUL):
        return Share(local=pence, local_shared=pence if side == PLACED_DOUBTFUL else 0)
    return Share(elsewhere=pence, elsewhere_shared=pence if side == AWAY_DOUBTFUL else 0)


def _unnamed(of: int) -> frozenset[int]:
    """Payees that statutory files would not name, and everybody said or thought to be a person."""
    judge = redactions.redactor(of)
    found = db.session.execute(select(Payee.id, Payee.name, Payee.kind, Payee.state).where(Payee.organisation_id == of))
    return frozenset(
        number for number, name, kind, state in found if kind == "person" or state == "person" or judge(name)
    )


def _line(name: str, paid: Mapping[str, Share]) -> Line:
    return Line(name, frozenset(map(int, paid)), sum(paid.values(), Share()))


def _year(month: date) -> str:
    """The financial year a month lies in: 2025-26 for April 2025 to March 2026."""
    first = month.year - (month.month < APRIL)
    return f"{first}-{(first + 1) % 100:02d}"
