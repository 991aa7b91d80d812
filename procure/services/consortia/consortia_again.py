"""The same members for another lot: a new bid that starts empty, beside the old one, which stays as it was."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, select

from ...extensions import db
from ...models import Consortium, ConsortiumMember, Lot
from .. import audit
from ..actors import Actor
from ..errors import NotFoundError, RefusedError
from ..ranking import matches
from . import consortia, consortia_rooms


def may_start(consortium: Consortium, me: ConsortiumMember) -> bool:
    """Whether this member may ask the others for another lot: it leads or led, and a lot was in sight before."""
    return me.is_lead and consortium.lot_id is not None and bool(members_to_ask(consortium))


def members_to_ask(consortium: Consortium) -> list[ConsortiumMember]:
    """Those who are in besides the lead, as far as they still stand."""
    accepted = consortia_rooms.accepted_in(consortium)
    return [one for one in accepted if not one.is_lead and one.organisation.suspended_at is None]


def find(consortium_id: int, *, of: int) -> Consortium:
    """A bid that this enterprise leads or led, whose members may be asked again. It may have ended.

    errors  NotFoundError, RefusedError for one who does not lead or has nobody to ask
    """
    earlier = consortia_rooms.find_bid(consortium_id, of=of)
    me = consortia_rooms.membership_in(earlier, of)
    if not me.is_lead:
        raise RefusedError("Only the lead can ask the same members for another lot")
    if not may_start(earlier, me):
        raise RefusedError("There is nobody to ask again, or no lot was in sight. Form a consortium instead")
    return earlier


def find_lot(earlier: Consortium, lot_id: int) -> Lot:
    """An open lot that is not the one bid for before.

    errors  NotFoundError, RefusedError where it takes no more interest
    """
    lot = matches.find_lot(lot_id)
    if lot.id == earlier.lot_id:
        raise NotFoundError
    if not matches.takes_interest(lot):
        raise RefusedError("This lot takes no more interest. Choose another one")
    return lot


def start(consortium_id: int, lot_id: int, name: str, purpose: str, asked: Collection[int], *, by: Actor) -> Consortium:
    """Form a consortium for another lot and invite members of an earlier one. Each must accept again.

    Needs, shares, prices, reason, documents and messages stay with the earlier bid, and so does what members showed
    of themselves there.

    asked   organisations of members to invite
    errors  as for find and find_lot; RefusedError where nobody is asked; NotFoundError for one who was no member
    """
    earlier = find(consortium_id, of=by.acting_for)
    lot = find_lot(earlier, lot_id)
    members = [one.organisation_id for one in members_to_ask(earlier)]
    if not asked:
        raise RefusedError("Choose at least one member to ask")
    if not set(asked) <= set(members):
        raise NotFoundError
    made = consortia.form(name, purpose, lot_id=lot.id, by=by)
    made.earlier_id = earlier.id
    for organisation_id in members:
        if organisation_id in asked:
            consortia.invite(made.id, organisation_id, by=by)
    audit.note(by, "consortium asked again for another lot", made, earlier=earlier.id, lot=lot.id)
    return made


def earlier_of(consortium: Consortium, *, of: int) -> Consortium | None:
    """The bid this one follows, for those who may still see it."""
    if consortium.earlier_id is None:
        return None
    return db.session.scalar(_seen(Consortium.id == consortium.earlier_id, of))


def later_of(consortium: Consortium, *, of: int) -> list[Consortium]:
    """Bids that followed this one, as far as this enterprise may see them; the newest first."""
    return list(db.session.scalars(_seen(Consortium.earlier_id == consortium.id, of)))


def led_before(organisation_id: int, *, besides: int) -> list[Consortium]:
    """Bids of this enterprise whose members it could ask for a lot, newest first. besides: the lot."""
    rooms = consortia_rooms.rooms_of(organisation_id)
    return [
        one
        for one in rooms
        if one.lot_id != besides and may_start(one, consortia_rooms.membership_in(one, organisation_id))
    ]


def _seen(condition: ColumnElement[bool], of: int) -> Select[Consortium]:
    return (
        select(Consortium)
        .join(ConsortiumMember, ConsortiumMember.consortium_id == Consortium.id)
        .where(condition, ConsortiumMember.organisation_id == of, ConsortiumMember.state.in_(consortia_rooms.INSIDE))
        .order_by(Consortium.id.desc())
    )
