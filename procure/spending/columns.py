"""The columns of a ledger: corrected by a person, remembered, forgotten."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import jobs
from ..extensions import db
from ..models import Ledger
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services import ledger_columns, ledgers
from .journey import FINANCE, journey


@journey.route("/ledgers/<id:ledger_id>/columns", methods=["GET", "POST"])
@who(*FINANCE)
def correct_columns(ledger_id: int) -> ResponseReturnValue:
    """Choose which column of a sheet holds what."""
    ledger = ledgers.find(ledger_id, of=actor().acting_for)
    sheet = _sheet(ledger)
    form = ProcureForm()
    chosen = {field: request.form.get(field, "") for field in ledger_columns.CORRECTABLE}
    if form.validate_on_submit():
        known = {str(place) for place in range(len(sheet["headings"]))}
        picked = {field: int(place) for field, place in chosen.items() if place in known}
        job = ledger_columns.correct_columns(ledger_id, sheet["sheet"], picked, by=actor())
        db.session.commit()
        jobs.wake(job.id)
        return redirect(url_for(".show_ledger", ledger_id=ledger_id))
    now = {each["field"]: each["index"] for each in sheet["columns"]}
    return render_template(
        "spending/columns.html", ledger=ledger, sheet=sheet, form=form, fields=ledger_columns.FIELDS, now=now,
        correctable=ledger_columns.CORRECTABLE,
    )  # fmt: skip


@journey.route("/ledgers/<id:ledger_id>/columns/forget", methods=["POST"])
@who(*FINANCE)
def forget_columns(ledger_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    sheet = _sheet(ledgers.find(ledger_id, of=actor().acting_for))
    job = ledger_columns.forget_columns(ledger_id, sheet["sheet"], by=actor())
    db.session.commit()
    if job:
        jobs.wake(job.id)
    flash("Forgotten. We choose these columns by ourselves again.", "success")
    return redirect(url_for(".show_ledger", ledger_id=ledger_id))


def _sheet(ledger: Ledger) -> dict[str, Any]:
    """The sheet the address names by its place in the file."""
    number = request.args.get("sheet", "0")
    sheet = next((each for place, each in enumerate(ledger.sheets) if str(place) == number), None)
    if sheet is None:
        abort(404)
    return sheet
