"""Who an anchor paid: a name in its ledgers, its other spellings, and whom they were linked to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from ...extensions import db
from ...models import Enterprise, Ledger, MonthlySpend, Organisation, Payee, Payment, RegisteredBody, Upload
from .. import own

PLACED_STATES = ("accepted", "confirmed")
"""A payee in one of these states is taken to be the enterprise or registered body it is linked to."""
DECIDED_STATES = ("confirmed", "rejected", "person", "public_body")
"""A person's word."""
STATES = {
    "unlinked": "Not registered",
    "review": "For you to settle",
    "accepted": "Linked by us",
    "confirmed": "Linked by you",
    "rejected": "None of these",
    "person": "A person",
    "public_body": "A public body",
}
KINDS = {"person": "A person", "public_body": "A public body"}
DEPARTMENTS_SHOWN = 12


@dataclass(frozen=True)
class Paid:
    """What a payee was paid by confirmed ledgers, and when."""

    pence: int
    payments: int
    first_month: date | None
    last_month: date | None


@dataclass(frozen=True)
class Variant:
    """One spelling of a payee, and what was paid under it."""

    payee: Payee
    pence: int
    payments: int


@dataclass(frozen=True)
class Part:
    """What was paid under one name by one ledger in one year, or by one department; `label` is None where not given."""

    label: str | None
    pence: int
    payments: int
    year: int | None = None
    ledger_id: int | None = None


def find(payee_id: int, *, of: int) -> Payee:
    """A payee of this organisation.

    errors  NotFoundError
    """
    return own.find(Payee, payee_id, of=of)


def names_of(payee: Payee) -> list[Variant]:
    """Every spelling of a payee with what was paid under it, most money first."""
    pence, payments = func.coalesce(func.sum(MonthlySpend.pence), 0), func.coalesce(func.sum(MonthlySpend.payments), 0)
    found = db.session.execute(
        select(Payee, pence, payments)
        .outerjoin(
            MonthlySpend,
            (MonthlySpend.payee_id == Payee.id) & (MonthlySpend.organisation_id == payee.organisation_id),
        )
        .where(
            Payee.organisation_id == payee.organisation_id,
            or_(Payee.id == payee.head_id, Payee.merged_into_id == payee.head_id),
        )
        .group_by(Payee.id)
        .order_by(pence.desc(), Payee.id)
    )
    return [Variant(each, int(paid), int(lines)) for each, paid, lines in found]


def same_body(payee: Payee) -> list[Payee]:
    """Other payees that are linked to the same enterprise or registered body, but were not merged with this one."""
    if payee.enterprise_id is None and payee.body_id is None:
        return []
    target = (
        Payee.enterprise_id == payee.enterprise_id
        if payee.enterprise_id is not None
        else Payee.body_id == payee.body_id
    )
    return list(
        db.session.scalars(
            select(Payee)
            .where(
                Payee.organisation_id == payee.organisation_id,
                target,
                Payee.id != payee.head_id,
                Payee.merged_into_id.is_(None),
                Payee.state.in_(PLACED_STATES),
            )
            .order_by(Payee.name, Payee.id)
            .limit(50)
        )
    )


def paid(payee: Payee) -> Paid:
    """What counts for this payee, under all its names."""
    row = db.session.execute(
        select(
            func.sum(MonthlySpend.pence),
            func.sum(MonthlySpend.payments),
            func.min(MonthlySpend.month),
            func.max(MonthlySpend.month),
        ).where(*_spend_of(payee))
    ).one()
    return Paid(int(row[0] or 0), int(row[1] or 0), row[2], row[3])


def paid_by_month(payee: Payee) -> list[tuple[date, int]]:
    """Pence by month, oldest first; months without a payment are left out."""
    found = db.session.execute(
        select(MonthlySpend.month, func.sum(MonthlySpend.pence))
        .where(*_spend_of(payee))
        .group_by(MonthlySpend.month)
        .order_by(MonthlySpend.month)
    )
    return [(month, int(pence)) for month, pence in found]


def paid_by_ledger(payee: Payee) -> dict[int, list[Part]]:
    """Name (by payee id) > what each ledger paid under it in each year, in that order."""
    year = func.extract("year", MonthlySpend.month)
    found = db.session.execute(
        select(
            MonthlySpend.payee_id,
            Upload.filename,
            Ledger.id,
            year,
            func.sum(MonthlySpend.pence),
            func.sum(MonthlySpend.payments),
        )
        .join(Ledger, Ledger.id == MonthlySpend.ledger_id)
        .join(Upload, Upload.id == Ledger.upload_id)
        .where(
            *_spend_of(payee),
            Ledger.organisation_id == payee.organisation_id,
            Upload.organisation_id == payee.organisation_id,
        )
        .group_by(MonthlySpend.payee_id, Upload.filename, Ledger.id, year)
        .order_by(MonthlySpend.payee_id, year, Ledger.id)
    )
    parts: dict[int, list[Part]] = {}
    for name, filename, ledger, in_year, pence, payments in found:
        parts.setdefault(name, []).append(Part(filename, int(pence), int(payments), int(in_year), ledger))
    return parts


def by_year(ledgers: Mapping[int, Sequence[Part]]) -> dict[int, list[Part]]:
    """Name (by payee id) > what was paid under it in each year, oldest first."""
    years: dict[int, list[Part]] = {}
    for name, parts in ledgers.items():
        for year in sorted({part.year or 0 for part in parts}):
            mine = [part for part in parts if part.year == year]
            pence, payments = sum(part.pence for part in mine), sum(part.payments for part in mine)
            years.setdefault(name, []).append(Part(str(year), pence, payments, year))
    return years


def paid_by_department(payee: Payee) -> list[Part]:
    """Who in the organisation paid it, most money first; None where the ledger does not say."""
    pence = func.sum(Payment.pence)
    found = db.session.execute(
        select(Payment.department, pence, func.count(Payment.id))
        .join(Ledger, Ledger.id == Payment.ledger_id)
        .where(
            Payment.organisation_id == payee.organisation_id,
            Payment.payee_id.in_(_ids_of(payee)),
            Ledger.organisation_id == payee.organisation_id,
            Ledger.state == "confirmed",
        )
        .group_by(Payment.department)
        .order_by(pence.desc(), Payment.department)
        .limit(DEPARTMENTS_SHOWN)
    )
    return [Part(department or None, int(total), int(payments)) for department, total, payments in found]


def _spend_of(payee: Payee) -> tuple[ColumnElement[bool], ...]:
    return MonthlySpend.organisation_id == payee.organisation_id, MonthlySpend.payee_id.in_(_ids_of(payee))


def _ids_of(payee: Payee) -> list[int]:
    return list(
        db.session.scalars(
            select(Payee.id).where(
                Payee.organisation_id == payee.organisation_id,
                or_(Payee.id == payee.head_id, Payee.merged_into_id == payee.head_id),
            )
        )
    )


@dataclass(frozen=True)
class Linked:
    """Whom a payee is linked to."""

    name: str
    postcode: str | None
    enterprise_id: int | None = None
    body_id: int | None = None


def linked_to(payee: Payee) -> Linked | None:
    """The enterprise or registered body a payee is linked to."""
    if payee.enterprise_id is not None:
        found = db.session.scalar(
            select(Organisation)
            .join(Enterprise, Enterprise.organisation_id == Organisation.id)
            .where(Organisation.id == payee.enterprise_id)
        )
        return Linked(found.name, found.postcode, enterprise_id=found.id) if found else None
    if payee.body_id is not None:
        body = db.session.scalar(select(RegisteredBody).where(RegisteredBody.id == payee.body_id))
        return Linked(body.name, body.postcode, body_id=body.id) if body else None
    return None
