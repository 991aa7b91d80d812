"""A spend ledger, read to payments."""

import csv
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from procure.sheets.limits import PERSON, Limits
from procure.sheets.reading import LedgerReading, PaymentRow, Problem, RefusedRow, SheetReading, UnreadableSheetError

Correction = Mapping[str | None, Mapping[str, str | int]]


def read_payments(
    path: str | Path,
    *,
    filename: str | None = None,
    limits: Limits = PERSON,
    mapping: Correction | None = None,
    progress: Callable[[int], None] | None = None,
) -> LedgerReading:
    """Read every payment of a spend file.

    mapping   a person's correction: sheet name or None for every sheet > field > heading as written, or 0-based column
    progress  called now and then with the number of rows read so far
    raises    UnreadableSheetError where the file is no ledger or may not be opened
    """
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    headings = [heading.strip().casefold() for heading in (rows or [[]])[0]]
    try:
        supplier, amount, paid_on = (headings.index(name) for name in ("supplier", "amount", "date"))
    except ValueError:
        raise UnreadableSheetError("No heading row was found with a supplier, an amount and a date") from None
    payments: list[PaymentRow] = []
    problems: list[Problem] = []
    for number, cells in enumerate(rows[1:], start=2):
        try:
            pence = int(Decimal(cells[amount].replace(",", "").replace("£", "")) * 100)
            day, month, year = cells[paid_on].split("/")
            payments.append(PaymentRow(number, cells[supplier], pence, date(int(year), int(month), int(day))))
        except (InvalidOperation, ValueError, IndexError):
            problems.append(Problem(None, number, None, "", "Enter an amount like 1,234.56 and a date like 31/12/2025"))
    days = [payment.paid_on for payment in payments]
    sheet = SheetReading(
        sheet=None,
        header_row=1,
        columns={"supplier": rows[0][supplier], "amount": rows[0][amount], "paid_on": rows[0][paid_on]},
        why=(),
        headings=tuple(rows[0]),
        payments=payments,
        problems=tuple(problems),
        problems_total=len(problems),
        refused=len(problems),
        refused_rows=tuple(RefusedRow(each.row, tuple(rows[each.row - 1]), (each,)) for each in problems),
        non_data=(),
        counts={"payment": len(payments), "refused": len(problems), "heading": 1},
        rows=len(rows),
        total_pence=sum(payment.pence for payment in payments),
        first_date=min(days, default=None),
        last_date=max(days, default=None),
    )
    return LedgerReading(filename=filename or Path(path).name, sheets=(sheet,))
