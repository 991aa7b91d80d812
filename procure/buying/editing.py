"""Adding one lot by form, and changing it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from .. import jobs
from ..extensions import db
from ..pages.guards import actor
from ..services.lots import tenders
from ..services.lots.lot_facts import completed
from ..social_value import MEASURES
from .blueprint import buyers, journey
from .comparing import differences
from .forms import LotForm, form_values


@journey.route("/lots/new")
@buyers
def new_lot() -> ResponseReturnValue:
    """Choose between one by form and many by spreadsheet."""
    return render_template("buying/new_lot.html")


@journey.route("/lots/add", methods=["GET", "POST"])
@buyers
def add_lot() -> ResponseReturnValue:
    form = LotForm(social_value_percent=tenders.usual_social_value_percent(of=actor().acting_for))
    if form.validate_on_submit():
        lot = tenders.add_lot(form.facts(), by=actor())
        db.session.commit()
        flash("The lot is kept as a draft. Only your organisation sees it until you open it.", "success")
        return redirect(url_for(".show_lot", lot_id=lot.id))
    return render_template("buying/lot_form.html", form=form, measures=MEASURES, lot=None)


@journey.route("/lots/<id:lot_id>/edit", methods=["GET", "POST"])
@buyers
def edit_lot(lot_id: int) -> ResponseReturnValue:
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    form = LotForm(data=form_values(lot))
    if form.validate_on_submit():
        try:
            job = tenders.change_lot(lot_id, form.facts(), version=form.version_seen, by=actor())
        except tenders.StaleLotError:
            return _show_both(lot_id, form)
        db.session.commit()
        if job is not None:
            jobs.wake(job.id)
        flash("The lot is changed.", "success")
        return redirect(url_for(".show_lot", lot_id=lot_id))
    return render_template("buying/lot_form.html", form=form, measures=MEASURES, lot=lot)


def _show_both(lot_id: int, form: LotForm) -> ResponseReturnValue:
    """Somebody saved first: show both texts, and let the person save over it knowingly or leave it."""
    db.session.rollback()
    lot = tenders.find_lot(lot_id, of=actor().acting_for)
    both = differences(completed(form.facts()), tenders.facts_of(lot))
    form.version.data = str(lot.version)
    return render_template("buying/lot_form.html", form=form, measures=MEASURES, lot=lot, both=both, is_stale=True), 409
