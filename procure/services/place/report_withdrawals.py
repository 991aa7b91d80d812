"""Kept reports of a place, emptied when an anchor whose figures may be in them stops showing these.

All of such a report goes, not the anchor's lines alone: sums of all anchors less the lines of the others would give
what was taken out.
"""

from sqlalchemy import select, update

from ...extensions import db
from ...models import BoardReport, PastWatch, Watch
from ...models.place_totals import SHOWN_LEVELS
from .. import audit
from ..actors import Actor

EMPTIED = "An anchor whose figures were in this report has withdrawn them. Make a new report."


def empty(watch: Watch, *, by: Actor) -> int:
    """Empty every report the place made while this anchor showed itself, now that it does not; how many."""
    shown = db.session.execute(
        select(PastWatch.since, PastWatch.until).where(
            PastWatch.watch_id == watch.id, PastWatch.level.in_(SHOWN_LEVELS)
        )
    ).all()
    mine = (BoardReport.organisation_id == watch.place_id, BoardReport.kind == "place")
    kept = db.session.scalars(
        select(BoardReport).where(*mine, BoardReport.made_at.is_not(None)).order_by(BoardReport.id)
    )
    held = [
        report
        for report in kept
        if report.content and report.made_at and any(since <= report.made_at <= until for since, until in shown)
    ]
    for report in held:
        db.session.execute(
            update(BoardReport)
            .where(*mine, BoardReport.id == report.id)
            .values(content=None, pdf=None, why_no_pdf=EMPTIED),
            execution_options={"synchronize_session": False},
        )
        audit.note(by, "board report emptied", report, made=str(report.made_at), anchor=watch.anchor_id)
    db.session.expire_all()
    return len(held)
