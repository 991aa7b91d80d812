"""Things of which one stands at a time: setting one replaces the last, taking it back puts that one in force again."""

from typing import Any, Protocol, TypeVar

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ..extensions import db
from ..models import (
    CategoryDivision,
    OwnStaffPay,
    PlaceBaseline,
    PlaceTarget,
    ResilienceValue,
    SpendRule,
    now,
)
from . import own
from .actors import Actor
from .errors import ConflictError

CHANGED = "Somebody in your organisation changed this while you were looking at it. Look at it again"
Kept = TypeVar("Kept", PlaceBaseline, PlaceTarget, ResilienceValue)
Ending = TypeVar("Ending", CategoryDivision, OwnStaffPay, PlaceBaseline, PlaceTarget, ResilienceValue, SpendRule)


class Numbered(Protocol):
    """Anything kept that has a number."""

    @property
    def id(self) -> Any: ...


def check_seen(stands: Numbered | None, seen: int) -> None:
    """Raise ConflictError where what a person saw standing, 0 for nothing, is not what stands."""
    if (stands.id if stands else 0) != seen:
        raise ConflictError(CHANGED)


def put(new: Ending, old_id: int | None, *, of: int, **how: Any) -> Ending:
    """Put one in force; the one it replaces, which the person saw standing, ends.

    how     what is noted on the one that ends
    errors  ConflictError where another stands by now
    """
    if old_id:
        end(type(new), old_id, of=of, **how)
    new.organisation_id = of
    try:
        with db.session.begin_nested():
            db.session.add(new)
            db.session.flush()
    except IntegrityError as error:
        raise ConflictError(CHANGED) from error
    return new


def end(table: type[Ending], kept_id: int, *, of: int, **how: Any) -> None:
    """End one that stands.

    errors  ConflictError where it stands no more
    """
    ended: Any = db.session.execute(
        update(table)
        .where(table.id == kept_id, table.organisation_id == of, table.ended_at.is_(None))
        .values(ended_at=now(), **how),
        execution_options={"synchronize_session": False},
    )
    if not ended.rowcount:
        raise ConflictError(CHANGED)
    db.session.expire_all()


def replace(new: Kept, old_id: int | None, *, by: Actor) -> Kept:
    """As `put`, of what is known to have replaced what, so that it can be taken back."""
    new.set_by_id, new.replaced_id = by.person_id, old_id
    return put(new, old_id, of=by.acting_for, ended_by_id=by.person_id)


def take_back(table: type[Kept], kept_id: int, *, by: Actor) -> Kept:
    """End one; the one it had replaced stands again.

    errors  NotFoundError; ConflictError where it was replaced or taken back already
    """
    kept = own.find(table, kept_id, of=by.acting_for)
    end(table, kept.id, of=by.acting_for, ended_by_id=by.person_id)
    if kept.replaced_id:
        db.session.execute(
            update(table)
            .where(table.id == kept.replaced_id, table.organisation_id == by.acting_for)
            .values(ended_at=None, ended_by_id=None),
            execution_options={"synchronize_session": False},
        )
    db.session.expire_all()
    return kept
