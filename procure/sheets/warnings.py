"""What a person should know about a file before its payments count, in sentences."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from procure.sheets.reading import SheetReading
from procure.sheets.warned import Warned


def pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def _many(count: int, one: str, several: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {several}"


def warn_of_sheet(
    sheet: SheetReading, totals: Sequence[Sequence[int]], is_month_first: bool, note: str
) -> list[Warned]:
    """totals are (row, pence the line says, pence of all payments above it); note what was put together."""
    where = f"On sheet “{sheet.sheet}”: " if sheet.sheet else ""
    told = [
        Warned(
            "same headings",
            f"{where}{sheet.headings.count(heading)} columns are headed “{heading}”; the one in column {at} was read",
        )
        for name, heading, at in _core(sheet)
        if heading and sheet.headings.count(heading) > 1
    ]
    if sheet.repeats:
        lines = _many(sheet.repeats, "line is an exact duplicate of another", "lines are exact duplicates of others")
        counted = "it is counted" if sheet.repeats == 1 else "they are counted"
        told.append(Warned("repeats", f"{where}{lines}, {pounds(sheet.repeats_pence)} in all; {counted}"))
    if totals and totals[-1][1] not in (totals[-1][2], *_between(totals)):
        row, said, above = totals[-1]
        differs = f"says {pounds(said)}, but the payments above it add up to {pounds(above)}"
        told.append(Warned("total disagrees", f"{where}the total in row {row} {differs}"))
    if note:
        told.append(Warned("joined", where + note))
    if is_month_first:
        reason = "dates are read as month/day/year, because the column makes sense only that way"
        told.append(Warned("month first", where + reason))
    if sheet.is_hidden and sheet.payments:
        read = _many(len(sheet.payments), "payment was", "payments were")
        told.append(Warned("hidden sheet", f"{where}the sheet is hidden in the workbook; its {read} read"))
    return told


def _core(sheet: SheetReading) -> list[tuple[str, str, int]]:
    """Field, heading and 1-based column of supplier, amount and date."""
    return [
        (why.field, why.heading, why.index + 1) for why in sheet.why if why.field in ("supplier", "amount", "paid_on")
    ]


def _between(totals: Sequence[Sequence[int]]) -> list[int]:
    """What sub-totals may add up to instead: the payments since the total before, or all totals before."""
    if len(totals) < 2:
        return []
    return [totals[-1][2] - totals[-2][2], sum(total[1] for total in totals[:-1])]


def warn_of_file(
    findings: Mapping[str, Any], sheets: Sequence[SheetReading], others: Sequence[tuple[str | None, str]]
) -> list[Warned]:
    told = []
    if findings["hidden_rows"]:
        rows = _many(findings["hidden_rows"], "row is hidden", "rows are hidden")
        told.append(Warned("hidden rows", f"{rows} in the workbook; hidden rows are counted"))
    if findings["links_outside"]:
        told.append(Warned("links", "The workbook has links to other workbooks; the values saved in it were read"))
    if findings["kind"] == "xls":
        told.append(Warned("xls rows", "An .xls file does not tell us which rows are hidden; every row is counted"))
    if sheets:
        told += [
            Warned("sheet left out", f"The sheet “{name}” was left out: {why}")
            for name, why in others
            if name and "is empty" not in why
        ]
    for one, other in combinations([sheet for sheet in sheets if len(sheet.payments) > 1], 2):
        if (len(one.payments), one.total_pence) == (len(other.payments), other.total_pence):
            alike = "hold the same number of payments and the same total"
            told.append(Warned("same sheets", f"The sheets “{one.sheet}” and “{other.sheet}” {alike}"))
    return told
