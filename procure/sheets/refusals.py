"""Refused rows as a file to correct: the layout the person knows, with what to put right beside each row."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Protocol

from procure.sheets.export import Value, open_workbook, write_csv, write_sheet
from procure.sheets.reading import RefusedRow

ROW, ADVICE = "Row in your file", "What to put right"


class Refused(Protocol):
    """Any sheet that was read: of payments, lots or enterprises."""

    @property
    def sheet(self) -> str | None: ...
    @property
    def headings(self) -> tuple[str, ...]: ...
    @property
    def refused_rows(self) -> tuple[RefusedRow, ...]: ...


def write_refusals(stream: BinaryIO, sheets: Sequence[Refused], *, kind: str = "xlsx") -> None:
    """Write every refused row of a reading's sheets under the headings it came with, and a column of advice.

    kind  "xlsx", a sheet for each; or "csv", where the headings of each further sheet are repeated, as readers allow
    """
    refused = [sheet for sheet in sheets if sheet.refused_rows]
    if kind == "csv":
        headings = _headings(refused[0]) if refused else [ROW, ADVICE]
        rows = (row for number, sheet in enumerate(refused) for row in _with_headings(sheet, number > 0))
        write_csv(stream, headings, rows)
        return
    book = open_workbook(stream)
    for number, sheet in enumerate(refused, start=1):
        write_sheet(book, f"Refused {number}", _headings(sheet), _rows(sheet))
    if not refused:
        write_sheet(book, "Refused", [ROW, ADVICE], [])
    book.close()


def _with_headings(sheet: Refused, is_repeated: bool) -> Iterator[Sequence[Value]]:
    if is_repeated:
        yield _headings(sheet)
    yield from _rows(sheet)


def _width(sheet: Refused) -> int:
    return max([len(sheet.headings), *(len(refused.cells) for refused in sheet.refused_rows)])


def _headings(sheet: Refused) -> list[str]:
    return [*sheet.headings, *[""] * (_width(sheet) - len(sheet.headings)), ROW, ADVICE]


def _rows(sheet: Refused) -> Iterator[Sequence[Value]]:
    width = _width(sheet)
    for refused in sheet.refused_rows:
        advice = "; ".join(
            f"{problem.column}: {problem.message}" if problem.column else problem.message
            for problem in refused.problems
        )
        yield [*refused.cells, *[""] * (width - len(refused.cells)), refused.row, advice]
