"""How much of what anchors paid stayed in an area, from the monthly sums of their confirmed ledgers."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from sqlalchemy import and_, func, select

from ..extensions import db
from ..models import MonthlySpend, Payee
from ..places import Area, Location, outward_code
from ..spend import Payment, Share, local_share
from ..spend.placing import SOURCES
from . import payee_places

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Spend:
    """What one anchor paid in one month and category to one postcode district, placed by one kind of evidence.

    postcode      one full postcode of the district, which stands for all of them; None where the place is unknown
    source        what placed it: one of `spend.placing.SOURCES`; None where the place is unknown
    is_uncertain  it was placed at an office that many bodies share
    """

    anchor_id: int
    month: date
    category: str
    postcode: str | None
    pence: int
    payments: int
    source: str | None = None
    is_uncertain: bool = False


@dataclass(frozen=True)
class LocalShare:
    """The local share of some spend in one area, whole and cut; every cut adds up to the whole."""

    spend: tuple[Spend, ...]
    area: Area

    @cached_property
    def whole(self) -> Share:
        return share_of(self.spend, self.area)

    @cached_property
    def months(self) -> list[tuple[date, Share]]:
        """Oldest first."""
        return sorted(self._by([(row.month, row) for row in self.spend]).items())

    @cached_property
    def quarters(self) -> list[tuple[date, Share]]:
        """By the first day of the quarter, oldest first."""
        return sorted(self._by([(quarter_of(row.month), row) for row in self.spend]).items())

    @cached_property
    def categories(self) -> list[tuple[str, Share]]:
        """Most money first; "" stands for no category given."""
        cut = self._by([(row.category, row) for row in self.spend])
        return sorted(cut.items(), key=lambda pair: (-pair[1].total, pair[0]))

    @cached_property
    def sources(self) -> list[tuple[str | None, Share]]:
        """By what placed the money, the best evidence first and last, under None, what is not placed."""
        cut = self._by([(row.source, row) for row in self.spend])
        return [(source, cut[source]) for source in (*SOURCES, None) if source in cut]

    @cached_property
    def payments(self) -> int:
        return sum(row.payments for row in self.spend)

    def _by(self, keyed: Sequence[tuple[Key, Spend]]) -> dict[Key, Share]:
        groups: dict[Key, list[Spend]] = {}
        for key, row in keyed:
            groups.setdefault(key, []).append(row)
        return {key: share_of(rows, self.area) for key, rows in groups.items()}


def quarter_of(month: date) -> date:
    """The first day of the calendar quarter."""
    return date(month.year, month.month - (month.month - 1) % 3, 1)


def share_of(spend: Sequence[Spend], area: Area) -> Share:
    """The three parts of some spend, which add up to every penny of it."""
    return local_share((Payment(row.pence, Location(postcode=row.postcode), row.is_uncertain) for row in spend), area)


def local_spend(of: int, area: Area) -> LocalShare:
    """The local share of one anchor's confirmed spend."""
    return LocalShare(tuple(spend_of([of])), area)


def spend_of(anchors: Sequence[int]) -> list[Spend]:
    """Confirmed spend of anchors by month, category, district and what placed it there, in that order.

    A payment is placed by the best evidence there is now: see `payee_places`.
    """
    joins, where = payee_places.placed_spend(anchors)
    by = (MonthlySpend.organisation_id, MonthlySpend.month, MonthlySpend.category)
    found = db.session.execute(
        joins.add_columns(
            *by,
            *where.labelled,
            func.sum(MonthlySpend.pence),
            func.sum(MonthlySpend.payments),
        ).group_by(*by, *where.labels)
    )
    places: dict[str, str] = {}
    sums: dict[tuple[int, date, str, str, str, bool], list[int]] = {}
    for anchor, month, category, written, source, doubt, pence, payments in found:
        known = payee_places.readable(written) or ""
        district = outward_code(known)
        places[district] = min(known, places.get(district, known))
        key = (anchor, month, category, district, (source or "") if known else "", bool(doubt and known))
        total = sums.setdefault(key, [0, 0])
        total[0] += int(pence)
        total[1] += int(payments)
    return [
        Spend(anchor, month, category, places[district] or None, pence, payments, source or None, doubt)
        for (anchor, month, category, district, source, doubt), (pence, payments) in sorted(sums.items())
    ]


def confirmed_pence(of: int) -> int:
    """Everything that counts for an anchor."""
    return int(db.session.scalar(select(func.sum(MonthlySpend.pence)).where(MonthlySpend.organisation_id == of)) or 0)


def pence_to_settle(of: int) -> tuple[int, int]:
    """How many payees wait for a person, and what they were paid."""
    number, pence = db.session.execute(
        select(func.count(func.coalesce(Payee.merged_into_id, Payee.id).distinct()), func.sum(MonthlySpend.pence))
        .join(MonthlySpend, and_(MonthlySpend.payee_id == Payee.id, MonthlySpend.organisation_id == of))
        .where(Payee.organisation_id == of, Payee.state == "review")
    ).one()
    return int(number), int(pence or 0)
