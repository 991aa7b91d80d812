"""Things of which one stands at a time: setting one replaces the last, taking it back puts that one in force again."""

from typing import Any, TypeVar

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ..extensions import db
from ..models import PlaceBaseline, PlaceTarget, ResilienceValue, now
from . import own
from .actors import Actor
from .errors import ConflictError

CHANGED = "Somebody in your organisation changed this while you were looking at it. Look at it again"
Kept = TypeVar("Kept", PlaceBaseline, PlaceTarget, ResilienceValue)


def replace(new: Kept, old_id: int | None, *, by: Actor) -> Kept:
    """Put one in force; the one it replaces, which the person saw standing, ends.

    errors  ConflictError where another stands by now
    """
    if old_id:
        _end(type(new), old_id, by)
    new.organisation_id, new.set_by_id, new.replaced_id = by.acting_for, by.person_id, old_id
    try:
        with db.session.begin_nested():
            db.session.add(new)
            db.session.flush()
    except IntegrityError as error:
        raise ConflictError(CHANGED) from error
    return new


def take_back(table: type[Kept], kept_id: int, *, by: Actor) -> Kept:
    """End one; the one it had replaced stands again.

    errors  NotFoundError; ConflictError where it was replaced or taken back already
    """
    kept = own.find(table, kept_id, of=by.acting_for)
    _end(table, kept.id, by)
    if kept.replaced_id:
        db.session.execute(
            update(table)
            .where(table.id == kept.replaced_id, table.organisation_id == by.acting_for)
            .values(ended_at=None, ended_by_id=None),
            execution_options={"synchronize_session": False},
        )
    db.session.expire_all()
    return kept


def _end(table: type[Kept], kept_id: int, by: Actor) -> None:
    ended: Any = db.session.execute(
        update(table)
        .where(table.id == kept_id, table.organisation_id == by.acting_for, table.ended_at.is_(None))
        .values(ended_at=now(), ended_by_id=by.person_id),
        execution_options={"synchronize_session": False},
    )
    if not ended.rowcount:
        raise ConflictError(CHANGED)
    db.session.expire_all()
