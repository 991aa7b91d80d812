"""One row of the shift list: its evidence, who could do it, what officers said of it, and the next lawful step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from ..extensions import db
from ..models import Organisation, ShiftRow, ShiftRun
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services import sharing_consents
from ..services.shift import shift, shift_answers, shift_lots, shift_neighbours, shift_respent, shift_steps
from ..services.shift.shift_answers import CONTRACT, HEALTH_CARE, INFLUENCE, NO, YES
from ..spend.shift import multiplier_change, share_change
from ..spend.shift_rules import LEFT_OUT, OFFICER_WHY, RULES
from .journey import ANCHOR, FINANCE, journey
from .shift import PLAN_WORDS, name_of, spelling_of, today, what_of
from .shift_forms import ContractForm, HealthForm, InfluenceForm

BUYERS = ("anchor:buyer", "anchor:admin")
OFFICERS = (*FINANCE, "anchor:buyer")
FORMS = {INFLUENCE: InfluenceForm, CONTRACT: ContractForm, HEALTH_CARE: HealthForm}
TITLES = {
    INFLUENCE: "Can this be moved?",
    CONTRACT: "When does the contract end?",
    HEALTH_CARE: "Is this health care?",
}
DONE = {
    INFLUENCE: "Kept. The sums of the list follow.",
    CONTRACT: "Kept. The next step follows.",
    HEALTH_CARE: "Kept. The next step follows.",
}


@dataclass(frozen=True)
class Supplier:
    """A candidate as the page shows it; the capacity and the reasons are of the day the list was worked out."""

    enterprise_id: int
    name: str
    probability: float
    capacity_pence: int | None
    carries_pence: int | None
    reasons: Sequence[str]
    against: Sequence[str]


@journey.route("/shift/<id:row_id>")
@who(*ANCHOR)
def show_shift_row(row_id: int) -> ResponseReturnValue:
    me = actor()
    row = shift.find(row_id, of=me.acting_for)
    run = shift.current(me.acting_for)
    known = shift_answers.said_of(me.acting_for)
    said, ends = known.of(row), known.ends(row)
    total = run.total_pence if run else 0
    sector = shift_steps.sector_of(me.acting_for)
    expected, most = row.home_expected_pence, row.left_pence if row.has_candidate else 0
    return render_template(
        "spending/shift_row.html",
        row=row,
        run=run,
        what=what_of(row),
        name=name_of(row),
        spelling=spelling_of(row),
        why=_why(row),
        said=said,
        words=_words,
        history=shift_answers.history(row),
        about_words=shift_answers.WORDS,
        ends=ends,
        suppliers=_suppliers(row),
        plan_words=PLAN_WORDS,
        step=shift_steps.step_for(row, sector, on=today(), said=said, ends=ends),
        asks_health=shift_steps.may_be_health(row, sector) or HEALTH_CARE in said,
        share=share_change(expected, most, total),
        multiplier=multiplier_change(expected, most, total, _again(row, run)),
        is_left_out=row.rule in LEFT_OUT,
        evidence=shift_neighbours.evidence_for(row),
        shares_evidence=sharing_consents.given(sharing_consents.PURCHASES, of=me.acting_for) is not None,
        may_answer=me.may(*OFFICERS),
        may_buy=me.may(*BUYERS),
        may_see_payee=me.may(*FINANCE, "anchor:viewer"),
    )


@journey.route("/shift/<id:row_id>/influence", methods=["GET", "POST"])
@who(*OFFICERS)
def answer_influence(row_id: int) -> ResponseReturnValue:
    return _answer(row_id, INFLUENCE)


@journey.route("/shift/<id:row_id>/contract", methods=["GET", "POST"])
@who(*OFFICERS)
def answer_contract(row_id: int) -> ResponseReturnValue:
    return _answer(row_id, CONTRACT)


@journey.route("/shift/<id:row_id>/health-care", methods=["GET", "POST"])
@who(*OFFICERS)
def answer_health_care(row_id: int) -> ResponseReturnValue:
    return _answer(row_id, HEALTH_CARE)


def _answer(row_id: int, about: str) -> ResponseReturnValue:
    me = actor()
    row = shift.find(row_id, of=me.acting_for)
    form: Any = FORMS[about]()
    if form.validate_on_submit():
        said = form.ends_on.data.isoformat() if about == CONTRACT else form.said.data
        shift_answers.answer(row, about, said, form.reason.data or "", seen=form.seen_id(), by=me)
        if about == INFLUENCE:
            shift.settle(me.acting_for)
        db.session.commit()
        flash(DONE[about], "success")
        return redirect(url_for(".show_shift_row", row_id=row_id))
    stands = shift_answers.standing(row).get(about)
    if not form.is_submitted():
        form.seen.data = str(stands.id if stands else 0)
    return render_template(
        "spending/shift_answer.html", form=form, row=row, what=what_of(row), name=name_of(row), title=TITLES[about]
    )


@journey.route("/shift/answers/<id:answer_id>/take-back", methods=["POST"])
@who(*OFFICERS)
def take_back_shift_answer(answer_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    me = actor()
    answer = shift_answers.take_back(answer_id, by=me)
    if answer.about == INFLUENCE:
        shift.settle(me.acting_for)
    row = shift.row_about(answer.payee_id, answer.category, of=me.acting_for)
    db.session.commit()
    flash("Taken back. What stood before stands again.", "success")
    return redirect(url_for(".show_shift_row", row_id=row.id) if row else url_for(".show_shift"))


@journey.route("/shift/<id:row_id>/lot", methods=["POST"])
@who(*BUYERS)
def make_lot_of_row(row_id: int) -> ResponseReturnValue:
    """Keep a draft lot; the buyer completes it on its own page."""
    if not ProcureForm().validate_on_submit():
        abort(400)
    me = actor()
    row = shift.find(row_id, of=me.acting_for)
    ends = shift_answers.said_of(me.acting_for).ends(row)
    lot = shift_lots.make_lot(row, _anchor(me.acting_for), ends, by=me)
    db.session.commit()
    flash("A draft lot is made. Say what is needed, and check the value: a contract may last longer.", "success")
    return redirect(url_for("buying.edit_lot", lot_id=lot.id))


def _anchor(of: int) -> Organisation:
    found = db.session.get(Organisation, of)
    assert found is not None
    return found


def _again(row: ShiftRow, run: ShiftRun | None) -> tuple[int, int]:
    return shift_respent.again_of_row(row, shift_respent.told_to(run) if run else {})


def _why(row: ShiftRow) -> str:
    return RULES[row.rule]


def _words(about: str, answer: str) -> str:
    """An answer in words."""
    if about == CONTRACT:
        ends = date.fromisoformat(answer)
        return f"{ends.day} {ends:%B %Y}"
    if about == HEALTH_CARE:
        return {YES: "Yes", NO: "No"}[answer]
    return "Yes, it can be moved" if answer == YES else f"No: {OFFICER_WHY[answer].lower()}"


def _suppliers(row: ShiftRow) -> list[Supplier]:
    """The candidates that are still there, likeliest first, with what each would carry."""
    ids = [one["enterprise_id"] for one in row.candidates]
    named = select(Organisation.id, Organisation.name).where(
        Organisation.id.in_(ids), Organisation.is_enterprise, Organisation.suspended_at.is_(None)
    )
    names = {number: name for number, name in db.session.execute(named)}
    carries = {one["enterprise_id"]: one["pence"] for one in row.plan.get("members", ())}
    return [
        Supplier(
            one["enterprise_id"],
            names[one["enterprise_id"]],
            one["probability"],
            one["capacity_pence"],
            carries.get(one["enterprise_id"]),
            one["reasons"],
            one["against"],
        )
        for one in row.candidates
        if one["enterprise_id"] in names
    ]
