"""Tables that leave the house: no cell can act as a formula, numbers stay numbers, rows stream."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import xlsxwriter

Value = str | int | float | bool | Decimal | date | datetime | None

_STARTS = tuple("=+-@\t\r\x00＝＋－＠")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?%?")
_UNSEEN = re.compile(r"[\x00\ud800-\udfff]")


def neutralise(value: Value) -> Value:
    """A value that no spreadsheet program will run: an apostrophe goes before text that could start a formula.

    Numbers stay numbers, also those written as text. source: OWASP, CSV injection; ASVS 5.0, 1.2.10
    """
    if not isinstance(value, str):
        return value
    could_act = value.lstrip(" \u00a0").startswith(_STARTS) and not _NUMBER.fullmatch(value.strip())
    text = _UNSEEN.sub("", value)
    return f"'{text}" if could_act else text


def write_csv(stream: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write rows as UTF-8 with a mark that tells Excel so. The stream stays open. Dates are written year first."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow([neutralise(heading) for heading in headings])
        for row in rows:
            writer.writerow([_as_text(neutralise(value)) for value in row])
    finally:
        text.detach()


def write_xlsx(
    stream: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = "Rows"
) -> None:
    """Write rows as a workbook with frozen headings, one row in memory at a time. The stream stays open."""
    book = open_workbook(stream)
    write_sheet(book, sheet, headings, rows)
    book.close()


def open_workbook(stream: BinaryIO) -> xlsxwriter.Workbook:
    import xlsxwriter

    return xlsxwriter.Workbook(
        stream,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        },
    )


def write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    longest: Sequence[int] = (),
) -> None:
    """One sheet. longest: letters of the longest cell by column, where the caller knows; else the headings decide."""
    sheet = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, str(neutralise(heading)), bold)
        letters = max(len(heading), longest[column] if column < len(longest) else 0)
        sheet.set_column(column, column, min(max(letters + 2, 12), 40))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            safe = neutralise(value)
            if isinstance(safe, str):
                sheet.write_string(number, column, safe)
            elif isinstance(safe, date):
                sheet.write_datetime(number, column, safe, day)
            elif safe is not None:
                sheet.write(number, column, safe)


def _as_text(value: Value) -> str | int | float | Decimal:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value.isoformat() if isinstance(value, date) else value
