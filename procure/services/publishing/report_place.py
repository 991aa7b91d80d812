"""The board report of a place: the local share of every anchor that shows it, side by side and over time."""

from flask import current_app

from ...models import LocalArea
from ...papers import Column, Report, Section, Table
from ...papers.content import COUNT
from ...papers.words import count, percent_range, pounds
from ..errors import RefusedError
from ..place import place_detail, place_supply, places
from ..place.places import AnchorShare
from ..shares import areas
from . import public_figures, report_progress
from .report_parts import methods, quarter_words, share_chart, share_table, state, today

NOTES = ("local-share", "place-share", "disclosure", "payee-places", "place-supply")
NOT_PLACED = "Enterprises that registered but cannot be placed, so that they may be here too: {number}."
NOTHING = "There is nothing to report yet: say which districts are your place"


def check(of: int) -> LocalArea:
    """The area a report would be about.

    errors  RefusedError where there is nothing to report
    """
    area = areas.headline(of)
    if area is None:
        raise RefusedError(NOTHING)
    return area


def content_of(of: int, name: str) -> Report:
    """Everything the report says, only from what anchors agreed to show this place.

    errors  RefusedError where there is nothing to report
    """
    area = check(of)
    shape = areas.shape(area)
    anchors = places.anchor_shares(of, shape)
    return Report(
        title=f"Where the money of {area.name} goes",
        organisation=name,
        made_on=today(),
        summary=f"{count(len(anchors))} {'anchor shows its' if len(anchors) == 1 else 'anchors show their'} figures.",
        facts=(
            ("The place", f"{area.name}: {public_figures.definition_words(area)}"),
            ("Boundaries", public_figures.edition_words()),
            ("Made on", today()),
            *state(place_detail.oldest(anchors)),
        ),
        sections=(
            _side_by_side(anchors),
            report_progress.progress(of, anchors),
            *(_one(anchor) for anchor in anchors),
            _lots(area, [each.anchor.id for each in anchors]),
            methods(*NOTES, site=current_app.config["BASE_URL"]),
        ),
    )


def _side_by_side(anchors: list[AnchorShare]) -> Section:
    rows = [(each.anchor.name, each.whole) for each in anchors]
    title = "Local share of each anchor"
    words = (
        "A share is a range because some payees cannot be placed: at the low end none of that money is local, at the "
        "high end all of it is. Only anchors that agreed to be shown stand here."
    )
    if not rows:
        return Section("The anchors", ("No anchor shows its figures to this place yet.",))
    different = "They leave different things out of their spend, so compare them with care."
    return Section(
        "The anchors",
        (words, different) if len({each.left_out for each in anchors}) > 1 else (words,),
        chart=share_chart(title, "One bar an anchor, split into local, not placed and elsewhere.", rows),
        tables=(share_table(title, "Anchor", rows, None),),
    )


def _one(each: AnchorShare) -> Section:
    quarters = [(quarter_words(first), share) for first, share in sorted(each.periods.items())]
    words = (
        f"{percent_range(each.whole.low, each.whole.high)} of {pounds(each.whole.total)}. "
        f"It leaves out of its spend: {each.left_out}."
    )
    table = share_table(f"{each.anchor.name} by quarter", "Quarter", quarters, each.whole)
    return Section(f"{each.anchor.name} over time", (words,), tables=(table,))


def _lots(area: LocalArea, anchors: list[int]) -> Section:
    shape = areas.shape(area)
    lots = place_supply.sum_up(place_supply.open_lots_of(shape, anchors))
    supply = place_supply.enterprises_of(shape)
    open_lots = Table(
        "Lots open here",
        (Column("What"), Column("Number", COUNT)),
        (
            ("Lots open", lots.number),
            ("Of them without a stated value", lots.without_value),
            ("For which no likely local supplier was found", lots.without_local_supply),
            ("That do not say where, or where cannot be told", lots.not_placed),
        ),
    )
    enterprises = Table(
        "Enterprises based here",
        (Column("Kind"), Column("Enterprises", COUNT)),
        (*supply.by_kind, ("All", len(supply.here))),
        ends_in_total=True,
    )
    wards = [(name, numbers[-1]) for name, numbers in supply.grid.rows]
    by_ward = Table(
        f"Enterprises by {supply.grid.by.lower()}",
        (Column(supply.grid.by), Column("Enterprises", COUNT)),
        tuple(wards),
        ends_in_total=True,
    )
    words = [f"Lots open here are worth {pounds(lots.value_pence)}, as far as buyers gave a value."]
    if supply.not_placed:
        words.append(NOT_PLACED.format(number=count(len(supply.not_placed))))
    return Section("Supply in the place", tuple(words), tables=(open_lots, enterprises, by_ward))
