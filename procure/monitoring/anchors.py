"""The anchors of a place: who was asked, and each one's page as far as it consents."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import case, select

from ..extensions import db
from ..models import Organisation, Watch
from ..pages.downloads import asked_kind, send_table
from ..pages.filters import month
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..pages.listing import Column, Listing
from ..services.place import place_detail, place_targets, places, watching
from ..services.shares import areas, place_known, spend_details, spend_rules
from .chart import draw_ranges
from .journey import ADMINS, HEADINGS, PLACE, cells, journey, my_area, no_area, period_words, pounds


@journey.route("/anchors")
@who(*PLACE)
def list_anchors() -> ResponseReturnValue:
    me = actor()
    state = case(
        (Watch.agreed_at.is_not(None) & watching.is_overtaken(), "again"),
        (Watch.agreed_at.is_not(None), Watch.level),
        (Watch.id.is_not(None), "asked"),
        else_="not asked",
    )
    listing = Listing(
        name="anchors",
        query=select(Organisation, state.label("state"))
        .outerjoin(Watch, (Watch.anchor_id == Organisation.id) & (Watch.place_id == me.acting_for))
        .where(Organisation.is_anchor, Organisation.suspended_at.is_(None))
        .order_by(Organisation.name, Organisation.id),
        columns=(
            Column("name", "Anchor", lambda row: row[0].name, Organisation.name, link=_anchor_link),
            Column("sector", "Sector", lambda row: SECTORS.get(row[0].sector or "", "Other"), Organisation.sector),
            Column("state", "Sharing", lambda row: ANSWERS[row.state], state),
        ),
        search_in=(Organisation.name,),
        default_sort="name",
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    not_asked = [row[0] for row in answer.rows if row.state == "not asked"]
    return render_template("monitoring/anchors.html", page=answer, not_asked=not_asked, may_ask=me.may(*ADMINS))


SECTORS = {"nhs": "NHS", "council": "Council", "university": "University", "central": "Central government"}
ANSWERS = {
    "detail": "Shows its figures and what they are made of",
    "figures": "Shows its figures",
    "totals": "Counted in totals only",
    "again": "Must agree again: your place changed",
    "asked": "Asked, no answer yet",
    "not asked": "Not asked",
}


def _anchor_link(row: Any) -> str | None:
    return url_for(".show_anchor", anchor_id=row[0].id) if row.state in ("detail", "figures") else None


@journey.route("/anchors/<id:anchor_id>/ask", methods=["POST"])
@who(*ADMINS)
def ask_anchor(anchor_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    anchor = watching.ask(anchor_id, by=actor())
    db.session.commit()
    flash(f"{anchor.name} now sees your request. Its finance officers decide.", "success")
    return redirect(url_for(".list_anchors"))


@journey.route("/anchors/<id:anchor_id>")
@who(*PLACE)
def show_anchor(anchor_id: int) -> ResponseReturnValue:
    """One anchor, as far as it consents."""
    me = actor()
    anchor = watching.agreed_anchor(anchor_id, place_id=me.acting_for)
    area = my_area()
    if area is None:
        return no_area()
    shape = areas.shape(area)
    found = places.shown_spend([anchor.id], shape)[anchor.id]
    months = [(month(first), share) for first, share in found.months]
    shows_detail = anchor.id in {each.id for each in watching.agreed_anchors(me.acting_for, ("detail",))}
    detail = spend_details.detail_of(anchor.id, shape) if shows_detail else None
    money = place_detail.money_by_district([detail]) if detail else None
    kind = asked_kind()
    if kind and _wants_districts() and money is not None:
        rows = [[row.district, pounds(row.pence)] for row in money.rows]
        return send_table("money-by-district", ("District", "Pounds"), rows, kind)
    if kind:
        return send_table("local-share-by-month", ("Month", *HEADINGS), [[name, *cells(s)] for name, s in months], kind)
    hidden = sorted(quarter for _, quarter in place_known.held_back([anchor.id]))
    return render_template(
        "monitoring/anchor.html",
        anchor=anchor,
        area=area,
        definition=shape.definition,
        found=found,
        left_out=spend_rules.words_in_force(anchor.id),
        months=months,
        held_back=[period_words(quarter) for quarter in hidden],
        target=place_targets.in_force(me.acting_for).get(anchor.id),
        money=money,
        makeup=detail.years if detail else None,
        chart=draw_ranges(
            [(anchor.name, dict(found.months))], [first for first, _ in found.months], [w for w, _ in months]
        ),
    )


def _wants_districts() -> bool:
    return request.args.get("table") == "districts"
