"""Asking the engine which registered enterprise each payee is, in the background, again whenever enterprises change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from .. import jobs
from ..extensions import db
from ..matching.payees import Identification, Query, Register, RegisterRow, identify
from ..matching.payees.names import read
from ..models import Enterprise, Job, MonthlySpend, Organisation, Payee, now

KIND = "check payees"
BATCH = 200
CANDIDATES_KEPT = 3
LEAST_REGISTER = 50
"""With fewer registered enterprises the engine cannot tell rare words from common ones: it links equal names only."""
LEAST_PROBABILITY = 0.02
"""Candidates less likely than this are not worth a person's time."""


@dataclass(frozen=True)
class Question:
    """What the engine is asked: payees by id, the registered enterprises, and when we looked at them."""

    payees: tuple[tuple[int, Query], ...]
    register: tuple[RegisterRow, ...]
    asked_at: datetime


@jobs.work(KIND, counts="payees checked")
def check_payees(turn: jobs.Turn) -> None:
    """Ask the engine about every payee that a new enterprise or a new ledger made a question again."""
    question = gather(of=turn.organisation_id)
    db.session.rollback()  # the engine thinks with no transaction open, so that others may write meanwhile
    keep(answer(question, turn.report), of=turn.organisation_id, asked_at=question.asked_at)


def queue(*, of: int, person_id: int | None) -> Job | None:
    """Have the payees of an organisation checked; None where a check waits already. Wake the job after the commit."""
    waiting = select(Job.id).where(Job.organisation_id == of, Job.kind == KIND, Job.state == "queued")
    if db.session.scalar(waiting.limit(1)):
        return None
    return jobs.queue_job(KIND, organisation_id=of, subject_id=None, person_id=person_id)


def queue_everywhere(*, person_id: int | None) -> list[int]:
    """An enterprise registered or changed its name: every anchor with payees checks them; ids of jobs to wake."""
    anchors = db.session.scalars(select(Organisation.id).where(Organisation.is_anchor).order_by(Organisation.id))
    queued = [queue(of=anchor, person_id=person_id) for anchor in anchors if count_stale(anchor)]
    return [job.id for job in queued if job]


def check(*, of: int) -> int:
    """Check payees now, in the caller's transaction; how many were asked about."""
    question = gather(of=of)
    answers = answer(question)
    keep(answers, of=of, asked_at=question.asked_at)
    return len(answers)


def open_job(of: int) -> Job | None:
    """A check that waits or runs."""
    return db.session.scalar(
        select(Job)
        .where(Job.organisation_id == of, Job.kind == KIND, Job.state.in_(("queued", "running")))
        .order_by(Job.id.desc())
        .limit(1)
    )


def count_stale(of: int) -> int:
    """How many payees were last checked before the newest change of the register, or never."""
    return db.session.scalar(select(func.count()).select_from(_stale(of).subquery())) or 0


def _stale(of: int) -> Any:
    """Payees with confirmed money that no person decided about and that the present register has not answered."""
    newest = _newest_change()
    is_old = (
        Payee.checked_at.is_(None) if newest is None else or_(Payee.checked_at.is_(None), Payee.checked_at < newest)
    )
    return (
        select(Payee.id, Payee.name, func.max(MonthlySpend.postcode).label("postcode"))
        .join(MonthlySpend, and_(MonthlySpend.payee_id == Payee.id, MonthlySpend.organisation_id == of))
        .where(Payee.organisation_id == of, Payee.decided_at.is_(None), is_old)
        .group_by(Payee.id, Payee.name)
        .order_by(Payee.id)
    )


def _newest_change() -> datetime | None:
    """When an enterprise last came or changed its profile."""
    return db.session.scalar(select(func.max(Enterprise.updated_at)))


def gather(*, of: int) -> Question:
    """The payees to check and the register to check them against."""
    asked_at = now()
    asked = [(number, Query(name, postcode or None)) for number, name, postcode in db.session.execute(_stale(of))]
    enterprises = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.postcode, Enterprise.company_number)
        .join(Enterprise, Enterprise.organisation_id == Organisation.id)
        .where(Organisation.suspended_at.is_(None))
        .order_by(Organisation.id)
    )
    register = [
        RegisterRow(str(number), name, (), postcode, None, (f"company:{company}",) if company else ())
        for number, name, postcode, company in enterprises
    ]
    return Question(tuple(asked), tuple(register), asked_at)


def answer(question: Question, report: Callable[[int, int], None] | None = None) -> list[tuple[int, Identification]]:
    """Payee id and what the engine thinks, for every payee asked about. Touches no database."""
    if not question.register:
        nobody = Identification("", (), "none", "No enterprise is registered yet")
        return [(payee, nobody) for payee, _ in question.payees]
    register = Register.build(question.register)
    answers: list[tuple[int, Identification]] = []
    for start in range(0, len(question.payees), BATCH):
        part = question.payees[start : start + BATCH]
        found = identify([query for _, query in part], register, top=CANDIDATES_KEPT)
        if len(question.register) < LEAST_REGISTER:
            found = [_with_caution(one) for one in found]
        answers.extend((payee, one) for (payee, _), one in zip(part, found, strict=True))
        if report:
            report(len(answers), len(question.payees))
    return answers


def _with_caution(found: Identification) -> Identification:
    """The same answer, but a link between names that differ is left to a person."""
    if found.decision != "accept" or read(found.query).text == read(found.candidates[0].name).text:
        return found
    return replace(found, decision="review", reason="Few enterprises are registered yet, so a person should look")


def keep(answers: Sequence[tuple[int, Identification]], *, of: int, asked_at: datetime) -> None:
    """Store what the engine thinks, except where a person decided meanwhile."""
    still = set(db.session.scalars(select(Organisation.id).where(Organisation.is_enterprise)))
    for payee, found in answers:
        best = found.candidates[0] if found.candidates else None
        linked = int(best.entity) if best and found.decision == "accept" and int(best.entity) in still else None
        state = "accepted" if linked else "review" if found.decision == "review" else "unlinked"
        db.session.execute(
            update(Payee)
            .where(Payee.id == payee, Payee.organisation_id == of, Payee.decided_at.is_(None))
            .values(
                state=state,
                enterprise_id=linked,
                probability=best.probability if best else None,
                reason=found.reason,
                candidates=_described(found),
                checked_at=asked_at,
            ),
            execution_options={"synchronize_session": False},
        )


def _described(found: Identification) -> list[dict[str, Any]]:
    return [
        {
            "enterprise_id": int(each.entity),
            "name": each.name,
            "probability": each.probability,
            "reasons": [
                {"sentence": signal.sentence, "weight": signal.weight} for signal in each.signals if signal.sentence
            ],
        }
        for each in found.candidates
        if each.probability >= LEAST_PROBABILITY
    ]
