"""Board reports: asked for, read on the page, and taken away as PDF, Word document, workbook or JSON."""

import io
import json

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from .. import jobs
from ..extensions import db
from ..models import BoardReport
from ..pages.downloads import KINDS, attach
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..papers import Report, write_docx, write_xlsx
from ..papers.content import NUMERIC, shown
from ..papers.html import parts_of
from ..papers.picture import drawn
from ..services.errors import NotFoundError
from ..services.publishing import reports
from .journey import FINANCE, READERS, journey

PLACE_ADMINS = ("place:admin",)
MAKERS = (*FINANCE, *PLACE_ADMINS)
REPORT_READERS = (*READERS, *PLACE_ADMINS, "place:viewer")
MAY_MAKE = {"anchor": FINANCE, "place": PLACE_ADMINS}
MAY_READ = {"anchor": READERS, "place": (*PLACE_ADMINS, "place:viewer")}
FILES = {
    "pdf": ("PDF, for everybody, also those who hear it", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("Excel, a sheet for each table", KINDS["xlsx"]),
    "json": ("JSON, for programs", KINDS["json"]),
}


class AskForm(ProcureForm):
    """One button: whose report."""

    kind = HiddenField()


@journey.route("/reports")
@who(*REPORT_READERS)
def list_reports() -> ResponseReturnValue:
    me = actor()
    mine = [each for each in reports.list_reports(me.acting_for) if me.may(*MAY_READ[each.kind])]
    return render_template(
        "reports/list.html",
        reports=mine,
        job=reports.open_job(me.acting_for),
        may_make=[kind for kind, makers in MAY_MAKE.items() if me.may(*makers)],
        shows_page=me.may(*READERS),
    )


@journey.route("/reports", methods=["POST"])
@who(*MAKERS)
def ask_report() -> ResponseReturnValue:
    form = AskForm()
    kind = form.kind.data
    if not form.validate_on_submit() or kind not in MAY_MAKE:
        abort(400)
    if not actor().may(*MAY_MAKE[kind]):
        abort(403)
    job = reports.ask(kind, by=actor())
    db.session.commit()
    jobs.wake(job.id)
    return redirect(url_for(".list_reports"))


@journey.route("/reports/<id:report_id>")
@who(*REPORT_READERS)
def show_report(report_id: int) -> ResponseReturnValue:
    """The report as a page: to read, and to print where there is no PDF."""
    report, content = _made(report_id)
    return render_template(
        "reports/show.html",
        report=report,
        content=content,
        files={kind: words for kind, (words, _) in FILES.items() if kind != "pdf" or not report.why_no_pdf},
        drawn=drawn,
        shown=shown,
        parts_of=parts_of,
        numeric=NUMERIC,
        may_remove=actor().may(*MAY_MAKE[report.kind]),
    )


@journey.route("/reports/<id:report_id>/file")
@who(*REPORT_READERS)
def download_report(report_id: int) -> ResponseReturnValue:
    report, content = _made(report_id)
    kind = request.args.get("kind", "pdf")
    if kind not in FILES:
        abort(404)
    return attach(_file(kind, report, content), f"{content.title}.{kind}")


@journey.route("/reports/<id:report_id>/remove", methods=["POST"])
@who(*MAKERS)
def remove_report(report_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    if not actor().may(*MAY_MAKE[reports.find(report_id, of=actor().acting_for).kind]):
        abort(403)
    reports.remove(report_id, by=actor())
    db.session.commit()
    flash("The report is deleted.", "success")
    return redirect(url_for(".list_reports"))


def _made(report_id: int) -> tuple[BoardReport, Report]:
    """A report that is ready, and that this person may read."""
    report = reports.find(report_id, of=actor().acting_for)
    content = reports.content(report)
    if content is None or not actor().may(*MAY_READ[report.kind]):
        raise NotFoundError
    return report, content


def _file(kind: str, report: BoardReport, content: Report) -> Response:
    stream = io.BytesIO()
    if kind == "pdf":
        if report.pdf is None:
            raise NotFoundError
        stream.write(report.pdf)
    elif kind == "json":
        stream.write(json.dumps(report.content, ensure_ascii=False, indent=1).encode())
    else:
        write = write_docx if kind == "docx" else write_xlsx
        write(stream, content)
    stream.seek(0)
    return send_file(stream, mimetype=FILES[kind][1])
