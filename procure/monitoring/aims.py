"""Targets of the place and of its anchors, and the baseline that progress is counted from."""

from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.downloads import asked_kind, send_table
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services.errors import RefusedError
from ..services.place import place_baselines, place_targets
from .aims_forms import BaselineForm, TargetForm
from .journey import ADMINS, PLACE, journey, window_words

STATES = {"set": "Set", "proposed": "Not answered", "accepted": "Accepted", "declined": "Declined"}
HEADINGS = ("Whose", "Local share", "By", "Why", "Answer", "Set on", "Ended on")


@journey.route("/targets")
@who(*PLACE)
def list_targets() -> ResponseReturnValue:
    me = actor()
    history = place_targets.history(me.acting_for)
    kind = asked_kind()
    if kind:
        rows = [
            [
                subject.name, target.percent / 100, target.due_on, target.reason, STATES[target.state],
                target.set_at.date(), target.ended_at.date() if target.ended_at else None,
            ]
            for target, subject in history
        ]  # fmt: skip
        return send_table("place-targets", HEADINGS, rows, kind)
    standing = place_targets.in_force(me.acting_for)
    baselines = place_baselines.history(me.acting_for)
    return render_template(
        "monitoring/targets.html",
        subjects=[(subject, standing.get(subject.id)) for subject in place_targets.subjects(me.acting_for)],
        history=history,
        states=STATES,
        baselines=[(each, _words(each.first_quarter, each.quarters)) for each in baselines],
        may_edit=me.may(*ADMINS),
    )


def _words(first: date, quarters: int) -> str:
    return window_words(place_baselines.window(first, quarters).quarters)


@journey.route("/targets/<id:organisation_id>", methods=["GET", "POST"])
@who(*ADMINS)
def set_target(organisation_id: int) -> ResponseReturnValue:
    """Set the place's own target, or propose one to an anchor that agreed."""
    me = actor()
    subject = next((each for each in place_targets.subjects(me.acting_for) if each.id == organisation_id), None)
    if subject is None:
        abort(404)
    stands = place_targets.in_force(me.acting_for).get(subject.id)
    form = TargetForm(obj=stands, seen=str(stands.id if stands else 0))
    if form.validate_on_submit() and form.due_on.data:
        place_targets.set_target(
            subject.id,
            form.percent.data or 0,
            form.due_on.data,
            form.reason.data or "",
            seen=int(form.seen.data or 0),
            by=me,
        )
        db.session.commit()
        own = subject.id == me.acting_for
        flash("The target is set." if own else f"{subject.name} now sees the target and can accept it.", "success")
        return redirect(url_for(".list_targets"))
    return render_template("monitoring/target.html", form=form, subject=subject, is_own=subject.id == me.acting_for)


@journey.route("/targets/<id:target_id>/take-back", methods=["POST"])
@who(*ADMINS)
def take_back_target(target_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    target = place_targets.take_back(target_id, by=actor())
    db.session.commit()
    flash(f"The target of {target.percent}% is taken back. If it replaced another, that one stands again.", "success")
    return redirect(url_for(".list_targets"))


@journey.route("/baseline", methods=["GET", "POST"])
@who(*ADMINS)
def choose_baseline() -> ResponseReturnValue:
    """Choose the quarters from which progress is counted."""
    me = actor()
    stands = place_baselines.in_force(me.acting_for)
    form = BaselineForm(
        quarter=str((stands.first_quarter.month + 2) // 3) if stands else None,
        year=stands.first_quarter.year if stands else None,
        quarters=str(stands.quarters if stands else place_baselines.USUAL),
        seen=str(stands.id if stands else 0),
    )
    if form.validate_on_submit():
        try:
            place_baselines.choose(form.first, int(form.quarters.data), seen=int(form.seen.data or 0), by=me)
            db.session.commit()
            flash("Progress is now counted from these quarters.", "success")
            return redirect(url_for(".show_place"))
        except RefusedError as refusal:
            db.session.rollback()
            form.year.errors = [str(refusal)]
    return render_template("monitoring/baseline.html", form=form)


@journey.route("/baseline/<id:baseline_id>/take-back", methods=["POST"])
@who(*ADMINS)
def take_back_baseline(baseline_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    place_baselines.take_back(baseline_id, by=actor())
    db.session.commit()
    flash("The baseline is taken back. If it replaced another, that one stands again.", "success")
    return redirect(url_for(".list_targets"))
