"""A ledger with hundreds of mistakes is still a ledger: its lines are refused one by one, never the file."""

from collections.abc import Callable

import pytest

from procure.sheets import LedgerReading

from .files import as_csv

Read = Callable[..., LedgerReading]
NAME = "Supplier Name"
HEADINGS = [NAME, "Amount Net Of Recoverable VAT", "Payment Date", "Expense Type"]
AT_LENGTH = (
    "Name of the supplier that was paid in the month, for goods or services received by us, under a contract or not"
)
LONG = (
    "The Incorporated Association of Extraordinarily Long Names, Wharfside Engineering, Facilities Management and "
    "Grounds Maintenance Community Benefit Society Limited"
)


def ledger(lines: int, is_mistaken: Callable[[int], bool], *, amount: str, day: str, heading: str = NAME) -> bytes:
    rows = [[heading, *HEADINGS[1:]]]
    for at in range(lines):
        who = LONG if at % 7 == 0 else f"Canal Kitchen {at % 90}"
        good = f"{at % 27 + 1:02d}/05/2026"
        rows.append([who, amount, day or good, "Food"] if is_mistaken(at) else [who, f"{at + 1}.00", good, "Food"])
    return as_csv(rows)


@pytest.mark.parametrize("amount", ["n/a", "12x7.00", "#REF!", "to be told"])
@pytest.mark.parametrize("day", ["31/04/2026", "", "unknown"])
@pytest.mark.parametrize("lines", [3, 40, 3001])
def test_mistakes_on_every_second_line_are_refused_rows_and_the_rest_counts(
    amount: str, day: str, lines: int, read: Read
) -> None:
    reading = read(ledger(lines, lambda at: at % 2 == 0, amount=amount, day=day), "spend.csv")
    [sheet] = reading.sheets
    right = [at + 1 for at in range(lines) if at % 2]
    assert (sheet.header_row, sheet.columns["supplier"]) == (1, NAME)
    assert (len(sheet.payments), sheet.counts["refused"], sheet.total_pence) == (
        len(right),
        lines - len(right),
        100 * sum(right),
    )


@pytest.mark.parametrize("mistaken", [30, 60, 90])
def test_however_many_amounts_cannot_be_read_the_columns_are_known(mistaken: int, read: Read) -> None:
    reading = read(ledger(1000, lambda at: at * 37 % 100 < mistaken, amount="n/a", day=""), "spend.csv")
    [sheet] = reading.sheets
    assert (len(sheet.payments), sheet.counts["refused"]) == (1000 - 10 * mistaken, 10 * mistaken)


def test_a_heading_explained_at_length_is_still_a_heading(read: Read) -> None:
    reading = read(ledger(50, lambda at: at % 2 == 0, amount="n/a", day="", heading=AT_LENGTH), "spend.csv")
    [sheet] = reading.sheets
    assert (sheet.columns["supplier"], len(sheet.payments), sheet.counts["refused"]) == (AT_LENGTH, 25, 25)
