"""Rows written as csv, xlsx, xls or ods. The same rows give the same bytes."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter

from .cells import Cell, Pounds
from .ods import ods_bytes
from .xls import xls_bytes

WRITTEN_AT = datetime(2026, 11, 2, 9, 0)
"""The moment stamped into the files, so that they do not change from one writing to the next."""


def sheet_bytes(rows: Sequence[Sequence[Cell]], suffix: str, *, sheet: str) -> bytes:
    """One sheet as csv, xlsx, xls or ods; a csv has no sheet name. ValueError for another format."""
    if suffix == "csv":
        return csv_bytes(rows)
    if suffix == "xlsx":
        return xlsx_bytes(rows, sheet=sheet)
    if suffix == "xls":
        return xls_bytes(rows, sheet=sheet)
    if suffix == "ods":
        return ods_bytes(rows, sheet=sheet)
    raise ValueError(f"no spreadsheet format is called {suffix!r}")


def csv_bytes(rows: Sequence[Sequence[Cell]]) -> bytes:
    """As an older finance system exports it: Windows-1252, UK dates, thousands commas and brackets for credits."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_printed(cell) for cell in row] for row in rows)
    return text.getvalue().encode("cp1252")


def _printed(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Pounds):
        return cell.text
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def xlsx_bytes(rows: Sequence[Sequence[Cell]], *, sheet: str) -> bytes:
    """An Excel workbook of one sheet with real dates and numbers."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": WRITTEN_AT})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    money = book.add_format({"num_format": "#,##0.00"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)
            elif isinstance(cell, Pounds):
                page.write_number(number, column, cell.number, money)
            elif cell is not None:
                page.write(number, column, cell)
    page.set_column(0, max((len(row) for row in rows), default=1) - 1, 18)
    book.close()
    return held.getvalue()
