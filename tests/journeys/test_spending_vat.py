"""An officer leaves VAT out or counts it, and every figure says which."""

import re
from typing import Any

import pytest

from .. import factories
from .ledger_steps import confirm_ledger

LEDGER = """Supplier Name,Net Amount,VAT,Gross Amount,Payment Date,Supplier Postcode
Near Ltd,1000.00,200.00,1200.00,03/04/2026,B18 5AA
Far Ltd,500.00,100.00,600.00,04/04/2026,M1 1AE
Zero Rated Ltd,50.00,0.00,50.00,05/04/2026,B18 5AA
"""
WITHOUT = """Supplier Name,Amount including VAT,Payment Date,Supplier Postcode
Near Ltd,120.00,03/05/2026,B18 5AA
"""
ADDRESS = "/spending/local-share/left-out"


@pytest.fixture
def officer(signed_in_as: Any, make: Any, run_jobs: Any) -> Any:
    anchor = make(factories.an_anchor, "Riverside Trust", outcodes=("B18",))
    visitor = signed_in_as(anchor, "anchor", "finance")
    confirm_ledger(visitor, run_jobs, LEDGER)
    return visitor


def test_vat_is_left_out_until_the_officer_counts_it_with_a_reason(officer: Any, run_jobs: Any) -> None:
    page = officer.get(ADDRESS).text
    for words in ("£1,550.00 counts", "£1,850.00", "£300.00", "Left out until you say otherwise"):
        assert words in page
    assert "£1,050.00" in officer.get("/spending/local-share").text
    assert "Say why" in officer.post(f"{ADDRESS}/vat", {"reason": "", "seen": "0"}).text
    told = {"reason": "We cannot claim it back", "seen": "0"}
    assert officer.post(f"{ADDRESS}/vat", told).status_code == 302
    assert officer.post(f"{ADDRESS}/vat", told).status_code == 409
    for _ in range(2):
        page = officer.get(ADDRESS).text
        assert "£1,850.00 counts" in page
        assert "It would leave out £300.00" in page
        assert "We cannot claim it back" in page
        assert "£1,250.00" in officer.get("/spending/local-share").text
        run_jobs()
    multiplier = officer.get("/spending/lm3").text
    for words in ("£1,550.00", "Left out: VAT", "£300.00", "with the VAT your ledgers tell apart"):
        assert words in multiplier, "LM3 never counts VAT"


def test_the_page_says_for_how_much_money_vat_cannot_be_told(officer: Any, run_jobs: Any) -> None:
    confirm_ledger(officer, run_jobs, WITHOUT, "may.csv")
    page = re.sub(r"<[^>]+>|\s+", " ", officer.get(ADDRESS).text)
    assert re.findall(r"One amount: the heading [^£]*£([\d,.]+)", page) == ["0.00", "120.00", "0.00"]
    assert re.search(r"VAT told apart, in a column of its own or by two amounts +£1,550\.00", page)
