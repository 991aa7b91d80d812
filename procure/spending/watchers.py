"""Place authorities that ask to see this anchor's local share."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services import watching
from .journey import ANCHOR, FINANCE, journey


@journey.route("/watchers")
@who(*ANCHOR)
def list_watchers() -> ResponseReturnValue:
    me = actor()
    watchers = watching.watchers_of(me.acting_for)
    return render_template("spending/watchers.html", watchers=watchers, may_decide=me.may(*FINANCE))


@journey.route("/watchers/<id:organisation_id>/agree", methods=["POST"])
@who(*FINANCE)
def agree_watcher(organisation_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    watch = watching.agree(organisation_id, by=actor())
    db.session.commit()
    flash(f"{watch.place.name} now sees your local share over time: totals only.", "success")
    return redirect(url_for(".list_watchers"))


@journey.route("/watchers/<id:organisation_id>/withdraw", methods=["POST"])
@who(*FINANCE)
def withdraw_watcher(organisation_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    watch = watching.withdraw(organisation_id, by=actor())
    db.session.commit()
    flash(f"{watch.place.name} sees nothing of yours any more.", "success")
    return redirect(url_for(".list_watchers"))
