"""The sheets of an xlsx, xls or ods as tables."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, repeat
from typing import cast

import python_calamine as calamine

from procure.sheets.compound import LOCKED, MACROS
from procure.sheets.container import SAVE_AS
from procure.sheets.percentages import Places, show_percentages
from procure.sheets.reading import Cell, UnreadableSheetError
from procure.sheets.table import Row, Table

DAMAGED = "The file is damaged or of a kind that we cannot read. " + SAVE_AS
_MERGED_ROWS_FILLED = 5_000  # a cell merged over more rows than this is a frame, not a value that each row has


def read_tables(
    content: bytes, *, is_1904: bool = False, percentages: Mapping[str, Places] | None = None
) -> list[Table]:
    """Every sheet that holds cells. The guard must have passed the content first.

    percentages  sheet name > cells that are shown as percentages, which calamine does not tell
    raises  UnreadableSheetError where no sheet can be opened
    """
    with _refusing():
        book = calamine.load_workbook(io.BytesIO(content))
        told = book.sheets_metadata
    if any(sheet.typ == calamine.SheetTypeEnum.MacroSheet for sheet in told):
        raise UnreadableSheetError(MACROS)
    return [
        replace(
            _read_sheet(book, sheet.name, (percentages or {}).get(sheet.name, {})),
            is_hidden=sheet.visible != calamine.SheetVisibleEnum.Visible,
            is_1904=is_1904,
        )
        for sheet in told
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]


@contextmanager
def _refusing() -> Iterator[None]:
    """Turns what calamine raises into a refusal."""
    try:
        yield
    except calamine.PasswordError:
        raise UnreadableSheetError(LOCKED) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise UnreadableSheetError(DAMAGED) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic of its Rust is no Exception, and cannot be imported
            raise
        raise UnreadableSheetError(DAMAGED) from None


def _read_sheet(book: "calamine.CalamineWorkbook", name: str, percentages: Places) -> Table:
    with _refusing():
        sheet = book.get_sheet_by_name(name)
    return Table(name=name, walk=partial(_walk, sheet, percentages))


def _walk(sheet: "calamine.CalamineSheet", percentages: Places) -> Iterator[Row]:
    """Rows from the sheet's first, each from its first column, merged cells filled downwards."""
    if sheet.start is None:
        return iter(())
    indent: Row = [""] * sheet.start[1]
    rows = cast("Iterator[Row]", sheet.iter_rows())
    if indent:
        rows = (indent + row for row in rows)
    if percentages:
        rows = show_percentages(rows, percentages)
    merged = _merged_downwards(sheet)
    return _fill(rows, merged) if merged else rows


def _merged_downwards(sheet: "calamine.CalamineSheet") -> dict[int, list[tuple[int, int]]]:
    """Last row of a merged block > the columns it fills and its first row, both 0-based from the sheet's corner."""
    blocks: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if 0 < bottom - top < _MERGED_ROWS_FILLED:
            for row in range(top + 1, bottom + 1):
                blocks.setdefault(row, []).append((left, top))
    return blocks


def _fill(rows: Iterator[Row], merged: dict[int, list[tuple[int, int]]]) -> Iterator[Row]:
    """Give each row of a merged block the block's words or day; never its money, which was paid once."""
    tops: dict[tuple[int, int], Cell] = {}
    wanted = set(chain.from_iterable(merged.values()))
    columns_by_top: dict[int, list[int]] = {}
    for column, top in wanted:
        columns_by_top.setdefault(top, []).append(column)
    for number, row in enumerate(rows):
        for column in columns_by_top.get(number, ()):
            tops[column, number] = row[column] if column < len(row) else ""
        for column, top in merged.get(number, ()):
            value = tops.get((column, top), "")
            if isinstance(value, str | date) and value != "":
                row.extend(repeat("", column + 1 - len(row)))
                row[column] = value if row[column] == "" else row[column]
        yield row
