"""The columns of a ledger: corrected by a person, remembered, forgotten."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from .. import jobs
from ..extensions import db
from ..models import Ledger
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services.ledgers import ledger_columns, ledger_first_rows, ledgers
from .journey import FINANCE, journey


@journey.route("/ledgers/<id:ledger_id>/columns", methods=["GET", "POST"])
@who(*FINANCE)
def correct_columns(ledger_id: int) -> ResponseReturnValue:
    """Choose which column of a sheet holds what."""
    ledger = ledgers.find(ledger_id, of=actor().acting_for)
    sheet = _sheet(ledger)
    form = ProcureForm()
    if form.validate_on_submit():
        job = ledger_columns.correct_columns(ledger_id, sheet["sheet"], _picked(sheet["headings"]), by=actor())
        db.session.commit()
        jobs.wake(job.id)
        return redirect(url_for(".show_ledger", ledger_id=ledger_id))
    now = {each["field"]: each["index"] for each in sheet["columns"]}
    return render_template(
        "spending/columns.html", ledger=ledger, sheet=sheet, form=form, fields=ledger_columns.FIELDS, now=now,
        correctable=ledger_columns.CORRECTABLE, row=None,
        samples=_samples(sheet),
    )  # fmt: skip


@journey.route("/ledgers/<id:ledger_id>/headings")
@who(*FINANCE)
def choose_heading_row(ledger_id: int) -> ResponseReturnValue:
    """In which row do the headings stand? The answer is in the address: nothing changes before the columns are sent."""
    ledger = ledgers.find(ledger_id, of=actor().acting_for)
    if not ledger_first_rows.can_be_shown(ledger):
        abort(404)
    rows = ledger_first_rows.of_ledger(ledger)
    if not rows:
        abort(404)
    name = request.args.get("name", next(iter(rows)))
    if name not in rows:
        abort(404)
    known = {str(number) for number in range(len(rows[name]) + 1)}
    if request.args.get("row") in known:
        return redirect(url_for(".correct_headings", ledger_id=ledger_id, name=name, row=request.args["row"]))
    now = next((sheet["header_row"] for sheet in ledger.sheets if sheet["sheet"] == name), None)
    return render_template(
        "spending/headings.html", ledger=ledger, rows=rows, name=name, now=now, is_unanswered="asked" in request.args
    )


@journey.route("/ledgers/<id:ledger_id>/headings/columns", methods=["GET", "POST"])
@who(*FINANCE)
def correct_headings(ledger_id: int) -> ResponseReturnValue:
    """Choose the columns under the heading row that the address names, and have the file read by them."""
    ledger = ledgers.find(ledger_id, of=actor().acting_for)
    if not ledger_first_rows.can_be_shown(ledger):
        abort(404)
    name, row = request.args.get("name", ""), request.args.get("row", "")
    rows = ledger_first_rows.of_ledger(ledger)
    if name not in rows or row not in {str(number) for number in range(len(rows[name]) + 1)}:
        abort(404)
    headings = ledger_first_rows.headings(rows, name, int(row))
    form = ProcureForm()
    if form.validate_on_submit():
        picked = _picked(headings)
        job = ledger_columns.correct_heading_row(ledger_id, name, int(row), picked, by=actor())
        db.session.commit()
        jobs.wake(job.id)
        return redirect(url_for(".show_ledger", ledger_id=ledger_id))
    samples = [[line[place] for line in rows[name][int(row) :] if line[place]][:2] for place in range(len(headings))]
    return render_template(
        "spending/columns.html", ledger=ledger, sheet={"sheet": name, "headings": headings}, form=form,
        fields=ledger_columns.FIELDS, now={}, correctable=ledger_columns.CORRECTABLE, row=int(row), samples=samples,
    )  # fmt: skip


def _picked(headings: Sequence[str]) -> dict[str, int]:
    """Field > position, for the fields whose column the person chose."""
    known = {str(place) for place in range(len(headings))}
    chosen = {field: request.form.get(field, "") for field in ledger_columns.CORRECTABLE}
    return {field: int(place) for field, place in chosen.items() if place in known}


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


def _samples(sheet: dict[str, Any]) -> list[list[str]]:
    """Position of a column > what it holds, as far as the reading kept it."""
    kept = {each["index"]: each["samples"][:2] for each in sheet["columns"]}
    return [kept.get(place, []) for place in range(len(sheet["headings"]))]


def _sheet(ledger: Ledger) -> dict[str, Any]:
    """The sheet the address names by its place in the file."""
    number = request.args.get("sheet", "0")
    sheet = next((each for place, each in enumerate(ledger.sheets) if str(place) == number), None)
    if sheet is None:
        abort(404)
    return sheet
