"""A sheet with what it tells in parts put together: days, credits, signs and decimals."""

from collections.abc import Sequence
from itertools import islice

from procure.sheets import months, signs
from procure.sheets.columns import Choice, Layout, find_layout
from procure.sheets.credits import find_credits, join_credits
from procure.sheets.table import Row, Table
from procure.sheets.yearless import join_year

LOOKED_AHEAD = 15_000  # rows from which headings, columns and the order of dates are judged


def join(
    table: Table, ahead: list[Row], choice: Choice, named: str
) -> tuple[Table, Layout | None, list[Row], str, bool]:
    """The sheet put together, its layout, its first rows, what to say of it, and whether it tells months only.

    named  the year, or the pair of years, that the file's name tells
    """
    layout, note, is_by_month = find_layout(ahead, choice), "", False
    parts = months.find_parts(table, layout, ahead, named) if layout else None
    if isinstance(parts, str):
        note = parts
    elif layout and parts:
        table, note = months.join_parts(table, parts, layout.first_row), months.tell_parts(parts, layout.headings)
        ahead, is_by_month = list(islice(table.walk(), LOOKED_AHEAD)), parts.day is None
        layout = find_layout(ahead, choice)
    if layout is None or layout.missing:
        return table, layout, ahead, note, is_by_month
    if not parts and (whole := join_year(table, layout, ahead, named)):
        table, note = whole
        ahead = list(islice(table.walk(), LOOKED_AHEAD))
    table, notes = _join_amounts(table, layout, ahead)
    return table, layout, ahead, "; ".join(filter(None, [note, *notes])), is_by_month


def _join_amounts(table: Table, layout: Layout, ahead: Sequence[Row]) -> tuple[Table, list[str]]:
    """The sheet with its amounts as we write them, and what to say of it."""
    notes = []
    if signs.has_commas(layout, ahead):
        table = signs.point_amounts(table, layout)
        notes.append("the amounts have a comma before the pence, and are read so")
    credit = find_credits(layout)
    if credit is not None:
        return join_credits(table, layout, credit, ahead), notes
    marks = signs.find_marks(layout, ahead)
    if marks is not None:
        table = signs.sign_amounts(table, layout, marks)
        notes.append(f"the amounts that “{layout.headings[marks]}” marks as credits are taken off")
    return table, notes
