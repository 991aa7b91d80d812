"""An officer asks for a board report, reads it and takes it away."""

import io
import json
from typing import Any

import pytest

from .. import factories

LEDGER = """Supplier Name,Net Amount,Payment Date,Expense Type,Postcode
Canal Kitchen CIC,"26,000.00",03/04/2026,Food,B18 5AA
Lock Cleaning Ltd,600.00,04/06/2026,Cleaning,M1 1AE
Towpath Care Ltd,400.00,04/07/2026,Care,
"""
REPORTS = "/open-data/reports"


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Council", sector="council")


@pytest.fixture
def officer(signed_in_as: Any, anchor: int, run_jobs: Any) -> Any:
    visitor = signed_in_as(anchor, "anchor", "finance")
    sent = visitor.post("/spending/ledgers/new", {"ledger": (io.BytesIO(LEDGER.encode()), "spring.csv")})
    run_jobs()
    address = sent.headers["Location"]
    visitor.post(f"{address}/confirm", {"seen_pence": "2700000"}, page=address)
    run_jobs()
    return visitor


@pytest.fixture
def report(officer: Any, run_jobs: Any) -> str:
    """The address of a report that is ready."""
    officer.post(REPORTS, {"kind": "anchor"})
    assert "Making the report" in officer.get(REPORTS).text
    run_jobs()
    page = officer.get(REPORTS).text
    start = page.index(f'href="{REPORTS}/') + 6
    return page[start : page.index('"', start)]


def test_with_nothing_to_report_the_officer_is_told_what_to_do(signed_in_as: Any, anchor: int) -> None:
    visitor = signed_in_as(anchor, "anchor", "finance")
    assert "No report has been made yet" in visitor.get(REPORTS).text
    refused = visitor.post(REPORTS, {"kind": "anchor"})
    assert refused.status_code == 409
    assert "confirm a ledger" in refused.text


def test_the_page_shows_the_figures_with_their_tables(officer: Any, report: str) -> None:
    page = officer.get(report).text
    assert "Where the money of Riverside Council goes" in page
    assert "96.3% to 97.8% of £27,000.00" in page
    for words in ("April to June 2026", "Canal", "How this is worked out"):
        assert (words in page) is (words != "Canal"), words


@pytest.mark.parametrize(
    ("kind", "start"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04"), ("xlsx", b"PK\x03\x04"), ("json", b"{")]
)
def test_it_is_taken_away_in_every_kind(officer: Any, report: str, kind: str, start: bytes) -> None:
    answer = officer.get(f"{report}/file?kind={kind}")
    if kind == "pdf" and answer.status_code == 404:
        pytest.skip("WeasyPrint or one of its system libraries is not installed")
    assert answer.data.startswith(start)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert officer.get(f"{report}/file?kind=exe").status_code == 404


def test_the_json_holds_what_the_page_shows(officer: Any, report: str) -> None:
    told = json.loads(officer.get(f"{report}/file?kind=json").data)
    assert told["summary"] in officer.get(report).text


def test_only_its_owners_read_it_and_only_officers_make_and_delete_it(
    officer: Any, report: str, signed_in_as: Any, anchor: int, make: Any
) -> None:
    stranger = signed_in_as(make(factories.an_anchor), "anchor", "finance")
    for address in (report, f"{report}/file?kind=xlsx"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{report}/remove", page="/account").status_code == 404
    reader = signed_in_as(anchor, "anchor", "viewer")
    assert reader.get(report).status_code == 200
    assert reader.post(f"{report}/remove", page=REPORTS).status_code == 403
    assert signed_in_as(anchor, "anchor", "buyer").get(report).status_code == 403
    assert officer.post(f"{report}/remove", page=report).status_code == 302
    assert officer.get(report).status_code == 404


def test_an_anchor_asks_for_no_report_of_a_place(officer: Any) -> None:
    assert officer.post(REPORTS, {"kind": "place"}).status_code == 403
    assert officer.post(REPORTS, {"kind": "x"}).status_code == 400
