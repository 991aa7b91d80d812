# ruff: noqa: E501 - one case or rule a line
"""What workbooks say beside their numbers, and days and amounts told in more columns than one."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwt

from procure.sheets import LedgerReading, UnreadableSheetError, read_payments

from .files import (
    PENCE,
    TABLE,
    as_ods,
    as_sheets,
    as_xlsx,
    member,
    raw_rows,
    raw_sheet,
    repacked,
    with_sheet,
)

Read = Callable[..., LedgerReading]
ROWS: list[list[Any]] = [
    ["Supplier", "Date", "Amount"],
    ["A", "01/04/2025", 1.0],
    ["B", "01/04/2025", 5.0],
    ["C", "01/04/2025", 5.0],
]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reader(content: bytes | str) -> LedgerReading:
        path = tmp_path / "ledger.bin"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_payments(path)

    return reader


def shown_as(code: str, number: float = 0.5) -> bytes:
    def finish(book: Any, sheet: Any) -> None:
        sheet.write_number(1, 2, number, book.add_format({"num_format": code}))

    return as_xlsx(ROWS, finish=finish)


def percentage_in_xls() -> bytes:
    book = xlwt.Workbook()
    sheet, style = book.add_sheet("April"), xlwt.easyxf(num_format_str="0.00%")
    for number, row in enumerate([ROWS[0], ["A", "01/04/2025", 0.5], *ROWS[2:]]):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell, *([style] if cell == 0.5 else []))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def percentage_in_ods() -> bytes:
    book = as_ods([ROWS[0], ["A", "01/04/2025", 0.5], *ROWS[2:]])
    old, new = b'office:value-type="float" office:value="0.5"', b'office:value-type="percentage" office:value="0.5"'
    return repacked(book, {"content.xml": member(book, "content.xml").replace(old, new)})


@pytest.mark.parametrize(
    ("make", "shown", "told"),
    [
        (lambda: shown_as("0%"), "50%", "percentage"),
        (lambda: shown_as("0.00%"), "50%", "percentage"),
        (lambda: shown_as("#,##0.0%;[Red]-0%"), "50%", "percentage"),
        (percentage_in_xls, "50%", "percentage"),
        (percentage_in_ods, "50%", "percentage"),
        (lambda: shown_as("dd/mm/yyyy", 45748), "01/04/2025", "shown as a date"),
    ],
)
def test_a_number_shown_as_something_else_is_no_amount(
    make: Callable[[], bytes], shown: str, told: str, read: Read
) -> None:
    reading = read(make())
    (problem,) = reading.problems
    assert (problem.row, problem.column, problem.value, reading.total_pence) == (2, "Amount", shown, 1000)
    assert told in problem.message


def test_a_percent_sign_between_quotation_marks_makes_no_percentage(read: Read) -> None:
    assert read(shown_as('0.00" %"')).total_pence == 1050


def wide(codec: str, declared: str = "UTF-16") -> bytes:
    prolog = f'<?xml version="1.0" encoding="{declared}"?>'
    return raw_sheet(raw_rows(TABLE), prolog=prolog).decode().encode(codec)


def every_part_wide() -> bytes:
    book = as_xlsx(TABLE)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {
            name: archive.read(name).decode().replace("UTF-8", "UTF-16").encode("utf-16") for name in archive.namelist()
        }
    return repacked(book, parts)


def strict() -> bytes:
    book = as_xlsx(TABLE)
    spaces = ((b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main"),
              (b"schemas.openxmlformats.org/officeDocument/2006/relationships", b"purl.oclc.org/ooxml/officeDocument/relationships"))  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in spaces:
        parts = {name: body.replace(old, new) for name, body in parts.items()}
    return repacked(book, parts)


def out_of_order() -> bytes:
    rows = re.findall(r"<row.*?</row>", raw_rows(TABLE))
    return with_sheet(raw_sheet("".join([rows[0], rows[3], rows[1], rows[2]])))


@pytest.mark.parametrize(
    "make",
    [
        lambda: with_sheet(wide("utf-16")),
        lambda: with_sheet(b"\xfe\xff" + wide("utf-16-be")),
        lambda: with_sheet(wide("latin-1", "ISO-8859-1")),
        every_part_wide,
        strict,
        out_of_order,
        lambda: with_sheet(raw_sheet(raw_rows(TABLE).replace('<row r="', '<row x="'))),
    ],
    ids=[
        "UTF-16",
        "UTF-16 other end first",
        "Latin 1",
        "every part in UTF-16",
        "strict",
        "rows out of order",
        "rows without numbers",
    ],
)
def test_a_legal_but_odd_workbook_gives_every_payment(make: Callable[[], bytes], read: Read) -> None:
    reading = read(make())
    assert (reading.payments_count, reading.total_pence, reading.problems) == (3, PENCE, ())


JOINED = [
    ("month and year", "Supplier,Month,Year,Amount\nA,April,2025,10\nB,May,2025,5\n", date(2025, 4, 1), date(2025, 5, 1)),
    ("numbers of months", "Supplier,Month,Year,Amount\nA,4,2025,10\nB,5,2025,5\n", date(2025, 4, 1), date(2025, 5, 1)),
    ("day, month and year", "Supplier,Day,Month,Year,Amount\nA,3,4,2025,10\nB,9,5,2025,5\n", date(2025, 4, 3), date(2025, 5, 9)),
    ("a month with its year", "Supplier,Period,Amount\nA,Apr-25,10\nB,May-25,5\n", date(2025, 4, 1), date(2025, 5, 1)),
    ("a year in the title", "Payments 2025\nSupplier,Month,Amount\nA,April,10\nB,May,5\n", date(2025, 4, 1), date(2025, 5, 1)),
    ("a year that begins in April", "Supplier,Month,Financial Year,Amount\nA,April,2024/25,10\nB,January,2024/25,5\n", date(2024, 4, 1), date(2025, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "last"), [case[1:] for case in JOINED], ids=[case[0] for case in JOINED])
def test_a_day_told_in_parts_is_put_together_and_said(text: str, first: date, last: date, read: Read) -> None:
    reading = read(text)
    assert (reading.total_pence, reading.problems) == (1500, ())
    assert (reading.sheets[0].first_date, reading.sheets[0].last_date) == (first, last)
    assert any("“" in told and "date" in told for told in reading.warnings)


def test_months_without_a_year_are_refused_with_what_is_missing(read: Read) -> None:
    with pytest.raises(UnreadableSheetError, match="months without a year"):
        read("Supplier,Month,Amount\nA,April,10\nB,May,5\n")


def test_a_sheet_that_sums_up_by_month_is_not_counted_beside_the_payments(read: Read) -> None:
    summed = [
        ["Supplier", "Month", "Amount"],
        ["Canal Side Catering CIC", "April 2025", 100.0],
        ["Hockley Grounds Ltd", "April 2025", 250.5],
    ]
    reading = read(as_sheets({"Summary": summed, "Payments": TABLE}))
    assert ([sheet.sheet for sheet in reading.sheets], reading.total_pence) == (["Payments"], PENCE)


def test_credits_in_a_column_of_their_own_are_taken_off(read: Read) -> None:
    text = "Supplier,Date,Debit,Credit\nA,01/04/2025,10.00,\nB,01/04/2025,,4.00\nC,01/04/2025,3.00,2.00\n"
    reading = read(text)
    assert ([payment.pence for payment in reading.sheets[0].payments], reading.problems_total) == ([1000, -400], 1)


def test_totals_of_months_are_no_payments_and_no_mistakes(read: Read) -> None:
    text = "Supplier,Date,Amount\nA,01/04/2025,10.00\nTotal April,,10.00\nB,01/05/2025,5.00\nTotal May,,5.00\n"
    (sheet,) = read(text).sheets
    assert (len(sheet.payments), sheet.refused, sheet.counts["total"]) == (2, 0, 2)


def test_the_sign_that_parts_our_own_columns_does_no_harm_inside_a_cell(read: Read) -> None:
    reading = read("Supplier,Date,Amount,Description\nA,01/04/2025,10.00,x\x1fy\nB,01/04/2025,5.00,z\n")
    assert [payment.description for payment in reading.sheets[0].payments] == ["xy", "z"]


def test_a_csv_whose_every_line_is_one_quoted_cell_is_opened_twice(read: Read) -> None:
    reading = read('"Supplier,Date,Amount"\n"""A, Ltd"",01/04/2025,10.00"\n"B Ltd,02/04/2025,5.50"\n')
    assert ([payment.supplier for payment in reading.sheets[0].payments], reading.total_pence) == (
        ["A, Ltd", "B Ltd"],
        1550,
    )
