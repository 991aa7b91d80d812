"""Place authorities that ask to see this anchor: how much it shows them, and the targets they propose to it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services.place import place_targets, watching
from ..services.publishing import public_figures
from ..services.shares import areas
from .journey import ANCHOR, FINANCE, journey
from .watcher_forms import LevelForm

SAYS = {
    "detail": "{} now sees your figures and what they are made of: never a payment or a payee.",
    "figures": "{} now sees your local share over time: totals only.",
    "totals": "{} now counts you in totals of three or more, and sees nothing of yours by itself.",
}


@journey.route("/watchers")
@who(*ANCHOR)
def list_watchers() -> ResponseReturnValue:
    me = actor()
    return render_template(
        "spending/watchers.html",
        watchers=watching.watchers_of(me.acting_for),
        again=watching.overtaken(me.acting_for),
        targets=place_targets.proposed_to(me.acting_for),
        may_decide=me.may(*FINANCE),
    )


@journey.route("/watchers/<id:organisation_id>/agree", methods=["GET", "POST"])
@who(*FINANCE)
def agree_watcher(organisation_id: int) -> ResponseReturnValue:
    """How much a place authority may see."""
    me = actor()
    watch = watching.find(organisation_id, of=me.acting_for)
    form = LevelForm(level=watch.level if watch.agreed_at else None)
    if form.validate_on_submit():
        watch = watching.agree(organisation_id, by=me, level=form.level.data)
        db.session.commit()
        flash(SAYS[watch.level].format(watch.place.name), "success")
        return redirect(url_for(".list_watchers"))
    return render_template(
        "spending/agree_watcher.html",
        form=form,
        watch=watch,
        area=areas.headline(watch.place_id),
        definition_words=public_figures.definition_words,
        is_again=watch.id in watching.overtaken(me.acting_for),
    )


@journey.route("/watchers/<id:organisation_id>/withdraw", methods=["POST"])
@who(*FINANCE)
def withdraw_watcher(organisation_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    watch = watching.withdraw(organisation_id, by=actor())
    db.session.commit()
    flash(
        f"{watch.place.name} sees nothing of yours any more. Totals it was told before stay as they are. "
        "Reports it kept here with your figures are emptied; files it took away before are beyond our reach.",
        "success",
    )
    return redirect(url_for(".list_watchers"))


@journey.route("/targets/<id:target_id>/accept", methods=["POST"])
@who(*FINANCE)
def accept_target(target_id: int) -> ResponseReturnValue:
    return _answer(target_id, accept=True)


@journey.route("/targets/<id:target_id>/decline", methods=["POST"])
@who(*FINANCE)
def decline_target(target_id: int) -> ResponseReturnValue:
    return _answer(target_id, accept=False)


def _answer(target_id: int, *, accept: bool) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    target = place_targets.answer(target_id, accept=accept, by=actor())
    db.session.commit()
    words = "accepted" if target.state == "accepted" else "declined"
    flash(f"You {words} the target of {target.percent}%. You can change your answer while it stands.", "success")
    return redirect(url_for(".list_watchers"))
