"""How much of what anchors paid stayed in an area, from the monthly sums of their confirmed ledgers."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from sqlalchemy import and_, case, func, select

from ..extensions import db
from ..models import MonthlySpend, Organisation, Payee
from ..places import Area, Location, outward_code, parse_postcode
from ..spend import Payment, Share, local_share
from .payees import PLACED_STATES

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Spend:
    """What one anchor paid in one month and category to one postcode district.

    postcode  one full postcode of the district, which stands for all of them; None where the place is unknown
    """

    anchor_id: int
    month: date
    category: str
    postcode: str | None
    pence: int
    payments: int


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
    return local_share((Payment(row.pence, Location(postcode=row.postcode)) for row in spend), area)


def local_spend(of: int, area: Area) -> LocalShare:
    """The local share of one anchor's confirmed spend."""
    return LocalShare(tuple(spend_of([of])), area)


def spend_of(anchors: Sequence[int]) -> list[Spend]:
    """Confirmed spend of anchors by month, category and district, in that order.

    A payment is placed by the postcode its own line gives, or else by the enterprise its payee is linked to now.
    """
    postcode = case(
        (MonthlySpend.postcode != "", MonthlySpend.postcode),
        (Payee.state.in_(PLACED_STATES), Organisation.postcode),
    ).label("placed_at")
    found = db.session.execute(
        select(
            MonthlySpend.organisation_id,
            MonthlySpend.month,
            MonthlySpend.category,
            postcode,
            func.sum(MonthlySpend.pence),
            func.sum(MonthlySpend.payments),
        )
        .join(Payee, and_(Payee.id == MonthlySpend.payee_id, Payee.organisation_id == MonthlySpend.organisation_id))
        .outerjoin(Organisation, Organisation.id == Payee.enterprise_id)
        .where(MonthlySpend.organisation_id.in_(anchors), Payee.organisation_id.in_(anchors))
        .group_by(MonthlySpend.organisation_id, MonthlySpend.month, MonthlySpend.category, "placed_at")
    )
    places: dict[str, str] = {}
    sums: dict[tuple[int, date, str, str], list[int]] = {}
    for anchor, month, category, written, pence, payments in found:
        known = (parse_postcode(written) if written else None) or ""
        district = outward_code(known)
        places[district] = min(known, places.get(district, known))
        total = sums.setdefault((anchor, month, category, district), [0, 0])
        total[0] += int(pence)
        total[1] += int(payments)
    return [
        Spend(anchor, month, category, places[district] or None, pence, payments)
        for (anchor, month, category, district), (pence, payments) in sorted(sums.items())
    ]


def confirmed_pence(of: int) -> int:
    """Everything that counts for an anchor."""
    return int(db.session.scalar(select(func.sum(MonthlySpend.pence)).where(MonthlySpend.organisation_id == of)) or 0)


def pence_to_settle(of: int) -> tuple[int, int]:
    """How many payees wait for a person, and what they were paid."""
    number, pence = db.session.execute(
        select(func.count(Payee.id.distinct()), func.sum(MonthlySpend.pence))
        .join(MonthlySpend, and_(MonthlySpend.payee_id == Payee.id, MonthlySpend.organisation_id == of))
        .where(Payee.organisation_id == of, Payee.state == "review")
    ).one()
    return int(number), int(pence or 0)
