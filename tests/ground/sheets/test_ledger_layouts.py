# ruff: noqa: E501 - one case or rule a line
"""Ledgers as publishers lay them out: titles, two-row headings, totals, notes, moved columns, several sheets."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from procure.sheets import LedgerReading, UnreadableSheetError

from .files import HEADINGS, PAYMENTS, PENCE, TABLE, as_csv, as_ods, as_sheets, as_xls, as_xlsx

Read = Callable[..., LedgerReading]

# name, text of a csv, (heading row, payments, refused, pence)
LAYOUTS: list[tuple[str, str, tuple[int, int, int, int]]] = [
    ("plain", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\n", (1, 1, 0, 1000)),
    ("titles above", "Anytown Council\nPayments to suppliers over £500\n\nSupplier,Date,Amount\nA Ltd,01/04/2025,10.00\n", (4, 1, 0, 1000)),
    ("headings on two rows", "Supplier,,Payment,Net\nName,Number,Date,Amount\nA Ltd,17,01/04/2025,10.00\n", (1, 1, 0, 1000)),
    ("blank row under the headings", "Supplier,Date,Amount\n,,\nA Ltd,01/04/2025,10.00\n", (1, 1, 0, 1000)),
    ("blank rows at the foot", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\n" + ",,\n" * 3000, (1, 1, 0, 1000)),
    ("repeated headings", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nSupplier,Date,Amount\nB Ltd,02/04/2025,5.00\n", (1, 2, 0, 1500)),
    ("headings that move", "Supplier,Ref,Date,Amount\nA Ltd,R1,01/04/2025,10.00\nSupplier,Date,Amount,\nB Ltd,02/04/2025,5.00,\n", (1, 2, 0, 1500)),
    ("a total at the foot", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nTotal,,10.00\n", (1, 1, 0, 1000)),
    ("a total with a date", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nTOTAL,30/04/2025,10.00\n", (1, 1, 0, 1000)),
    ("a grand total in another column", "Supplier,Date,Ref,Amount\nA Ltd,01/04/2025,1,10.00\n,,Grand Total,10.00\n", (1, 1, 0, 1000)),
    ("an unlabelled total", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\n,,10.00\n", (1, 1, 0, 1000)),
    ("a total that disagrees", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nTotal,,11.00\n", (1, 1, 0, 1000)),
    ("sub-totals by supplier", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nA Ltd Total,,10.00\nB Ltd,01/04/2025,5.00\nB Ltd Total,,5.00\nGrand Total,,15.00\n", (1, 2, 0, 1500)),
    ("suppliers really called Total", "Supplier,Date,Amount\nTotal Gas & Power,01/04/2025,10.00\nTotal,02/04/2025,15.00\nTotal Fitness Ltd,02/04/2025,5.00\n", (1, 2, 0, 1500)),
    ("notes at the foot", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\n\nThis file was published by Finance\nPage 1 of 1,,\n", (1, 1, 0, 1000)),
    ("an unnamed column", ",Supplier,,Date,Amount\nx,A Ltd,y,01/04/2025,10.00\n", (1, 1, 0, 1000)),
    ("amount headed Total", "Supplier,Date,Total\nA Ltd,01/04/2025,10.00\n", (1, 1, 0, 1000)),
    ("amount headed Sum of", "Supplier,Date,Sum of Amount\nA Ltd,01/04/2025,10.00\n", (1, 1, 0, 1000)),
    ("net beside VAT and gross", "Supplier,Date,Gross,VAT,Net\nA Ltd,01/04/2025,12.00,2.00,10.00\n", (1, 1, 0, 1000)),
    ("gross only", "Supplier,Date,Gross Amount\nA Ltd,01/04/2025,12.00\n", (1, 1, 0, 1200)),
    ("amount beside total with VAT", "Supplier,Date,Amount,VAT,Total\nA Ltd,01/04/2025,10.00,2.00,12.00\n", (1, 1, 0, 1000)),
    ("excluding and including VAT", "Payee,Paid,Amount inc VAT,Amount exc VAT\nA Ltd,01/04/2025,12.00,10.00\n", (1, 1, 0, 1000)),
    ("semicolons", "Supplier;Date;Amount\nA Ltd;01/04/2025;10.00\nB, C & Co;01/04/2025;5.00\n", (1, 2, 0, 1500)),
    ("tabs", "Supplier\tDate\tAmount\nA Ltd\t01/04/2025\t10.00\n", (1, 1, 0, 1000)),
    ("bars", "Supplier|Date|Amount\nA Ltd|01/04/2025|10.00\n", (1, 1, 0, 1000)),
    ("declared separator", "sep=;\nSupplier;Date;Amount\nA Ltd;01/04/2025;10.00\n", (1, 1, 0, 1000)),
    ("line breaks in cells", 'Supplier,Date,Amount\n"A\nLtd",01/04/2025,10.00\n', (1, 1, 0, 1000)),
    ("an open quotation mark", 'Supplier,Date,Amount\n"A Ltd,01/04/2025,10.00\nB Ltd,02/04/2025,5.00\nC Ltd,03/04/2025,1.00\n', (1, 2, 1, 600)),
    ("an open quotation mark closed by the next", 'Supplier,Date,Amount\n"A Ltd,01/04/2025,10.00\n"B, C Ltd",02/04/2025,5.00\nC Ltd,03/04/2025,1.00\n', (1, 2, 1, 600)),
    ("an open quotation mark on the last line", 'Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\n"B Ltd,02/04/2025,5.00', (1, 1, 1, 1000)),
    ("spaces after separators", '"Supplier" , "Date", "Amount"\n"A, Ltd", "01/04/2025", "10.00"\n', (1, 1, 0, 1000)),
    ("a comma that shifts a line", "Date,Supplier,Ref,Amount\n01/04/2025,A Ltd,1,10.00\n01/04/2025,Smith, Jones,123456,50.00\n02/04/2025,B Ltd,2,5.00\n", (1, 2, 1, 1500)),
    ("a short line", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nB Ltd,02/04/2025\n", (1, 1, 1, 1000)),
    ("a blank amount", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nB Ltd,02/04/2025,\n", (1, 1, 1, 1000)),
    ("no supplier", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\n,02/04/2025,5.00\n", (1, 1, 1, 1000)),
    ("a redacted supplier", "Supplier,Date,Amount\nREDACTED PERSONAL DATA,01/04/2025,10.00\n", (1, 1, 0, 1000)),
    ("a nil amount", "Supplier,Date,Amount\nA Ltd,01/04/2025,0.00\nB Ltd,01/04/2025,5.00\n", (1, 2, 0, 500)),
    ("exact duplicates", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nA Ltd,01/04/2025,10.00\n", (1, 2, 0, 2000)),
    ("names under numbers", "Supplier Name,Supplier Name(T),Payment date,Net Amount\n204632,A Ltd,2025-04-01,10.00\n", (1, 1, 0, 1000)),
    ("two dates", "Invoice Date,Payment Date,Supplier,Amount\n01/01/2025,01/04/2025,A Ltd,10.00\n", (1, 1, 0, 1000)),
    ("stray words to the right", "Supplier,Date,Amount,,,Key\nA Ltd,01/04/2025,10.00,,,SME\nB Ltd,01/04/2025,5.00,,,\n", (1, 2, 0, 1500)),
    ("a statement of what is published", "Body Name,Body,Payment Date,Net Amount,Supplier (Beneficiary) Name,Purpose\nhttp://x/1,Anytown,2025-04-01,10.00,A Ltd,Care\n", (1, 1, 0, 1000)),
    ("headings run together", "BodyName,DatePaid,SupplierName,NetAmount,TransNo\nAnytown,2025-04-01,A Ltd,10.00,17\n", (1, 1, 0, 1000)),
    ("capitals and underlines", "ORGANISATION_NAME,DIRECTORATE,CREDITOR_NAME,PAYMENT_DATE,NET_AMOUNT\nAnytown,Care,A Ltd,01-APR-25,10.00\n", (1, 1, 0, 1000)),
    ("section titles inside", "Supplier,Date,Amount\nAdult Services,,\nA Ltd,01/04/2025,10.00\nHousing,,\nB Ltd,01/04/2025,5.00\n", (1, 2, 0, 1500)),
    ("the day in words", "Supplier,Date,Amount\nA Ltd,1 April 2025,10.00\nB Ltd,Tuesday 2nd April 2025,5.00\n", (1, 2, 0, 1500)),
    ("serials as text", "Supplier,Date,Amount\nA Ltd,45748,10.00\nB Ltd,45749,5.00\n", (1, 2, 0, 1500)),
    ("month first throughout", "Supplier,Date,Amount\nA Ltd,4/30/2025,10.00\nB Ltd,4/1/2025,5.00\n", (1, 2, 0, 1500)),
    ("one American date", "Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nB Ltd,02/04/2025,5.00\nC Ltd,04/25/2025,1.00\n", (1, 2, 1, 1500)),
    ("no such day", "Supplier,Date,Amount\nA Ltd,31/04/2025,10.00\nB Ltd,30/04/2025,5.00\n", (1, 1, 1, 500)),
    ("too early and too late", "Supplier,Date,Amount\nA Ltd,31/12/1989,10.00\nB Ltd,30/04/2025,5.00\nC Ltd,30/04/2125,1.00\n", (1, 1, 2, 500)),
    ("amounts in every dress", "Supplier,Date,Amount\nA,01/04/2025,\"£1,000.00\"\nB,01/04/2025,(50.00)\nC,01/04/2025,25.00-\nD,01/04/2025,−5\nE,01/04/2025,1.00 CR\nF,01/04/2025, £ 2.50 \n", (1, 6, 0, 100000 - 5000 - 2500 - 500 - 100 + 250)),
    ("amounts that are none", "Supplier,Date,Amount\nA,01/04/2025,10.00\nB,01/04/2025,1.005\nC,01/04/2025,NaN\nD,01/04/2025,1e5\nE,01/04/2025,\"1.234,56\"\nF,01/04/2025,99999999999999\nG,01/04/2025,١٢\nH,01/04/2025,50%\n", (1, 1, 7, 1000)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_every_layout_comes_to_the_same_payments(text: str, expected: tuple[int, int, int, int], read: Read) -> None:
    (sheet,) = read(text).sheets
    assert (sheet.header_row, len(sheet.payments), sheet.refused, sheet.total_pence) == expected
    assert sum(payment.pence for payment in sheet.payments) == sheet.total_pence
    assert sum(sheet.counts.values()) == sheet.rows


NO_LEDGERS = [
    ("a contract register", "Contract title,Supplier,Start date,End date,Contract value\nCare,A Ltd,01/04/2025,31/03/2026,1000\n", "contract register"),
    ("totals by supplier", "Supplier,Total\nA Ltd,1000.00\nB Ltd,20.00\n", "totals by supplier"),
    ("a nil return", "Supplier,Date,Amount\n,,\nNil return,,\n", "nil return"),
    ("a list of words", "RowID,Description\n1,Something\n2,Something else\n", "No heading row"),
    ("figures without names", "Trust,Count,Share\nABC,311,19.9\nDEF,11,1.9\n", "No heading row"),
    ("a lots file", "Title,CPV code,Estimated value,Deadline\nLunches,55520000,250000,01/04/2026\n", "heading"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), [case[1:] for case in NO_LEDGERS], ids=[case[0] for case in NO_LEDGERS])
def test_what_is_no_ledger_is_told_what_it_seems_to_be(text: str, told: str, read: Read) -> None:
    with pytest.raises(UnreadableSheetError) as refusal:
        read(text)
    assert told in refusal.value.reason


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp850"]
)
def test_a_pound_sign_survives_every_encoding(encoding: str, read: Read) -> None:
    rows = [["Supplier", "Date", "Amount"], *([f"Caf\xe9 {n} Ltd", "01/04/2025", "\xa35.00"] for n in range(9))]
    reading = read(as_csv(rows, encoding=encoding))
    assert (reading.payments_count, reading.total_pence) == (9, 4500)
    assert reading.sheets[0].payments[0].supplier == "Caf\xe9 0 Ltd"


@pytest.mark.parametrize("pack", [as_xlsx, as_xls, as_ods])
def test_real_dates_and_numbers_are_read_alike_from_every_workbook(pack: Callable[..., bytes], read: Read) -> None:
    rows = [
        ["Supplier", "Trans No", "Date", "Amount"],
        ["A Ltd", 10001, date(2025, 4, 1), 1041.44],
        ["B Ltd", 10002, date(2025, 4, 30), 0.1 + 0.2],
        ["3663", "X-1", date(2025, 4, 2), -7],
    ]
    (sheet,) = read(pack(rows)).sheets
    assert [payment.transaction_number for payment in sheet.payments] == ["10001", "10002", "X-1"]
    assert [payment.pence for payment in sheet.payments] == [104144, 30, -700]
    assert (sheet.first_date, sheet.last_date) == (date(2025, 4, 1), date(2025, 4, 30))


def test_every_month_has_its_own_sheet_and_every_sheet_is_read(read: Read) -> None:
    sheets = {
        "Notes": [["About this file"]],
        "April": TABLE,
        "May": [["Spend in May"], [], *TABLE],
        "Lookup": [["A", "B"]],
    }
    reading = read(as_sheets(sheets))
    assert [(sheet.sheet, sheet.header_row) for sheet in reading.sheets] == [("April", 1), ("May", 3)]
    assert reading.total_pence == 2 * PENCE
    assert any("same number of payments and the same total" in told for told in reading.warnings)


def test_a_hidden_sheet_is_read_and_said_but_a_hidden_copy_is_not_counted_twice(read: Read) -> None:
    def hide(book: Any, sheet: Any) -> None:
        sheet.hide()

    other = [HEADINGS, *PAYMENTS[:2]]
    reading = read(as_sheets({"April": TABLE, "Raw": other}, finish=hide))
    assert [sheet.sheet for sheet in reading.sheets] == ["April", "Raw"]
    assert any("hidden" in told for told in reading.warnings)
    assert [sheet.sheet for sheet in read(as_sheets({"April": TABLE, "Copy": TABLE}, finish=hide)).sheets] == ["April"]


def test_hidden_rows_are_counted_and_said(read: Read) -> None:
    def hide(book: Any, sheet: Any) -> None:
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})

    reading = read(as_xlsx(TABLE, finish=hide))
    assert reading.total_pence == PENCE
    assert "2 rows are hidden in the workbook; hidden rows are counted" in reading.warnings


def test_a_merged_name_belongs_to_each_of_its_rows_but_merged_money_is_paid_once(read: Read) -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 0, 2, 0, "Canal Side Catering CIC")
        sheet.merge_range(3, 2, 4, 2, 9.0)

    rows = [
        HEADINGS,
        ["", "01/04/2025", 10.0],
        ["", "02/04/2025", 20.0],
        ["B Ltd", "03/04/2025"],
        ["C Ltd", "03/04/2025"],
    ]
    (sheet,) = read(as_xlsx(rows, finish=merge)).sheets
    assert [(payment.supplier, payment.pence) for payment in sheet.payments] == [
        ("Canal Side Catering CIC", 1000),
        ("Canal Side Catering CIC", 2000),
        ("B Ltd", 900),
    ]
    assert sheet.refused == 1


def test_the_calendar_of_1904_is_kept(read: Read) -> None:
    rows = [HEADINGS, ["A Ltd", date(2025, 4, 1), 10.0]]
    assert read(as_xlsx(rows, date_1904=True)).sheets[0].first_date == date(2025, 4, 1)


def test_a_formula_counts_by_its_saved_value_and_without_one_is_refused(read: Read) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 2, "=50+50", None, 100)
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(3, 2, True)

    (sheet,) = read(as_xlsx(TABLE, finish=fill)).sheets
    assert (sheet.total_pence, len(sheet.payments), sheet.refused) == (10000, 1, 2)


def test_repeats_are_marked_counted_and_summed(read: Read) -> None:
    reading = read(as_csv([HEADINGS, *PAYMENTS, PAYMENTS[0], PAYMENTS[0]]))
    (sheet,) = reading.sheets
    assert [payment.is_repeat for payment in sheet.payments] == [False, False, False, True, True]
    assert (sheet.repeats, sheet.repeats_pence) == (2, 20000)
    assert "2 lines are exact duplicates of others, £200.00 in all; they are counted" in reading.warnings


def test_a_total_that_disagrees_is_said(read: Read) -> None:
    reading = read("Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nTotal,,11.00\n")
    assert any("row 3 says £11.00" in told and "£10.00" in told for told in reading.warnings)
    assert read("Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nTotal,,10.00\n").warnings == ()


def test_a_person_can_correct_what_a_column_means(read: Read) -> None:
    text = "Supplier,Date,Amount,Other amount\nA Ltd,01/04/2025,10.00,7.00\n"
    assert read(text, mapping={None: {"amount": "Other amount"}}).total_pence == 700
    assert read(text, mapping={None: {"amount": 3}}).total_pence == 700
    odd = "Wer,Wann,Was\nA Ltd,01/04/2025,10.00\n"
    reading = read(odd, mapping={None: {"supplier": "Wer", "paid_on": "Wann", "amount": "Was"}})
    assert (reading.total_pence, reading.sheets[0].columns["supplier"]) == (1000, "Wer")


def test_each_column_is_explained_with_samples_and_with_what_else_it_could_have_been(read: Read) -> None:
    text = "Supplier,Invoice date,Payment date,Net,VAT,Gross\nA Ltd,01/03/2025,01/04/2025,10.00,2.00,12.00\n"
    why = {column.field: column for column in read(text).sheets[0].why}
    assert why["paid_on"].heading == "Payment date"
    assert why["paid_on"].alternatives == ("Invoice date",)
    assert why["amount"].samples == ("10.00",)
    assert "without VAT" in why["amount"].reason


def test_other_fields_are_kept_beside_the_payment(read: Read) -> None:
    text = (
        "Date,Supplier,Net,VAT,Gross,Expense Type,Expense Area,Description,Transaction Number,Supplier Postcode,"
        "Supplier ID,Company Number\n01/04/2025,A Ltd,10.00,2.00,12.00,Food,Estates,Lunch,T1,b18 7qh,S9,1234567\n"
    )
    (payment,) = read(text).sheets[0].payments
    assert payment[4:13] == ("Food", "Lunch", "T1", "Estates", "B18 7QH", "S9", 200, 1200, "01234567")


def test_progress_is_told_while_reading(read: Read) -> None:
    told: list[int] = []
    read(as_csv([HEADINGS, *PAYMENTS * 2_000]), progress=told.append)
    assert told[-1] == 6_000
    assert told == sorted(told)


def test_a_payment_that_lacks_its_day_is_refused_and_not_taken_for_a_total(read: Read) -> None:
    text = "Supplier,Date,Amount,Purpose\nA Ltd,01/04/2025,10.00,x\nTotal Gas & Power,,5.00,x\nB Ltd,,5.00,Total refurbishment\n"
    (sheet,) = read(text).sheets
    assert (len(sheet.payments), sheet.refused, sheet.counts.get("total", 0)) == (1, 2, 0)


def test_two_columns_of_one_name_are_said(read: Read) -> None:
    reading = read("Supplier,Date,Amount,Amount\nA Ltd,01/04/2025,10.00,12.00\n")
    assert reading.total_pence == 1000
    assert any("2 columns are headed “Amount”" in told for told in reading.warnings)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nett Value", "amount"), ("SUM OF INVOICE DISTRIBUTION AMOUNT", "amount"), ("'Total (excludes VAT)", "amount"),
        ("Invoice Line Value (net of VAT)", "amount"), ("AP Amount (£)", "amount"), ("Amount in Sterling", "amount"),
        ("Amount Â£", "amount"), ("BPPC Amount £", "amount"), ("Grand Total", "amount"), ("£", "amount"), ("Spending", "amount"),
        ("Suuplier ID (T)", "supplier"), ("Supplicer", "supplier"), ("Creditor_Name", "supplier"), ("Paid to", "supplier"),
        ("Customer/Supplier", "supplier"), ("Beneficiary", "supplier"), ("Merchant Name", "supplier"), ("Vendor", "supplier"),
        ("Invoice GL Date", "paid_on"), ("Certified Date", "paid_on"), ("DatePaid", "paid_on"), ("Clearing Date", "paid_on"),
        ("Date Paid on Statement", "paid_on"), ("Payment Run Date", "paid_on"), ("Updated", "paid_on"), ("Posted Date", "paid_on"),
    ],
)  # fmt: skip
def test_every_heading_seen_in_the_wild_is_known(heading: str, field: str, read: Read) -> None:
    plain = {"supplier": "Supplier", "paid_on": "Date", "amount": "Amount"} | {field: heading}
    cells = {"supplier": "A Ltd", "paid_on": "01/04/2025", "amount": "10.00"}
    reading = read(as_csv([["Ref", *plain.values()], *([str(n), *cells.values()] for n in range(5))]))
    assert reading.sheets[0].columns[field] == heading


@pytest.mark.parametrize(
    ("headings", "chosen"),
    [
        (("ProClass",), "ProClass"),
        (("Proclass code",), "Proclass code"),
        (("Procurement classification (ProClass)",), "Procurement classification (ProClass)"),
        (("ProClass Code", "ProClass Description"), "ProClass Description"),
        (("Proclass Level 3", "Proclass Level 2", "ProClass Level 1"), "ProClass Level 1"),
        (("Proclass code", "Expense Type"), "Expense Type"),
    ],
    ids=["alone", "code", "in brackets", "code and words", "three levels", "beside the publisher's own"],
)
def test_a_proclass_column_is_a_category_its_words_before_its_code(
    headings: tuple[str, ...], chosen: str, read: Read
) -> None:
    rows = [["A Ltd", "01/04/2025", "10.00", *(f"Works {at} {n}" for at in range(len(headings)))] for n in range(5)]
    sheet = read(as_csv([["Supplier", "Date", "Amount", *headings], *rows])).sheets[0]
    assert sheet.columns["category"] == chosen
    assert sheet.payments[0][4] == f"Works {headings.index(chosen)} 0"
