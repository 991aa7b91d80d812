"""Where payees are: what places their money, what an officer declares, and what is still not placed."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..models import Payee
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..pages.listing import Choice, Column, Listing
from ..services.payees import payee_facts, payee_kinds, payee_places, payee_sites, payee_suppliers, payees
from ..spend.kinds import FORMS, GRADES, KINDS
from ..spend.placing import SOURCES
from .journey import FINANCE, READERS, journey
from .payees import WITHHELD
from .place_forms import SiteForm

NOT_PLACED, UNCERTAIN = "Not placed", "Placed, uncertain"
WHY = {
    "review": "Settle who it is",
    "unlinked": "On no register we hold. Say where it is",
    "rejected": "On no register we hold. Say where it is",
    "accepted": "Linked, but no address is known. Say where it is",
    "confirmed": "Linked, but no address is known. Say where it is",
    "person": "A person. Say where the work is done, if you know",
    "public_body": "A public body. Say where it is",
}


@journey.route("/payees/<id:payee_id>/place")
@who(*READERS)
def show_payee_place(payee_id: int) -> ResponseReturnValue:
    me = actor()
    payee = payees.find(payee_id, of=me.acting_for)
    if payee.merged_into_id:
        return redirect(url_for(".show_payee_place", payee_id=payee.merged_into_id))
    return render_template(
        "spending/payee_place.html",
        payee=payee,
        spelling=payee_suppliers.other_spelling(payee.called, payee.name),
        where=payee_facts.whereabouts(payee),
        kind=payee_kinds.kind_of_payee(payee),
        history=payee_sites.history(payee),
        has_site=payee_facts.site_of(me.acting_for) is not None,
        sources=SOURCES,
        kinds=KINDS,
        forms_of=FORMS,
        grades=GRADES,
        may_decide=me.may(*FINANCE),
    )


@journey.route("/payees/<id:payee_id>/place/new", methods=["GET", "POST"])
@who(*FINANCE)
def declare_site(payee_id: int) -> ResponseReturnValue:
    payee = payees.find(payee_id, of=actor().acting_for)
    form = SiteForm()
    if form.validate_on_submit():
        payee_sites.declare(
            payee, form.kind.data, form.postcode.data or "", form.reason.data or "", seen=form.seen(), by=actor()
        )
        db.session.commit()
        flash(f"{payee.called} is placed where you said.", "success")
        return redirect(url_for(".show_payee_place", payee_id=payee.head_id))
    if not form.is_submitted():
        standing = payee_sites.in_force(payee)
        form.seen_delivery.data, form.seen_trading.data = (
            str(standing[kind].id if kind in standing else 0) for kind in ("delivery", "trading")
        )
    return render_template("spending/declare_site.html", form=form, payee=payee)


@journey.route("/payees/sites/<id:site_id>/take-back", methods=["POST"])
@who(*FINANCE)
def take_back_site(site_id: int) -> ResponseReturnValue:
    form = ProcureForm()
    if not form.validate_on_submit():
        abort(400)
    site = payee_sites.take_back(site_id, of=actor().acting_for, by=actor())
    db.session.commit()
    flash("What you declared is taken back.", "success")
    return redirect(url_for(".show_payee_place", payee_id=site.payee_id))


@journey.route("/unplaced")
@who(*READERS)
def list_unplaced() -> ResponseReturnValue:
    return _list_payees(is_doubt=False)


@journey.route("/uncertain")
@who(*READERS)
def list_uncertain() -> ResponseReturnValue:
    return _list_payees(is_doubt=True)


def _list_payees(*, is_doubt: bool) -> ResponseReturnValue:
    of = actor().acting_for
    answer = _listing(of, is_doubt=is_doubt).answer()
    if isinstance(answer, Response):
        return answer
    money = payee_places.money_by_place(of)
    return render_template(
        "spending/unplaced.html",
        page=answer,
        is_doubt=is_doubt,
        unplaced=sum(row.pence for row in money if row.postcode is None),
        uncertain=sum(row.pence for row in money if row.is_uncertain),
        total=sum(row.pence for row in money),
        knowledge=payee_facts.knowledge(of, money),
    )


def _listing(of: int, *, is_doubt: bool) -> Listing:
    query = payee_places.unplaced_payees(of, uncertain=is_doubt)
    sums = query.selected_columns
    return Listing(
        name="uncertain-payees" if is_doubt else "unplaced-payees",
        query=query,
        columns=(
            Column("name", "Payee", _name, Payee.name, link=_link),
            Column(
                "paid", UNCERTAIN if is_doubt else NOT_PLACED, lambda row: int(row.pence), sums.pence, show="pounds"
            ),
            Column("payments", "Payments", lambda row: int(row.payments), sums.payments, show="count"),
            Column("state", "State", lambda row: payees.STATES[row[0].state], Payee.state, tag=True),
            Column("advice", "What to do", lambda row: _advice(row[0], is_doubt=is_doubt)),
        ),
        search_in=(Payee.name,),
        default_sort="-paid",
        choices={
            "state": Choice("State", {state: (words, Payee.state == state) for state, words in payees.STATES.items()})
        },
    )


def _advice(payee: Payee, *, is_doubt: bool) -> str:
    return "Many are registered at its address. Say where it works" if is_doubt else WHY[payee.state]


def _name(row: Any) -> str:
    """A person's name stays out of downloads."""
    return WITHHELD if row[0].state == "person" and request.args.get("download") else str(row[0].name)


def _link(row: Any) -> str:
    page = ".show_payee" if row[0].state == "review" else ".show_payee_place"
    return url_for(page, payee_id=row[0].id)
