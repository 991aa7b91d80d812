"""Decisions about payees that anchors of one place show each other, if both agree."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services import payee_offers, payee_settling, payees
from ..services.errors import ConflictError
from .journey import FINANCE, READERS, journey
from .payee_forms import SharingForm, TargetForm


@journey.route("/payees/offers")
@who(*READERS)
def show_offers() -> ResponseReturnValue:
    me = actor()
    kept = payee_offers.sharing(me.acting_for)
    return render_template(
        "spending/payee_offers.html",
        kept=kept,
        places=payee_offers.places(me.acting_for),
        partners=len(payee_offers.partners(me.acting_for)),
        form=SharingForm(is_named=bool(kept and kept.is_named)),
        may_decide=me.may(*FINANCE),
    )


@journey.route("/payees/offers/agree", methods=["POST"])
@who(*FINANCE)
def agree_offers() -> ResponseReturnValue:
    form = SharingForm()
    if not form.validate_on_submit():
        abort(400)
    payee_offers.agree(bool(form.is_named.data), by=actor())
    db.session.commit()
    flash("Your links are offered to the anchors of your place that share theirs.", "success")
    return redirect(url_for(".show_offers"))


@journey.route("/payees/offers/withdraw", methods=["POST"])
@who(*FINANCE)
def withdraw_offers() -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    payee_offers.withdraw(by=actor())
    db.session.commit()
    flash("Nobody sees your links any more, and you see nobody’s.", "success")
    return redirect(url_for(".show_offers"))


@journey.route("/payees/<id:payee_id>/accept", methods=["POST"])
@who(*FINANCE)
def accept_offer(payee_id: int) -> ResponseReturnValue:
    form = TargetForm()
    if not form.validate_on_submit():
        abort(400)
    payee = payees.find(payee_id, of=actor().acting_for)
    if not payee_offers.stands(payee, form.target):
        raise ConflictError("This is not offered any more. Look at the payee again")
    payee = payee_settling.link(payee_id, form.target, form.seen.data or "", by=actor(), was_offered=True)
    db.session.commit()
    flash(f"{payee.name} is linked as the other anchor linked it.", "success")
    return redirect(url_for(".show_payee", payee_id=payee.id))
