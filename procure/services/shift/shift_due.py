"""Shift lists that a newly confirmed ledger asks for: found by the worker's round, once the payees are looked at."""

from sqlalchemy import func, select

from ... import jobs
from ...extensions import db
from ...models import Job, Ledger, LocalArea, Organisation
from ...models.work import OPEN_STATES
from ..payees import payee_checks
from . import shift

WAITED_FOR = (payee_checks.KIND, shift.KIND)
"""While one of these is open for an anchor, its list would be made anew right after."""


def queue_due() -> list[Job]:
    """Jobs for every anchor that confirmed a ledger since its list was last begun, and says what local means.

    A list that failed is not begun again by itself: an officer can, and so does the next ledger. Other changes only
    make a list stale, because officers settle payees all day.
    """
    paid = (Ledger.organisation_id == Organisation.id, Ledger.state == "confirmed")
    confirmed = select(func.max(Ledger.decided_at)).where(*paid).scalar_subquery()
    mine = Job.organisation_id == Organisation.id
    begun = select(func.max(Job.created_at)).where(mine, Job.kind == shift.KIND).scalar_subquery()
    is_open = select(Job.id).where(mine, Job.kind.in_(WAITED_FOR), Job.state.in_(OPEN_STATES))
    local = select(LocalArea.id).where(LocalArea.organisation_id == Organisation.id)
    anchors = db.session.scalars(
        select(Organisation.id)
        .where(
            Organisation.is_anchor,
            Organisation.suspended_at.is_(None),
            confirmed.is_not(None),
            begun.is_(None) | (begun < confirmed),
            local.exists(),
            ~is_open.exists(),
        )
        .order_by(Organisation.id)
    ).all()
    return [jobs.queue_job(shift.KIND, organisation_id=of, subject_id=None, person_id=None) for of in anchors]
