"""Learning from officers' decisions: a lesson after every so many, tried before it counts, and taken back by one click.

Decisions of all anchors are pooled, as numbers only: no name and no decision of one anchor can be read out of a lesson.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from ... import jobs
from ...extensions import db
from ...matching.payees import Decided, Lesson, Parameters, Register, lessons_from, refit, shipped
from ...matching.payees.trials import Figures, figures, held_out, is_better, tried
from ...models import Job, LearnedParameters, Organisation, PayeeDecision, now
from ...models.learning import IN_FORCE, REFUSED, REVERTED
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from . import payee_checks, payee_index, payee_parameters
from .payee_index import Known

KIND = "learn from decisions"
EVERY = 200
"""New decisions after which a lesson is tried."""
LEAST = 50
"""With fewer new decisions than this the figures of a trial are chance."""
TEACHING = ("linked", "rejected", "person", "public_body")
"""Decisions that say who a payee is or is not. Another anchor's decision that was taken over says nothing new."""


@dataclass(frozen=True)
class Told:
    """A standing decision: the name as written, whom a person said it is (None: nobody registered), and when."""

    id: int
    name: str
    enterprise_id: int | None
    body_id: int | None
    kind: str
    decided_at: datetime


def queue_if_due(*, by: Actor) -> Job | None:
    """Have a lesson tried when enough was decided since the last one. Part of the decision's own transaction; a worker
    takes it up within seconds of the commit."""
    return queue(by=by) if count_new() >= EVERY else None


def queue(*, by: Actor) -> Job | None:
    """Have a lesson tried; None where one waits or runs already.

    errors  RefusedError where too little was decided since the last lesson
    """
    new = count_new()
    if new < LEAST:
        raise RefusedError(
            f"{new:,} decisions were made since the last lesson. Wait for {LEAST}: with fewer, figures are chance"
        )
    if open_job() is not None:
        return None
    # a job belongs to some organisation; one that an administrator of the installation asks for, to the first anchor
    anchor = by.organisation_id or db.session.scalar(select(func.min(Organisation.id)).where(Organisation.is_anchor))
    return jobs.queue_job(KIND, organisation_id=anchor or 0, subject_id=None, person_id=by.person_id)


def open_job() -> Job | None:
    """A lesson that is being tried or waits to be."""
    return db.session.scalar(jobs.open_jobs(KIND, Job.organisation_id.in_(_anchors())).order_by(Job.id).limit(1))


def count_new() -> int:
    """Decisions that stand and were made since the last lesson, whatever became of that."""
    last = db.session.scalar(select(func.max(LearnedParameters.newest_decision_id))) or 0
    return db.session.scalar(_decisions(func.count(PayeeDecision.id), after=last)) or 0


def _anchors() -> Select[Any]:
    return select(Organisation.id).where(Organisation.is_anchor)


def _decisions(*columns: Any, after: int = 0) -> Select[Any]:
    """Of all anchors; pages and lessons take counts and numbers from it, never a name to show."""
    return select(*columns).where(
        PayeeDecision.organisation_id.in_(_anchors()),
        PayeeDecision.kind.in_(TEACHING),
        PayeeDecision.undone_at.is_(None),
        PayeeDecision.was_offered.is_(False),
        PayeeDecision.id > after,
    )


@jobs.work(KIND, counts="decisions looked at")
def learn(turn: jobs.Turn) -> None:
    """Try a lesson on all decisions that stand, and follow it where it does better."""
    told, newest = _gather()
    known, weights, since = payee_index.known(), payee_parameters.weights(), _newest_of_lesson_in_force()
    db.session.rollback()  # what follows takes a while, and writes nothing
    register = payee_index.register_for(known)
    lessons = _lessons(told, known, register, turn) if register else {}
    new = [lesson for number, lesson in lessons.items() if number > since]
    if not new:
        return
    keep(weights.parameters, list(lessons.values()), new, newest_decision_id=newest)


def _gather() -> tuple[list[Told], int]:
    """The decisions to learn from, and the newest of all that were looked at."""
    columns = (
        PayeeDecision.id, PayeeDecision.name, PayeeDecision.enterprise_id, PayeeDecision.body_id, PayeeDecision.kind,
        PayeeDecision.decided_at,
    )  # fmt: skip
    told = [Told(*row) for row in db.session.execute(_decisions(*columns).order_by(PayeeDecision.id))]
    # "none of these" was said of the registers of that day: a newer one may hold the payee
    loaded = max((each.loaded_at for each in payee_index.editions_in_force() if each.loaded_at), default=None)
    kept = [each for each in told if each.kind != "rejected" or loaded is None or each.decided_at > loaded]
    return kept, max((each.id for each in told), default=0)


def _newest_of_lesson_in_force() -> int:
    """The parameters in force have seen the decisions up to this one; they are tried on later ones only."""
    lesson = payee_parameters.lesson_in_force()
    return lesson.newest_decision_id if lesson else 0


def _lessons(told: Iterable[Told], known: Known, register: Register, turn: jobs.Turn) -> dict[int, Lesson]:
    """Decision > the lesson in it, in the order of decisions."""
    entity_of = {enterprise: entity for entity, enterprise in known.enterprise_of.items()}
    asked = []
    for each in told:
        entity = entity_of.get(each.enterprise_id or 0) or (f"body:{each.body_id}" if each.body_id else None)
        if entity or each.kind != "linked":  # an enterprise that is gone teaches nothing
            asked.append((each.id, Decided(each.name, (entity,) if entity else ())))
    lessons = lessons_from([decided for _, decided in asked], register)
    turn.report(len(asked), len(asked))
    return {number: lesson for (number, _), lesson in zip(asked, lessons, strict=True)}


def keep(
    present: Parameters, lessons: list[Lesson], new: list[Lesson], *, newest_decision_id: int
) -> LearnedParameters:
    """Try a lesson on new decisions, and keep it with its figures: in force where it does better, else refused.

    present  the parameters in force, which never saw the new decisions
    """
    before = figures(tried(present, new))
    after = figures(held_out(shipped(), lessons, new))
    better = is_better(after, before)
    lesson = LearnedParameters(
        state=IN_FORCE if better else REFUSED,
        reason=_why(better, before, after),
        decisions=len(lessons),
        tried_on=len(new),
        newest_decision_id=newest_decision_id,
        taught_from=payee_parameters.digest_of_shipped(),
        parameters=refit(shipped(), lessons).to_json(),
        before=asdict(before),
        after=asdict(after),
    )
    db.session.add(lesson)
    db.session.flush()
    audit.note(None, "lesson in force" if better else "lesson refused", lesson, decisions=len(lessons))
    if better:
        payee_checks.queue_everywhere()
    return lesson


def _why(better: bool, before: Figures, after: Figures) -> str:
    if better:
        return "It was less often surprised by decisions it had not seen than the parameters before it"
    if after.linked - after.linked_right > before.linked - before.linked_right:
        return "It would have made more wrong links among decisions it had not seen, so nothing was changed"
    return "It did no better on decisions it had not seen than the parameters before it, so nothing was changed"


def lessons() -> list[LearnedParameters]:
    """Every lesson, newest first."""
    return list(db.session.scalars(select(LearnedParameters).order_by(LearnedParameters.id.desc())))


def find(lesson_id: int) -> LearnedParameters:
    """One lesson.

    errors  NotFoundError
    """
    lesson = db.session.scalar(select(LearnedParameters).where(LearnedParameters.id == lesson_id))
    if lesson is None:
        raise NotFoundError
    return lesson


def revert(lesson_id: int, *, by: Actor) -> LearnedParameters:
    """Take a lesson out of force; the one before it, or what the product ships, counts again.

    errors  NotFoundError; ConflictError where it was taken back already
    """
    return _move(lesson_id, IN_FORCE, REVERTED, "lesson taken back", by)


def put_back(lesson_id: int, *, by: Actor) -> LearnedParameters:
    """Put a lesson that was taken back in force again.

    errors  NotFoundError; ConflictError where somebody did so first
    """
    return _move(lesson_id, REVERTED, IN_FORCE, "lesson put back", by)


def _move(lesson_id: int, seen: str, state: str, action: str, by: Actor) -> LearnedParameters:
    lesson = find(lesson_id)
    result: Any = db.session.execute(
        update(LearnedParameters)
        .where(LearnedParameters.id == lesson_id, LearnedParameters.state == seen)
        .values(state=state, changed_at=now(), changed_by_id=by.person_id),
        execution_options={"synchronize_session": False},
    )
    if not result.rowcount:
        raise ConflictError("Somebody changed this while you were looking at it. Look at it again")
    db.session.refresh(lesson)
    audit.note(by, action, lesson)
    payee_checks.queue_everywhere(person_id=None)
    return lesson
