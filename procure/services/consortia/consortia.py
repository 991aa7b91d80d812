"""Consortia: enterprises that bid together. Only those invited or inside see the room; who leaves is blind at once."""

from typing import Any

from flask import current_app
from sqlalchemy import update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError

from ...extensions import db
from ...models import Consortium, ConsortiumMember, Enterprise, Interest, now
from .. import audit, mail
from ..actors import Actor
from ..enterprises import enterprises
from ..errors import ConflictError, NotFoundError, RefusedError
from ..lots import interests
from . import consortia_plans
from .consortia_rooms import INSIDE, STATE_WORDS, find, led, living, living_bid, membership_in, rooms_of

__all__ = ["STATE_WORDS", "find", "membership_in", "rooms_of"]


def form(name: str, purpose: str, *, lot_id: int | None, by: Actor) -> Consortium:
    """A new consortium led by the enterprise that forms it. lot_id: a lot the caller has found to be visible."""
    enterprises.find(by.acting_for)
    consortium = Consortium(name=name, purpose=purpose, lot_id=lot_id, formed_by_id=by.acting_for)
    consortium.members = [ConsortiumMember(organisation_id=by.acting_for, state="accepted", is_lead=True)]
    db.session.add(consortium)
    db.session.flush()
    if lot_id is not None:
        interests.bid_together(lot_id, consortium.id, by=by)
    audit.note(by, "consortium formed", consortium, name=name, lot=lot_id)
    return consortium


def invite(consortium_id: int, organisation_id: int, *, by: Actor) -> ConsortiumMember:
    """Ask another enterprise to join; its contact gets a message.

    errors  NotFoundError, RefusedError for one who does not lead, ConflictError where it is inside already
    """
    consortium = led(consortium_id, by)
    partner = enterprises.find(organisation_id)
    member = _place_for(consortium, partner)
    audit.note(by, "partner invited", member, consortium=consortium.id, partner=organisation_id)
    _tell(consortium, partner, member, by)
    return member


def _place_for(consortium: Consortium, partner: Enterprise) -> ConsortiumMember:
    """A new place, or the old one of a partner who said no, left or was removed."""
    already = ConflictError(f"{partner.organisation.name} is already invited or inside")
    known = next((one for one in consortium.members if one.organisation_id == partner.organisation_id), None)
    if known is not None:
        if not _move(known.id, ("declined", "left", "removed"), "invited"):
            raise already
        return known
    member = ConsortiumMember(
        consortium_id=consortium.id, organisation_id=partner.organisation_id, state="invited", is_lead=False
    )
    try:
        with db.session.begin_nested():
            db.session.add(member)
    except IntegrityError:
        raise already from None
    db.session.expire(consortium, ["members"])
    return member


def _tell(consortium: Consortium, partner: Enterprise, member: ConsortiumMember, by: Actor) -> None:
    if partner.contact_email is None:
        return
    name = " ".join(consortium.name.split())
    address = f"{current_app.config['BASE_URL']}/supplying/consortia/{consortium.id}"
    mail.post(
        partner.contact_email,
        f"Join the consortium {name} on Procure",
        f"{by.organisation_name} invites {partner.organisation.name} to bid together in {name}.\n\n"
        f"See who is in it and what is needed, then accept or say no:\n{address}\n",
        key=f"consortium-{member.id}-{member.changed_at:%Y%m%d%H%M%S%f}",
    )


def accept(consortium_id: int, *, by: Actor) -> None:
    """Take the place offered.

    errors  NotFoundError, ConflictError where the invitation is gone or taken already
    """
    consortium = _answer(consortium_id, "invited", "accepted", by, "You have already answered this invitation")
    if consortium.lot_id is not None:
        interests.bid_together(consortium.lot_id, consortium.id, by=by)
    consortia_plans.partners_changed(consortium, "a member joined", by=by)


def decline(consortium_id: int, *, by: Actor) -> None:
    """Say no to the place offered.

    errors  as for accept
    """
    _answer(consortium_id, "invited", "declined", by, "You have already answered this invitation")


def leave(consortium_id: int, *, by: Actor) -> None:
    """Give up a place.

    errors  RefusedError for the lead, who must hand over or dissolve first
    """
    consortium = living(consortium_id, by)
    if membership_in(consortium, by.acting_for).is_lead:
        raise RefusedError("You lead this consortium. Make another member lead first, or dissolve it")
    _answer(consortium_id, "accepted", "left", by, "You are not a member any more")
    _part(consortium, by.acting_for)
    consortia_plans.partners_changed(consortium, "a member left", by=by)


def remove_member(consortium_id: int, member_id: int, *, by: Actor) -> None:
    """Take a partner's place away; it sees nothing of the consortium from the next request on.

    errors  NotFoundError, RefusedError for one who does not lead or removes itself, ConflictError where it has gone
    """
    consortium = led(consortium_id, by)
    member = _member_of(consortium, member_id)
    was_partner = member.state == "accepted"
    if member.is_lead:
        raise RefusedError("You lead this consortium. Make another member lead first, or dissolve it")
    if not _move(member.id, INSIDE, "removed"):
        raise ConflictError("This member is not inside any more")
    if was_partner:
        _part(consortium, member.organisation_id)
        consortia_plans.partners_changed(consortium, "a member was removed", by=by)
    audit.note(by, "partner removed", member, consortium=consortium_id, partner=member.organisation_id)


def hand_over(consortium_id: int, member_id: int, *, by: Actor) -> None:
    """Make another accepted partner lead.

    errors  as for remove_member; RefusedError where the partner has not accepted
    """
    consortium = led(consortium_id, by)
    member = _member_of(consortium, member_id)
    if member.state != "accepted":
        raise RefusedError("Only a member who has accepted can lead")
    membership_in(consortium, by.acting_for).is_lead = False
    member.is_lead = True
    db.session.flush()
    consortia_plans.partners_changed(consortium, "another member leads", by=by)
    audit.note(by, "consortium handed over", member, consortium=consortium_id, partner=member.organisation_id)


def dissolve(consortium_id: int, *, by: Actor) -> None:
    """End a consortium. Its page stays for those inside, so that they know what became of it.

    errors  NotFoundError, RefusedError for one who does not lead, ConflictError where it has ended
    """
    consortium = led(consortium_id, by)
    _change(
        update(Consortium)
        .where(Consortium.id == consortium.id, Consortium.dissolved_at.is_(None))
        .values(dissolved_at=now()),
        "This consortium has already ended",
    )
    audit.note(by, "consortium dissolved", consortium, name=consortium.name)


def aim_at(consortium_id: int, lot_id: int, *, by: Actor) -> Consortium:
    """Turn a consortium that has no lot in sight to one. lot_id: a lot the caller has found to be open.

    errors  NotFoundError, RefusedError for one who does not lead, ConflictError where it has a lot already
    """
    consortium = led(consortium_id, by)
    _change(
        update(Consortium).where(Consortium.id == consortium.id, Consortium.lot_id.is_(None)).values(lot_id=lot_id),
        "This consortium already bids for a lot. Form another one for this lot",
    )
    interests.bid_together(lot_id, consortium.id, by=by)
    audit.note(by, "consortium turned to a lot", consortium, lot=lot_id)
    return consortium


def share_details(consortium_id: int, is_shared: bool, *, by: Actor) -> None:
    """Show the actor's turnover, insurance and people to this room, or stop showing them.

    errors  NotFoundError, ConflictError where the consortium has ended
    """
    member = membership_in(living_bid(consortium_id, by), by.acting_for)
    if is_shared == (member.shares_details_at is not None):
        return
    member.shares_details_at = now() if is_shared else None
    db.session.flush()
    audit.note(by, f"details {'shown to' if is_shared else 'kept from'} a consortium", member, consortium=consortium_id)


def _member_of(consortium: Consortium, member_id: int) -> ConsortiumMember:
    member = next((one for one in consortium.members if one.id == member_id), None)
    if member is None:
        raise NotFoundError
    return member


def _answer(consortium_id: int, was: str, becomes: str, by: Actor, otherwise: str) -> Consortium:
    consortium = living(consortium_id, by)
    member = membership_in(consortium, by.acting_for)
    if not _move(member.id, (was,), becomes):
        raise ConflictError(otherwise)
    audit.note(by, f"consortium {becomes}", member, consortium=consortium_id)
    return consortium


def _part(consortium: Consortium, organisation_id: int) -> None:
    """One who goes no longer answers a lot with this consortium."""
    db.session.execute(
        update(Interest)
        .where(Interest.organisation_id == organisation_id, Interest.consortium_id == consortium.id)
        .values(consortium_id=None)
    )


def _move(member_id: int, was: tuple[str, ...], becomes: str) -> bool:
    result = db.session.execute(
        update(ConsortiumMember)
        .where(ConsortiumMember.id == member_id, ConsortiumMember.state.in_(was))
        .values(state=becomes, is_lead=False, shares_details_at=None, changed_at=now())
    )
    assert isinstance(result, CursorResult)
    return bool(result.rowcount)


def _change(statement: Any, otherwise: str) -> None:
    result = db.session.execute(statement)
    assert isinstance(result, CursorResult)
    if not result.rowcount:
        raise ConflictError(otherwise)
