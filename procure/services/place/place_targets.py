"""Local shares a place aims at by a day: its own, and those of anchors, which hold once the anchor accepts them."""

from datetime import date
from typing import Any

from sqlalchemy import select, update

from ...extensions import db
from ...models import Organisation, PlaceTarget, Watch, now
from .. import audit, standing
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError

ANSWERED = "This target was answered, replaced or taken back meanwhile. Look at it again"


def in_force(place_id: int) -> dict[int, PlaceTarget]:
    """Whose > the target that stands, answered or not; the place's own under its own id."""
    found = db.session.scalars(
        select(PlaceTarget).where(PlaceTarget.organisation_id == place_id, PlaceTarget.ended_at.is_(None))
    )
    return {target.subject_id: target for target in found}


def history(place_id: int) -> list[tuple[PlaceTarget, Organisation]]:
    """Every target a place ever set, the latest first, with whose it was."""
    found = db.session.execute(
        select(PlaceTarget, Organisation)
        .join(Organisation, Organisation.id == PlaceTarget.subject_id)
        .where(PlaceTarget.organisation_id == place_id)
        .order_by(PlaceTarget.id.desc())
    )
    return [(target, subject) for target, subject in found]


def subjects(place_id: int) -> list[Organisation]:
    """Who may have a target: the place itself, then every anchor that agreed to be seen or counted, by name."""
    agreed = select(Watch.anchor_id).where(Watch.place_id == place_id, Watch.agreed_at.is_not(None))
    anchors = db.session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(agreed), Organisation.id != place_id, Organisation.suspended_at.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    place = db.session.get(Organisation, place_id)
    assert place is not None
    return [place, *anchors]


def set_target(subject_id: int, percent: int, due_on: date, reason: str, *, seen: int, by: Actor) -> PlaceTarget:
    """Set the place's target, or propose one to an anchor; it takes the place of the one that stood.

    percent  1 to 100
    seen     id of the target the person saw standing; 0 for none
    errors   NotFoundError for an anchor that did not agree; RefusedError; ConflictError where another stands by now
    """
    if subject_id not in {each.id for each in subjects(by.acting_for)}:
        raise NotFoundError
    if not 1 <= percent <= 100:
        raise RefusedError("Enter a share from 1 to 100 percent")
    stands = in_force(by.acting_for).get(subject_id)
    if (stands.id if stands else 0) != seen:
        raise ConflictError(standing.CHANGED)
    state = "set" if subject_id == by.acting_for else "proposed"
    new = PlaceTarget(subject_id=subject_id, percent=percent, due_on=due_on, reason=reason, state=state)
    standing.replace(new, seen or None, by=by)
    audit.note(by, f"target {state}", new, whose=subject_id, percent=percent, due_on=due_on.isoformat())
    return new


def take_back(target_id: int, *, by: Actor) -> PlaceTarget:
    """Take a target back; the one it had replaced stands again, as it was answered.

    errors  NotFoundError, ConflictError
    """
    target = standing.take_back(PlaceTarget, target_id, by=by)
    audit.note(by, "target taken back", target, whose=target.subject_id, percent=target.percent)
    return target


def proposed_to(anchor_id: int) -> list[tuple[PlaceTarget, Organisation]]:
    """Targets that places proposed to an anchor and that stand, with the place; those not answered first."""
    found = db.session.execute(
        select(PlaceTarget, Organisation)
        .join(Organisation, Organisation.id == PlaceTarget.organisation_id)
        .where(
            PlaceTarget.subject_id == anchor_id,
            PlaceTarget.organisation_id != anchor_id,
            PlaceTarget.ended_at.is_(None),
        )
        .order_by(PlaceTarget.state != "proposed", Organisation.name, PlaceTarget.id)
    )
    return [(target, place) for target, place in found]


def answer(target_id: int, *, accept: bool, by: Actor) -> PlaceTarget:
    """Say yes or no to a target that was proposed to this anchor; a yes or a no can be changed later.

    errors  NotFoundError; ConflictError where it stands no more, or was answered like this already
    """
    mine: Any = (PlaceTarget.id == target_id, PlaceTarget.subject_id == by.acting_for)
    target = db.session.scalar(select(PlaceTarget).where(*mine, PlaceTarget.organisation_id != by.acting_for))
    if target is None:
        raise NotFoundError
    state = "accepted" if accept else "declined"
    changed: Any = db.session.execute(
        update(PlaceTarget)
        .where(*mine, PlaceTarget.ended_at.is_(None), PlaceTarget.state != state)
        .values(state=state, answered_by_id=by.person_id, answered_at=now()),
        execution_options={"synchronize_session": False},
    )
    if not changed.rowcount:
        raise ConflictError(ANSWERED)
    db.session.expire(target)
    audit.note(by, f"target {state}", target, place=target.organisation_id, percent=target.percent)
    return target
