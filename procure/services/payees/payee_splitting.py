"""One name that is two payees: payments told apart by a column of the ledger. Every penny stays in its payment."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update

from ...extensions import db
from ...models import Ledger, LeftOut, Payee, PayeeDecision, Payment, now
from .. import audit, rollups
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from .payee_changes import change, remember
from .payee_groups import Shown, one_at_a_time
from .payees import find

COLUMNS = {
    "department": "Department",
    "supplier_id": "Supplier number",
    "supplier_postcode": "Postcode on the payment",
}
MOST_VALUES = 20
NAME_LENGTH = 400
"""A longer name is cut: an index cannot hold it."""


@dataclass(frozen=True)
class Value:
    """What one column says on some payments of a name; `value` is None where it says nothing."""

    value: str | None
    pence: int
    payments: int


@dataclass(frozen=True)
class Split:
    """Which payments become a payee of their own: those that have this value in this column."""

    column: str
    value: str


def ways(payee: Payee) -> dict[str, list[Value]]:
    """Column > its values under this very name, most money first; only columns that tell payments apart."""
    found = {column: _values(payee, column) for column in COLUMNS}
    return {column: values for column, values in found.items() if len(values) > 1}


def _values(payee: Payee, column: str) -> list[Value]:
    cell, pence = getattr(Payment, column), func.sum(Payment.pence)
    rows = db.session.execute(
        select(cell, pence, func.count(Payment.id))
        .where(Payment.organisation_id == payee.organisation_id, Payment.payee_id == payee.id)
        .group_by(cell)
        .order_by(pence.desc(), cell)
        .limit(MOST_VALUES)
    )
    return [Value(value or None, int(total), int(payments)) for value, total, payments in rows]


def split(shown: Shown, how: Split, *, by: Actor) -> Payee:
    """Make the payments with this value a payee of their own, in every ledger, present and future.

    returns  the new payee, which waits to be settled
    errors   NotFoundError; RefusedError where nothing would be left or moved; ConflictError
    """
    one_at_a_time(by.acting_for)
    origin = find(shown.payee_id, of=by.acting_for)
    values = {each.value for each in ways(origin).get(how.column, [])}
    if origin.split_of_id is not None or how.value not in values:
        raise RefusedError("These payments cannot be told apart like this. Choose a value that only some of them have")
    remember(origin, "split", shown.seen, by, before={"column": how.column, "value": how.value})
    change(origin, shown.seen)
    part = _part(origin, how)
    _point(origin, part, how)
    audit.note(by, "payee split", origin, column=how.column, part=part.id)
    return part


def parts(payee: Payee) -> list[Payee]:
    """The payees that a name was split into, besides what is left of it."""
    return list(
        db.session.scalars(
            select(Payee)
            .where(
                Payee.organisation_id == payee.organisation_id,
                Payee.split_of_id == payee.id,
                Payee.split_by.is_not(None),
            )
            .order_by(Payee.id)
        )
    )


def join(part_id: int, seen: str, *, by: Actor) -> Payee:
    """Undo a split: the payments go back under the name as written.

    returns  the payee of that name
    errors   NotFoundError; RefusedError where the part was merged with other names; ConflictError
    """
    one_at_a_time(by.acting_for)
    part = find(part_id, of=by.acting_for)
    if part.split_of_id is None or part.split_by is None:
        raise ConflictError("These payments were put together again already")
    if part.merged_into_id is not None or _has_names(part):
        raise RefusedError(f"{part.name} was merged with another name. Take it out first, then undo the split")
    origin = find(part.split_of_id, of=by.acting_for)
    how = Split(part.split_by, part.split_value or "")
    change(
        part, seen, split_by=None, state="unlinked", enterprise_id=None, body_id=None, kind=None, decided_at=None,
        decided_by_id=None, checked_at=None,
    )  # fmt: skip
    _undo(part, by, PayeeDecision.payee_id == part.id)
    _forget(origin, how, by)
    _point(part, origin, None)
    audit.note(by, "payee put together", origin, part=part.id)
    return origin


def apply(of: int, ledger_id: int) -> None:
    """Put the payments of one ledger under the parts that their names were split into."""
    found = db.session.scalars(select(Payee).where(Payee.organisation_id == of, Payee.split_by.is_not(None)))
    for part in found.all():
        how = Split(part.split_by or "", part.split_value or "")
        for record in (Payment, LeftOut):
            db.session.execute(
                update(record)
                .where(
                    record.organisation_id == of,
                    record.ledger_id == ledger_id,
                    record.payee_id == part.split_of_id,
                    getattr(record, how.column) == how.value,
                )
                .values(payee_id=part.id),
                execution_options={"synchronize_session": False},
            )


def _part(origin: Payee, how: Split) -> Payee:
    """The payee that the part becomes; one that was put together again before serves once more."""
    name = f"{origin.name} ({COLUMNS[how.column].lower()} {how.value})"[:NAME_LENGTH]
    mine = (Payee.organisation_id == origin.organisation_id, Payee.name == name)
    part = db.session.scalar(select(Payee).where(*mine))
    if part is not None and part.split_of_id != origin.id:
        raise RefusedError(f"Another payee is called {name} already, so these payments cannot be told apart like this")
    if part is None:
        part = Payee(organisation_id=origin.organisation_id, name=name, candidates=[], state="unlinked", version=0)
        db.session.add(part)
    part.split_of_id, part.split_by, part.split_value = origin.id, how.column, how.value
    db.session.flush()
    return part


def _point(source: Payee, goal: Payee, how: Split | None) -> None:
    """Put payments, and lines left out, under another payee; sum the confirmed ledgers that hold them again."""
    touched: set[int] = set()
    for record in (Payment, LeftOut):
        mine: list[Any] = [record.organisation_id == source.organisation_id, record.payee_id == source.id]
        if how is not None:
            mine.append(getattr(record, how.column) == how.value)
        touched |= set(db.session.scalars(select(record.ledger_id).where(*mine).distinct()))
        db.session.execute(
            update(record).where(*mine).values(payee_id=goal.id), execution_options={"synchronize_session": False}
        )
    _sum_again(source.organisation_id, touched)


def _sum_again(of: int, ledger_ids: Collection[int]) -> None:
    confirmed = select(Ledger).where(
        Ledger.organisation_id == of, Ledger.id.in_(ledger_ids), Ledger.state == "confirmed"
    )
    for ledger in db.session.scalars(confirmed.order_by(Ledger.id)).all():
        rollups.remove(ledger)
        rollups.add(ledger)


def _has_names(payee: Payee) -> bool:
    merged = select(Payee.id).where(
        Payee.organisation_id == payee.organisation_id,
        or_(Payee.merged_into_id == payee.id, (Payee.split_of_id == payee.id) & Payee.split_by.is_not(None)),
    )
    return db.session.scalar(merged.limit(1)) is not None


def _forget(origin: Payee, how: Split, by: Actor) -> None:
    """Mark the decision to split as taken back."""
    mine = (PayeeDecision.payee_id == origin.id, PayeeDecision.kind == "split")
    found = db.session.scalars(
        select(PayeeDecision).where(
            PayeeDecision.organisation_id == origin.organisation_id, *mine, PayeeDecision.undone_at.is_(None)
        )
    )
    same = [each.id for each in found if each.before == {"column": how.column, "value": how.value}]
    _undo(origin, by, PayeeDecision.id.in_(same))


def _undo(payee: Payee, by: Actor, condition: Any) -> None:
    db.session.execute(
        update(PayeeDecision)
        .where(PayeeDecision.organisation_id == payee.organisation_id, PayeeDecision.undone_at.is_(None), condition)
        .values(undone_at=now(), undone_by_id=by.person_id),
        execution_options={"synchronize_session": False},
    )
