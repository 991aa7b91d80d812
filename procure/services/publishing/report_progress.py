"""What the board report of a place says of progress: shares now and before, targets, money shifted, all together."""

from ...papers import Column, Section, Table
from ...papers.content import COUNT, PENCE, SHARE, Cell
from ...papers.words import day, pounds
from ..place import place_baselines, place_progress, place_targets, place_together, place_totals
from ..place.place_baselines import Window
from ..place.place_progress import Row
from ..place.places import AnchorShare
from .report_parts import quarter_words

EVERYBODY = "All anchors together"
COLUMNS = (
    Column("Anchor"),
    Column("Now, lowest", SHARE),
    Column("Now, highest", SHARE),
    Column("At baseline, lowest", SHARE),
    Column("At baseline, highest", SHARE),
    Column("Target"),
    Column("Shifted, lowest", PENCE),
    Column("Shifted, highest", PENCE),
)


def progress(of: int, anchors: list[AnchorShare]) -> Section:
    """How far each anchor that shows its figures has come, and all together where that may be told."""
    together = place_together.quarters(anchors, place_totals.totals_of(of))
    found = place_progress.progress(
        anchors, together, place_baselines.in_force(of), place_targets.in_force(of), place_id=of
    )
    rows = [*found.rows, *([found.together] if found.together else [])]
    if not rows:
        return Section("Progress", ("No anchor shows its figures to this place yet.",))
    words = [_when(found.window, found.baseline)]
    if found.shift is not None:
        words.append(
            f"Since the baseline {pounds(found.shift.low)} to {pounds(found.shift.high)} shifted to this place, at "
            f"{found.shifting:,} of the anchors. Below nothing means that less stays than would have."
        )
    table = Table("Progress of each anchor", COLUMNS, tuple(map(_line, rows)))
    return Section("Progress", tuple(words), tables=(table, *_together(together)))


def _when(window: Window | None, baseline: Window | None) -> str:
    now = f"Now is {_span(window)}." if window else "There is no money in the latest quarters."
    return f"{now} The baseline is {_span(baseline)}." if baseline else f"{now} No baseline has been chosen yet."


def _span(window: Window) -> str:
    first, last = window.quarters[0], window.quarters[-1]
    return quarter_words(first) if first == last else f"{quarter_words(first)} up to {quarter_words(last)}"


def _line(row: Row) -> tuple[Cell, ...]:
    now, before = row.now, row.before
    return (
        row.anchor.name if row.anchor else EVERYBODY,
        now.low if now else None,
        now.high if now else None,
        before.low if before else None,
        before.high if before else None,
        f"{row.target.percent}% by {day(row.target.due_on)}" if row.target else "none",
        row.shift.low if row.shift else None,
        row.shift.high if row.shift else None,
    )


def _together(quarters: list[place_together.Quarter]) -> tuple[Table, ...]:
    """Quarters of three anchors or more, as the place may know them."""
    rows = tuple(
        (quarter_words(each.quarter), each.anchors, each.share.total, each.share.low, each.share.high)
        for each in quarters
        if each.share is not None
    )
    columns = (
        Column("Quarter"),
        Column("Anchors", COUNT),
        Column("Money", PENCE),
        Column("Lowest", SHARE),
        Column("Highest", SHARE),
    )
    return (Table("All anchors together by quarter", columns, rows),) if rows else ()
