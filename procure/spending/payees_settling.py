"""One payee: who it may be, what a person says it is, and taking that back."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..models import Payee
from ..pages.charts import month_columns
from ..pages.guards import actor, who
from ..services.errors import ConflictError
from ..services.payees import (
    payee_candidates,
    payee_checks,
    payee_offers,
    payee_progress,
    payee_settling,
    payee_splitting,
    payee_words,
    payees,
)
from .forms import SeenForm
from .journey import FINANCE, READERS, journey
from .payee_forms import TargetForm

LONGEST_SEARCH = 100


def asked_words() -> str:
    """The words of the page's search box."""
    return request.args.get("q", "")[:LONGEST_SEARCH].replace("\x00", "").strip()


@journey.route("/payees/<id:payee_id>")
@who(*READERS)
def show_payee(payee_id: int) -> ResponseReturnValue:
    me = actor()
    payee = payees.find(payee_id, of=me.acting_for)
    if payee.merged_into_id is not None:
        return redirect(url_for(".show_payee", payee_id=payee.merged_into_id))
    words = asked_words()
    months, by_ledger = payees.paid_by_month(payee), payees.paid_by_ledger(payee)
    return render_template(
        "spending/payee.html",
        payee=payee,
        state=payees.KINDS.get(payee.kind or "") or payees.STATES[payee.state],
        is_decided=payee.state in payees.DECIDED_STATES,
        spend=payees.paid(payee),
        names=payees.names_of(payee),
        same=payees.same_body(payee),
        parts=payee_splitting.parts(payee),
        origin=payees.find(payee.split_of_id, of=me.acting_for) if payee.split_of_id and payee.split_by else None,
        by_ledger=by_ledger,
        by_year=payees.by_year(by_ledger),
        departments=payees.paid_by_department(payee),
        months=months,
        chart=month_columns(months),
        candidates=payee_candidates.candidates(payee),
        linked=payees.linked_to(payee),
        checked=payee_checks.checked_against(payee),
        offers=payee_offers.offers(payee),
        found=payee_candidates.search(words) if words else [],
        words=words,
        likelihood=payee_words.likelihood,
        following=payee_progress.next_to_settle(me.acting_for, after=payee),
        may_decide=me.may(*FINANCE),
    )


@journey.route("/payees/<id:payee_id>/link", methods=["POST"])
@who(*FINANCE)
def link_payee(payee_id: int) -> ResponseReturnValue:
    form = TargetForm()
    if not form.validate_on_submit() or form.target == payee_settling.NOBODY:
        abort(400)
    payee = payee_settling.link(payee_id, form.target, form.seen.data or "", by=actor())
    db.session.commit()
    return _settled(payee, f"{payee.name} is linked.")


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


@journey.route("/payees/<id:payee_id>/reject", methods=["POST"])
@who(*FINANCE)
def reject_payee(payee_id: int) -> ResponseReturnValue:
    payee = payee_settling.reject(payee_id, _seen(), by=actor())
    db.session.commit()
    return _settled(payee, f"{payee.name} is none of the registered ones.")


@journey.route("/payees/<id:payee_id>/person", methods=["POST"])
@who(*FINANCE)
def call_person(payee_id: int) -> ResponseReturnValue:
    payee = payee_settling.call_person(payee_id, _seen(), by=actor())
    db.session.commit()
    return _settled(payee, f"{payee.name} is a person. The name stays out of published files and downloads.")


@journey.route("/payees/<id:payee_id>/public-body", methods=["POST"])
@who(*FINANCE)
def call_public_body(payee_id: int) -> ResponseReturnValue:
    payee = payee_settling.call_public_body(payee_id, _seen(), by=actor())
    db.session.commit()
    return _settled(payee, f"{payee.name} is a public body.")


@journey.route("/payees/<id:payee_id>/undo", methods=["POST"])
@who(*FINANCE)
def undo_payee(payee_id: int) -> ResponseReturnValue:
    payee_settling.undo(payee_id, _seen(), by=actor())
    db.session.commit()
    flash("Your decision is taken back.", "success")
    return redirect(url_for(".show_payee", payee_id=payee_id))


def _seen() -> str:
    form = SeenForm()
    if not form.validate_on_submit():
        abort(400)
    return form.seen.data or ""


def _settled(payee: Payee, words: str) -> ResponseReturnValue:
    """Back to the payee, where the decision can be undone and the next one is a link away."""
    flash(words, "success")
    return redirect(url_for(".show_payee", payee_id=payee.id))
