"""What stands in each column of a lots file, as the file shows it, for a person who checks how it was read."""

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...sheets import LotsReading, LotsSheetReading, UnreadableSheetError, read_first_rows

MOST = 3
ROWS = 200
"""How far down a sheet is looked, from its first row."""
Rows = Mapping[str | None, tuple[tuple[str, ...], ...]]
"""Sheet (None for a csv) > its first rows; row n is at n - 1."""


def rows_of(path: Path, reading: LotsReading) -> Rows:
    """The first rows of the sheets that hold lots; none where the file cannot be opened a second time."""
    wanted = {sheet.sheet for sheet in reading.sheets}
    with contextlib.suppress(UnreadableSheetError):
        return {each.sheet: each.rows for each in read_first_rows(path, ROWS) if each.sheet in wanted}
    return {}


def samples_in(sheet: LotsSheetReading, rows: Rows) -> dict[str, list[str]]:
    """Field > up to three different values of its column; empty where it is blank as far down as was looked."""
    left_out = {line.row for line in sheet.non_data}
    below = [
        cells
        for number, cells in enumerate(rows.get(sheet.sheet, ()), start=1)
        if number > sheet.header_row and number not in left_out
    ]
    places = {field: sheet.headings.index(heading) for field, heading in sheet.columns.items()}
    return {field: _first_few(cells[place] for cells in below if place < len(cells)) for field, place in places.items()}


def unused(sheet: LotsSheetReading) -> list[str]:
    """The headings that were understood as nothing, in the order of the file."""
    known = set(sheet.columns.values())
    return [heading for heading in dict.fromkeys(sheet.headings) if heading and heading not in known]


def _first_few(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in (each.strip() for each in values) if value))[:MOST]
