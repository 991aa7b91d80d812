"""The place as a whole: shares with targets and a baseline, enterprises, lots and consortia."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..pages.downloads import asked_kind, send_table
from ..pages.filters import percent_range
from ..pages.guards import actor, who
from ..services.place import (
    place_baselines,
    place_counts,
    place_detail,
    place_progress,
    place_supply,
    place_targets,
    place_together,
    place_totals,
    places,
    watching,
)
from ..services.place.place_progress import Progress, Row
from ..services.shares import areas
from ..spend import Share
from .axis_chart import AxisChart, Entry, Range, draw_axis
from .chart import draw_ranges
from .journey import ADMINS, HEADINGS, PLACE, cells, journey, my_area, no_area, period_words, pounds, window_words

PROGRESS = (
    "Anchor",
    "Local share now, lowest",
    "Local share now, highest",
    "Local share at baseline, lowest",
    "Local share at baseline, highest",
    "Target",
    "Target by",
    "Money shifted, lowest",
    "Money shifted, highest",
)


@journey.route("")
@who(*PLACE)
def show_place() -> ResponseReturnValue:
    me = actor()
    area = my_area()
    if area is None:
        return no_area()
    shape = areas.shape(area)
    step = request.args.get("by", "quarter")
    step = step if step in places.STEPS else "quarter"
    quarterly = places.anchor_shares(me.acting_for, shape)
    anchors = quarterly if step == "quarter" else [each.by_month for each in quarterly]
    found = progress_of(me.acting_for, quarterly)
    kind = asked_kind()
    if kind and request.args.get("table") == "progress":
        return send_table("place-progress", PROGRESS, progress_lines(found), kind)
    if kind and request.args.get("table") == "enterprises":
        grid = place_supply.enterprises_of(shape).grid
        lines = ([name, *numbers] for name, numbers in grid.rows)
        return send_table("enterprises-by-ward-and-kind", (grid.by, *grid.kinds, "All"), lines, kind)
    if kind:
        rows = [
            [each.anchor.name, period_words(period, step), *cells(share)]
            for each in anchors
            for period, share in each.periods.items()
        ]
        return send_table("local-share-of-anchors", ("Anchor", step.capitalize(), *HEADINGS), rows, kind)
    periods = places.periods_of(anchors)
    words = [period_words(period, step) for period in periods]
    supply = place_supply.enterprises_of(shape)
    buyers = [each.anchor.id for each in anchors]
    return render_template(
        "monitoring/place.html",
        area=area,
        definition=shape.definition,
        as_of=place_detail.oldest(quarterly),
        anchors=anchors,
        counted=len(watching.agreed_anchors(me.acting_for, ("totals",))),
        progress=found,
        rows=[*found.rows, *([found.together] if found.together else [])],
        now_words=window_words(found.window.quarters) if found.window else None,
        base_words=window_words(found.baseline.quarters) if found.baseline else None,
        axis=axis_of(found),
        periods=list(zip(periods, words, strict=True)),
        step=step,
        chart=draw_ranges([(each.anchor.name, each.periods) for each in anchors], periods, words),
        supply=supply,
        lots=place_supply.sum_up(place_supply.open_lots_of(shape, buyers)),
        consortia=place_counts.consortia_forming(supply.ids_here),
        may_edit=me.may(*ADMINS),
    )


def progress_of(place_id: int, quarterly: list[places.AnchorShare]) -> Progress:
    return place_progress.progress(
        quarterly,
        place_together.quarters(quarterly, place_totals.totals_of(place_id)),
        place_baselines.in_force(place_id),
        place_targets.in_force(place_id),
        place_id=place_id,
    )


def axis_of(found: Progress) -> AxisChart:
    rows = [*found.rows, *([found.together] if found.together else [])]
    return draw_axis(
        [
            Entry(
                name=name_of(row),
                words=_words(row),
                now=_range(row.now),
                before=_range(row.before),
                target=row.target.percent / 100 if row.target else None,
            )
            for row in rows
        ]
    )


def name_of(row: Row) -> str:
    return row.anchor.name if row.anchor else "All anchors together"


def _words(row: Row) -> str:
    share = percent_range(row.now.low, row.now.high) if row.now else "no money in these months"
    return f"{share}, target {row.target.percent}%" if row.target else share


def _range(share: Share | None) -> Range | None:
    return None if share is None or share.low is None or share.high is None else Range(share.low, share.high)


def progress_lines(found: Progress) -> list[list[str | float | date | None]]:
    """One line an anchor, all together last, for a file."""
    lines: list[list[str | float | date | None]] = []
    for row in [*found.rows, *([found.together] if found.together else [])]:
        lines.append(
            [
                name_of(row),
                row.now.low if row.now else None,
                row.now.high if row.now else None,
                row.before.low if row.before else None,
                row.before.high if row.before else None,
                row.target.percent / 100 if row.target else None,
                row.target.due_on if row.target else None,
                pounds(row.shift.low if row.shift else None),
                pounds(row.shift.high if row.shift else None),
            ]
        )
    return lines
