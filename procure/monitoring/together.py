"""All anchors together: what is shown, what was told of those only counted, and telling more."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ..extensions import db
from ..pages.downloads import asked_kind, send_table
from ..pages.forms import ProcureForm
from ..pages.guards import actor, who
from ..services.errors import RefusedError
from ..services.place import place_detail, place_together, place_totals, places, watching
from ..services.shares import areas
from .chart import draw_ranges
from .journey import ADMINS, HEADINGS, PLACE, cells, journey, my_area, no_area, period_words

TOGETHER = ("Quarter", "Anchors shown", "Anchors counted", *HEADINGS)


@journey.route("/together")
@who(*PLACE)
def show_together() -> ResponseReturnValue:
    me = actor()
    area = my_area()
    if area is None:
        return no_area()
    shape = areas.shape(area)
    anchors = places.anchor_shares(me.acting_for, shape)
    totals = place_totals.totals_of(me.acting_for)
    quarters = place_together.quarters(anchors, totals)
    told = [each for each in quarters if each.share is not None]
    kind = asked_kind()
    if kind:
        rows = [[period_words(each.quarter), each.shown, each.counted, *cells(each.share)] for each in told]
        return send_table("all-anchors-together", TOGETHER, rows, kind)
    return render_template(
        "monitoring/together.html",
        area=area,
        definition=shape.definition,
        as_of=place_detail.oldest(anchors),
        quarters=[(each, period_words(each.quarter)) for each in quarters],
        told=told,
        elsewhere=[total for total in totals if total.area_definition != shape.definition],
        shown=len(anchors),
        counted=len(watching.agreed_anchors(me.acting_for, ("totals",))),
        chart=draw_ranges(
            [("All anchors together", {each.quarter: each.share for each in told if each.share})],
            [each.quarter for each in told],
            [period_words(each.quarter) for each in told],
        ),
        may_publish=me.may(*ADMINS),
    )


@journey.route("/together/publish", methods=["POST"])
@who(*ADMINS)
def publish_totals() -> ResponseReturnValue:
    if not ProcureForm().validate_on_submit():
        abort(400)
    try:
        told = place_totals.publish(by=actor())
        db.session.commit()
        quarters = [period_words(quarter) for quarter in sorted({total.quarter for total in told})]
        flash(f"Now told: {', '.join(quarters)}. A quarter that was told does not change.", "success")
    except RefusedError as refusal:
        db.session.rollback()
        flash(str(refusal), "note")
    return redirect(url_for(".show_together"))
