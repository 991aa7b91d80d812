"""What other anchors of the same place already buy from enterprises: told only with consent, and never of fewer than
three who do not want to be named.

Each anchor is asked by itself and may withdraw at once. Who agreed to be named is named. The others are one of "three
or more" in a district, or are not mentioned; there is no number, so no two answers can be subtracted.
source: docs/measures/shift-list.md
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select

from ...extensions import db
from ...matching.words import stems
from ...models import MonthlySpend, Organisation, Payee, ShiftRow
from .. import sharing_consents
from ..enterprises.offers import district_of
from ..payees.payees import PLACED_STATES
from .shift_money import last_year

LEAST_UNNAMED = 3
"""Fewer anchors than this that do not want to be named are never told of."""


@dataclass(frozen=True)
class Evidence:
    """That others buy the same from enterprises in one district.

    named         those who agreed to be named, by name
    three_or_more whether, besides them, at least three others do
    """

    district: str
    named: tuple[str, ...]
    three_or_more: bool


def evidence_for(row: ShiftRow) -> list[Evidence]:
    """What may be told about who else buys this row's category from enterprises, by district."""
    sharers = sharing_consents.partners(sharing_consents.PURCHASES, of=row.organisation_id)
    wanted = key_of(row.category)
    if not sharers or not wanted:
        return []
    return told(_bought(wanted, sharers), sharing_consents.names(sharers))


def told(bought: Mapping[str, Collection[int]], names: Mapping[int, str]) -> list[Evidence]:
    """The rule of what is told: named anchors by name, the unnamed only as three or more in one district.

    bought  district > anchors that buy there
    names   anchors that agreed to be named
    """
    found = []
    for district, anchors in sorted(bought.items()):
        named = tuple(sorted(names[one] for one in anchors if one in names))
        unnamed = sum(one not in names for one in anchors)
        if named or unnamed >= LEAST_UNNAMED:
            found.append(Evidence(district, named, unnamed >= LEAST_UNNAMED))
    return found


@lru_cache(maxsize=20_000)
def key_of(category: str) -> frozenset[str]:
    """The telling words of a category: two are the same purchase where all of them agree."""
    return frozenset(stems(category))


def _bought(wanted: frozenset[str], sharers: Collection[int]) -> dict[str, set[int]]:
    """District > anchors that paid an enterprise there for the same in their last year."""
    bought: dict[str, set[int]] = defaultdict(set)
    for anchor in sorted(sharers):
        year = last_year(anchor)
        kept = select(MonthlySpend.category).where(MonthlySpend.organisation_id == anchor).distinct()
        same = [category for category in db.session.scalars(kept) if key_of(category) == wanted]
        if year is None or not same:
            continue
        found = db.session.execute(
            select(Organisation.postcode)
            .join(Payee, Payee.enterprise_id == Organisation.id)
            .join(MonthlySpend, MonthlySpend.payee_id == Payee.id)
            .where(
                Payee.organisation_id == anchor,
                MonthlySpend.organisation_id == anchor,
                Payee.state.in_(PLACED_STATES),
                MonthlySpend.category.in_(same),
                MonthlySpend.month >= year.first,
                MonthlySpend.month <= year.last,
                Organisation.suspended_at.is_(None),
            )
            .group_by(Organisation.id, Organisation.postcode)
            .having(func.sum(MonthlySpend.pence) > 0)
        )
        for postcode in found.scalars():
            if district := district_of(postcode):
                bought[district].add(anchor)
    return dict(bought)
