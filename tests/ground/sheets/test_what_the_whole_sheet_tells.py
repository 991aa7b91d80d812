# ruff: noqa: E501 - one case or rule a line
"""Years, signs and decimals that no single cell tells, but the sheet, its title or the file's name does."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from procure.sheets import LedgerReading
from procure.sheets.years import years_in_name

from .files import as_csv, as_ods, as_sheets, as_xlsx

Read = Callable[..., LedgerReading]
FIRMS = ["Acme Ltd", "Bravo Services Limited", "Charlie & Sons", "Delta Council", "Echo PLC"]
PAID = [
    (
        FIRMS[n % 5],
        date(2024, 3, 1) + timedelta(days=n * 3 % 28),
        ((n * 7919 + 12_345) % 200_000) * (-1 if n % 7 == 3 else 1),
    )
    for n in range(20)
]
TOTAL = sum(pence for _, _, pence in PAID)


def table(headings: Sequence[str], *cells: Callable[[str, date, int], Any]) -> list[list[Any]]:
    return [list(headings), *([cell(*paid) for cell in cells] for paid in PAID)]


def who(firm: str, day: date, pence: int) -> str:
    return firm


def when(firm: str, day: date, pence: int) -> str:
    return day.strftime("%d/%m/%Y")


def pounds(firm: str, day: date, pence: int) -> str:
    return f"{pence / 100:.2f}"


def unsigned(firm: str, day: date, pence: int) -> str:
    return f"{abs(pence) / 100:,.2f}"


def shaped(shape: str) -> Callable[[str, date, int], str]:
    return lambda firm, day, pence: day.strftime(shape)


def serial(epoch: date, kind: type = int) -> Callable[[str, date, int], Any]:
    return lambda firm, day, pence: kind((day - epoch).days)


def commas(thousands: str) -> Callable[[str, date, int], str]:
    return lambda firm, day, pence: f"{pence / 100:,.2f}".replace(",", "#").replace(".", ",").replace("#", thousands)


E1900, E1904 = date(1899, 12, 30), date(1904, 1, 1)
HEADS = ["Supplier", "Date", "Amount"]
LAYOUTS: list[tuple[str, bytes, str]] = [
    ("a trailing minus", as_csv(table(["Payee Name", "Date Paid", "Amount £"], who, when, lambda f, d, p: unsigned(f, d, p) + "-" * (p < 0))), ""),
    ("a column of CR and DR", as_csv(table([*HEADS, "CR/DR"], who, when, unsigned, lambda f, d, p: "CR" if p < 0 else "DR")), ""),
    ("a column of C and D", as_csv(table([*HEADS, "D/C indicator"], who, when, unsigned, lambda f, d, p: "C" if p < 0 else "D")), ""),
    ("a column of CR and DR beside signed amounts", as_csv(table([*HEADS, "CR/DR"], who, when, pounds, lambda f, d, p: "CR" if p < 0 else "DR")), ""),
    ("numbers with CR and DR", as_xlsx(table([*HEADS, "CR/DR"], who, lambda f, d, p: d, lambda f, d, p: abs(p) / 100, lambda f, d, p: "CR" if p < 0 else "DR")), ""),
    ("gross, VAT and net", as_csv(table(["Vendor", "Gross Amount", "VAT Amount", "Net Amount", "Pay Date"], who, lambda f, d, p: f"{p * 1.2 / 100:.2f}", lambda f, d, p: f"{p * 0.2 / 100:.2f}", pounds, when)), ""),
    ("totals with and without VAT", as_csv(table(["Total inc VAT", "VAT", "Total ex VAT", "Creditor", "Paid"], lambda f, d, p: f"{p * 1.2 / 100:.2f}", lambda f, d, p: f"{p * 0.2 / 100:.2f}", pounds, who, when)), ""),
    ("serials as text", as_csv(table(["Merchant", "Transaction Date", "Total"], who, serial(E1900, str), pounds)), ""),
    ("serials as text of 1904", as_xlsx(table(["Merchant", "Transaction Date", "Total"], who, serial(E1904, str), lambda f, d, p: p / 100), date_1904=True), ""),
    ("serials as numbers of 1904", as_xlsx(table(["Merchant", "Transaction Date", "Total"], who, serial(E1904), lambda f, d, p: p / 100), date_1904=True), ""),
    ("commas before the pence", as_csv(table(HEADS, who, when, commas(".")), delimiter=";"), ""),
    ("commas before the pence and spaces", as_csv(table(HEADS, who, when, commas("\u00a0")), delimiter=";"), ""),
    ("thousands by unbroken spaces", as_csv(table(HEADS, who, when, lambda f, d, p: f"{p / 100:,.2f}".replace(",", "\u00a0"))), ""),
    ("CR behind pounds", as_csv(table(HEADS, who, when, lambda f, d, p: f"£ {abs(p) / 100:,.2f}{' CR' * (p < 0)}")), ""),
    ("the year in the file's name", as_csv(table(HEADS, who, shaped("%d-%b"), pounds)), "spend-march-2024.csv"),
    ("the year in the file's name, numbers", as_csv(table(HEADS, who, shaped("%d/%m"), pounds)), "Spend Mar24.csv"),
    ("the financial year in the file's name", as_csv(table(HEADS, who, shaped("%d %B"), pounds)), "spend 2023-24.csv"),
    ("the year in the title", as_csv([["Spend for March 2024"], *table(HEADS, who, shaped("%d %b"), pounds)]), ""),
    ("months, and the year in the file's name", as_csv(table(["Supplier", "Month", "Amount"], who, shaped("%B"), pounds)), "202403_spend.csv"),
    ("periods of a financial year", as_csv(table(["Supplier", "Year", "Period", "Amount"], who, lambda f, d, p: "2023/24", lambda f, d, p: "12", pounds)), ""),
    ("words rarely met", as_csv(table(["Firm paid", "When", "How much"], who, when, pounds)), ""),
    ("tabs in a csv", as_csv(table(HEADS, who, when, unsigned)[:1] + table(HEADS, who, when, pounds)[1:], delimiter="\t"), "spend.csv"),
    ("UTF-16 without a mark", as_csv(table(HEADS, who, when, lambda f, d, p: f"£{p / 100:,.2f}"), encoding="utf-16-le", delimiter="\t"), ""),
    ("line breaks in headings and cells", as_csv(table(["Supplier\nName", "Payment\nDate", "Amount\n(£)", "Why"], who, when, pounds, lambda f, d, p: 'one\ntwo, "three"')), ""),
]  # fmt: skip


@pytest.mark.parametrize(("content", "name"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_the_same_payments_in_every_layout(content: bytes, name: str, read: Read) -> None:
    (sheet,) = read(content, name or "ledger.bin").sheets
    assert (len(sheet.payments), sheet.refused, sheet.total_pence) == (20, 0, TOTAL)
    assert sheet.first_date is not None
    assert sheet.last_date is not None
    assert sheet.first_date == date(2024, 3, 1)
    assert sheet.last_date.strftime("%Y-%m") == "2024-03"


def test_what_was_taken_from_elsewhere_is_said(read: Read) -> None:
    told = read(as_csv(table(HEADS, who, shaped("%d-%b"), pounds)), "spend-march-2024.csv").warnings
    assert any(each.kind == "joined" and "2024 was taken from the file's name" in each for each in told)
    told = read(as_csv(table([*HEADS, "CR/DR"], who, when, unsigned, lambda f, d, p: "CR" if p < 0 else "DR"))).warnings
    assert any("“CR/DR” marks as credits are taken off" in each for each in told)
    told = read(as_csv(table(HEADS, who, when, commas(".")), delimiter=";")).warnings
    assert any("comma before the pence" in each for each in told)


def test_days_without_any_year_are_refused(read: Read) -> None:
    (sheet,) = read(as_csv(table(HEADS, who, shaped("%d-%b"), pounds)), "spend.csv").sheets
    assert (len(sheet.payments), sheet.refused) == (0, 20)


def test_one_comma_before_the_pence_among_points_is_a_mistake(read: Read) -> None:
    rows = table(HEADS, who, when, pounds)
    rows[5][2] = "1.234,56"
    (sheet,) = read(as_csv(rows)).sheets
    assert (len(sheet.payments), [problem.row for problem in sheet.problems]) == (19, [6])


def test_rows_an_ods_repeats_are_as_many_payments(read: Read) -> None:
    rows = [
        ["Payee", "Date", "Amount"],
        ["A Ltd", date(2024, 3, 1), 10.0],
        [None, None, None],
        ["C Ltd", date(2024, 3, 2), 7.0],
    ]
    repeated = {1: 'table:number-rows-repeated="3"', 2: 'table:number-rows-repeated="20000"'}
    (sheet,) = read(as_ods(rows, row_attributes=repeated)).sheets
    assert (len(sheet.payments), sheet.total_pence, sheet.repeats) == (4, 3700, 2)


def test_a_workbook_with_a_cover_notes_and_months_is_read_month_by_month(read: Read) -> None:
    months = {
        name: table(["Beneficiary", "Date", "Sum of Amount"], who, lambda f, d, p: d, lambda f, d, p: p / 100)
        for name in ("Mar 24", "Again")
    }
    months["Again"][1][2] += 1
    reading = read(
        as_sheets(
            {
                "Cover": [["Anytown Council"], ["Contact", "foi@anytown.gov.uk"]],
                "Notes": [["1", "Without VAT"]],
                **months,
            }
        )
    )
    assert [(sheet.sheet, sheet.total_pence) for sheet in reading.sheets] == [("Mar 24", TOTAL), ("Again", TOTAL + 100)]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("spend-march-2024.csv", "2024"), ("Spend_Mar24.xlsx", "2024"), ("march 24.csv", "2024"), ("202403.csv", "2024"), ("20240331 spend.csv", "2024"),
        ("spend 2023-24.csv", "2023/24"), ("2023_2024.csv", "2023/24"), ("2023 and 2024.csv", ""), ("over500.csv", ""), ("a20241b.csv", ""), ("2024-03.csv", "2024"),
        ("march.csv", ""), ("spend 2024-07.csv", "2024"),
    ],
)  # fmt: skip
def test_the_year_a_name_tells(name: str, year: str) -> None:
    assert years_in_name(name) == year
