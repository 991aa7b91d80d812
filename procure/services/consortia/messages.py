"""What the partners of a consortium write to each other: plain words, never edited, seen by partners only."""

import secrets

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from ...extensions import db
from ...models import RoomMessage
from .. import audit
from ..actors import Actor
from ..errors import RefusedError
from .consortia_rooms import living_bid, open_to

MOST_LETTERS = 4000


def thread(consortium_id: int, *, of: int) -> Select[RoomMessage]:
    """The query for every message of a room this partner is in, to be paged and searched."""
    return (
        select(RoomMessage)
        .where(open_to(RoomMessage, consortium_id, of))
        .options(joinedload(RoomMessage.person), joinedload(RoomMessage.organisation))
    )


def new_token() -> str:
    """A word that a form carries so that sending it twice writes one message."""
    return secrets.token_hex(8)


def post(consortium_id: int, body: str, *, once: str, by: Actor) -> None:
    """Write to the partners.

    errors  NotFoundError, ConflictError where the consortium has ended, RefusedError for no words
    """
    consortium = living_bid(consortium_id, by)
    if not body.strip():
        raise RefusedError("Write a message first")
    message = RoomMessage(
        consortium_id=consortium.id,
        organisation_id=by.acting_for,
        person_id=by.person_id,
        body=body[:MOST_LETTERS],
        once="".join(mark for mark in once if mark.isalnum())[:32],
    )
    try:
        with db.session.begin_nested():
            db.session.add(message)
    except IntegrityError:
        return
    audit.note(by, "message written", message, consortium=consortium.id)
