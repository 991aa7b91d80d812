"""What an enterprise answers to a lot: interested, saved, not for us."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from ...extensions import db
from ...models import Consortium, ConsortiumMember, Interest, Lot, now
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, RefusedError

STATES = ("interested", "saved", "not_for_us")


def answers_of(organisation_id: int) -> dict[int, Interest]:
    """Lot > what this enterprise answered."""
    rows = db.session.scalars(select(Interest).where(Interest.organisation_id == organisation_id))
    return {interest.lot_id: interest for interest in rows}


def answer(lot: Lot, state: str, *, reason: str = "", is_open: bool, by: Actor) -> Interest:
    """Answer a lot, or answer it anew.

    is_open  whether the lot still takes interest
    errors   RefusedError for interest after the deadline or not for us without a reason; ConflictError when a
             colleague answered at the same moment
    """
    if state not in STATES:
        raise RefusedError("Choose interested, save or not for us")
    if state == "interested" and not is_open:
        raise RefusedError("This lot no longer takes interest: its deadline has passed or it is closed")
    if state == "not_for_us" and not reason:
        raise RefusedError("Say in a few words why this lot is not for you, so that we can learn from it")
    together = _consortium_for(lot.id, by.acting_for) if state == "interested" else None
    facts = {
        "state": state,
        "reason": reason,
        "consortium_id": together,
        "person_id": by.person_id,
        "changed_at": now(),
    }
    interest = _one(lot.id, by.acting_for)
    if interest is None:
        interest = Interest(organisation_id=by.acting_for, lot_id=lot.id, **facts)
        try:
            with db.session.begin_nested():
                db.session.add(interest)
        except IntegrityError:
            raise ConflictError("A colleague answered this lot at the same moment. Look at it again") from None
    else:
        for name, value in facts.items():
            setattr(interest, name, value)
    audit.note(by, f"lot answered {state}", interest, lot=lot.id, reason=reason)
    return interest


def undo(lot: Lot, *, by: Actor) -> None:
    """Take an answer back: the enterprise has said nothing. The audit trail keeps both.

    errors  ConflictError when there is none any more
    """
    interest = _one(lot.id, by.acting_for)
    if interest is None:
        raise ConflictError("Your answer to this lot was already taken back")
    audit.note(by, "lot answer taken back", interest, lot=lot.id, was=interest.state)
    db.session.delete(interest)
    db.session.flush()


def bid_together(lot_id: int, consortium_id: int | None, *, by: Actor) -> None:
    """Note with which consortium an enterprise answers a lot, where it answered."""
    db.session.execute(
        update(Interest)
        .where(Interest.organisation_id == by.acting_for, Interest.lot_id == lot_id)
        .values(consortium_id=consortium_id)
    )


def _consortium_for(lot_id: int, organisation_id: int) -> int | None:
    """The one living consortium in which this enterprise bids for the lot; None where it is in none, or in several."""
    inside = db.session.scalars(
        select(Consortium.id)
        .join(ConsortiumMember, ConsortiumMember.consortium_id == Consortium.id)
        .where(
            Consortium.lot_id == lot_id,
            Consortium.dissolved_at.is_(None),
            ConsortiumMember.organisation_id == organisation_id,
            ConsortiumMember.state == "accepted",
        )
    ).all()
    return inside[0] if len(inside) == 1 else None


def _one(lot_id: int, organisation_id: int) -> Interest | None:
    return db.session.scalar(
        select(Interest).where(Interest.organisation_id == organisation_id, Interest.lot_id == lot_id)
    )
