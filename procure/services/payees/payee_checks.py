"""Having payees checked, in the background: at every new ledger, register, lesson, and enterprise or name of one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from ... import jobs
from ...extensions import db
from ...models import Edition, Job, LedgerPayee, Organisation, Payee
from .. import spend_marks
from .payee_answers import answer, gather, is_stale, keep

KIND = "check payees"


@dataclass(frozen=True)
class Checked:
    """When the engine looked at a payee, against which editions of the registers, and by which lesson."""

    at: datetime
    editions: tuple[Edition, ...]
    lesson_id: int | None


@jobs.work(KIND, counts="payees checked")
def check_payees(turn: jobs.Turn) -> None:
    """Ask the engine about every payee that a new enterprise, register, lesson or ledger made a question again."""
    question = gather(of=turn.organisation_id)
    db.session.rollback()  # the engine thinks with no transaction open, so that others may write meanwhile
    answers = answer(question, turn.report)
    keep(question, answers, of=turn.organisation_id)
    spend_marks.mark(turn.organisation_id)


def queue(*, of: int, person_id: int | None) -> Job | None:
    """Have the payees of an organisation checked; None where a check waits already. Wake the job after the commit."""
    return jobs.queue_once(KIND, organisation_id=of, person_id=person_id)


def queue_everywhere(*, person_id: int | None = None) -> list[int]:
    """Every anchor with undecided payees checks them: an enterprise came or changed its name, a register was loaded,
    or the parameters changed. Returns ids of jobs to wake after the commit."""
    anchors = db.session.scalars(
        select(Organisation.id)
        .where(
            Organisation.is_anchor,
            select(Payee.id).where(Payee.organisation_id == Organisation.id, Payee.decided_at.is_(None)).exists(),
        )
        .order_by(Organisation.id)
    ).all()
    queued = [queue(of=anchor, person_id=person_id) for anchor in anchors]
    return [job.id for job in queued if job]


def wake_waiting() -> None:
    """Call a worker for every check that waits. Call it after the commit of a request that may have queued some."""
    anchors = select(Organisation.id).where(Organisation.is_anchor)
    waiting = select(Job.id).where(Job.organisation_id.in_(anchors), Job.kind == KIND, Job.state == "queued")
    for job_id in db.session.scalars(waiting.order_by(Job.id)).all():
        jobs.wake(job_id)


def check(*, of: int) -> int:
    """Check payees now, in the caller's transaction; how many were asked about."""
    question = gather(of=of)
    answers = answer(question)
    keep(question, answers, of=of)
    return len(answers)


def open_job(of: int) -> Job | None:
    """A check that waits or runs."""
    return jobs.open_job(KIND, organisation_id=of)


def count_stale(of: int) -> int:
    """How many payees were last checked before the newest change of registers, enterprises or lessons, or never."""
    is_paid = select(LedgerPayee.id).where(LedgerPayee.payee_id == Payee.id, LedgerPayee.organisation_id == of).exists()
    found = select(func.count(Payee.id)).where(Payee.organisation_id == of, *is_stale(), is_paid)
    return db.session.scalar(found) or 0


def checked_against(payee: Payee) -> Checked | None:
    """By what the engine answered about a payee; None where it was not asked yet."""
    if payee.checked_at is None:
        return None
    editions, _, lesson = (payee.checked_with or "none/0").partition("/")
    numbers = [int(each) for each in editions.split("-") if each.isdigit()]
    found = db.session.scalars(select(Edition).where(Edition.id.in_(numbers)).order_by(Edition.kind, Edition.id))
    return Checked(payee.checked_at, tuple(found), int(lesson) or None)
