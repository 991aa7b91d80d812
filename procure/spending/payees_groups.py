"""Names that are one payee, and one name that is two payees."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.guards import actor, who
from ..services.payees import payee_groups, payee_progress, payee_splitting, payees
from .forms import SeenForm
from .journey import FINANCE, journey
from .payee_forms import MergeForm, SplitForm
from .payees_settling import asked_words

FIRST_WORD_LENGTH = 3


@journey.route("/payees/<id:payee_id>/names")
@who(*FINANCE)
def show_payee_names(payee_id: int) -> ResponseReturnValue:
    payee = payees.find(payee_id, of=actor().acting_for)
    if payee.merged_into_id is not None:
        return redirect(url_for(".show_payee_names", payee_id=payee.merged_into_id))
    words = asked_words() or next((word for word in payee.name.split() if len(word) > FIRST_WORD_LENGTH), "")
    same = payees.same_body(payee)
    known = {other.id for other in same}
    return render_template(
        "spending/payee_names.html",
        payee=payee,
        names=payees.names_of(payee),
        words=words,
        found=[other for other in payee_progress.look_alikes(payee, words) if other.id not in known],
        same=same,
        ways={} if payee.split_of_id else payee_splitting.ways(payee),
        columns=payee_splitting.COLUMNS,
        parts=payee_splitting.parts(payee),
    )


@journey.route("/payees/<id:payee_id>/merge", methods=["POST"])
@who(*FINANCE)
def merge_payees(payee_id: int) -> ResponseReturnValue:
    form = MergeForm()
    if not form.validate_on_submit():
        abort(400)
    one = payee_groups.Shown(payee_id, form.seen.data or "")
    other = payee_groups.Shown(form.other_id.data, form.other_seen.data or "")
    payee = payee_groups.merge(one, other, by=actor())
    db.session.commit()
    flash(f"{payee.name} now stands for both names.", "success")
    return redirect(url_for(".show_payee_names", payee_id=payee.id))


@journey.route("/payees/<id:payee_id>/take-out", methods=["POST"])
@who(*FINANCE)
def take_out_payee(payee_id: int) -> ResponseReturnValue:
    form = SeenForm()
    if not form.validate_on_submit():
        abort(400)
    payee = payee_groups.take_out(payee_id, form.seen.data or "", by=actor())
    db.session.commit()
    flash(f"{payee.name} is a payee of its own again.", "success")
    return redirect(url_for(".show_payee", payee_id=payee.id))


@journey.route("/payees/<id:payee_id>/split", methods=["POST"])
@who(*FINANCE)
def split_payee(payee_id: int) -> ResponseReturnValue:
    form = SplitForm()
    if not form.validate_on_submit():
        abort(400)
    how = payee_splitting.Split(form.column.data or "", form.value.data or "")
    part = payee_splitting.split(payee_groups.Shown(payee_id, form.seen.data or ""), how, by=actor())
    db.session.commit()
    flash(f"{part.name} is a payee of its own now.", "success")
    return redirect(url_for(".show_payee", payee_id=part.id))


@journey.route("/payees/<id:payee_id>/join", methods=["POST"])
@who(*FINANCE)
def join_payee(payee_id: int) -> ResponseReturnValue:
    form = SeenForm()
    if not form.validate_on_submit():
        abort(400)
    payee = payee_splitting.join(payee_id, form.seen.data or "", by=actor())
    db.session.commit()
    flash(f"All payments to {payee.name} are one payee again.", "success")
    return redirect(url_for(".show_payee", payee_id=payee.id))
