"""Who an anchor paid: names in its ledgers, linked to registered enterprises or not; settling the doubtful ones."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select, update

from ..extensions import db
from ..models import Enterprise, MonthlySpend, Organisation, Payee, now
from . import audit
from .actors import Actor
from .errors import ConflictError, NotFoundError

PLACED_STATES = ("accepted", "confirmed")
"""A payee in one of these states is taken to be the enterprise it is linked to."""
STATES = {
    "unlinked": "Not registered",
    "review": "For you to settle",
    "accepted": "Linked by us",
    "confirmed": "Linked by you",
    "rejected": "None of these",
}
ENTERPRISES_FOUND = 10
NEXT_DECISIONS = 10


@dataclass(frozen=True)
class Candidate:
    """An enterprise a payee may be, with the probability and reasons of the day it was checked."""

    organisation: Organisation
    enterprise: Enterprise
    probability: float | None
    reasons: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Paid:
    """What a payee was paid by confirmed ledgers, and when."""

    pence: int
    payments: int
    first_month: date | None
    last_month: date | None


def find(payee_id: int, *, of: int) -> Payee:
    """A payee of this organisation.

    errors  NotFoundError
    """
    payee = db.session.scalar(select(Payee).where(Payee.id == payee_id, Payee.organisation_id == of))
    if payee is None:
        raise NotFoundError
    return payee


def link(payee_id: int, enterprise_id: int, seen: str, *, by: Actor) -> Payee:
    """Settle that a payee is this enterprise.

    seen    the state the person saw
    errors  NotFoundError; ConflictError where somebody settled it first
    """
    enterprise = db.session.scalar(
        select(Organisation)
        .join(Enterprise, Enterprise.organisation_id == Organisation.id)
        .where(Organisation.id == enterprise_id, Organisation.suspended_at.is_(None))
    )
    if enterprise is None:
        raise NotFoundError
    payee = _settle(payee_id, seen, by, state="confirmed", enterprise_id=enterprise.id)
    audit.note(by, "payee linked", payee, enterprise=enterprise.id, was=seen)
    return payee


def reject(payee_id: int, seen: str, *, by: Actor) -> Payee:
    """Settle that a payee is none of the registered enterprises.

    errors  NotFoundError; ConflictError where somebody settled it first
    """
    payee = _settle(payee_id, seen, by, state="rejected", enterprise_id=None)
    audit.note(by, "payee not registered", payee, was=seen)
    return payee


def undo(payee_id: int, seen: str, *, by: Actor) -> Payee:
    """Take a person's decision back; the payee waits to be settled again.

    errors  NotFoundError; ConflictError where it was taken back already
    """
    payee = find(payee_id, of=by.acting_for)
    if seen not in ("confirmed", "rejected"):
        raise ConflictError("There is no decision to take back")
    state = "review" if payee.candidates else "unlinked"
    _change(payee, seen, state=state, enterprise_id=None, decided_by_id=None, decided_at=None, checked_at=None)
    audit.note(by, "payee decision taken back", payee, was=seen)
    return payee


def _settle(payee_id: int, seen: str, by: Actor, **values: Any) -> Payee:
    payee = find(payee_id, of=by.acting_for)
    _change(payee, seen, decided_by_id=by.person_id, decided_at=now(), **values)
    return payee


def _change(payee: Payee, seen: str, **values: Any) -> None:
    result: Any = db.session.execute(
        update(Payee)
        .where(Payee.id == payee.id, Payee.organisation_id == payee.organisation_id, Payee.state == seen)
        .values(**values),
        execution_options={"synchronize_session": False},
    )
    if not result.rowcount:
        raise ConflictError("Somebody settled this payee while you were looking at it. Look at it again")
    db.session.expire(payee)


def paid(payee: Payee) -> Paid:
    """What counts for this payee."""
    row = db.session.execute(
        select(
            func.sum(MonthlySpend.pence),
            func.sum(MonthlySpend.payments),
            func.min(MonthlySpend.month),
            func.max(MonthlySpend.month),
        ).where(MonthlySpend.organisation_id == payee.organisation_id, MonthlySpend.payee_id == payee.id)
    ).one()
    return Paid(int(row[0] or 0), int(row[1] or 0), row[2], row[3])


def candidates(payee: Payee) -> list[Candidate]:
    """The enterprises a payee may be that are still registered, best first."""
    kept = {each["enterprise_id"]: each for each in payee.candidates}
    live = {candidate.organisation.id: candidate for candidate in _live(Organisation.id.in_(kept))}
    return [
        Candidate(live[number].organisation, live[number].enterprise, each["probability"], tuple(each["reasons"]))
        for number, each in kept.items()
        if number in live
    ]


def enterprise_of(payee: Payee) -> Organisation | None:
    """The enterprise a payee is linked to."""
    if payee.enterprise_id is None:
        return None
    return db.session.scalar(select(Organisation).where(Organisation.id == payee.enterprise_id))


def search_enterprises(words: str) -> list[Candidate]:
    """Registered enterprises whose names hold all these words."""
    conditions = [Organisation.name.icontains(word, autoescape=True) for word in words.split()[:10]]
    return _live(and_(*conditions))


def _live(condition: Any) -> list[Candidate]:
    found = db.session.execute(
        select(Organisation, Enterprise)
        .join(Enterprise, Enterprise.organisation_id == Organisation.id)
        .where(Organisation.suspended_at.is_(None), condition)
        .order_by(Organisation.name, Organisation.id)
        .limit(ENTERPRISES_FOUND)
    )
    return [Candidate(organisation, enterprise, None) for organisation, enterprise in found]


@dataclass(frozen=True)
class Settling:
    """How much of the money is settled, and what the next decisions would settle, in pence; no money, no `percent`.

    Money counts by its size, so that a credit settles as much as a payment of the same amount.
    """

    percent: int | None
    next_payees: int
    next_pence: int


def settling(of: int, *, ahead: int = NEXT_DECISIONS) -> Settling:
    """How far the payees of an organisation are settled."""
    pence = func.abs(func.sum(MonthlySpend.pence))
    by_payee = (
        select(Payee.state, pence.label("pence"))
        .join(MonthlySpend, and_(MonthlySpend.payee_id == Payee.id, MonthlySpend.organisation_id == of))
        .where(Payee.organisation_id == of)
        .group_by(Payee.id, Payee.state)
        .subquery()
    )
    whole = int(db.session.scalar(select(func.sum(by_payee.c.pence))) or 0)
    open_sums = select(by_payee.c.pence).where(by_payee.c.state == "review").order_by(by_payee.c.pence.desc())
    waiting = [int(each) for each in db.session.scalars(open_sums)]
    # Cut, not rounded: 100% is said only when nothing waits.
    percent = 100 * (whole - sum(waiting)) // whole if whole else None
    return Settling(percent, len(waiting[:ahead]), sum(waiting[:ahead]))


def next_to_settle(of: int, after: Payee | None = None) -> Payee | None:
    """The doubtful payee with the most money, other than the one just looked at."""
    return db.session.scalar(
        select(Payee)
        .join(MonthlySpend, and_(MonthlySpend.payee_id == Payee.id, MonthlySpend.organisation_id == of))
        .where(Payee.organisation_id == of, Payee.state == "review", Payee.id != (after.id if after else 0))
        .group_by(Payee.id)
        .order_by(func.sum(MonthlySpend.pence).desc(), Payee.id)
        .limit(1)
    )
