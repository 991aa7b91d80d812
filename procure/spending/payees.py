"""Payees: whom the money went to, and the settling of doubtful ones."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from .. import jobs
from ..extensions import db
from ..models import MonthlySpend, Organisation, Payee
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..pages.listing import Choice, Column, Listing
from ..services import payee_checks, payees, shares
from .forms import PayeeForm, SeenForm
from .journey import FINANCE, READERS, journey


@journey.route("/payees")
@who(*READERS)
def list_payees() -> ResponseReturnValue:
    me = actor()
    answer = _listing(me.acting_for).answer()
    if isinstance(answer, Response):
        return answer
    return render_template(
        "spending/payees.html",
        page=answer,
        total_pence=shares.confirmed_pence(me.acting_for),
        settling=payees.settling(me.acting_for),
        to_settle=shares.pence_to_settle(me.acting_for),
        first=payees.next_to_settle(me.acting_for),
        stale=payee_checks.count_stale(me.acting_for),
        job=payee_checks.open_job(me.acting_for),
        may_decide=me.may(*FINANCE),
    )


def _listing(of: int) -> Listing:
    paid = (
        select(
            MonthlySpend.payee_id,
            func.sum(MonthlySpend.pence).label("pence"),
            func.sum(MonthlySpend.payments).label("payments"),
        )
        .where(MonthlySpend.organisation_id == of)
        .group_by(MonthlySpend.payee_id)
        .subquery()
    )
    return Listing(
        name="payees",
        query=select(Payee, Organisation.name.label("enterprise"), paid.c.pence, paid.c.payments)
        .join(paid, paid.c.payee_id == Payee.id)
        .outerjoin(Organisation, Organisation.id == Payee.enterprise_id)
        .where(Payee.organisation_id == of)
        .order_by(Payee.id),
        columns=(
            Column("name", "Payee", lambda row: row[0].name, Payee.name, link=_link),
            Column("paid", "Paid", lambda row: int(row.pence), paid.c.pence, show="pounds"),
            Column("payments", "Payments", lambda row: int(row.payments), paid.c.payments, show="count"),
            Column("state", "State", lambda row: payees.STATES[row[0].state], Payee.state, tag=True),
            Column("enterprise", "Enterprise", lambda row: row.enterprise, Organisation.name),
            Column("reason", "Why", _reason),
        ),
        search_in=(Payee.name, Organisation.name),
        default_sort="-paid",
        choices={
            "state": Choice("State", {state: (words, Payee.state == state) for state, words in payees.STATES.items()})
        },
    )


def _link(row: tuple[Payee]) -> str:
    return url_for(".show_payee", payee_id=row[0].id)


def _reason(row: tuple[Payee]) -> str | None:
    """The engine's reason, where the engine's word still stands."""
    return row[0].reason if row[0].state in ("accepted", "review") else None


@journey.route("/payees/<id:payee_id>")
@who(*READERS)
def show_payee(payee_id: int) -> ResponseReturnValue:
    me = actor()
    payee = payees.find(payee_id, of=me.acting_for)
    words = request.args.get("q", "")[:100].replace("\x00", "").strip()
    return render_template(
        "spending/payee.html",
        payee=payee,
        state=payees.STATES[payee.state],
        spend=payees.paid(payee),
        candidates=payees.candidates(payee),
        enterprise=payees.enterprise_of(payee),
        found=payees.search_enterprises(words) if words else [],
        words=words,
        following=payees.next_to_settle(me.acting_for, after=payee),
        form=SeenForm(),
        may_decide=me.may(*FINANCE),
    )


@journey.route("/payees/<id:payee_id>/link", methods=["POST"])
@who(*FINANCE)
def link_payee(payee_id: int) -> ResponseReturnValue:
    form = PayeeForm()
    if not form.validate_on_submit():
        abort(400)
    payee = payees.link(payee_id, form.enterprise_id.data, form.seen.data or "", by=actor())
    db.session.commit()
    return _settled(payee, f"{payee.name} is linked.")


@journey.route("/payees/<id:payee_id>/reject", methods=["POST"])
@who(*FINANCE)
def reject_payee(payee_id: int) -> ResponseReturnValue:
    form = SeenForm()
    if not form.validate_on_submit():
        abort(400)
    payee = payees.reject(payee_id, form.seen.data or "", by=actor())
    db.session.commit()
    return _settled(payee, f"{payee.name} is none of the registered enterprises.")


@journey.route("/payees/<id:payee_id>/undo", methods=["POST"])
@who(*FINANCE)
def undo_payee(payee_id: int) -> ResponseReturnValue:
    form = SeenForm()
    if not form.validate_on_submit():
        abort(400)
    payees.undo(payee_id, form.seen.data or "", by=actor())
    db.session.commit()
    flash("Your decision is taken back.", "success")
    return redirect(url_for(".show_payee", payee_id=payee_id))


def _settled(payee: Payee, words: str) -> ResponseReturnValue:
    """Back to the payee, where the decision can be undone and the next one is a link away."""
    flash(words, "success")
    return redirect(url_for(".show_payee", payee_id=payee.id))


@journey.route("/payees/check", methods=["POST"])
@who(*FINANCE)
def check_payees() -> ResponseReturnValue:
    form = ProcureForm()
    if not form.validate_on_submit():
        abort(400)
    job = payee_checks.queue(of=actor().acting_for, person_id=actor().person_id)
    db.session.commit()
    if job:
        jobs.wake(job.id)
    return redirect(url_for(".list_payees"))
