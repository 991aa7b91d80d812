"""A lots file that holds what is there already says so before anything is kept."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from procure.sheets.lines import EXAMPLE_MARK

from .. import factories

FILE = """Lot reference,Title,CPV code,Estimated value,Deadline,Needs,Minimum turnover
W-1,Ward meals,55520000,120000,31/05/2030,Meals 100 meals a day,50000
W-2,Bread for wards,,30000,31/05/2030,Bread 40 loaves a day,
W-1,Something else,55520000,5000,31/05/2030,Windows 4,
"""


@pytest.fixture
def buyer(signed_in_as: Any, make: Any) -> Any:
    return signed_in_as(make(factories.an_anchor), "anchor", "buyer")


def read(buyer: Any, run_jobs: Any, text: str = FILE) -> str:
    """The address of the file as it was read."""
    sent = buyer.post("/buying/lots/upload", {"file": (BytesIO(text.encode()), "lots.csv")})
    run_jobs()
    return str(sent.headers["Location"])


def test_two_rows_of_one_reference_are_named(buyer: Any, run_jobs: Any) -> None:
    page = buyer.get(read(buyer, run_jobs)).text
    assert "1 lot of this file seems to be there already" in page
    assert "Row 4, Something else, seems to be the same as row 2" in page


def test_a_file_sent_again_names_every_lot_that_is_there_and_leads_to_it(buyer: Any, run_jobs: Any) -> None:
    first = read(buyer, run_jobs)
    buyer.post(f"{first}/confirm", page=first)
    again = buyer.get(read(buyer, run_jobs)).text
    assert "3 lots of this file seem to be there already" in again
    assert again.count("is in your list already") == 3
    assert "there already" not in buyer.get(first).text


def test_the_same_title_value_and_deadline_is_the_same_lot_without_a_reference(buyer: Any, run_jobs: Any) -> None:
    plain = FILE.replace("W-1", "").replace("W-2", "")
    first = read(buyer, run_jobs, plain)
    buyer.post(f"{first}/confirm", page=first)
    again = buyer.get(read(buyer, run_jobs, plain.replace("ward", "WARD").replace("30000", "31000"))).text
    assert "2 lots of this file seem to be there already" in again


def test_another_anchors_lots_are_no_doubles(buyer: Any, run_jobs: Any, signed_in_as: Any, make: Any) -> None:
    theirs = signed_in_as(make(factories.an_anchor, "Another Trust"), "anchor", "buyer")
    first = read(theirs, run_jobs)
    theirs.post(f"{first}/confirm", page=first)
    assert "is in your list already" not in buyer.get(read(buyer, run_jobs)).text


def test_each_lot_is_shown_with_its_deadline_and_gates_before_it_is_kept(buyer: Any, run_jobs: Any) -> None:
    page = buyer.get(read(buyer, run_jobs)).text
    for words in ("31 May 2030", "Turnover: £50,000", "Kind of work not said", "Meals: 100 meals a day"):
        assert words in page, words


def columns_of(page: str) -> str:
    """What the page says about the columns, without markup."""
    part = page.split("How each column was understood")[1].split("Lots in the file")[0]
    return " ".join(re.sub("<[^>]+>", " ", part).split())


def test_each_column_is_shown_with_what_stands_in_it_before_it_is_kept(buyer: Any, run_jobs: Any) -> None:
    page = columns_of(buyer.get(read(buyer, run_jobs)).text)
    assert "Title Title Ward meals Bread for wards Something else" in page
    assert "Reference Lot reference W-1 W-2" in page
    assert "CPV code CPV code 55520000" in page
    assert "Turnover Minimum turnover 50000" in page


def test_titles_and_examples_above_the_lots_are_no_samples(buyer: Any, run_jobs: Any) -> None:
    above = "Lots of the spring,,,,,,\n,,,,,,\n" + FILE.replace("W-2,Bread for wards", f'W-2,"Bread {EXAMPLE_MARK}"')
    page = columns_of(buyer.get(read(buyer, run_jobs, above)).text)
    assert "Title Title Ward meals Something else" in page
    assert "spring" not in page


def test_a_column_we_do_not_know_is_named(buyer: Any, run_jobs: Any) -> None:
    strange = FILE.replace("Minimum turnover", "Shade of blue").replace(",50000\n", ",navy\n")
    page = columns_of(buyer.get(read(buyer, run_jobs, strange)).text)
    assert "This column is not read, as we do not know what it holds: “Shade of blue”" in page
    assert "navy" not in page


def test_days_in_a_workbook_are_shown_as_people_write_them(buyer: Any, run_jobs: Any) -> None:
    book, stream = Workbook(), BytesIO()
    book.active.append(["Title", "Estimated value", "Deadline"])
    book.active.append(["Ward meals", 120000, date(2030, 5, 31)])
    book.save(stream)
    stream.seek(0)
    sent = buyer.post("/buying/lots/upload", {"file": (stream, "lots.xlsx")})
    run_jobs()
    page = columns_of(buyer.get(sent.headers["Location"]).text)
    assert "Deadline Deadline 31 May 2030" in page or "Deadline Deadline 31/05/2030" in page, page
    assert "Value Estimated value 120000" in page, page
