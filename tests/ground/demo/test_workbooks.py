"""What we write as xlsx, xls or ods is read back by a reader that is not ours."""

import io
import zipfile
from datetime import date

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.demo import sheet_bytes
from procure.demo.cells import Cell, Pounds
from procure.demo.compound_file import compound_file

FORMATS = ("xlsx", "xls", "ods")

words = st.text(st.characters(categories=("L", "N", "P", "S"), max_codepoint=0xFFFF), min_size=1, max_size=60)
cells = st.one_of(
    words.filter(lambda text: not text.startswith(("_x", "'"))),
    st.integers(-999_999, 999_999),
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.integers(-(10**11), 10**11).map(Pounds),
    st.none(),
)


def read_back(content: bytes) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def as_read(cell: Cell) -> object:
    return "" if cell is None else cell.number if isinstance(cell, Pounds) else cell


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.lists(cells, min_size=4, max_size=4), min_size=1, max_size=8))
def test_every_cell_comes_back_as_it_was_written(suffix: str, rows: list[list[Cell]]):
    corners: list[Cell] = ["first", *[None] * 2, "last"]
    content = sheet_bytes([corners, *rows, corners], suffix, sheet="Payments")
    assert read_back(content)[1:-1] == [[as_read(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("suffix", ["csv", *FORMATS])
def test_the_same_rows_give_the_same_bytes(suffix: str):
    rows: list[list[Cell]] = [
        ["Supplier", "Paid", "Amount"],
        ["Tallowmere Kitchen CIC", date(2026, 9, 1), Pounds(-1250)],
    ]
    assert sheet_bytes(rows, suffix, sheet="Payments") == sheet_bytes(rows, suffix, sheet="Payments")


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_sheet_opens(suffix: str):
    assert read_back(sheet_bytes([], suffix, sheet="Nothing")) in ([], [[""]])


def test_runs_of_spaces_survive_opendocument():
    from odf.opendocument import load
    from odf.teletype import extractText
    from odf.text import P

    content = sheet_bytes([["Tallowmere  Kitchen   CIC"]], "ods", sheet="Payments")
    assert extractText(load(io.BytesIO(content)).getElementsByType(P)[0]) == "Tallowmere  Kitchen   CIC"


def test_an_opendocument_file_names_its_kind_first_and_without_packing():
    with zipfile.ZipFile(io.BytesIO(sheet_bytes([["a"]], "ods", sheet="One"))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.testzip() is None


def test_csv_prints_money_as_accountants_do():
    content = sheet_bytes([["£", Pounds(123456), Pounds(-5), Pounds(0), date(2026, 3, 9), None]], "csv", sheet="")
    assert content.decode("cp1252") == '£,"1,234.56",(0.05),0.00,09/03/2026,\r\n'


def test_a_format_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="wk1"):
        sheet_bytes([], "wk1", sheet="")


def test_a_stream_too_long_for_one_table_is_refused():
    with pytest.raises(ValueError, match="do not fit"):
        compound_file("Workbook", bytes(8_000_000))
