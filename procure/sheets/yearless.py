"""Days written without their year, as "15-Mar" or "15/03": the year is that of the title, or of the file's name."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from procure.sheets.cells import show
from procure.sheets.columns import Layout
from procure.sheets.days import MONTHS
from procure.sheets.months import year_of_month, year_told
from procure.sheets.reading import Cell
from procure.sheets.table import BrokenRow, Row, Table

_SAMPLE = 2_000
_MOST = 0.9  # share of the column's filled cells that must be days without a year
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]{1,2}([0-9]{1,2}|[a-z]{3,9})\.?", re.I)


def join_year(table: Table, layout: Layout, rows: Sequence[Row], named: str) -> tuple[Table, str] | None:
    """The table with whole days and what to say of it; None where days have their year, or where nothing tells it.

    named  what the file's name tells
    """
    at = layout.indexes["paid_on"]
    below = [row[at] for row in rows[layout.first_row : layout.first_row + _SAMPLE] if at < len(row) and row[at]]
    if not below or sum(_parts(cell) is not None for cell in below) <= _MOST * len(below):
        return None
    titled = year_told(table, rows[: layout.header_row - 1])
    year = titled or named
    if not year:
        return None
    where = "title" if titled else "file's name"
    told = f"the dates have no year: {year} was taken from the {where}; check that it is right"
    return table.changed(partial(_walk, table, at, layout.first_row, year)), told


def _walk(table: Table, at: int, first_row: int, year: str) -> Iterator[Row]:
    rows = table.walk()
    yield from islice(rows, first_row)
    for row in rows:
        if at < len(row) and not isinstance(row, BrokenRow) and (parts := _parts(row[at])):
            day, month = parts
            row[at] = f"{day}/{month}/{year_of_month(year, month)}"
        yield row


def _parts(cell: Cell) -> tuple[int, int] | None:
    found = _DAY.fullmatch(show(cell)) if isinstance(cell, str) else None
    if not found:
        return None
    month = int(found[2]) if found[2].isdecimal() else MONTHS.get(found[2].lower(), 0)
    return (int(found[1]), month) if 1 <= month <= 12 and 1 <= int(found[1]) <= 31 else None
