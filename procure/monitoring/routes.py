"""The council officer's journey: one place, the anchors that agreed, the enterprises and the open lots in it."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import case, func, select

from ..extensions import db
from ..models import Enterprise, LocalArea, Lot, Organisation, Watch
from ..pages.downloads import asked_kind, send_table
from ..pages.filters import month
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..pages.listing import Choice, Column, Listing
from ..services import areas, places, shares, watching
from ..services.errors import RefusedError
from .chart import draw_ranges
from .forms import AreaForm

journey = Blueprint("monitoring", __name__, url_prefix="/monitoring")

ADMINS = ("place:admin",)
PLACE = (*ADMINS, "place:viewer")
HEADINGS = ("Local", "Elsewhere", "Not placed", "Local share, lowest", "Local share, highest")


@journey.route("")
@who(*PLACE)
def show_place() -> ResponseReturnValue:
    me = actor()
    area = areas.headline(me.acting_for)
    if area is None:
        return render_template("monitoring/no_area.html", may_edit=me.may(*ADMINS))
    step = request.args.get("by", "quarter")
    step = step if step in places.STEPS else "quarter"
    anchors = places.anchor_shares(me.acting_for, areas.shape(area), step)
    periods = places.periods_of(anchors)
    words = [period_words(period, step) for period in periods]
    kind = asked_kind()
    if kind:
        rows = [
            [each.anchor.name, period_words(period, step), *cells(share)]
            for each in anchors
            for period, share in each.periods.items()
        ]
        return send_table("local-share-of-anchors", ("Anchor", step.capitalize(), *HEADINGS), rows, kind)
    kinds, districts = places.count_enterprises(area.outcodes)
    return render_template(
        "monitoring/place.html",
        area=area,
        definition=areas.shape(area).definition,
        anchors=anchors,
        periods=list(zip(periods, words, strict=True)),
        step=step,
        chart=draw_ranges([(each.anchor.name, each.periods) for each in anchors], periods, words),
        kinds=kinds,
        districts=districts,
        enterprises=sum(number for _, number in kinds),
        lots=places.sum_open_lots(area.outcodes, [each.anchor.id for each in anchors]),
        may_edit=me.may(*ADMINS),
    )


def period_words(period: date, step: str) -> str:
    """January 2026, or Jan to Mar 2026"""
    if step == "month":
        return month(period)
    last = date(period.year, period.month + 2, 1)
    return f"{period:%b} to {last:%b} {period.year}"


def cells(share: Any) -> list[Any]:
    """A share in a downloaded line: pounds, and shares from 0 to 1."""
    return [*(pence / 100 for pence in (share.local, share.elsewhere, share.unplaced)), share.low, share.high]


@journey.route("/anchors")
@who(*PLACE)
def list_anchors() -> ResponseReturnValue:
    me = actor()
    state = case((Watch.agreed_at.is_not(None), "agreed"), (Watch.id.is_not(None), "asked"), else_="not asked")
    listing = Listing(
        name="anchors",
        query=select(Organisation, state.label("state"))
        .outerjoin(Watch, (Watch.anchor_id == Organisation.id) & (Watch.place_id == me.acting_for))
        .where(Organisation.is_anchor, Organisation.suspended_at.is_(None))
        .order_by(Organisation.name, Organisation.id),
        columns=(
            Column("name", "Anchor", lambda row: row[0].name, Organisation.name, link=_anchor_link),
            Column("sector", "Sector", lambda row: SECTORS.get(row[0].sector or "", "Other"), Organisation.sector),
            Column("state", "Sharing", lambda row: ANSWERS[row.state], state, tag=True),
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
ANSWERS = {"agreed": "Shares with you", "asked": "Asked, no answer yet", "not asked": "Not asked"}


def _anchor_link(row: Any) -> str | None:
    return url_for(".show_anchor", anchor_id=row[0].id) if row.state == "agreed" else None


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
    me = actor()
    anchor = watching.agreed_anchor(anchor_id, place_id=me.acting_for)
    area = areas.headline(me.acting_for)
    if area is None:
        return render_template("monitoring/no_area.html", may_edit=me.may(*ADMINS))
    found = shares.local_spend(anchor.id, areas.shape(area))
    months = [(month(first), share) for first, share in found.months]
    kind = asked_kind()
    if kind:
        return send_table("local-share-by-month", ("Month", *HEADINGS), [[name, *cells(s)] for name, s in months], kind)
    return render_template(
        "monitoring/anchor.html",
        anchor=anchor,
        area=area,
        definition=areas.shape(area).definition,
        found=found,
        months=months,
        chart=draw_ranges(
            [(anchor.name, dict(found.months))], [first for first, _ in found.months], [w for w, _ in months]
        ),
    )


@journey.route("/lots")
@who(*PLACE)
def list_open_lots() -> ResponseReturnValue:
    me = actor()
    area = areas.headline(me.acting_for)
    if area is None:
        return render_template("monitoring/no_area.html", may_edit=me.may(*ADMINS))
    anchors = [anchor.id for anchor in watching.agreed_anchors(me.acting_for)]
    listing = Listing(
        name="open-lots",
        query=places.open_lots(area.outcodes, anchors),
        columns=(
            Column("title", "Lot", lambda row: row[0].title, Lot.title),
            Column("anchor", "Buyer", lambda row: row[1].name, Organisation.name),
            Column("value", "Value", lambda row: row[0].value_pence, Lot.value_pence, show="whole_pounds"),
            Column("deadline", "Answer by", lambda row: row[0].deadline_on, Lot.deadline_on, show="day"),
            Column("where", "Where", lambda row: row[0].postcode, Lot.postcode),
            Column("local", "Likely local suppliers", lambda row: row[0].likely_local, Lot.likely_local, show="count"),
        ),
        search_in=(Lot.title, Lot.description, Organisation.name),
        default_sort="deadline",
        choices={
            "supply": Choice(
                "Local supply",
                {
                    "none": ("No likely local supplier", Lot.likely_local == 0),
                    "some": ("At least one", Lot.likely_local > 0),
                    "unknown": ("Not matched yet", Lot.likely_local.is_(None)),
                },
            )
        },
    )
    answer = listing.answer()
    return answer if isinstance(answer, Response) else render_template("monitoring/lots.html", page=answer, area=area)


@journey.route("/enterprises")
@who(*PLACE)
def list_enterprises() -> ResponseReturnValue:
    me = actor()
    area = areas.headline(me.acting_for)
    if area is None:
        return render_template("monitoring/no_area.html", may_edit=me.may(*ADMINS))
    listing = Listing(
        name="enterprises-of-the-place",
        query=places.enterprises_in(area.outcodes),
        columns=(
            Column("name", "Enterprise", lambda row: row[1].name, Organisation.name),
            Column("kind", "Kind", lambda row: places.KINDS[row[0].legal_form], Enterprise.legal_form),
            Column(
                "grade", "Evidence of kind", lambda row: GRADES[row[0].legal_form_grade], Enterprise.legal_form_grade
            ),
            Column("postcode", "Postcode", lambda row: row[1].postcode, Organisation.postcode),
            Column("summary", "What it does", lambda row: row[0].summary),
        ),
        search_in=(Organisation.name, Enterprise.summary),
        default_sort="name",
        choices={
            "kind": Choice(
                "Kind", {form: (words, Enterprise.legal_form == form) for form, words in places.KINDS.items()}
            ),
            "district": Choice(
                "District",
                {code: (code, func.upper(Organisation.postcode).like(f"{code} %")) for code in sorted(area.outcodes)},
            ),
        },
    )
    answer = listing.answer()
    if isinstance(answer, Response):
        return answer
    return render_template("monitoring/enterprises.html", page=answer, area=area)


GRADES = {"register": "On a public register", "declared": "Its own word", "inferred": "Inferred"}


@journey.route("/area", methods=["GET", "POST"])
@who(*ADMINS)
def edit_area() -> ResponseReturnValue:
    """What the place authority calls its place."""
    area: LocalArea | None = areas.headline(actor().acting_for)
    form = AreaForm(obj=area, districts=" ".join(area.outcodes) if area else "")
    if form.validate_on_submit():
        districts, _wrong = areas.read_districts(form.districts.data)
        try:
            areas.save(area.id if area else None, form.name.data, districts, is_headline=True, by=actor())
            db.session.commit()
            flash("Your place is saved.", "success")
            return redirect(url_for(".show_place"))
        except RefusedError as refusal:
            db.session.rollback()
            form.name.errors = [str(refusal)]
    return render_template("monitoring/area.html", form=form, area=area)
