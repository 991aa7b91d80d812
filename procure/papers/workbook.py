"""A report as a workbook: a sheet of words, then a sheet for each table, whose numbers are numbers."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from procure.sheets import export

from .content import COUNT, PENCE, SHARE, UNITS, Cell, Report, Table

LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def write_xlsx(stream: BinaryIO, report: Report) -> None:
    """Write the workbook: money in pounds, shares from 0 to 1. No cell can act as a formula. The stream stays open."""
    book = export.open_workbook(stream)
    book.set_properties({"title": report.title, "author": report.organisation})
    taken = {"about"}
    sheets = [(_free_name(table.caption, taken), table) for table in report.tables]
    export.write_sheet(book, "About", ("What", "In words"), _words(report, sheets))
    for name, table in sheets:
        export.write_sheet(book, name, list(_headings(table)), map(_cells(table), table.rows))
    book.close()


def _words(report: Report, sheets: list[tuple[str, Table]]) -> Iterator[tuple[str, str]]:
    yield "Title", report.title
    yield "Organisation", report.organisation
    yield "Made on", report.made_on
    yield "In short", report.summary
    yield from report.facts
    for section in report.sections:
        for words in (*section.words, *section.points):
            yield section.title, words
    yield from ((f"Sheet “{name}”", table.caption) for name, table in sheets)


def _headings(table: Table) -> Iterator[str]:
    for column in table.columns:
        unit = UNITS.get(column.kind)
        yield f"{column.heading} ({unit})" if column.kind in (PENCE, SHARE) else column.heading


def _cells(table: Table) -> Any:
    kinds = [column.kind for column in table.columns]

    def plain(row: tuple[Cell, ...]) -> list[Cell]:
        return [_plain(cell, kind) for cell, kind in zip(row, kinds, strict=True)]

    return plain


def _plain(cell: Cell, kind: str) -> Cell:
    if cell is None:
        return "not known" if kind in (PENCE, SHARE, COUNT) else ""
    return int(cell) / 100 if kind == PENCE else cell


def _free_name(caption: str, taken: set[str]) -> str:
    """The caption as a sheet may be called: short, without forbidden marks, and no two alike."""
    plain = _FORBIDDEN.sub(" ", caption)[:LONGEST_NAME].strip() or "Table"
    name, number = plain, 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = plain[: LONGEST_NAME - len(ending)].strip() + ending, number + 1
    taken.add(name.casefold())
    return name
