"""A finance officer publishes what the law asks for."""

import csv
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from procure.extensions import db
from procure.models import Payee

from .. import factories

LEDGER = """Supplier Name,Net Amount,Payment Date,Transaction Number,Expense Type,Purpose
Canal Kitchen CIC,"26,000.00",03/04/2026,1,Food,=HYPERLINK("http://x")
Mrs Ada Stone,600.00,04/06/2026,3,Care,Care of Ada
Lock Cleaning Ltd,499.99,05/06/2026,4,Cleaning,Floors
"""
PREVIEW = "/open-data/statutory-files/preview?kind=transparency-code&period=2026-q2"
FILE = PREVIEW.replace("preview", "published")
LEFT_OUT = PREVIEW.replace("preview", "excluded")


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Council", sector="council")


@pytest.fixture
def officer(signed_in_as: Any, anchor: int, run_jobs: Any) -> Any:
    """A finance officer whose ledger counts."""
    visitor = signed_in_as(anchor, "anchor", "finance")
    sent = visitor.post("/spending/ledgers/new", {"ledger": (io.BytesIO(LEDGER.encode()), "spring.csv")})
    run_jobs()
    address = sent.headers["Location"]
    seen = re.search(r'name="seen_pence" value="(-?\d+)"', visitor.get(address).text)
    assert seen
    visitor.post(f"{address}/confirm", {"seen_pence": seen.group(1)}, page=address)
    return visitor


def rows_of(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_before_a_ledger_is_confirmed_the_page_says_what_to_do(signed_in_as: Any, anchor: int) -> None:
    page = signed_in_as(anchor, "anchor", "finance").get("/open-data/statutory-files").text
    assert "There is no confirmed ledger yet" in page


def test_the_file_of_the_sector_is_chosen_already(officer: Any) -> None:
    page = officer.get("/open-data/statutory-files").text
    assert re.search(r'value="transparency-code"[^>]*checked', page)
    for words in ("April to June 2026", "June 2026", "spring.csv", "Procurement Act 2023, section 70"):
        assert words in page


def test_the_preview_adds_up_and_says_why(officer: Any) -> None:
    page = officer.get(PREVIEW).text
    assert "2 lines of 3 go into the file: £26,600.00, without VAT" in page
    assert "£499.99" in page
    assert "£27,099.99" in page
    assert "Not over £500" in page
    assert "Your ledgers say so for every line" in page
    assert "REDACTED PERSONAL DATA" in page
    assert "Ada" not in page


def test_the_file_holds_no_name_of_a_person_and_no_formula(officer: Any) -> None:
    answer = officer.get(FILE)
    assert answer.headers["Content-Disposition"].endswith("transparency-code-2026-q2.csv")
    headings, *rows = rows_of(answer)
    assert headings[:5] == [
        "Body name", "Transaction date", "Supplier (beneficiary)", "Transaction number", "Amount",
    ]  # fmt: skip
    assert [row[4] for row in rows] == ["26000.00", "600.00"]
    assert rows[0][-1].startswith("'=")
    assert rows[1][2] == "REDACTED PERSONAL DATA"
    assert "Ada" not in answer.text


def test_the_excel_file_has_numbers_and_days(officer: Any) -> None:
    sheet = load_workbook(io.BytesIO(officer.get(f"{FILE}&download=xlsx").data)).active
    assert sheet["E2"].value == 26_000
    assert sheet["B2"].value.isoformat() == "2026-04-03T00:00:00"


def test_the_lines_left_out_download_with_their_place_and_reason(officer: Any) -> None:
    _, row = rows_of(officer.get(LEFT_OUT))
    assert row[:4] == ["spring.csv", "", "4", "2026-06-05"]
    assert row[-1].startswith("Not over £500")


def test_the_officer_chooses_vat_and_names(officer: Any) -> None:
    page = officer.get(f"{PREVIEW}&amounts=gross&names=marked").text
    assert "£26,600.00, with VAT" in page
    assert "does not say whether VAT is in the amount" in page
    assert "Mrs Ada Stone" in page
    treasury = PREVIEW.replace("transparency-code", "over-25000")
    assert "Office of Locks" in officer.get(f"{treasury}&family=Office+of+Locks").text


def test_section_70_offers_no_choice_about_vat(officer: Any) -> None:
    page = officer.get(PREVIEW.replace("transparency-code", "section-70") + "&amounts=net").text
    assert "with VAT" in page
    assert 'name="amounts"' not in page
    assert "Not fully checked" in page
    assert "No payment of this period belongs in the file" in page


def test_a_name_is_shown_hidden_and_given_back(officer: Any, make: Any) -> None:
    page = officer.get("/open-data/names").text
    assert "Mrs Ada Stone" in page
    assert "Lock Cleaning" not in page
    payee = make(lambda: db.session.scalar(select(Payee.id).where(Payee.name == "Mrs Ada Stone")))
    address = f"/open-data/names/{payee}"
    assert officer.post(address, {"decision": "show"}, page="/open-data/names").status_code == 302
    assert "Mrs Ada Stone" in officer.get(FILE).text
    officer.post(address, {"decision": "rule"}, page="/open-data/names")
    assert "Mrs Ada Stone" not in officer.get(FILE).text
    assert officer.post(address, {"decision": "burn"}, page="/open-data/names").status_code == 400


def test_a_person_the_rule_missed_is_found_by_name(officer: Any, make: Any) -> None:
    page = officer.get("/open-data/names?q=LOCK").text
    assert "Lock Cleaning Ltd" in page
    payee = make(lambda: db.session.scalar(select(Payee.id).where(Payee.name == "Canal Kitchen CIC")))
    answer = officer.post(f"/open-data/names/{payee}", {"decision": "hide", "search": "canal"}, page="/open-data/names")
    assert answer.headers["Location"].endswith("q=canal")
    assert "Canal Kitchen" not in officer.get(FILE).text
    assert "has “zzz” in its name" in officer.get("/open-data/names?q=zzz").text


def test_a_viewer_looks_but_takes_nothing_away(officer: Any, signed_in_as: Any, anchor: int) -> None:
    viewer = signed_in_as(anchor, "anchor", "viewer")
    page = viewer.get(PREVIEW)
    assert page.status_code == 200
    assert "Your finance officer can download the file" in page.text
    assert viewer.get(FILE).status_code == 403
    assert "Change" not in re.findall(r"<th[^>]*>([^<]*)</th>", viewer.get("/open-data/names").text)


@pytest.mark.parametrize(
    "address",
    [
        PREVIEW.replace("2026-q2", "2031-q2"),
        PREVIEW.replace("transparency-code", "shopping"),
        FILE.replace("published", "everything"),
        f"{FILE}&download=exe",
    ],
)
def test_what_cannot_be_chosen_is_not_found(officer: Any, address: str) -> None:
    assert officer.get(address).status_code == 404


def test_another_anchor_has_no_such_period(officer: Any, signed_in_as: Any, make: Any) -> None:
    other = signed_in_as(make(factories.an_anchor), "anchor", "finance")
    assert other.get(PREVIEW).status_code == 404


def test_anybody_may_read_how_the_files_are_made(visitor: Any) -> None:
    page = visitor().get("/open-data/statutory-files/how").text
    for words in ("£500.00", "£25,000.00", "£30,000.00", "legislation.gov.uk", "Not fully"):
        assert words in page
