"""A spend ledger, read to payments, refusals and what a person should know before confirming."""

import json
import struct
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from procure.sheets import frames
from procure.sheets.batches import Payments, unpack
from procure.sheets.child import listen
from procure.sheets.limits import PERSON, Limits
from procure.sheets.reading import (
    ColumnReading,
    LedgerReading,
    NonDataLine,
    PaymentRow,
    Problem,
    RefusedRow,
    SheetReading,
    UnreadableSheetError,
)
from procure.sheets.warned import Warned
from procure.sheets.warnings import warn_of_file, warn_of_sheet
from procure.sheets.years import years_in_name

Correction = Mapping[str | None, Mapping[str, str | int]]
_COUNT = struct.Struct("<I")


def read_payments(
    path: str | Path,
    *,
    filename: str | None = None,
    limits: Limits = PERSON,
    mapping: Correction | None = None,
    progress: Callable[[int], None] | None = None,
) -> LedgerReading:
    """Read every payment of a spend file, whatever its kind and layout.

    The file is opened in a process of its own that is thrown away afterwards.

    mapping   a person's correction: sheet name, or None for every sheet > field > heading as written or 0-based column;
              "heading_row" among the fields is the row of the headings, counted from 1; 0 where the sheet has none
    progress  called now and then with the number of payments read so far
    returns   the sheets that are ledgers; a row is a payment, refused with advice, or a named line that is no data
    raises    UnreadableSheetError where the file is no ledger or may not be opened
    source    docs/measures/reading-ledgers.md
    """
    sheets: list[SheetReading] = []
    warnings: list[Warned] = []
    opening: dict[str, Any] = {}
    payments = Payments()
    reasons: list[tuple[str | None, str]] = []
    read = 0
    name = filename or Path(path).name
    for kind, body in listen(path, "ledger", limits, mapping, years_in_name(name)):
        if kind == frames.SHEET:
            opening, payments = json.loads(body), Payments()
        elif kind == frames.BATCH:
            (count,) = _COUNT.unpack_from(body)
            payments.add(body[_COUNT.size :], count)
            read += count
            if progress:
                progress(read)
        elif kind == frames.SHEET_END:
            told = json.loads(body)
            sheets.append(_sheet(opening, payments, told, limits))
            warnings += warn_of_sheet(sheets[-1], told["totals"], opening["is_month_first"], opening["note"])
        elif kind == frames.ROWS:
            reasons = [(sheet, reason) for sheet, reason in json.loads(body)]
        elif kind == frames.FILE_END:
            warnings += warn_of_file(json.loads(body), sheets, reasons)
    kept = tuple(sheet for sheet in sheets if (sheet.payments or sheet.refused) and not _is_hidden_copy(sheet, sheets))
    if not kept:
        raise UnreadableSheetError(_reason(reasons))
    return LedgerReading(name, kept, tuple(warnings), {sheet or "": why for sheet, why in reasons})


def stream_payments(
    path: str | Path, *, limits: Limits = PERSON, mapping: Correction | None = None
) -> Iterator[tuple[str | None, PaymentRow]]:
    """Sheet name and payment, one by one, while the file is still being read by the other process.

    For imports of millions of rows. Whoever stores them must be ready to undo: a refusal may come late.
    raises  UnreadableSheetError, at any time
    """
    sheet: str | None = None
    for kind, body in listen(path, "ledger", limits, mapping, years_in_name(Path(path).name)):
        if kind == frames.SHEET:
            sheet = json.loads(body)["sheet"]
        elif kind == frames.BATCH:
            yield from ((sheet, payment) for payment in unpack(body[_COUNT.size :]))


def _sheet(opening: Mapping[str, Any], payments: Payments, told: Mapping[str, Any], limits: Limits) -> SheetReading:
    name, headings = opening["sheet"], tuple(opening["headings"])
    refused_rows = tuple(
        RefusedRow(row, tuple(cells), tuple(Problem(name, row, *fault) for fault in faults))
        for row, cells, faults in told["refused_rows"]
    )
    problems = tuple(problem for refused in refused_rows for problem in refused.problems)
    counts = {kind: count for kind, count in sorted(told["counts"].items()) if count}
    return SheetReading(
        sheet=name,
        header_row=opening["header_row"],
        columns=opening["columns"],
        why=tuple(
            ColumnReading(**{**each, "samples": tuple(each["samples"]), "alternatives": tuple(each["alternatives"])})
            for each in opening["why"]
        ),
        headings=headings,
        payments=payments,
        problems=problems[: limits.problems_kept],
        problems_total=told["problems_total"],
        refused=counts.get("refused", 0),
        refused_rows=refused_rows,
        non_data=tuple(NonDataLine(*line) for line in told["non_data"]),
        counts=counts,
        rows=sum(counts.values()),
        total_pence=told["total_pence"],
        first_date=date.fromordinal(told["first"]) if told["first"] else None,
        last_date=date.fromordinal(told["last"]) if told["last"] else None,
        repeats=told["repeats"],
        repeats_pence=told["repeats_pence"],
        is_hidden=opening["is_hidden"],
    )


def _is_hidden_copy(sheet: SheetReading, sheets: list[SheetReading]) -> bool:
    """Whether a hidden sheet holds the same payments as one that is seen: they were made once."""

    def told(each: SheetReading) -> tuple[object, ...]:
        return len(each.payments), each.total_pence, each.first_date, each.last_date

    return sheet.is_hidden and any(not other.is_hidden and told(other) == told(sheet) for other in sheets)


def _reason(reasons: list[tuple[str | None, str]]) -> str:
    """The refusal of the sheet that came nearest to being a ledger: the longest told is the most particular."""
    if not reasons:
        return "No heading row was found. Upload a list of payments with who was paid, how much and when"
    name, reason = next(
        (each for each in reasons if "is empty" not in each[1] and "No heading" not in each[1]), reasons[0]
    )
    return f"{reason} (sheet “{name}”)" if name and len(reasons) > 1 else reason
