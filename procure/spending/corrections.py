"""Refused rows: taken away as a file, brought back corrected. Lines that may count twice: left out, put back."""

from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from .. import jobs
from ..extensions import db
from ..models import Ledger, LeftOut, Upload
from ..pages.downloads import KINDS, attach
from ..pages.filters import plural
from ..pages.guards import actor, who
from ..pages.listing import Column, Listing
from ..services.ledgers import ledger_corrections, ledger_doubles, ledger_refusals, ledgers
from .forms import CorrectedRowsForm, DoublesForm
from .journey import FINANCE, READERS, journey
from .lines import sheet_column

IN_MEMORY_BYTES = 4_000_000


@journey.route("/ledgers/<id:ledger_id>/refused/file")
@who(*READERS)
def download_refusals(ledger_id: int) -> ResponseReturnValue:
    """The refused rows in the layout of the ledger's own file, with what to put right."""
    ledger = ledgers.find(ledger_id, of=actor().acting_for)
    kind = request.args.get("kind", "xlsx")
    if kind not in ledger_refusals.kinds(ledger):
        abort(404)
    spool = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - the response closes it
    ledger_refusals.write(ledger, cast(BinaryIO, spool), kind)
    spool.seek(0)
    response = send_file(spool, mimetype=KINDS[kind])  # type: ignore[arg-type]
    return attach(response, f"Refused rows of {ledger.upload.filename.rsplit('.', 1)[0]}.{kind}")


@journey.route("/ledgers/<id:ledger_id>/corrected", methods=["GET", "POST"])
@who(*FINANCE)
def add_corrected_rows(ledger_id: int) -> ResponseReturnValue:
    ledger = ledgers.find(ledger_id, of=actor().acting_for)
    form = CorrectedRowsForm()
    if form.validate_on_submit():
        job = ledger_corrections.receive(ledger_id, form.ledger.data.filename, form.ledger.data.stream, by=actor())
        db.session.commit()
        jobs.wake(job.id)
        return redirect(url_for(".show_ledger", ledger_id=ledger_id))
    return render_template(
        "spending/corrected_rows.html", ledger=ledger, form=form, kinds=ledger_refusals.kinds(ledger)
    )


@journey.route("/ledgers/<id:ledger_id>/left-out")
@who(*READERS)
def list_left_out(ledger_id: int) -> ResponseReturnValue:
    me = actor()
    ledger = ledgers.find(ledger_id, of=me.acting_for)
    listing = Listing(
        name=f"left-out-{ledger.id}",
        query=select(LeftOut, Upload.filename.label("paid_in"))
        .outerjoin(Ledger, (Ledger.id == LeftOut.paid_in_id) & (Ledger.organisation_id == me.acting_for))
        .outerjoin(Upload, (Upload.id == Ledger.upload_id) & (Upload.organisation_id == me.acting_for))
        .where(LeftOut.organisation_id == me.acting_for, LeftOut.ledger_id == ledger.id)
        .order_by(LeftOut.id),
        columns=(
            *sheet_column(ledger, lambda row: row[0].sheet, LeftOut.sheet),
            Column("row", "Row", lambda row: row[0].row, LeftOut.row, show="count"),
            Column("supplier", "Supplier", lambda row: row[0].supplier, LeftOut.supplier),
            Column("amount", "Amount", lambda row: row[0].pence, LeftOut.pence, show="pounds"),
            Column("date", "Date", lambda row: row[0].paid_on, LeftOut.paid_on, show="day"),
            Column("why", "Why", _why),
        ),
        search_in=(LeftOut.supplier,),
        default_sort="row",
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("spending/left_out.html", page=answer, ledger=ledger)


def _why(row: tuple[LeftOut, str | None]) -> str:
    if row[0].why == ledger_doubles.REPEAT:
        return "Left out: the same as an earlier line of the file"
    return f"Left out: paid in ledger {row[1] or row[0].paid_in_id}"


@journey.route("/ledgers/<id:ledger_id>/leave-out", methods=["POST"])
@who(*FINANCE)
def leave_out(ledger_id: int) -> ResponseReturnValue:
    form = DoublesForm()
    if not form.validate_on_submit():
        abort(400)
    seen = form.seen_doubles.data or 0
    ledger_doubles.leave_out(ledger_id, form.why.data, seen, by=actor())
    db.session.commit()
    flash(f"{plural(seen, 'payment')} left out. You can put them back.", "success")
    return redirect(url_for(".show_ledger", ledger_id=ledger_id))


@journey.route("/ledgers/<id:ledger_id>/put-back", methods=["POST"])
@who(*FINANCE)
def put_back(ledger_id: int) -> ResponseReturnValue:
    form = DoublesForm()
    if not form.validate_on_submit():
        abort(400)
    ledger_doubles.put_back(ledger_id, form.why.data, by=actor())
    db.session.commit()
    flash("The payments are back in the ledger.", "success")
    return redirect(url_for(".show_ledger", ledger_id=ledger_id))
