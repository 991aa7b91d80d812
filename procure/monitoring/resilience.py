"""The seven characteristics of a resilient local economy: measured where our data can, entered where they cannot."""

from datetime import date, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..models import ResilienceValue
from ..pages.charts import ColumnChart, year_columns
from ..pages.downloads import asked_kind, send_table
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services.errors import RefusedError
from ..services.place import (
    place_counts,
    place_detail,
    place_resilience,
    place_supply,
    place_together,
    place_totals,
    places,
    watching,
)
from ..services.place.place_resilience import Year
from ..services.shares import areas, spend_details
from ..social_value.measures import MEASURES
from ..spend.resilience import CHARACTERISTICS
from .journey import ADMINS, PLACE, journey, my_area, no_area
from .resilience_forms import ValueForm

HEADINGS = ("Characteristic", "Indicator", "Year", "Lowest", "Highest", "Unit", "Source")
HISTORY = ("Indicator", "Year", "Value", "Unit", "Source", "Entered on", "Ended on")
OURS = "Procure, confirmed ledgers"


@journey.route("/resilience")
@who(*PLACE)
def show_resilience() -> ResponseReturnValue:
    me = actor()
    area = my_area()
    if area is None:
        return no_area()
    shape = areas.shape(area)
    anchors = places.anchor_shares(me.acting_for, shape)
    showing = watching.agreed_anchors(me.acting_for, ("detail",))
    detailed = [(each.name, spend_details.detail_of(each.id, shape)) for each in showing]
    together = place_together.quarters(anchors, place_totals.totals_of(me.acting_for))
    years = place_resilience.measured(anchors, together, detailed)
    entered = place_resilience.entered(me.acting_for)
    kind = asked_kind()
    if kind:
        return send_table("resilience", HEADINGS, lines(years, entered), kind)
    supply = place_supply.enterprises_of(shape)
    return render_template(
        "monitoring/resilience.html",
        area=area,
        characteristics=CHARACTERISTICS,
        years=years,
        as_of=place_detail.oldest([*anchors, *(detail for _, detail in detailed)]),
        share_chart=share_chart(years),
        entered=entered,
        charts={key: {which: value_chart(values) for which, values in found.items()} for key, found in entered.items()},
        supply=supply,
        promises=place_counts.promises(shape, supply.ids_here),
        measures=MEASURES,
        may_edit=me.may(*ADMINS),
    )


def share_chart(years: list[Year]) -> ColumnChart:
    """Local share by year: of everybody where that may be told, else of the anchors shown."""
    shares = [(each.year, each.share or each.shown) for each in years]
    return year_columns(
        [
            (year, share.low, share.high, f"{share.low:.0%} to {share.high:.0%}")
            for year, share in shares
            if share is not None and share.low is not None and share.high is not None
        ]
    )


def value_chart(values: list[ResilienceValue]) -> ColumnChart:
    return year_columns(
        [(each.year, min(0.0, each.value), max(0.0, each.value), f"{each.value:,g}") for each in values]
    )


def lines(years: list[Year], entered: dict[str, dict[tuple[str, str], list[ResilienceValue]]]) -> list[list[Any]]:
    """Everything on the page, one line a figure."""
    found: list[list[Any]] = []
    money, business = CHARACTERISTICS["money"].name, CHARACTERISTICS["business"].name
    for each in years:
        for words, share in (("Local share, all anchors", each.share), ("Local share, anchors shown", each.shown)):
            if share is not None:
                found.append([money, words, each.year, share.low, share.high, "share from 0 to 1", OURS])
        for name, one in each.makeup:
            for words, part in (
                ("Concentration of suppliers", one.concentration),
                ("Ten largest suppliers", one.largest),
                ("Charities and social enterprises", one.vcse),
            ):
                found.append([business, f"{words}, {name}", each.year, part, part, "share from 0 to 1", OURS])
    for key, indicators in entered.items():
        for (indicator, unit), values in indicators.items():
            for value in values:
                name = CHARACTERISTICS[key].name
                found.append([name, indicator, value.year, value.value, value.value, unit, value.source])
    return found


@journey.route("/resilience/<characteristic>")
@who(*PLACE)
def show_characteristic(characteristic: str) -> ResponseReturnValue:
    """Everything that was entered for a characteristic, with what was replaced or taken back."""
    me = actor()
    history = place_resilience.history(me.acting_for, characteristic)
    kind = asked_kind()
    if kind:
        rows = [
            [each.indicator, each.year, each.value, each.unit, each.source, each.set_at.date(), _day(each.ended_at)]
            for each in history
        ]
        return send_table("resilience-history", HISTORY, rows, kind)
    return render_template(
        "monitoring/characteristic.html",
        which=CHARACTERISTICS[characteristic],
        history=history,
        may_edit=me.may(*ADMINS),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@journey.route("/resilience/<characteristic>/enter", methods=["GET", "POST"])
@who(*ADMINS)
def enter_value(characteristic: str) -> ResponseReturnValue:
    """Enter a figure of a year, with its source."""
    which = CHARACTERISTICS.get(characteristic)
    if which is None:
        abort(404)
    form = ValueForm()
    if form.validate_on_submit():
        try:
            place_resilience.enter(
                which.key,
                form.indicator.data or "",
                form.source.data or "",
                form.year.data or 0,
                form.number,
                form.unit.data or "",
                by=actor(),
            )
            db.session.commit()
            flash("The figure is entered.", "success")
            return redirect(url_for(".show_characteristic", characteristic=which.key))
        except RefusedError as refusal:
            db.session.rollback()
            form.year.errors = [str(refusal)]
    return render_template("monitoring/enter_value.html", form=form, which=which)


@journey.route("/resilience/values/<id:value_id>/take-back", methods=["POST"])
@who(*ADMINS)
def take_back_value(value_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    value = place_resilience.take_back(value_id, by=actor())
    db.session.commit()
    flash("The figure is taken back. If it replaced another, that one stands again.", "success")
    return redirect(url_for(".show_characteristic", characteristic=value.characteristic))
