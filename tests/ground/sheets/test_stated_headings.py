"""A person says which row holds the headings, or that none does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from procure.sheets import LedgerReading, UnreadableSheetError, Warned, read_first_rows

from .files import as_csv, as_sheets

Read = Callable[..., LedgerReading]
ODD = [
    ["Spend of our town"],
    ["Wer", "Wann", "Was"],
    ["A Ltd", "01/04/2025", "10.00"],
    ["B Ltd", "02/04/2025", "5.00"],
]
COLUMNS = {"supplier": 0, "paid_on": 1, "amount": 2}


def test_headings_in_words_never_met_are_read_from_the_row_a_person_points_at(read: Read) -> None:
    with pytest.raises(UnreadableSheetError):
        read(as_csv(ODD))
    (sheet,) = read(as_csv(ODD), mapping={None: {"heading_row": 2, **COLUMNS}}).sheets
    assert (sheet.header_row, sheet.headings, sheet.total_pence) == (2, ("Wer", "Wann", "Was"), 1500)
    assert (sheet.counts["title"], sheet.counts["heading"], sheet.rows) == (1, 1, 4)


def test_a_person_is_believed_about_the_heading_row_over_a_likelier_one(read: Read) -> None:
    rows = [["Supplier", "Date", "Amount"], ["Payee", "Paid on", "Net"], *ODD[2:]]
    (sheet,) = read(as_csv(rows), mapping={None: {"heading_row": 2}}).sheets
    assert (sheet.header_row, sheet.columns["supplier"], len(sheet.payments)) == (2, "Payee", 2)


def test_a_sheet_without_headings_is_read_by_its_columns(read: Read) -> None:
    (sheet,) = read(as_csv(ODD[2:]), mapping={None: {"heading_row": 0, **COLUMNS}}).sheets
    assert (sheet.header_row, sheet.headings[0], sheet.total_pence, sheet.payments[0].row) == (0, "Column 1", 1500, 1)


def test_the_heading_row_is_stated_for_one_sheet_of_several(read: Read) -> None:
    content = as_sheets({"April": ODD, "May": [["Supplier", "Date", "Amount"], ["C Ltd", "01/05/2025", "7.00"]]})
    reading = read(content, mapping={"April": {"heading_row": 2, **COLUMNS}})
    assert [(sheet.sheet, sheet.header_row, sheet.total_pence) for sheet in reading.sheets] == [
        ("April", 2, 1500),
        ("May", 1, 700),
    ]


@pytest.mark.parametrize("stated", [-1, 5, 99])
def test_a_row_that_the_sheet_has_not_is_refused_and_no_crash(stated: int, read: Read) -> None:
    with pytest.raises(UnreadableSheetError):
        read(as_csv(ODD), mapping={None: {"heading_row": stated, **COLUMNS}})


def test_what_lacks_under_the_stated_row_is_named(read: Read) -> None:
    with pytest.raises(UnreadableSheetError) as refusal:
        read(as_csv(ODD), mapping={None: {"heading_row": 2, "supplier": 0}})
    assert "row 2" in refusal.value.reason


def test_the_first_rows_of_a_refused_file_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "spend"
    path.write_bytes(as_sheets({"Cover": [], "April": [[], *ODD]}))
    (shown,) = read_first_rows(path, 3)
    assert (shown.sheet, shown.rows) == ("April", (("", "", ""), ("Spend of our town", "", ""), ("Wer", "Wann", "Was")))


def test_a_warning_says_of_what_kind_it_is(read: Read) -> None:
    (told,) = read("Supplier,Date,Amount\nA Ltd,01/04/2025,10.00\nA Ltd,01/04/2025,10.00\n").warnings
    assert isinstance(told, Warned)
    assert told.kind == "repeats"
