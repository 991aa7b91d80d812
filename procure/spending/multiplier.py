"""LM3: how often our money changes hands here, as a range, with all that is left out of it."""

from collections.abc import Iterator
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..models import LocalArea
from ..pages.downloads import asked_kind, send_table
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..pages.intervals import interval_chart, times
from ..services.multiplier import multiplier, multiplier_letters, multiplier_staff
from ..services.multiplier.multiplier import Reading
from ..services.multiplier.multiplier_surveys import state_of
from ..services.shares import areas, spend_periods, spend_vat
from ..services.shares.spend_periods import Period
from .journey import ANCHOR, FINANCE, READERS, journey
from .multiplier_forms import OwnStaffForm

OUTLOOK = ("Case", "LM3, lowest", "LM3, highest", "Width")
ROUNDS = ("Part", "Lowest", "Highest", "Why")


def chosen_area() -> LocalArea | None:
    """The area the address names, or the headline."""
    mine = areas.list_areas(actor().acting_for)
    return next((each for each in mine if str(each.id) == request.args.get("area")), mine[0] if mine else None)


def chosen_period() -> Period | None:
    return spend_periods.find_period(request.args.get("period"), of=actor().acting_for)


def chosen() -> tuple[LocalArea, Period]:
    """The area and the period, for pages that make no sense without both."""
    area, period = chosen_area(), chosen_period()
    if area is None or period is None:
        abort(404)
    return area, period


@journey.route("/lm3")
@who(*ANCHOR)
def show_multiplier() -> ResponseReturnValue:
    me = actor()
    area, period = chosen_area(), chosen_period()
    if area is None:
        return render_template("spending/no_area.html", may_edit=me.may(*FINANCE))
    if period is None:
        return render_template("spending/multiplier_empty.html", area=area, may_read=me.may(*READERS))
    reading = multiplier.read(me.acting_for, area, period)
    basis = spend_vat.pence_by_vat_in(me.acting_for, period)
    kind, table = asked_kind(), request.args.get("table")
    if kind and table == "outlook":
        return send_table("lm3-outlook", OUTLOOK, _outlook_rows(reading), kind, note=_note(reading))
    if kind and table == "rounds":
        return send_table("lm3-rounds", ROUNDS, _round_rows(reading), kind, note=_note(reading))
    return render_template(
        "spending/multiplier.html",
        reading=reading,
        area=area,
        period=period,
        areas=areas.list_areas(me.acting_for),
        periods=spend_periods.periods(me.acting_for),
        definition=multiplier_letters.words_of(area),
        lm3=reading.lm3,
        chart=interval_chart([(words, each.low, each.high) for words, each in reading.outlook]),
        times=times,
        basis=basis,
        state_of=state_of,
        staff_before=multiplier_staff.standing(me.acting_for, area, period),
        may_edit=me.may(*FINANCE),
        may_read=me.may(*READERS),
    )


def _outlook_rows(reading: Reading) -> Iterator[list[Any]]:
    for words, each in reading.outlook:
        yield [words, round(each.low, 6), round(each.high, 6), round(each.width, 6)]


def _round_rows(reading: Reading) -> Iterator[list[Any]]:
    """R1 to R3, and what is left out, in pounds."""
    lm3 = reading.lm3
    if lm3 is not None:
        first = reading.initial_pence / 100
        yield ["R1, the first round", first, first, reading.framing]
        for words, (low, high) in (("R2, to people and firms here", lm3.second), ("R3, spent here again", lm3.third)):
            yield [words, low / 100, high / 100, ""]
    for each in reading.money.left_out:
        yield [f"Left out: {each.words}", each.pence / 100, each.pence / 100, each.why]


def _note(reading: Reading) -> str:
    return (
        f"The first round is {reading.framing}. {reading.period.words}. The area is {reading.area.name}: "
        f"{multiplier_letters.words_of(reading.area)}."
    )


@journey.route("/lm3/own-staff", methods=["GET", "POST"])
@who(*FINANCE)
def edit_own_staff() -> ResponseReturnValue:
    area, period = chosen()
    me = actor()
    standing = multiplier_staff.standing(me.acting_for, area, period)
    form = OwnStaffForm(obj=standing, seen=str(standing.id if standing else 0))
    if form.validate_on_submit():
        multiplier_staff.save(
            area,
            period,
            pay_pence=form.pay_pence.data or 0,
            local_pence=form.local_pence.data or 0,
            respent=form.respent.data,
            source=form.source.data or "",
            seen=form.version,
            by=me,
        )
        db.session.commit()
        flash(
            "Your own staff count now. The first round is larger, so do not compare with figures without them.",
            "success",
        )
        return redirect(url_for(".show_multiplier", area=area.id, period=period.code))
    return render_template("spending/own_staff.html", form=form, area=area, period=period, standing=standing)


@journey.route("/lm3/own-staff/<id:pay_id>/take-back", methods=["POST"])
@who(*FINANCE)
def take_back_own_staff(pay_id: int) -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    pay = multiplier_staff.take_back(pay_id, by=actor())
    db.session.commit()
    flash("Your own staff are left out again.", "success")
    return redirect(url_for(".show_multiplier", area=pay.area_id, period=pay.period))
