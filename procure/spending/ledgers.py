"""Ledgers: added, checked, confirmed, discarded."""

from datetime import date
from pathlib import Path

from flask import Response, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from .. import jobs
from ..extensions import db
from ..models import Ledger, Upload
from ..pages.downloads import send_original
from ..pages.filters import month, plural, pounds
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..pages.listing import Choice, Column, Listing
from ..services import uploads
from ..services.ledgers import (
    ledger_columns,
    ledger_corrections,
    ledger_doubles,
    ledger_first_rows,
    ledger_refusals,
    ledgers,
)
from .forms import ConfirmForm, LedgerForm
from .journey import FINANCE, READERS, journey

STATES = {
    "reading": "Being read",
    "unconfirmed": "Waiting for you",
    "confirmed": "Counts",
    "refused": "Could not be read",
    "discarded": "Discarded",
}
LINES = {
    "payment": "Payments",
    "refused": "Refused",
    "blank": "Blank rows",
    "title": "Titles above the headings",
    "heading": "Headings",
    "total": "Totals",
    "note": "Notes",
    "example": "Examples",
    "left out": "Left out by you",
}
"""What a row of a ledger may be > what people call it."""
EXAMPLES = (".csv", ".xlsx", ".xls", ".ods")
OTHER_EXAMPLES = ("lots", "capabilities")


@journey.route("/ledgers")
@who(*READERS)
def list_ledgers() -> ResponseReturnValue:
    me = actor()
    live = [state for state in STATES if state != "discarded"]
    listing = Listing(
        name="ledgers",
        query=select(Ledger, Upload)
        .join(Upload, Upload.id == Ledger.upload_id)
        .where(
            Ledger.organisation_id == me.acting_for,
            Upload.organisation_id == me.acting_for,
            Ledger.state.in_(live),
        )
        .order_by(Ledger.id.desc()),
        columns=(
            Column("file", "File", lambda row: row[1].filename, Upload.filename, link=_link),
            Column("period", "Payments from", lambda row: row[0].first_date, Ledger.first_date, show="day"),
            Column("until", "to", lambda row: row[0].last_date, Ledger.last_date, show="day"),
            Column("state", "State", lambda row: STATES[row[0].state], Ledger.state, tag=True),
            Column("payments", "Payments", lambda row: row[0].payments_count, Ledger.payments_count, show="count"),
            Column("refused", "Refused rows", lambda row: row[0].refused_count, Ledger.refused_count, show="count"),
            Column("total", "Total", lambda row: row[0].total_pence, Ledger.total_pence, show="pounds"),
            Column("added", "Added", lambda row: row[1].uploaded_at.date(), Upload.uploaded_at, show="day"),
        ),
        search_in=(Upload.filename,),
        default_sort="-added",
        choices={"state": Choice("State", {state: (STATES[state], Ledger.state == state) for state in live})},
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    missing = [month(each) for each in ledgers.missing_months(me.acting_for)]
    return render_template("spending/ledgers.html", page=answer, missing=missing, may_add=me.may(*FINANCE))


def _link(row: tuple[Ledger, Upload]) -> str:
    return url_for(".show_ledger", ledger_id=row[0].id)


@journey.route("/ledgers/new", methods=["GET", "POST"])
@who(*FINANCE)
def new_ledger() -> ResponseReturnValue:
    form = LedgerForm()
    if form.validate_on_submit():
        receipt = ledgers.receive(form.ledger.data.filename, form.ledger.data.stream, by=actor())
        db.session.commit()
        return _onward(receipt)
    page = render_template("spending/new_ledger.html", form=form, examples=[path.name for path in _examples()])
    return page, 400 if form.is_submitted() else 200


def _onward(receipt: ledgers.Receipt) -> ResponseReturnValue:
    """To the ledger that is being read now, or to the question whether it should be."""
    if receipt.job_id is None:
        return redirect(url_for(".show_upload", upload_id=receipt.upload_id))
    jobs.wake(receipt.job_id)
    return redirect(url_for(".show_ledger", ledger_id=receipt.ledger_id))


def _examples() -> list[Path]:
    """Example ledgers this installation offers, if any: all its example files but those for other uploads."""
    folder = Path(current_app.config["EXAMPLES_FOLDER"])
    found = [path for path in (folder.iterdir() if folder.is_dir() else ()) if path.suffix in EXAMPLES]
    return sorted((path for path in found if not path.name.startswith(OTHER_EXAMPLES)), key=lambda path: path.name)


@journey.route("/ledgers/examples/<name>")
@who(*FINANCE)
def download_example(name: str) -> ResponseReturnValue:
    found = next((path for path in _examples() if path.name == name), None)
    if found is None:
        abort(404)
    return send_original(found, found.name)


@journey.route("/uploads/<id:upload_id>")
@who(*FINANCE)
def show_upload(upload_id: int) -> ResponseReturnValue:
    """We have had this file before: shall it be read again?"""
    upload = ledgers.waiting_upload(upload_id, of=actor().acting_for)
    return render_template("spending/same_file.html", upload=upload, earlier=ledgers.earlier_ledger(upload))


@journey.route("/uploads/<id:upload_id>/read", methods=["POST"])
@who(*FINANCE)
def read_upload(upload_id: int) -> ResponseReturnValue:
    receipt = ledgers.read_again(upload_id, by=actor())
    db.session.commit()
    return _onward(receipt)


@journey.route("/uploads/<id:upload_id>/discard", methods=["POST"])
@who(*FINANCE)
def discard_upload(upload_id: int) -> ResponseReturnValue:
    upload = ledgers.throw_away(upload_id, by=actor())
    db.session.commit()
    ledgers.remove_files(upload)
    flash("The second copy is gone. Nothing else changed.", "success")
    return redirect(url_for(".list_ledgers"))


@journey.route("/ledgers/<id:ledger_id>")
@who(*READERS)
def show_ledger(ledger_id: int) -> ResponseReturnValue:
    me = actor()
    ledger = ledgers.find(ledger_id, of=me.acting_for)
    return render_template(
        "spending/ledger.html",
        ledger=ledger,
        job=ledgers.job_of(ledger),
        state=STATES[ledger.state],
        fields=ledger_columns.FIELDS,
        kinds=LINES,
        reasons=ledger_refusals.reasons(ledger),
        told_on=[date.fromisoformat(sheet["told_on"]) if sheet.get("told_on") else None for sheet in ledger.sheets],
        corrections=ledger_corrections.of_ledger(ledger),
        correcting=ledger_corrections.open_job(ledger),
        doubles=_doubles(ledger),
        twin=ledgers.earlier_ledger(ledger.upload),
        can_point=ledger_first_rows.can_be_shown(ledger),
        may_decide=me.may(*FINANCE),
    )


def _doubles(ledger: Ledger) -> dict[str, ledger_doubles.Doubles]:
    """What may count twice and still waits for a choice, what was left out, and what counts nowhere by now."""
    waits = ledger.state == "unconfirmed"
    none = ledger_doubles.Doubles()
    out = ledger_doubles.left_out(ledger)
    return {
        "paid": ledger_doubles.find_paid(ledger) if waits else none,
        "repeats": ledger_doubles.find_repeats(ledger) if waits else none,
        "paid_out": out.get(ledger_doubles.PAID, none),
        "repeats_out": out.get(ledger_doubles.REPEAT, none),
        "nowhere": ledger_doubles.counts_nowhere(ledger),
    }


@journey.route("/ledgers/<id:ledger_id>/confirm", methods=["POST"])
@who(*FINANCE)
def confirm_ledger(ledger_id: int) -> ResponseReturnValue:
    form = ConfirmForm()
    if not form.validate_on_submit():
        abort(400)
    job = ledgers.confirm(
        ledger_id,
        form.seen_pence.data,
        by=actor(),
        counts_twice=form.counts_twice.data,
        seen_doubles=form.seen_doubles.data or 0,
    )
    db.session.commit()
    if job:
        jobs.wake(job.id)
    flash(f"{pounds(form.seen_pence.data)} now counts. We are finding out who your payees are.", "success")
    return redirect(url_for(".show_ledger", ledger_id=ledger_id))


@journey.route("/ledgers/<id:ledger_id>/again", methods=["POST"])
@who(*FINANCE)
def try_again(ledger_id: int) -> ResponseReturnValue:
    job = ledgers.try_again(ledger_id, by=actor())
    db.session.commit()
    jobs.wake(job.id)
    return redirect(url_for(".show_ledger", ledger_id=ledger_id))


@journey.route("/ledgers/<id:ledger_id>/discard", methods=["GET", "POST"])
@who(*FINANCE)
def discard_ledger(ledger_id: int) -> ResponseReturnValue:
    """Say what goes, then take it away."""
    form = ProcureForm()
    ledger = ledgers.find(ledger_id, of=actor().acting_for)
    if form.validate_on_submit():
        upload, *others = ledgers.discard(ledger_id, by=actor())
        db.session.commit()
        ledgers.remove_files(upload, *others)
        flash(f"{upload.filename} is discarded, with {plural(ledger.payments_count, 'payment')}.", "success")
        return redirect(url_for(".list_ledgers"))
    return render_template(
        "spending/discard_ledger.html", form=form, ledger=ledger, missed=ledger_doubles.left_out_for(ledger)
    )


@journey.route("/ledgers/<id:ledger_id>/original")
@who(*READERS)
def download_original(ledger_id: int) -> ResponseReturnValue:
    upload = ledgers.find(ledger_id, of=actor().acting_for).upload
    return send_original(uploads.path_of(upload), upload.filename)
