"""Having an anchor's sums worked out again: asked for by whoever changes ledgers, areas or rules."""

from .. import jobs
from ..models import Job

KIND = "sum spend"


def mark(of: int, *, person_id: int | None = None) -> Job | None:
    """Have the sums of an anchor worked out again; None where that waits already. The worker's round calls for it."""
    return jobs.queue_once(KIND, organisation_id=of, person_id=person_id)


def open_job(of: int) -> Job | None:
    """A working out that waits or runs."""
    return jobs.open_job(KIND, organisation_id=of)
