"""How far the payees of an anchor are settled, and which to settle next: money first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from ...extensions import db
from ...models import LedgerPayee, Payee

NEXT_DECISIONS = 10
SURE = 0.95
"""From this probability on, a link of ours is called sure."""
BANDS = {
    "you": "Linked by you",
    "sure": "Linked by us, 95% or more likely",
    "likely": "Linked by us, less than 95% likely",
    "public_body": "Public bodies",
    "person": "Persons",
    "unlinked": "Not registered",
    "review": "To settle",
}


@dataclass(frozen=True)
class Band:
    """How much money is settled in one way; `percent` is None where there is no money."""

    code: str
    words: str
    payees: int
    pence: int
    percent: float | None


@dataclass(frozen=True)
class Settling:
    """How much of the money is settled, and what the next decisions would settle, in pence; no money, no `percent`.

    Money counts by its size, so that a credit settles as much as a payment of the same amount.
    """

    percent: int | None
    next_payees: int
    next_pence: int
    bands: tuple[Band, ...] = ()


def head() -> Any:
    """The payee that speaks for a name."""
    return func.coalesce(Payee.merged_into_id, Payee.id)


def band() -> Any:
    """Which of BANDS a payee's money is in."""
    return case(
        (Payee.kind == "person", "person"),
        (Payee.kind == "public_body", "public_body"),
        (Payee.state == "confirmed", "you"),
        (and_(Payee.state == "accepted", Payee.probability >= SURE), "sure"),
        (Payee.state == "accepted", "likely"),
        (Payee.state == "review", "review"),
        else_="unlinked",
    )


def settling(of: int, *, ahead: int = NEXT_DECISIONS) -> Settling:
    """How far the payees of an organisation are settled."""
    paid = _paid(of)
    query = select(paid.c.band, func.count(), func.sum(paid.c.pence)).group_by(paid.c.band)
    sums = {code: (int(payees), int(pence)) for code, payees, pence in db.session.execute(query)}
    whole = sum(pence for _, pence in sums.values())
    payees, waiting = sums.get("review", (0, 0))
    # Cut, not rounded: 100% is said only when nothing waits.
    percent = 100 * (whole - waiting) // whole if whole else None
    return Settling(percent, min(payees, ahead), _largest(paid, ahead) if payees else 0, tuple(_bands(sums, whole)))


def paid_by_name(of: int) -> Any:
    """Pence and payments of every name, in the order of the index, before names are put together: that is fastest."""
    return (
        select(
            LedgerPayee.payee_id,
            func.sum(LedgerPayee.pence).label("pence"),
            func.sum(LedgerPayee.payments).label("payments"),
        )
        .where(LedgerPayee.organisation_id == of)
        .group_by(LedgerPayee.payee_id)
        .subquery()
    )


def _paid(of: int) -> Any:
    """Band and size of the money of every payee, all spellings of one payee together."""
    paid = paid_by_name(of)
    return (
        select(func.min(band()).label("band"), func.abs(func.sum(paid.c.pence)).label("pence"))
        .join(paid, paid.c.payee_id == Payee.id)
        .where(Payee.organisation_id == of)
        .group_by(head())
        .subquery()
    )


def _largest(paid: Any, ahead: int) -> int:
    """Pence of the largest payees that wait for a decision."""
    first = select(paid.c.pence).where(paid.c.band == "review").order_by(paid.c.pence.desc()).limit(ahead).subquery()
    return int(db.session.scalar(select(func.sum(first.c.pence))) or 0)


def _bands(sums: Mapping[str, tuple[int, int]], whole: int) -> list[Band]:
    told = ((code, words, *sums.get(code, (0, 0))) for code, words in BANDS.items())
    return [Band(code, words, payees, pence, pence / whole if whole else None) for code, words, payees, pence in told]


def next_to_settle(of: int, after: Payee | None = None) -> Payee | None:
    """The doubtful payee with the most money, other than the one just looked at."""
    group = head()
    last = after.head_id if after else 0
    number = db.session.execute(
        select(group)
        .join(LedgerPayee, and_(LedgerPayee.payee_id == Payee.id, LedgerPayee.organisation_id == of))
        .where(Payee.organisation_id == of, Payee.state == "review", group != last)
        .group_by(group)
        .order_by(func.abs(func.sum(LedgerPayee.pence)).desc(), group)
        .limit(1)
    ).scalar()
    return db.session.scalar(select(Payee).where(Payee.organisation_id == of, Payee.id == number)) if number else None


def look_alikes(payee: Payee, words: str) -> list[Payee]:
    """Payees whose names hold all these words, to say that they are the same as this one; no words, nobody."""
    if not words.split():
        return []
    conditions = [Payee.name.icontains(word, autoescape=True) for word in words.split()[:10]]
    return list(
        db.session.scalars(
            select(Payee)
            .where(
                Payee.organisation_id == payee.organisation_id,
                Payee.merged_into_id.is_(None),
                Payee.id != payee.head_id,
                or_(Payee.split_of_id.is_(None), Payee.split_by.is_not(None)),
                *conditions,
            )
            .order_by(Payee.name, Payee.id)
            .limit(20)
        )
    )
