"""The reasons record: what a buyer answered about the law of a lot and its gates. Added to, never changed."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ...extensions import db
from ...models import LawfulAnswer, Lot
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from ..lots.tenders import find_lot

UNREASONED = frozenset({"facts", "health_care"})
"""What is a plain fact about the lot; everything else is a choice, and needs a reason."""
MOST_REASON = 1_000


@dataclass(frozen=True)
class Given:
    """One answer as it is given. told: the same in words. seen: id of the answer that stood then, 0 where none did."""

    about: str
    answer: str
    told: str
    seen: int
    subject: str = ""
    reason: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


def answers_of(lot: Lot) -> Select[Any]:
    """Every answer for a lot, the newest first."""
    return (
        select(LawfulAnswer)
        .where(LawfulAnswer.lot_id == lot.id, LawfulAnswer.organisation_id == lot.organisation_id)
        .options(joinedload(LawfulAnswer.person))
        .order_by(LawfulAnswer.id.desc())
    )


def standing(lot: Lot) -> dict[tuple[str, str], LawfulAnswer]:
    """(about, subject) > the answer that stands."""
    latest: dict[tuple[str, str], LawfulAnswer] = {}
    for one in db.session.scalars(answers_of(lot)):
        latest.setdefault((one.about, one.subject), one)
    return latest


def keep(lot_id: int, given: Given, *, by: Actor) -> LawfulAnswer:
    """Add an answer.

    errors  NotFoundError; RefusedError where a reason is missing; ConflictError where a colleague answered first
    """
    lot = _locked(lot_id, by)
    reason = given.reason.strip()[:MOST_REASON]
    if not reason and given.about not in UNREASONED:
        raise RefusedError("Say why, so that the choice can be understood later")
    stands = standing(lot).get((given.about, given.subject))
    if (stands.id if stands else 0) != given.seen:
        who = stands.person.name if stands and stands.person else "Somebody"
        raise ConflictError(f"{who} answered this while you were looking. Look at it again before you answer")
    answer = LawfulAnswer(
        organisation_id=lot.organisation_id,
        lot_id=lot.id,
        about=given.about,
        subject=given.subject,
        answer=given.answer,
        told=given.told,
        detail=given.detail,
        reason=reason,
        person_id=by.person_id,
    )
    db.session.add(answer)
    db.session.flush()
    audit.note(by, f"law of a lot answered: {given.about}", answer, lot=lot.id, answer=given.answer)
    return answer


def _locked(lot_id: int, by: Actor) -> Lot:
    """The lot, held until the commit, so that two officers answer one after the other."""
    lot = find_lot(lot_id, of=by.acting_for)
    db.session.execute(select(Lot.id).where(Lot.id == lot_id, Lot.organisation_id == by.acting_for).with_for_update())
    return lot
