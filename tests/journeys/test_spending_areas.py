"""Areas of every kind, the cuts of the share, what is left out, and why it changed, as an officer meets them."""

import re
from typing import Any

import pytest

from procure.extensions import db
from procure.models import AreaName, Edition, PostcodePlace, now

from .. import factories
from .ledger_steps import confirm_ledger

LEDGER = """Supplier Name,Net Amount,Payment Date,Expense Type,Department,Supplier Postcode
Near Ltd,1000.00,03/04/2025,Catering,Wards,B18 5AA
Far Ltd,500.00,04/05/2025,Cleaning,Estates,M1 1AE
Sandwell Metropolitan Borough Council,250.00,05/04/2026,Rates,Estates,B19 1AA
Nobody Knows Ltd,50.00,06/04/2026,Salaries,,
"""


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Trust", outcodes=("B18", "B19"))


@pytest.fixture
def officer(signed_in_as: Any, anchor: int, make: Any, run_jobs: Any) -> Any:
    """A finance officer with a confirmed ledger of two years and a loaded directory."""
    make(load_directory)
    visitor = signed_in_as(anchor, "anchor", "finance")
    confirm_ledger(visitor, run_jobs, LEDGER)
    return visitor


def load_directory() -> None:
    edition = Edition(
        kind="postcodes", series="p", title="Directory of tests", licence="", filename="", sha256="", state="ready",
        loaded_at=now(),
    )  # fmt: skip
    db.session.add(edition)
    db.session.flush()
    for code, kind, name in (
        ("E05000001", "ward", "Soho"),
        ("E05000009", "ward", "Piccadilly"),
        ("E08000025", "authority", "Birmingham"),
    ):
        db.session.add(AreaName(code=code, kind=kind, name=name, edition_id=edition.id))
    for postcode, ward, authority, point in (
        ("B18 5AA", "E05000001", "E08000025", (52.491, -1.93)),
        ("M1 1AE", "E05000009", "E08000003", (53.48, -2.23)),
    ):
        db.session.add(
            PostcodePlace(
                postcode=postcode, ward=ward, authority=authority, latitude=point[0], longitude=point[1],
                edition_id=edition.id,
            )
        )  # fmt: skip
    db.session.commit()


def add(officer: Any, **fields: str) -> Any:
    return officer.post("/spending/areas/new", fields)


def test_areas_of_every_kind_stand_side_by_side_with_their_edition(officer: Any, run_jobs: Any) -> None:
    assert add(officer, name="Soho", kind="wards", districts="soho").status_code == 302
    assert add(officer, name="The city", kind="local_authorities", districts="E08000025").status_code == 302
    assert add(officer, name="Near us", kind="circle", site="52.49, -1.93", miles="3").status_code == 302
    for _ in range(2):  # worked out by the page, then kept by the job
        page = officer.get("/spending/local-share/areas").text
        for words in ("Soho", "1 local authority", "within 3 miles", "Directory of tests", "£1,000.00", "£1,800.00"):
            assert words in page
        run_jobs()
    listed = officer.get("/spending/areas").text
    assert "Soho (E05000001)" in listed
    file = officer.get("/spending/local-share/areas?download=csv").text.strip().splitlines()
    assert len(file) == 5


def test_what_cannot_be_an_area_is_said_beside_its_field(officer: Any) -> None:
    for fields, words in (
        ({"kind": "wards", "districts": "Nowhere"}, "not a name or code"),
        ({"kind": "wards", "districts": "E05999999"}, "not the code of any"),
        ({"kind": "wards", "districts": ""}, "at least one name or code"),
        ({"kind": "circle", "site": "Birmingham", "miles": "3"}, "full postcode"),
        ({"kind": "circle", "site": "B18 5AA", "miles": "far"}, "miles as a number"),
        ({"kind": "moon", "districts": "B18"}, "Choose what"),
    ):
        answer = add(officer, name="Wrong", **fields)
        assert answer.status_code == 200
        assert words in answer.text


def test_names_are_searched_and_chosen_without_scripts(officer: Any) -> None:
    page = officer.get("/spending/areas/search?kind=wards&q=soh").text
    assert 'value="E05000001"' in page
    form = officer.get("/spending/areas/new?kind=wards&code=E05000001").text
    assert "E05000001" in form
    assert "Nothing has this name" in officer.get("/spending/areas/search?kind=wards&q=xyzzy").text


def test_an_area_keeps_what_it_was(officer: Any) -> None:
    number = re.search(r"/spending/areas/(\d+)", officer.get("/spending/areas").text)
    assert number
    address = f"/spending/areas/{number.group(1)}"
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', officer.get(address).text)
    assert seen
    fields = {"name": "Around us", "kind": "outcodes", "districts": "B18", "seen": seen.group(1)}
    assert officer.post(address, fields).status_code == 302
    assert "2 postcode districts, until" in officer.get("/spending/areas").text
    assert officer.post(address, {**fields, "districts": "B19"}).status_code == 409
    change = officer.get("/spending/local-share/change").text
    assert "Local meant 2 postcode districts until" in change
    assert officer.get("/spending/local-share/change?download=csv").status_code == 200


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        ("month", "April 2025"),
        ("department", "Estates"),
        ("department", "No department given"),
        ("category", "Catering"),
        ("bought", "55 Hotel, restaurant and retail trade services"),
        ("bought", "Not a purchase: pay, taxes, grants, book-keeping"),
        ("bought", "Together that is £1,800.00, everything that counts here"),
        ("kind", "Public body"),
        ("sme", "Not known or none"),
        ("decile", "No indices of deprivation are loaded"),
        ("size", "£500 to under £5,000"),
        ("source", "Nothing says where"),
    ],
)
def test_every_cut_has_its_page_and_its_files(officer: Any, cut: str, words: str) -> None:
    page = officer.get(f"/spending/local-share/by/{cut}").text
    assert words in page
    assert "£1,800.00" in page
    for kind in ("csv", "xlsx", "json"):
        assert officer.get(f"/spending/local-share/by/{cut}?download={kind}").status_code == 200
    assert officer.get("/spending/local-share/by/moon").status_code == 404


def test_a_year_is_a_part_of_the_whole(officer: Any) -> None:
    page = officer.get("/spending/local-share/by/category?year=2025").text
    assert "£1,500.00" in page
    assert "Rates" not in page


def test_suppliers_are_listed_searched_and_divided(officer: Any) -> None:
    page = officer.get("/spending/local-share/suppliers").text
    assert "100.0% of all that counts" in page
    assert page.index("Near Ltd") < page.index("Far Ltd")
    assert "Far Ltd" not in officer.get("/spending/local-share/suppliers?q=near").text
    assert officer.get("/spending/local-share/suppliers?download=csv").text.count("\n") == 5


def test_without_a_public_register_the_pages_say_why_so_little_is_known(officer: Any, make: Any) -> None:
    told = {"/spending/payees": "No public register is loaded", "/spending/local-share": "to load the public registers"}
    for address, words in told.items():
        assert words in officer.get(address).text
    make(factories.a_register)
    for address, words in told.items():
        assert words not in officer.get(address).text


def test_a_rule_leaves_money_out_and_says_how_much(officer: Any, run_jobs: Any) -> None:
    address = "/spending/local-share/left-out"
    assert "Nothing is left out by rule" in officer.get("/spending/local-share").text
    refused = officer.post(f"{address}/transfers", {"is_on": "y", "reason": "", "seen": "0"})
    assert "Say why" in refused.text
    assert (
        officer.post(f"{address}/transfers", {"is_on": "y", "reason": "Purchases only", "seen": "0"}).status_code == 302
    )
    assert (
        officer.post(f"{address}/salaries", {"is_on": "y", "reason": "Purchases only", "seen": "0"}).status_code == 302
    )
    for _ in range(2):
        page = officer.get(address).text
        for words in ("£250.00", "£50.00", "£1,500.00", "£1,800.00", "Purchases only"):
            assert words in page
        assert "£1,500.00" in officer.get("/spending/local-share").text
        run_jobs()
    assert officer.post(f"{address}/transfers", {"reason": "Again", "seen": "0"}).status_code == 409
    assert officer.get(f"{address}?download=csv").status_code == 200


def test_a_category_is_counted_under_another_kind_of_purchase_and_that_is_taken_back(officer: Any) -> None:
    listed = "/spending/local-share/categories"
    change = f"{listed}/change?category=Catering"
    page = officer.get(listed).text
    for words in ("55 Hotel, restaurant", "Not a purchase: pay", "Procure’s: likely", "£1,000.00"):
        assert words in page
    assert "not known" in page
    assert ">0.0%" not in page
    file = officer.get(f"{listed}?download=csv").text
    assert "Catering" in file
    assert officer.get(f"{listed}?q=cater").text.count("change?category=") == 1
    assert "likely" in officer.get(change).text
    assert "Choose a kind of purchase" in officer.post(change, {"division": "", "reason": "x", "seen": "0"}).text
    assert "Say why" in officer.post(change, {"division": "15", "reason": "", "seen": "0"}).text
    told = {"division": "15", "reason": "We buy food under it", "seen": "0"}
    assert officer.post(change, told).status_code == 302
    assert officer.post(change, told).status_code == 409
    assert "15 Food, beverages" in officer.get("/spending/local-share/by/bought").text
    assert "Your officer’s" in officer.get(listed).text
    page = officer.get(change).text
    assert "We buy food under it" in page
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen, page
    back = {"seen": seen.group(1)}
    assert officer.post(f"{listed}/take-back", back, page=change).status_code == 302
    assert "15 Food, beverages" not in officer.get("/spending/local-share/by/bought").text
    assert officer.post(f"{listed}/take-back", back, page=change).status_code == 409
    assert officer.get(f"{listed}/change?category=Nobody").status_code == 404
