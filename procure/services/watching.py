"""Which place authorities see the totals of which anchors: asked for, agreed to, withdrawn."""

from typing import Any

from sqlalchemy import select, update

from ..extensions import db
from ..models import Organisation, Watch, now
from . import audit, bulk
from .actors import Actor
from .errors import ConflictError, NotFoundError


def watchers_of(anchor_id: int) -> list[Watch]:
    """Place authorities that asked an anchor, those that wait first."""
    return list(
        db.session.scalars(
            select(Watch)
            .join(Organisation, Organisation.id == Watch.place_id)
            .where(Watch.anchor_id == anchor_id)
            .order_by(Watch.agreed_at.is_not(None), Organisation.name, Watch.id)
        )
    )


def asking(anchor_id: int) -> list[Watch]:
    """Those that wait for an answer."""
    return [watch for watch in watchers_of(anchor_id) if watch.agreed_at is None]


def agreed_anchors(place_id: int) -> list[Organisation]:
    """Anchors whose totals a place authority may see now, by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Watch, Watch.anchor_id == Organisation.id)
            .where(Watch.place_id == place_id, Watch.agreed_at.is_not(None), Organisation.suspended_at.is_(None))
            .order_by(Organisation.name, Organisation.id)
        )
    )


def agreed_anchor(anchor_id: int, *, place_id: int) -> Organisation:
    """One of them.

    errors  NotFoundError, the same for an anchor that did not agree and one that does not exist
    """
    found = next((anchor for anchor in agreed_anchors(place_id) if anchor.id == anchor_id), None)
    if found is None:
        raise NotFoundError
    return found


def ask(anchor_id: int, *, by: Actor) -> Organisation:
    """Ask an anchor to share its totals; asking twice is asking once.

    errors  NotFoundError
    """
    anchor = db.session.scalar(
        select(Organisation).where(
            Organisation.id == anchor_id, Organisation.is_anchor, Organisation.suspended_at.is_(None)
        )
    )
    if anchor is None:
        raise NotFoundError
    bulk.insert_missing(Watch, [{"place_id": by.acting_for, "anchor_id": anchor.id}])
    audit.note(by, "share asked for", anchor)
    return anchor


def agree(place_id: int, *, by: Actor) -> Watch:
    """Let a place authority that asked see this anchor's totals.

    errors  NotFoundError; ConflictError where it was agreed already
    """
    watch = _change(place_id, by, Watch.agreed_at.is_(None), now())
    audit.note(by, "share agreed", watch, place=place_id)
    return watch


def withdraw(place_id: int, *, by: Actor) -> Watch:
    """Stop showing this anchor's totals to a place authority, at once.

    errors  NotFoundError; ConflictError where it was not agreed
    """
    watch = _change(place_id, by, Watch.agreed_at.is_not(None), None)
    audit.note(by, "share withdrawn", watch, place=place_id)
    return watch


def _change(place_id: int, by: Actor, condition: Any, agreed_at: Any) -> Watch:
    mine = (Watch.place_id == place_id, Watch.anchor_id == by.acting_for)
    watch = db.session.scalar(select(Watch).where(*mine))
    if watch is None:
        raise NotFoundError
    result: Any = db.session.execute(
        update(Watch).where(*mine, condition).values(agreed_at=agreed_at),
        execution_options={"synchronize_session": False},
    )
    if not result.rowcount:
        raise ConflictError("Somebody in your organisation answered this already")
    db.session.expire(watch)
    return watch
