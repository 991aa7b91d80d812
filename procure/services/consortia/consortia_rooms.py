"""The doors of a consortium: who may see it, who may see its bid, and who may change it."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from ...extensions import db
from ...models import Consortium, ConsortiumMember, InRoom
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError

INSIDE = ("invited", "accepted")
STATE_WORDS = {
    "invited": "Invited",
    "accepted": "Accepted",
    "declined": "Said no",
    "left": "Left",
    "removed": "Removed",
}


def rooms_of(organisation_id: int) -> list[Consortium]:
    """Consortia this enterprise is invited to or inside of, newest first; dissolved ones last."""
    query = _rooms(organisation_id, INSIDE).order_by(Consortium.dissolved_at.is_not(None), Consortium.id.desc())
    return list(db.session.scalars(query).unique())


def find(consortium_id: int, *, of: int) -> Consortium:
    """A consortium this enterprise may see now.

    errors  NotFoundError, also for one it was removed from a moment ago
    """
    return _found(_rooms(of, INSIDE), consortium_id)


def find_bid(consortium_id: int, *, of: int) -> Consortium:
    """A consortium whose bid this enterprise may see: prices, documents and messages are for those who accepted.

    errors  NotFoundError
    """
    return _found(_rooms(of, ("accepted",)), consortium_id)


def living(consortium_id: int, by: Actor) -> Consortium:
    """A consortium to be changed, held until the commit so that changes come one after the other.

    errors  NotFoundError, ConflictError where it has ended
    """
    query = _rooms(by.acting_for, INSIDE).with_for_update(of=Consortium).execution_options(populate_existing=True)
    consortium = _found(query, consortium_id)
    if consortium.dissolved_at is not None:
        raise ConflictError("This consortium has ended")
    return consortium


def living_bid(consortium_id: int, by: Actor) -> Consortium:
    """A consortium whose bid is to be changed by a partner who has accepted.

    errors  as for living
    """
    consortium = living(consortium_id, by)
    if membership_in(consortium, by.acting_for).state != "accepted":
        raise NotFoundError
    return consortium


def led(consortium_id: int, by: Actor) -> Consortium:
    """A consortium to be changed by the one who leads it.

    errors  as for living; RefusedError for one who does not lead
    """
    consortium = living(consortium_id, by)
    if not membership_in(consortium, by.acting_for).is_lead:
        raise RefusedError("Only the lead can change the consortium")
    return consortium


def membership_in(consortium: Consortium, organisation_id: int) -> ConsortiumMember:
    """The place this enterprise has in a consortium it may see."""
    return next(one for one in consortium.members if one.organisation_id == organisation_id)


def accepted_in(consortium: Consortium) -> list[ConsortiumMember]:
    """Those who bid: the places that were accepted, in the order they were offered."""
    return [one for one in consortium.members if one.state == "accepted"]


def open_to(table: type[InRoom], consortium_id: int, of: int) -> ColumnElement[bool]:
    """The condition every query on a room's table carries: this room, and only while this partner is in it."""
    mine = select(ConsortiumMember.consortium_id).where(
        ConsortiumMember.organisation_id == of, ConsortiumMember.state == "accepted"
    )
    return (table.consortium_id == consortium_id) & table.consortium_id.in_(mine)


def _found(query: Any, consortium_id: int) -> Consortium:
    found = db.session.scalars(query.where(Consortium.id == consortium_id)).unique()
    consortium: Consortium | None = found.one_or_none()
    if consortium is None:
        raise NotFoundError
    return consortium


def _rooms(organisation_id: int, states: tuple[str, ...]) -> Any:
    return (
        select(Consortium)
        .join(ConsortiumMember, ConsortiumMember.consortium_id == Consortium.id)
        .where(ConsortiumMember.organisation_id == organisation_id, ConsortiumMember.state.in_(states))
        .options(joinedload(Consortium.members).joinedload(ConsortiumMember.organisation))
    )
