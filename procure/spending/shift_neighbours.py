"""What anchors of one place tell each other of what they buy from enterprises, if both agree."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services import payee_offers, shift_neighbours
from .journey import ANCHOR, FINANCE, journey
from .shift_forms import EvidenceForm


@journey.route("/shift/neighbours")
@who(*ANCHOR)
def show_neighbours() -> ResponseReturnValue:
    me = actor()
    kept = shift_neighbours.sharing(me.acting_for)
    return render_template(
        "spending/shift_neighbours.html",
        kept=kept,
        places=payee_offers.places(me.acting_for),
        form=EvidenceForm(is_named=bool(kept and kept.is_named)),
        may_decide=me.may(*FINANCE),
        least=shift_neighbours.LEAST_UNNAMED,
    )


@journey.route("/shift/neighbours/agree", methods=["POST"])
@who(*FINANCE)
def agree_neighbours() -> ResponseReturnValue:
    form = EvidenceForm()
    if not form.validate_on_submit():
        abort(400)
    shift_neighbours.agree(bool(form.is_named.data), by=actor())
    db.session.commit()
    flash("Kept. You and the anchors of your place that share too now help each other.", "success")
    return redirect(url_for(".show_neighbours"))


@journey.route("/shift/neighbours/withdraw", methods=["POST"])
@who(*FINANCE)
def withdraw_neighbours() -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    shift_neighbours.withdraw(by=actor())
    db.session.commit()
    flash("Nobody is told what you buy any more, and you are told nothing.", "success")
    return redirect(url_for(".show_neighbours"))
