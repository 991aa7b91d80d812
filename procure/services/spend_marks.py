"""Having an anchor's sums worked out again: asked for by whoever changes ledgers, areas or rules."""

from sqlalchemy import select

from .. import jobs
from ..extensions import db
from ..models import Job

KIND = "sum spend"


def mark(of: int, *, person_id: int | None = None) -> Job | None:
    """Have the sums of an anchor worked out again; None where that waits already. The worker's round calls for it."""
    waiting = select(Job.id).where(Job.organisation_id == of, Job.kind == KIND, Job.state == "queued")
    if db.session.scalar(waiting.limit(1)):
        return None
    return jobs.queue_job(KIND, organisation_id=of, subject_id=None, person_id=person_id)


def open_job(of: int) -> Job | None:
    """A working out that waits or runs."""
    return jobs.open_job(KIND, organisation_id=of)
