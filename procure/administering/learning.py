"""What was learned from officers' decisions: every lesson with its figures, taken back or put back by a click."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from .. import jobs
from ..extensions import db
from ..models import LearnedParameters, Person
from ..models.learning import IN_FORCE, REFUSED, REVERTED
from ..pages.forms import ProcureForm
from ..pages.guards import actor, installation_admins
from ..pages.listing import Choice, Column, Listing
from ..services.errors import RefusedError
from ..services.payees import payee_checks, payee_learning, payee_parameters
from .journey import journey

STATES = {IN_FORCE: "Kept", REVERTED: "Taken back", REFUSED: "Refused"}


@journey.route("/learning")
@installation_admins
def list_lessons() -> ResponseReturnValue:
    lesson = payee_parameters.lesson_in_force()
    listing = Listing(
        "lessons",
        select(LearnedParameters),
        [
            Column("made", "Made", lambda row: row.made_at, LearnedParameters.made_at, "moment", link=_page_of),
            Column("state", "State", lambda row: _state(row, lesson), LearnedParameters.state, tag=True),
            Column("decisions", "Decisions", lambda row: row.decisions, LearnedParameters.decisions, "count"),
            Column("tried", "Tried on", lambda row: row.tried_on, LearnedParameters.tried_on, "count"),
            Column("before", "Calibration error before", lambda row: row.before["calibration_error"], show="percent"),
            Column("after", "Calibration error after", lambda row: row.after["calibration_error"], show="percent"),
        ],
        default_sort="-made",
        choices={
            "state": Choice("State", {key: (words, LearnedParameters.state == key) for key, words in STATES.items()})
        },
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template(
        "administering/learning.html",
        page=answer,
        lesson=lesson,
        new=payee_learning.count_new(),
        every=payee_learning.EVERY,
        least=payee_learning.LEAST,
        job=payee_learning.open_job(),
    )


def _page_of(lesson: LearnedParameters) -> str:
    return url_for(".show_lesson", lesson_id=lesson.id)


def _state(lesson: LearnedParameters, in_force: LearnedParameters | None) -> str:
    if in_force and lesson.id == in_force.id:
        return "In force"
    return "Replaced" if lesson.state == IN_FORCE else STATES[lesson.state]


@journey.route("/learning/try", methods=["POST"])
@installation_admins
def try_lesson() -> ResponseReturnValue:
    ProcureForm()
    try:
        job = payee_learning.queue(by=actor())
    except RefusedError as refusal:
        flash(f"{refusal}.", "error")
        return redirect(url_for(".list_lessons"))
    db.session.commit()
    if job:
        jobs.wake(job.id)
    return redirect(url_for(".list_lessons"))


@journey.route("/learning/<id:lesson_id>")
@installation_admins
def show_lesson(lesson_id: int) -> ResponseReturnValue:
    lesson = payee_learning.find(lesson_id)
    in_force = payee_parameters.lesson_in_force()
    return render_template(
        "administering/learning_lesson.html",
        lesson=lesson,
        state=_state(lesson, in_force),
        is_outdated=lesson.taught_from != payee_parameters.digest_of_shipped(),
        changed_by=db.session.get(Person, lesson.changed_by_id) if lesson.changed_by_id else None,
    )


@journey.route("/learning/<id:lesson_id>/revert", methods=["POST"])
@installation_admins
def revert_lesson(lesson_id: int) -> ResponseReturnValue:
    payee_learning.revert(lesson_id, by=actor())
    return _moved(lesson_id, "The lesson is taken back. Payees that nobody decided about are checked again.")


@journey.route("/learning/<id:lesson_id>/put-back", methods=["POST"])
@installation_admins
def put_lesson_back(lesson_id: int) -> ResponseReturnValue:
    payee_learning.put_back(lesson_id, by=actor())
    return _moved(lesson_id, "The lesson is put back. Payees that nobody decided about are checked again.")


def _moved(lesson_id: int, words: str) -> ResponseReturnValue:
    db.session.commit()
    payee_checks.wake_waiting()
    flash(words, "success")
    return redirect(url_for(".show_lesson", lesson_id=lesson_id))
