"""What officers say about rows of the shift list: with a reason, kept, and taken back by undo."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from ...extensions import db
from ...models import Decision, Lot, Partner, ShiftAnswer, ShiftRow, now
from ...spend.shift_rules import LEFT_OUT, OFFICER_WHY
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from ..payees import payee_suppliers

INFLUENCE, CONTRACT, HEALTH_CARE = "influence", "contract", "health_care"
YES, NO = "yes", "no"
MOST_REASON = 500
CHANGED = "Somebody answered this while you were looking at it. Look at it again"
WORDS = {
    INFLUENCE: "Whether this can be moved",
    CONTRACT: "When the contract ends",
    HEALTH_CARE: "Whether this is health care",
}


@dataclass(frozen=True)
class Ends:
    """When what is bought now ends, and what says so."""

    on: date
    told: str


def standing(row: ShiftRow) -> dict[str, ShiftAnswer]:
    """What stands about a row, by what it is about; what was said about another of its names gives way."""
    found = _about(row).where(ShiftAnswer.ended_at.is_(None))
    answers = db.session.scalars(found.order_by(ShiftAnswer.payee_id == row.payee_id, ShiftAnswer.id))
    return {answer.about: answer for answer in answers}


def history(row: ShiftRow) -> list[ShiftAnswer]:
    """Everything ever said about a row, the latest first."""
    return list(db.session.scalars(_about(row).order_by(ShiftAnswer.id.desc())))


def influence_of(of: int) -> dict[tuple[int, str], bool]:
    """(Payee, category) > whether officers say it can be moved, where they said anything.

    What was said about a name counts for the payee that speaks for its supplier now.
    """
    answers = _standing_by_row(of)
    return {row: said[INFLUENCE].answer == YES for row, said in answers.items() if INFLUENCE in said}


def _standing_by_row(of: int) -> dict[tuple[int, str], dict[str, ShiftAnswer]]:
    """(Payee that speaks for a supplier, category) > what stands, by what it is about; its own words before others'."""
    found = db.session.scalars(
        select(ShiftAnswer)
        .where(ShiftAnswer.organisation_id == of, ShiftAnswer.ended_at.is_(None))
        .order_by(ShiftAnswer.id)
    ).all()
    heads = payee_suppliers.heads_of(of) if found else {}
    answers: dict[tuple[int, str], dict[str, ShiftAnswer]] = {}
    for answer in sorted(found, key=lambda answer: heads.get(answer.payee_id) == answer.payee_id):
        row = heads.get(answer.payee_id, answer.payee_id), answer.category
        answers.setdefault(row, {})[answer.about] = answer
    return answers


def answer(row: ShiftRow, about: str, said: str, reason: str, *, seen: int, by: Actor) -> ShiftAnswer:
    """Say something about a row; it takes the place of what stood.

    said    influence: yes or one of OFFICER_WHY; contract: a day as 2027-03-31; health_care: yes or no
    seen    id of the answer about this that the person saw standing; 0 for none
    errors  RefusedError for an answer that is none or a reason that is missing; ConflictError where somebody was faster
    """
    _check(about, said)
    if about == INFLUENCE and row.rule in LEFT_OUT:
        raise RefusedError("You leave this money out of your local share. Count it there first")
    if not reason.strip():
        raise RefusedError("Say how you know, so that it can be understood later")
    stands = standing(row).get(about)
    if (stands.id if stands else 0) != seen:
        raise ConflictError(CHANGED)
    if seen:
        _end(seen, by)
    kept = ShiftAnswer(
        organisation_id=by.acting_for,
        payee_id=row.payee_id,
        category=row.category,
        about=about,
        answer=said,
        reason=reason.strip()[:MOST_REASON],
        answered_by_id=by.person_id,
        replaced_id=seen or None,
    )
    _add(kept)
    audit.note(by, f"shift row answered: {about}", kept, payee=row.payee_id, category=row.category, answer=said)
    return kept


def take_back(answer_id: int, *, by: Actor) -> ShiftAnswer:
    """End an answer; the one it had replaced stands again.

    errors  NotFoundError; ConflictError where it was taken back or replaced already
    """
    mine = ShiftAnswer.organisation_id == by.acting_for
    found = db.session.scalar(select(ShiftAnswer).where(ShiftAnswer.id == answer_id, mine))
    if found is None:
        raise NotFoundError
    _end(found.id, by)
    if found.replaced_id:
        db.session.execute(
            update(ShiftAnswer)
            .where(ShiftAnswer.id == found.replaced_id, mine)
            .values(ended_at=None, ended_by_id=None),
            execution_options={"synchronize_session": False},
        )
    db.session.expire_all()
    audit.note(by, f"shift row answer taken back: {found.about}", found, payee=found.payee_id, answer=found.answer)
    return found


@dataclass(frozen=True)
class Said:
    """What is known of an anchor's rows beside the list itself, read once for many rows.

    answers  (payee, category) > what stands, by what it is about
    awarded  enterprise > the last day and the title of the latest lot the anchor awarded to it
    """

    answers: dict[tuple[int, str], dict[str, ShiftAnswer]]
    awarded: dict[int, tuple[date, str]]

    def of(self, row: ShiftRow) -> dict[str, ShiftAnswer]:
        return self.answers.get((row.payee_id, row.category), {})

    def ends(self, row: ShiftRow) -> Ends | None:
        """When the contract ends, where known: what an officer said, else the end of a lot awarded to the payee."""
        told = self.of(row).get(CONTRACT)
        if told:
            return Ends(date.fromisoformat(told.answer), f"You said so: {told.reason}")
        lot = self.awarded.get(row.payee.enterprise_id or 0)
        return Ends(lot[0], f"Your lot “{lot[1]}” was awarded to this payee") if lot else None


def said_of(of: int) -> Said:
    """Everything that stands about the rows of an anchor, and what it awarded."""
    return Said(_standing_by_row(of), _awarded(of))


def _awarded(of: int) -> dict[int, tuple[date, str]]:
    """Enterprise > the last day and the title of the latest lot this anchor awarded to it, alone or in a consortium."""
    rows = db.session.execute(
        select(Decision.enterprise_id, Partner.enterprise_id, Lot.ends_on, Lot.title)
        .join(Lot, Lot.id == Decision.lot_id)
        .outerjoin(Partner, Partner.proposal_id == Decision.proposal_id)
        .where(
            Decision.organisation_id == of,
            Lot.organisation_id == of,
            Lot.state == "awarded",
            Decision.action == "award",
            Lot.ends_on.is_not(None),
        )
        .order_by(Lot.ends_on, Lot.id)
    )
    return {alone or partner: (ends, title) for alone, partner, ends, title in rows if ends}


def _about(row: ShiftRow) -> Any:
    return select(ShiftAnswer).where(
        ShiftAnswer.organisation_id == row.organisation_id,
        ShiftAnswer.payee_id.in_(payee_suppliers.names_with(row.payee_id, of=row.organisation_id)),
        ShiftAnswer.category == row.category,
    )


def _check(about: str, said: str) -> None:
    if about == INFLUENCE and said not in (YES, *OFFICER_WHY):
        raise RefusedError("Choose whether this can be moved, and if not, why")
    if about == HEALTH_CARE and said not in (YES, NO):
        raise RefusedError("Choose yes or no")
    if about == CONTRACT:
        try:
            date.fromisoformat(said)
        except ValueError:
            raise RefusedError("Enter the day the contract ends") from None
    if about not in WORDS:
        raise ValueError(f"{about!r} is nothing that can be said about a row")


def _end(answer_id: int, by: Actor) -> None:
    ended: Any = db.session.execute(
        update(ShiftAnswer)
        .where(
            ShiftAnswer.id == answer_id,
            ShiftAnswer.organisation_id == by.acting_for,
            ShiftAnswer.ended_at.is_(None),
        )
        .values(ended_at=now(), ended_by_id=by.person_id),
        execution_options={"synchronize_session": False},
    )
    if not ended.rowcount:
        raise ConflictError(CHANGED)
    db.session.expire_all()


def _add(kept: ShiftAnswer) -> None:
    """The database itself allows one answer about a thing at a time, so of two who answer at once one is told."""
    try:
        with db.session.begin_nested():
            db.session.add(kept)
            db.session.flush()
    except IntegrityError as error:
        raise ConflictError(CHANGED) from error
