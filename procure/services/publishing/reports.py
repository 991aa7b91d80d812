"""Board reports: asked for by a person, made by a job, kept as they were made, and read by their owners only."""

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import selectinload

from ... import jobs
from ...extensions import db
from ...models import BoardReport, Job, Organisation, now
from ...papers import NoPdfError, Report, as_data, from_data, write_pdf
from .. import audit, own
from ..actors import Actor
from ..errors import ConflictError
from ..place import watching
from . import report_anchor, report_place

WORK = "board report"
KINDS = {"anchor": report_anchor, "place": report_place}
TITLES = {"anchor": "Where our money goes", "place": "Where the money of the place goes"}
STEPS = 3


def list_reports(of: int) -> list[BoardReport]:
    """The reports of an organisation, newest first."""
    query = (
        select(BoardReport)
        .where(BoardReport.organisation_id == of)
        .options(selectinload(BoardReport.asked_by))
        .order_by(BoardReport.id.desc())
    )
    return list(db.session.scalars(query))


def find(report_id: int, *, of: int) -> BoardReport:
    """A report of this organisation.

    errors  NotFoundError
    """
    return own.find(BoardReport, report_id, of=of)


def open_job(of: int) -> Job | None:
    """The report that is being made now."""
    return jobs.open_job(WORK, organisation_id=of)


def content(report: BoardReport) -> Report | None:
    """What a report says; None while it is being made."""
    return from_data(report.content) if report.content else None


def ask(kind: str, *, by: Actor) -> Job:
    """Ask for a report of the figures as they are now; call `jobs.wake` after the commit.

    kind    anchor or place
    errors  RefusedError where there is nothing to report; ConflictError while another one is being made
    """
    KINDS[kind].check(by.acting_for)
    if open_job(by.acting_for):
        raise ConflictError("A report is being made already. Wait until it is ready")
    report = BoardReport(organisation_id=by.acting_for, kind=kind, title=TITLES[kind], asked_by_id=by.person_id)
    db.session.add(report)
    db.session.flush()
    audit.note(by, "board report asked", report, kind=kind)
    return jobs.queue_job(WORK, organisation_id=by.acting_for, subject_id=report.id, person_id=by.person_id)


def remove(report_id: int, *, by: Actor) -> None:
    """Delete a report and its PDF.

    errors  NotFoundError
    """
    report = find(report_id, of=by.acting_for)
    audit.note(by, "board report deleted", report, kind=report.kind, made=str(report.made_at or ""))
    db.session.execute(
        delete(BoardReport).where(BoardReport.id == report_id, BoardReport.organisation_id == by.acting_for)
    )


@jobs.work(WORK, counts="steps done")
def make(turn: jobs.Turn) -> None:
    """Gather the figures, freeze them and make the PDF; other files are made of the frozen figures when asked for."""
    mine = (BoardReport.id == turn.subject_id, BoardReport.organisation_id == turn.organisation_id)
    turn.report(1, STEPS)
    kind = db.session.scalar(select(BoardReport.kind).where(*mine))
    if kind is None:
        return
    name = db.session.scalar(select(Organisation.name).where(Organisation.id == turn.organisation_id)) or ""
    shown: frozenset[int] | None = None
    while shown is None or shown - watching.hold(turn.organisation_id):  # one of them withdrew meanwhile
        shown = watching.hold(turn.organisation_id)
        made = KINDS[kind].content_of(turn.organisation_id, name)
        db.session.rollback()  # pages are laid out with no transaction open, so that others may write meanwhile
        turn.report(2, STEPS)
        pdf, why_none = _pdf(made)
        turn.report(3, STEPS)
    db.session.execute(
        update(BoardReport)
        .where(*mine)
        .values(title=made.title, content=as_data(made), pdf=pdf, why_no_pdf=why_none, made_at=now())
    )


def _pdf(report: Report) -> tuple[bytes | None, str | None]:
    try:
        return write_pdf(report), None
    except NoPdfError as fault:
        current_app.logger.warning("no PDF was made: %s", fault.__cause__)
        return None, str(fault)
