"""A consortium's workspace: the tasks towards its bid, and the pages where the plan is made and agreed."""

from collections.abc import Callable
from datetime import date
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from wtforms import SelectChoice

from ..extensions import db
from ..pages.forms import refuse_other_organisation
from ..pages.guards import actor
from ..rules import edition
from ..services.consortia import (
    consortia,
    consortia_again,
    consortia_counts,
    consortia_plans,
    consortia_starts,
    workspace,
)
from ..services.consortia.consortia_plans import PlanMovedError
from ..services.consortia.workspace import Room
from ..services.law import supported_employment
from ..services.lots import outcomes
from ..services.ranking import matches
from .blueprint import enterprise_people, journey
from .workspace_forms import LotForm, ReasonForm, SeenForm, price_form, share_name, units_name, work_form

PAGES = {
    "partners": ".show_consortium",
    "work": ".share_work",
    "shares": ".share_work",
    "prices": ".name_prices",
    "reason": ".give_reason",
    "conditions": ".show_conditions",
    "documents": ".list_documents",
    "agreement": ".show_agreement",
    "pack": ".list_packs",
}
"""Task > the page where it is done."""
MOVED = "Somebody changed the plan while you were typing. What they saved stands beside each box; yours is in the box."


@journey.route("/consortia/<id:consortium_id>/bid")
@enterprise_people
def show_workspace(consortium_id: int) -> ResponseReturnValue:
    room = _room(consortium_id)
    mine = actor().acting_for
    counts = consortia_counts.counts_in(consortium_id, room.version, of=mine)
    tasks = workspace.tasks_of(room, counts)
    return render_template(
        "supplying/workspace.html",
        room=room,
        outcome=outcomes.outcome_of(room.lot, of=mine) if room.lot else None,
        tasks=tasks,
        done=sum(one.is_done for one in tasks),
        pages=PAGES,
        written=counts.messages,
        lot_form=_lot_form() if room.leads and room.consortium.lot_id is None else None,
        may_start_again=consortia_again.may_start(room.consortium, room.me),
    )


@journey.route("/consortia/<id:consortium_id>/bid/lot", methods=["POST"])
@enterprise_people
def choose_lot(consortium_id: int) -> ResponseReturnValue:
    form = _lot_form()
    if not form.validate():
        raise NotFound
    lot = matches.find_lot(form.lot.data)
    consortia.aim_at(consortium_id, lot.id, by=actor())
    db.session.commit()
    flash("Your consortium now bids for this lot.", "success")
    return redirect(url_for(".show_workspace", consortium_id=consortium_id))


def _lot_form() -> LotForm:
    form = LotForm()
    form.lot.choices = [SelectChoice(lot.id, f"{lot.title} ({lot.organisation.name})") for lot in matches.open_lots()]
    return form


@journey.route("/consortia/<id:consortium_id>/bid/work", methods=["GET", "POST"])
@enterprise_people
def share_work(consortium_id: int) -> ResponseReturnValue:
    room = _room(consortium_id)
    if room.lot is None:
        return redirect(url_for(".show_workspace", consortium_id=consortium_id))
    form = work_form(room, room.lot)
    status, moved = 200, ""
    if form.validate_on_submit():
        change = partial(consortia_plans.share_out, consortium_id, room.lot, form.units, form.shares)
        if saved := _save(change, form, "Saved. Every member must agree to this version.", consortium_id):
            return saved
        room, status, moved = _catch_up(form, consortium_id), 409, MOVED
    return (
        render_template(
            "supplying/workspace_work.html",
            room=room,
            form=form,
            moved=moved,
            units_name=units_name,
            share_name=share_name,
        ),
        status,
    )


@journey.route("/consortia/<id:consortium_id>/bid/work/start", methods=["POST"])
@enterprise_people
def start_work(consortium_id: int) -> ResponseReturnValue:
    consortia_starts.start(_room(consortium_id), seen=SeenForm().seen, by=actor())
    db.session.commit()
    flash("The work is shared out by what each of you says you can do. Change what you like.", "success")
    return redirect(url_for(".share_work", consortium_id=consortium_id))


@journey.route("/consortia/<id:consortium_id>/bid/prices", methods=["GET", "POST"])
@enterprise_people
def name_prices(consortium_id: int) -> ResponseReturnValue:
    room = _room(consortium_id)
    form = price_form(room)
    status, moved = 200, ""
    if form.validate_on_submit():
        change = partial(consortia_plans.name_prices, consortium_id, form.prices)
        told = "Your prices are saved. Every member must agree to this version."
        if saved := _save(change, form, told, consortium_id):
            return saved
        room, status, moved = _catch_up(form, consortium_id), 409, MOVED
    return render_template("supplying/workspace_prices.html", room=room, form=form, moved=moved), status


@journey.route("/consortia/<id:consortium_id>/bid/reason", methods=["GET", "POST"])
@enterprise_people
def give_reason(consortium_id: int) -> ResponseReturnValue:
    room = _room(consortium_id)
    form = ReasonForm(data=_reason_of(room))
    status, moved = 200, ""
    if form.validate_on_submit():
        said = (form.form_of_bid.data, form.basis.data, form.words.data)
        change = partial(consortia_plans.give_reason, consortium_id, *said)
        told = "The form and the reason are recorded. Every member must agree to this version."
        if saved := _save(change, form, told, consortium_id):
            return saved
        room, status, moved = _catch_up(form, consortium_id), 409, MOVED
    page = render_template(
        "supplying/workspace_reason.html",
        room=room,
        form=form,
        moved=moved,
        forms_of_bid=consortia_plans.FORMS,
        lawful=consortia_plans.LAWFUL,
    )
    return page, status


def _reason_of(room: Room) -> dict[str, str | None]:
    plan = room.plan
    return {
        "version": str(room.version),
        "form_of_bid": (plan.form if plan else None) or (room.lot.form if room.lot else None),
        "basis": plan.lawful_basis if plan else None,
        "words": plan.lawful_words if plan else "",
    }


@journey.route("/consortia/<id:consortium_id>/bid/agreement")
@enterprise_people
def show_agreement(consortium_id: int) -> ResponseReturnValue:
    room = _room(consortium_id)
    return render_template(
        "supplying/workspace_agreement.html",
        room=room,
        missing=[words for task in workspace.planning_tasks(room) for words in task.missing],
        limit=workspace.own_limit(room),
        history=consortia_plans.history(consortium_id, of=actor().acting_for),
        forms_of_bid=consortia_plans.FORMS,
        lawful=consortia_plans.LAWFUL,
    )


@journey.route("/consortia/<id:consortium_id>/bid/agreement/agree", methods=["POST"])
@enterprise_people
def agree_to_bid(consortium_id: int) -> ResponseReturnValue:
    workspace.agree(consortium_id, seen=SeenForm().seen, by=actor())
    db.session.commit()
    flash("You have agreed to this version of the bid.", "success")
    return redirect(url_for(".show_workspace", consortium_id=consortium_id))


@journey.route("/consortia/<id:consortium_id>/bid/agreement/take-back", methods=["POST"])
@enterprise_people
def take_back_agreement(consortium_id: int) -> ResponseReturnValue:
    consortia_plans.take_back(consortium_id, seen=SeenForm().seen, by=actor())
    db.session.commit()
    flash("You have taken your agreement back.", "success")
    return redirect(url_for(".show_agreement", consortium_id=consortium_id))


@journey.route("/consortia/<id:consortium_id>/bid/conditions")
@enterprise_people
def show_conditions(consortium_id: int) -> ResponseReturnValue:
    room = _room(consortium_id)
    return render_template(
        "supplying/workspace_conditions.html",
        room=room,
        forms_of_bid=consortia_plans.FORMS,
        supported=supported_employment.supported_in(room, on=date.today()),
        edition=edition(),
    )


@journey.route("/consortia/<id:consortium_id>/bid/conditions/show", methods=["POST"])
@enterprise_people
def show_details(consortium_id: int) -> ResponseReturnValue:
    refuse_other_organisation()
    consortia.share_details(consortium_id, True, by=actor())
    db.session.commit()
    flash("Your turnover, insurance and people count in this room now.", "success")
    return redirect(url_for(".show_conditions", consortium_id=consortium_id))


@journey.route("/consortia/<id:consortium_id>/bid/conditions/keep", methods=["POST"])
@enterprise_people
def keep_details(consortium_id: int) -> ResponseReturnValue:
    refuse_other_organisation()
    consortia.share_details(consortium_id, False, by=actor())
    db.session.commit()
    flash("Your turnover, insurance and people are yours alone again.", "success")
    return redirect(url_for(".show_conditions", consortium_id=consortium_id))


def _save(change: Callable[..., object], form: SeenForm, told: str, consortium_id: int) -> ResponseReturnValue | None:
    """Make one change to the plan the person saw; None where somebody else changed it meanwhile."""
    try:
        change(seen=form.seen, by=actor())
        db.session.commit()
    except PlanMovedError:
        db.session.rollback()
        return None
    flash(told, "success")
    return redirect(url_for(".show_workspace", consortium_id=consortium_id))


def _catch_up(form: SeenForm, consortium_id: int) -> Room:
    """The room as somebody else left it; what the person typed stays in the form, which may now be sent again."""
    room = _room(consortium_id)
    form.version.data = str(room.version)
    return room


def _room(consortium_id: int) -> Room:
    return workspace.enter(consortium_id, of=actor().acting_for)
