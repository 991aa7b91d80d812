"""Why the local share changed between two years: money, boundaries, or what local means."""

from fractions import Fraction
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..pages.downloads import asked_kind, send_table
from ..pages.guards import actor, who
from ..services.shares import areas, shares, trends
from ..spend.restated import PARTS, Change, shown_points
from .journey import ANCHOR, FINANCE, READERS, journey
from .share_words import CUT_PAGES, year_words, years_of
from .shares import chosen_area

HEADINGS = ("Part", "Local", "Elsewhere", "Not placed", "Lowest share, points", "Highest share, points")


@journey.route("/local-share/change")
@who(*ANCHOR)
def show_trend() -> ResponseReturnValue:
    me = actor()
    mine, area = chosen_area(me.acting_for)
    if area is None:
        return render_template("spending/no_area.html", may_edit=me.may(*FINANCE))
    shape = areas.shape(area)
    paid = [month for month, _ in shares.local_spend(me.acting_for, shape).months]
    years = years_of(paid)
    told: dict[str, Any] = {"area": area, "areas": mine, "years": [(each, year_words(each)) for each in years]}
    told |= {"cut_pages": CUT_PAGES, "may_read": me.may(*READERS)}
    if len(years) < 2:
        return render_template("spending/local_share_change.html", **told, trend=None)
    first, last = _asked("from", years, years[1]), _asked("to", years, years[0])
    found = trends.trend(area, first, last)
    rows = _rows(found.change)
    if kind := asked_kind():
        note = f"From {year_words(first)} to {year_words(last)}. Local is {area.name}: {shape.definition}."
        pounds = ([name, *(pence / 100 for pence in money), *points] for name, money, points in rows)
        units = [None, "pounds", "pounds", "pounds", "points of a percentage", "points of a percentage"]
        return send_table("local-share-change", HEADINGS, pounds, kind, note=note, units=units)
    return render_template(
        "spending/local_share_change.html",
        **told,
        trend=found,
        change=found.change,
        rows=rows,
        first=first,
        last=last,
        covered=[sum(year == each for month in paid for each in years_of([month])) for year in (first, last)],
        first_words=year_words(first),
        last_words=year_words(last),
        definition=shape.definition,
        past_definition=areas.shape(found.past).definition if found.past else None,
    )


def _asked(name: str, years: list[int], usual: int) -> int:
    return next((year for year in years if str(year) == request.args.get(name)), usual)


def _rows(change: Change) -> list[tuple[str, tuple[int, int, int], tuple[float | None, float | None]]]:
    """Each part and the whole: pence, and points rounded so that the parts shown add up to the whole shown."""
    steps = [change.parts[name] for name in PARTS]
    lows, highs = _points([step.low for step in steps]), _points([step.high for step in steps])
    rows = [
        (PARTS[name], (step.local, step.elsewhere, step.unplaced), (low, high))
        for name, step, low, high in zip(PARTS, steps, lows, highs, strict=True)
    ]
    whole = change.whole
    ends = (_sum(lows), _sum(highs))
    return [*rows, ("The whole change", (whole.local, whole.elsewhere, whole.unplaced), ends)]


def _points(parts: list[Fraction | None]) -> list[float | None]:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return [None] * len(parts)
    return [hundredths / 100 for hundredths in shown_points(known)]


def _sum(points: list[float | None]) -> float | None:
    known = [point for point in points if point is not None]
    return round(sum(known), 2) if len(known) == len(points) else None
