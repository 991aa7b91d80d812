"""Consortia: enterprises that bid together. Only those invited or inside see the room; who leaves is blind at once."""

from typing import Any

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from ..extensions import db
from ..models import Consortium, ConsortiumMember, Enterprise, now
from . import audit, enterprises, interests, mail
from .actors import Actor
from .errors import ConflictError, NotFoundError, RefusedError

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
    query = _rooms(organisation_id).order_by(Consortium.dissolved_at.is_not(None), Consortium.id.desc())
    return list(db.session.scalars(query).unique())


def find(consortium_id: int, *, of: int) -> Consortium:
    """A consortium this enterprise may see now.

    errors  NotFoundError, also for one it was removed from a moment ago
    """
    consortium = db.session.scalar(_rooms(of).where(Consortium.id == consortium_id))
    if consortium is None:
        raise NotFoundError
    return consortium


def _rooms(organisation_id: int) -> Any:
    return (
        select(Consortium)
        .join(ConsortiumMember, ConsortiumMember.consortium_id == Consortium.id)
        .where(ConsortiumMember.organisation_id == organisation_id, ConsortiumMember.state.in_(INSIDE))
        .options(selectinload(Consortium.members).selectinload(ConsortiumMember.organisation))
    )


def membership_in(consortium: Consortium, organisation_id: int) -> ConsortiumMember:
    """The place this enterprise has in a consortium it may see."""
    return next(one for one in consortium.members if one.organisation_id == organisation_id)


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
    consortium = _led(consortium_id, by)
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
    _answer(consortium_id, "invited", "accepted", by, "You have already answered this invitation")


def decline(consortium_id: int, *, by: Actor) -> None:
    """Say no to the place offered.

    errors  as for accept
    """
    _answer(consortium_id, "invited", "declined", by, "You have already answered this invitation")


def leave(consortium_id: int, *, by: Actor) -> None:
    """Give up a place.

    errors  RefusedError for the lead, who must hand over or dissolve first
    """
    consortium = _living(consortium_id, by)
    if membership_in(consortium, by.acting_for).is_lead:
        raise RefusedError("You lead this consortium. Make another partner lead first, or dissolve it")
    _answer(consortium_id, "accepted", "left", by, "You are not a partner any more")


def remove_member(consortium_id: int, member_id: int, *, by: Actor) -> None:
    """Take a partner's place away; it sees nothing of the consortium from the next request on.

    errors  NotFoundError, RefusedError for one who does not lead or removes itself, ConflictError where it has gone
    """
    member = _member_of(_led(consortium_id, by), member_id)
    if member.is_lead:
        raise RefusedError("You lead this consortium. Make another partner lead first, or dissolve it")
    if not _move(member.id, INSIDE, "removed"):
        raise ConflictError("This partner is not inside any more")
    audit.note(by, "partner removed", member, consortium=consortium_id, partner=member.organisation_id)


def hand_over(consortium_id: int, member_id: int, *, by: Actor) -> None:
    """Make another accepted partner lead.

    errors  as for remove_member; RefusedError where the partner has not accepted
    """
    consortium = _led(consortium_id, by)
    member = _member_of(consortium, member_id)
    if member.state != "accepted":
        raise RefusedError("Only a partner who has accepted can lead")
    membership_in(consortium, by.acting_for).is_lead = False
    member.is_lead = True
    db.session.flush()
    audit.note(by, "consortium handed over", member, consortium=consortium_id, partner=member.organisation_id)


def dissolve(consortium_id: int, *, by: Actor) -> None:
    """End a consortium. Its page stays for those inside, so that they know what became of it.

    errors  NotFoundError, RefusedError for one who does not lead, ConflictError where it has ended
    """
    consortium = _led(consortium_id, by)
    _change(
        update(Consortium)
        .where(Consortium.id == consortium.id, Consortium.dissolved_at.is_(None))
        .values(dissolved_at=now()),
        "This consortium has already ended",
    )
    audit.note(by, "consortium dissolved", consortium, name=consortium.name)


def _living(consortium_id: int, by: Actor) -> Consortium:
    consortium = find(consortium_id, of=by.acting_for)
    if consortium.dissolved_at is not None:
        raise ConflictError("This consortium has ended")
    return consortium


def _led(consortium_id: int, by: Actor) -> Consortium:
    """The consortium, held until the commit, for the one who leads it."""
    consortium = _living(consortium_id, by)
    if not membership_in(consortium, by.acting_for).is_lead:
        raise RefusedError("Only the partner who leads can change the consortium")
    return consortium


def _member_of(consortium: Consortium, member_id: int) -> ConsortiumMember:
    member = next((one for one in consortium.members if one.id == member_id), None)
    if member is None:
        raise NotFoundError
    return member


def _answer(consortium_id: int, was: str, becomes: str, by: Actor, otherwise: str) -> None:
    consortium = _living(consortium_id, by)
    member = membership_in(consortium, by.acting_for)
    if not _move(member.id, (was,), becomes):
        raise ConflictError(otherwise)
    audit.note(by, f"consortium {becomes}", member, consortium=consortium_id)


def _move(member_id: int, was: tuple[str, ...], becomes: str) -> bool:
    result = db.session.execute(
        update(ConsortiumMember)
        .where(ConsortiumMember.id == member_id, ConsortiumMember.state.in_(was))
        .values(state=becomes, is_lead=False, changed_at=now())
    )
    assert isinstance(result, CursorResult)
    return bool(result.rowcount)


def _change(statement: Any, otherwise: str) -> None:
    result = db.session.execute(statement)
    assert isinstance(result, CursorResult)
    if not result.rowcount:
        raise ConflictError(otherwise)
