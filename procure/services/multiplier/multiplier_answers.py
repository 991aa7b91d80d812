"""What suppliers tell of their spending: by their link, or through an officer; changed, taken back, erased."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update

from ...extensions import db
from ...models import LocalArea, Payee, RespendAnswer, RespendSurvey, now
from ...spend import Spending
from .. import audit, own
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from . import multiplier_surveys
from .multiplier_surveys import CHANGED, NO_LINKS, move

SAYS_NOTHING = "Answer at least one question, or say that you would rather not answer"
CLOSED = "This survey is closed. Nothing was saved"
BATCH = 500


def spending(answer: RespendAnswer) -> Spending:
    """The answer in the words of the ground floor."""
    return Spending(answer.staff, answer.suppliers, answer.local_staff, answer.local_suppliers)


def in_force(survey_ids: Sequence[int], *, of: int) -> dict[int, RespendAnswer]:
    """Survey > the latest answer that is not undone."""
    found: dict[int, RespendAnswer] = {}
    for start in range(0, len(survey_ids), BATCH):
        rows = db.session.scalars(
            select(RespendAnswer)
            .where(
                RespendAnswer.organisation_id == of,
                RespendAnswer.survey_id.in_(survey_ids[start : start + BATCH]),
                RespendAnswer.undone_at.is_(None),
            )
            .order_by(RespendAnswer.id)
        )
        found.update({row.survey_id: row for row in rows})
    return found


def history(survey: RespendSurvey) -> list[RespendAnswer]:
    """Every answer that was not erased, newest first."""
    return list(
        db.session.scalars(
            select(RespendAnswer)
            .where(RespendAnswer.organisation_id == survey.organisation_id, RespendAnswer.survey_id == survey.id)
            .order_by(RespendAnswer.id.desc())
        )
    )


def answer_by_link(survey: RespendSurvey, told: Spending, *, seen: int) -> RespendAnswer:
    """What the supplier sent; sent twice, it is kept once.

    errors  RefusedError where it says nothing or the survey closed; ConflictError
    """
    if told.says_nothing:
        raise RefusedError(SAYS_NOTHING)
    if not survey.is_open:
        raise RefusedError(CLOSED)
    standing = in_force([survey.id], of=survey.organisation_id).get(survey.id)
    if standing is not None and standing.given_by == "supplier" and spending(standing) == told:
        return standing
    _open(survey, seen, state="answered")
    answer = _add(survey, told, given_by="supplier")
    audit.note(None, "supplier answered about its spending", survey)
    return answer


def decline(survey: RespendSurvey, *, seen: int) -> None:
    """The supplier would rather not answer; what it answered before is erased.

    errors  RefusedError where the survey closed; ConflictError
    """
    if survey.state == "declined":
        return
    if not survey.is_open:
        raise RefusedError(CLOSED)
    _open(survey, seen, state="declined")
    erased = _erase(survey)
    audit.note(None, "supplier would rather not answer", survey, answers_erased=erased)


def _open(survey: RespendSurvey, seen: int, **values: Any) -> None:
    move(survey, seen, RespendSurvey.state != "withdrawn", RespendSurvey.expires_at > now(), **values)


def answer_by_officer(
    payee: Payee, area: LocalArea, year: int, told: Spending, reason: str, *, seen: int, by: Actor
) -> RespendAnswer:
    """What a supplier told an officer by phone or in a letter.

    seen    version of the survey the officer saw; 0 for none
    errors  RefusedError, ConflictError
    """
    if told.says_nothing:
        raise RefusedError("Enter at least one number that tells something")
    if not reason.strip():
        raise RefusedError("Say how you know, like They told us by phone on 3 March")
    survey = multiplier_surveys.without_link(payee, area, year, seen=seen, by=by)
    survey.state = "answered"
    answer = _add(survey, told, given_by="officer", reason=reason.strip(), entered_by_id=by.person_id)
    audit.note(by, "supplier's answer entered", survey, payee=payee.head_id, reason=answer.reason)
    return answer


def undo(answer_id: int, *, seen: int, by: Actor) -> RespendSurvey:
    """Take back an answer an officer entered; the one before counts again.

    errors  NotFoundError; RefusedError for a supplier's own answer; ConflictError
    """
    answer = own.find(RespendAnswer, answer_id, of=by.acting_for)
    if answer.given_by != "officer":
        raise RefusedError("The supplier gave this answer. Only the supplier can change it")
    survey = multiplier_surveys.find(answer.survey_id, of=by.acting_for)
    undone: Any = db.session.execute(
        update(RespendAnswer)
        .where(
            RespendAnswer.id == answer.id,
            RespendAnswer.organisation_id == by.acting_for,
            RespendAnswer.undone_at.is_(None),
        )
        .values(undone_at=now(), undone_by_id=by.person_id),
        execution_options={"synchronize_session": False},
    )
    if not undone.rowcount:
        raise ConflictError(CHANGED)
    db.session.refresh(answer)
    stands = survey.id in in_force([survey.id], of=by.acting_for)
    state = "answered" if stands else "asked" if survey.token_hash else "withdrawn"
    move(survey, seen, state=state)
    audit.note(by, "supplier's answer taken back", survey, answer=answer.id)
    return survey


def erase(survey_id: int, *, seen: int, by: Actor) -> RespendSurvey:
    """Delete what a supplier told, because it asked for that. This cannot be undone, and its links stop working.

    errors  NotFoundError, ConflictError
    """
    survey = multiplier_surveys.find(survey_id, of=by.acting_for)
    move(survey, seen, state="declined", email=None, **NO_LINKS)
    erased = _erase(survey)
    audit.note(by, "supplier's answers erased", survey, answers_erased=erased)
    return survey


def _erase(survey: RespendSurvey) -> int:
    gone: Any = db.session.execute(
        delete(RespendAnswer).where(
            RespendAnswer.survey_id == survey.id, RespendAnswer.organisation_id == survey.organisation_id
        ),
        execution_options={"synchronize_session": False},
    )
    db.session.expire_all()
    return int(gone.rowcount)


def _add(survey: RespendSurvey, told: Spending, **facts: Any) -> RespendAnswer:
    answer = RespendAnswer(
        organisation_id=survey.organisation_id,
        survey_id=survey.id,
        staff=told.staff,
        suppliers=told.suppliers,
        local_staff=told.local_staff,
        local_suppliers=told.local_suppliers,
        **facts,
    )
    db.session.add(answer)
    db.session.flush()
    return answer
