"""Where the money went: each payment placed by the best evidence there is, asked in one go for many payees.

The order is that of `spend.placing`: the ledger line, a declared delivery site, a declared trading address, the
enterprise's own profile, the registered office. A test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from ...extensions import db
from ...models import Enterprise, MonthlySpend, Organisation, Payee, PayeeSite, RegisteredBody, SharedOffice
from ...places import parse_postcode
from ...spend.placing import DELIVERY, LINE, OFFICE, PROFILE, SOURCES, TRADING
from .payees import PLACED_STATES

_POSTCODE_MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "


@dataclass(frozen=True)
class PlacedMoney:
    """What was paid to one postcode by one kind of evidence; neither where the place is not known."""

    postcode: str | None
    source: str | None
    is_uncertain: bool
    pence: int
    payments: int


@dataclass(frozen=True)
class Columns:
    """SQL for where a row of the roll-up was spent; the labels are no column's name, so that both databases group."""

    postcode: Any
    source: Any
    is_uncertain: Any
    labels = ("placed_at", "placed_by", "placed_doubtfully")

    @property
    def labelled(self) -> tuple[Any, ...]:
        columns = (self.postcode, self.source, self.is_uncertain)
        return tuple(column.label(name) for column, name in zip(columns, self.labels, strict=True))


def shared_postcodes() -> Subquery:
    """Postcodes in which an office stands that many bodies share: the end of each office's key."""
    key = SharedOffice.address_key
    postcode = func.substr(key, func.length(func.rtrim(key, _POSTCODE_MARKS)) + 1)
    return select(postcode.label("postcode")).distinct().subquery("shared_postcode")


@dataclass(frozen=True)
class Bodies:
    """The registered bodies behind a payee: the one it was linked to, and those whose numbers its enterprise gives."""

    named: Any
    company: Any
    charity: Any

    @property
    def best_id(self) -> Any:
        return func.coalesce(self.named.id, self.company.id, self.charity.id)


def linked_payees() -> tuple[Select[Any], Bodies]:
    """Every payee with what it is linked to: joins to Enterprise and to bodies, to which columns are added."""
    found = Bodies(aliased(RegisteredBody), aliased(RegisteredBody), aliased(RegisteredBody))
    is_linked = Payee.state.in_(PLACED_STATES)
    register = case((Enterprise.charity_number.like("SC%"), "charities-sc"), else_="charities-ew")
    named, company, charity = found.named, found.company, found.charity
    joins = (
        select()
        .select_from(Payee)
        .outerjoin(Enterprise, and_(Enterprise.organisation_id == Payee.enterprise_id, is_linked))
        .outerjoin(named, and_(named.id == Payee.body_id, is_linked))
        .outerjoin(company, and_(company.register == "companies", company.number == Enterprise.company_number))
        .outerjoin(charity, and_(charity.register == register, charity.number == Enterprise.charity_number))
    )
    return joins, found


def placed_payees(anchors: Sequence[int]) -> Subquery:
    """Every payee of these anchors with where it is, what says so, and whether its office is shared.

    A name that was merged into another is where that one is declared to be.
    """
    joins, bodies = linked_payees()
    body, delivery, trading = aliased(RegisteredBody), _sites("delivery", anchors), _sites("trading", anchors)
    profile = case((Organisation.postcode != "", Organisation.postcode))
    said = ((delivery.c.postcode, DELIVERY), (trading.c.postcode, TRADING), (profile, PROFILE), (body.postcode, OFFICE))
    return (
        joins.add_columns(
            Payee.id,
            Payee.organisation_id,
            func.coalesce(*(postcode for postcode, _ in said)).label("postcode"),
            case(*((postcode.is_not(None), source) for postcode, source in said)).label("source"),
            SharedOffice.address_key.is_not(None).label("office_is_shared"),
            and_(body.postcode.is_not(None), body.address_key.is_(None)).label("office_is_vague"),
            delivery.c.postcode.label("delivery"),
            trading.c.postcode.label("trading"),
            profile.label("profile"),
            body.postcode.label("office"),
        )
        .outerjoin(body, body.id == bodies.best_id)
        .outerjoin(delivery, _is_of_payee(delivery))
        .outerjoin(trading, _is_of_payee(trading))
        .outerjoin(Organisation, Organisation.id == Enterprise.organisation_id)
        .outerjoin(SharedOffice, SharedOffice.address_key == body.address_key)
        .where(Payee.organisation_id.in_(anchors))
        .subquery("placed")
    )


def _sites(kind: str, anchors: Sequence[int]) -> Subquery:
    return (
        select(PayeeSite.payee_id, PayeeSite.organisation_id, PayeeSite.postcode)
        .where(PayeeSite.organisation_id.in_(anchors), PayeeSite.kind == kind, PayeeSite.ended_at.is_(None))
        .subquery(kind)
    )


def _is_of_payee(site: Subquery) -> ColumnElement[bool]:
    head = func.coalesce(Payee.merged_into_id, Payee.id)
    return and_(site.c.payee_id == head, site.c.organisation_id == Payee.organisation_id)


def placed_spend(anchors: Sequence[int]) -> tuple[Select[Any], Columns]:
    """The roll-up of these anchors joined with where each row was spent; add the columns that are wanted."""
    placed, shared = placed_payees(anchors), shared_postcodes()
    has_line = MonthlySpend.postcode != ""
    postcode = case((has_line, MonthlySpend.postcode), else_=placed.c.postcode)
    source = case((has_line, LINE), else_=placed.c.source)
    in_shared = shared.c.postcode.is_not(None)
    is_uncertain = case(
        (source == OFFICE, or_(placed.c.office_is_shared, and_(placed.c.office_is_vague, in_shared))),
        (source.in_((LINE, PROFILE)), in_shared),
        else_=False,
    )
    joins = (
        select()
        .select_from(MonthlySpend)
        .join(
            placed, and_(placed.c.id == MonthlySpend.payee_id, placed.c.organisation_id == MonthlySpend.organisation_id)
        )
        .outerjoin(shared, shared.c.postcode == postcode)
        .where(MonthlySpend.organisation_id.in_(anchors))
    )
    return joins, Columns(postcode, source, is_uncertain)


def money_by_place(of: int, payee_ids: Sequence[int] | None = None) -> list[PlacedMoney]:
    """All confirmed money of an anchor, or of some payees of it, by postcode and source; most money first."""
    joins, where = placed_spend([of])
    if payee_ids is not None:
        joins = joins.where(MonthlySpend.payee_id.in_(payee_ids))
    found = db.session.execute(
        joins.add_columns(*where.labelled, func.sum(MonthlySpend.pence), func.sum(MonthlySpend.payments)).group_by(
            *where.labels
        )
    )
    sums: dict[tuple[str | None, str | None, bool], list[int]] = {}
    for written, source, doubt, pence, payments in found:
        known = readable(written)
        total = sums.setdefault((known, source if known else None, bool(doubt and known)), [0, 0])
        total[0] += int(pence)
        total[1] += int(payments)
    rows = [PlacedMoney(*key, *total) for key, total in sums.items()]
    return sorted(rows, key=lambda row: (-row.pence, row.postcode or "", row.source or "", row.is_uncertain))


def readable(written: str | None) -> str | None:
    """A postcode that can be read, in its normal form; anything else places nothing."""
    return parse_postcode(written) if written else None


def by_source(money: Sequence[PlacedMoney]) -> list[tuple[str | None, PlacedMoney, int]]:
    """Each source in its order with its money and how much of it is uncertain; last, under None, what is not placed.

    The sums add up to every penny given.
    """
    table = []
    for source in (*SOURCES, None):
        rows = [row for row in money if row.source == source]
        whole = PlacedMoney(None, source, False, sum(row.pence for row in rows), sum(row.payments for row in rows))
        table.append((source, whole, sum(row.pence for row in rows if row.is_uncertain)))
    return table


def unplaced_payees(of: int, *, uncertain: bool = False) -> Select[Any]:
    """Payees with money whose place is not known (or is uncertain), with that money: Payee, pence, payments.

    Merged names stand under the payee they were merged into. A payee all of whose lines give a postcode is placed,
    whoever it is.
    """
    joins, where = placed_spend([of])
    is_wanted = where.is_uncertain.is_(True) if uncertain else where.postcode.is_(None)
    rows = (
        joins.add_columns(MonthlySpend.payee_id.label("payee_id"), MonthlySpend.pence, MonthlySpend.payments)
        .where(is_wanted)
        .subquery("wanted")
    )
    head = func.coalesce(Payee.merged_into_id, Payee.id).label("head_id")
    sums = (
        select(head, func.sum(rows.c.pence).label("pence"), func.sum(rows.c.payments).label("payments"))
        .join(rows, rows.c.payee_id == Payee.id)
        .where(Payee.organisation_id == of)
        .group_by(head)
        .subquery("sums")
    )
    return (
        select(Payee, sums.c.pence, sums.c.payments)
        .join(sums, sums.c.head_id == Payee.id)
        .where(Payee.organisation_id == of)
        .order_by(sums.c.pence.desc(), Payee.id)
    )
