"""Asking suppliers what they spend here: three questions by a link, no account, one reminder."""

import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.exc import IntegrityError

from ...extensions import db
from ...models import LocalArea, Organisation, Payee, RespendAnswer, RespendSurvey, now
from .. import audit, mail, own
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from ..payees import payee_suppliers
from ..shares import areas
from ..tokens import digest
from .multiplier_letters import Asked, letter, reminder, subject_of, words_of

LINK_LIFE = timedelta(days=60)
"""How long a supplier may answer, and change the answer."""
CHANGED = "Somebody changed this meanwhile. Look at it again"
NOT_ASKED = {
    "person": "This is a person. Only firms and organisations are asked",
    "public_body": "This is a public body. Money to public bodies is no part of the first round",
}
STATES = {
    "asked": "Asked",
    "answered": "Answered",
    "declined": "Would rather not answer",
    "withdrawn": "Not asked",
}


def find(survey_id: int, *, of: int) -> RespendSurvey:
    """errors  NotFoundError"""
    return own.find(RespendSurvey, survey_id, of=of)


def by_payee(of: int, area: LocalArea, year: int) -> dict[int, RespendSurvey]:
    """Payee (that speaks for its supplier) > its survey; of several, one that was answered, then the newest."""
    found = db.session.execute(
        select(RespendSurvey, Payee.id)
        .join(Payee, Payee.name == RespendSurvey.payee_name)
        .where(
            RespendSurvey.organisation_id == of,
            Payee.organisation_id == of,
            RespendSurvey.area_id == area.id,
            RespendSurvey.year == year,
        )
        .order_by(RespendSurvey.state == "answered", RespendSurvey.id)
    ).all()
    heads = payee_suppliers.heads_of(of) if found else {}
    return {heads[payee]: survey for survey, payee in found}


def of_payee(payee: Payee, area: LocalArea, year: int) -> RespendSurvey | None:
    """What this payee was asked about an area and year, under any of its names."""
    return by_payee(payee.organisation_id, area, year).get(payee_suppliers.head_of(payee.id, of=payee.organisation_id))


def payee_of(survey: RespendSurvey) -> int | None:
    """The payee that speaks for the supplier that was asked; None where no ledger bears the name any more."""
    found = db.session.scalar(
        select(Payee.id).where(Payee.organisation_id == survey.organisation_id, Payee.name == survey.payee_name)
    )
    return None if found is None else payee_suppliers.head_of(found, of=survey.organisation_id)


def called(survey: RespendSurvey) -> str:
    """Who was asked, as it calls itself where it is linked; else as the ledger had it."""
    head = payee_of(survey)
    told = payee_suppliers.names_of(survey.organisation_id, [head]) if head is not None else {}
    return told[head].name if head in told else survey.payee_name


def state_of(survey: RespendSurvey | None) -> str:
    """Where a question to a supplier stands, in words."""
    if survey is None:
        return STATES["withdrawn"]
    if survey.state == "asked" and not survey.is_open:
        return "No answer, closed"
    if survey.state == "asked" and survey.reminded_at:
        return "Reminded"
    return STATES[survey.state]


def refuse_to_ask(payee: Payee) -> None:
    """errors  RefusedError for people and public bodies"""
    kind = payee.state if payee.state in NOT_ASKED else None
    if kind:
        raise RefusedError(NOT_ASKED[kind])


def ask(payee: Payee, area: LocalArea, year: int, *, email: str | None, seen: int, by: Actor, base_url: str) -> Asked:
    """Make a link for a supplier, and mail it where an address is given.

    seen    version of the survey the person saw; 0 for none
    errors  RefusedError for people, public bodies and those who would rather not answer; ConflictError
    """
    refuse_to_ask(payee)
    survey = of_payee(payee, area, year)
    if survey is not None and survey.state == "declined":
        raise RefusedError("They said that they would rather not answer. Do not ask again this year")
    survey = _taken(survey, seen, payee, area, year, by)
    token = _new_token(by.acting_for)
    survey.token_hash, survey.reminder_hash, survey.reminded_at = digest(token), None, None
    survey.email, survey.expires_at = email, now() + LINK_LIFE
    survey.asked_by_id, survey.asked_at = by.person_id, now()
    _tell_area(survey, area, by)
    if survey.state == "withdrawn":
        survey.state = "asked"
    db.session.flush()
    asked = Asked(survey, f"{base_url}/surveys/{token}")
    if email:
        mail.post(email, subject_of(by), letter(asked, by), key=f"survey-{survey.id}-{survey.version}")
    audit.note(by, "supplier asked about its spending", survey, payee=payee.head_id, year=year, by_mail=bool(email))
    return asked


def remind(survey_id: int, *, seen: int, by: Actor, base_url: str) -> Asked:
    """Remind once, with a link of its own; the first link goes on working.

    errors  NotFoundError, ConflictError
    """
    survey = find(survey_id, of=by.acting_for)
    token = _new_token(by.acting_for)
    move(
        survey,
        seen,
        RespendSurvey.state == "asked",
        RespendSurvey.expires_at > now(),
        RespendSurvey.reminded_at.is_(None),
        reminded_at=now(),
        reminder_hash=digest(token),
    )
    asked = Asked(survey, f"{base_url}/surveys/{token}")
    if survey.email:
        subject = f"Reminder: {subject_of(by)}"
        mail.post(survey.email, subject, reminder(asked, by), key=f"survey-{survey.id}-{survey.version}")
    audit.note(by, "supplier reminded about its spending", survey, by_mail=bool(survey.email))
    return asked


def withdraw(survey_id: int, *, seen: int, by: Actor) -> RespendSurvey:
    """Take a question back that was not answered yet: its links stop working. It can be asked again.

    errors  NotFoundError, ConflictError
    """
    survey = find(survey_id, of=by.acting_for)
    move(survey, seen, RespendSurvey.state == "asked", state="withdrawn", **NO_LINKS)
    audit.note(by, "question to a supplier withdrawn", survey)
    return survey


NO_LINKS: dict[str, Any] = {"token_hash": None, "reminder_hash": None, "expires_at": None}


def find_by_link(token: str) -> tuple[RespendSurvey, Organisation]:
    """The survey a link opens, and who asks; also after it closed, so that the page can say so.

    errors  NotFoundError for a link that was withdrawn or never ours, or of an organisation that is suspended
    """
    owner = token.partition(".")[0]
    if not (owner.isascii() and owner.isdigit() and len(owner) < 18):
        raise NotFoundError
    found = db.session.execute(
        select(RespendSurvey, Organisation)
        .join(Organisation, Organisation.id == RespendSurvey.organisation_id)
        .where(
            RespendSurvey.organisation_id == int(owner),
            or_(RespendSurvey.token_hash == digest(token), RespendSurvey.reminder_hash == digest(token)),
            RespendSurvey.state != "withdrawn",
            Organisation.suspended_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError
    return found.RespendSurvey, found.Organisation


def without_link(payee: Payee, area: LocalArea, year: int, *, seen: int, by: Actor) -> RespendSurvey:
    """The survey an officer writes an answer into that came by phone; it stays as it is where one was asked.

    errors  RefusedError, ConflictError
    """
    refuse_to_ask(payee)
    survey = of_payee(payee, area, year)
    if survey is not None and survey.state == "declined":
        raise RefusedError("They said that they would rather not answer")
    survey = _taken(survey, seen, payee, area, year, by)
    _tell_area(survey, area, by)
    return survey


def _tell_area(survey: RespendSurvey, area: LocalArea, by: Actor) -> None:
    """Ask about the area as it is defined now; what was told of an earlier definition counts no more."""
    key = areas.shape(area).key
    if survey.area_key != key:
        db.session.execute(
            update(RespendAnswer)
            .where(
                RespendAnswer.survey_id == survey.id,
                RespendAnswer.organisation_id == survey.organisation_id,
                RespendAnswer.undone_at.is_(None),
            )
            .values(undone_at=now(), undone_by_id=by.person_id),
            execution_options={"synchronize_session": False},
        )
        survey.state = "withdrawn"
    survey.area_name, survey.area_words, survey.area_key = area.name, words_of(area), key


def move(survey: RespendSurvey, seen: int, *conditions: ColumnElement[bool], **values: Any) -> None:
    """Change a survey that is as the person saw it.

    errors  ConflictError where it is not
    """
    changed: Any = db.session.execute(
        update(RespendSurvey)
        .where(
            RespendSurvey.id == survey.id,
            RespendSurvey.organisation_id == survey.organisation_id,
            RespendSurvey.version == seen,
            *conditions,
        )
        .values(version=seen + 1, **values),
        execution_options={"synchronize_session": False},
    )
    if not changed.rowcount:
        raise ConflictError(CHANGED)
    db.session.refresh(survey)


def _taken(
    survey: RespendSurvey | None, seen: int, payee: Payee, area: LocalArea, year: int, by: Actor
) -> RespendSurvey:
    """The survey, one version on, or a new one that nobody was asked."""
    if survey is not None:
        move(survey, seen)
        return survey
    if seen:
        raise ConflictError(CHANGED)
    survey = RespendSurvey(
        organisation_id=by.acting_for,
        payee_name=payee.name,
        area_id=area.id,
        area_name=area.name,
        area_words=words_of(area),
        area_key=areas.shape(area).key,
        year=year,
        state="withdrawn",
        asked_by_id=by.person_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(survey)
            db.session.flush()
    except IntegrityError as error:
        raise ConflictError(CHANGED) from error
    return survey


def _new_token(of: int) -> str:
    """A random word that also says whose survey it opens, so that even this query names the organisation."""
    return f"{of}.{secrets.token_urlsafe(32)}"
