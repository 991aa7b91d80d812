"""A council officer watches a place: what anchors agreed to show, and nothing else."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from procure.extensions import db
from procure.models import Ledger, LocalArea, MonthlySpend, Payee, Upload, now

from .. import factories


def a_place(name: str = "City Council", outcodes: tuple[str, ...] = ("B18", "B19")) -> int:
    place = factories.an_organisation(name, is_place=True)
    if outcodes:
        db.session.add(LocalArea(organisation_id=place, name="The city", outcodes=list(outcodes), is_headline=True))
        db.session.commit()
    return place


def spend(anchor: int, *lines: tuple[str, date, int]) -> None:
    """Confirmed spend of (postcode, month, pence)."""
    upload = Upload(
        organisation_id=anchor, kind="ledger", filename="a.csv", stored_name=f"s{anchor}", sha256="x", size_bytes=1
    )
    db.session.add(upload)
    db.session.flush()
    ledger = Ledger(organisation_id=anchor, upload_id=upload.id, state="confirmed")
    payee = Payee(organisation_id=anchor, name="Secret Payee Ltd")
    db.session.add_all([ledger, payee])
    db.session.flush()
    for postcode, month, pence in lines:
        db.session.add(
            MonthlySpend(
                organisation_id=anchor, ledger_id=ledger.id, payee_id=payee.id, month=month, category="Secret category",
                postcode=postcode, payments=1, pence=pence,
            )
        )  # fmt: skip
    factories.add_up(anchor)


@pytest.fixture
def place(make: Any) -> int:
    return make(a_place)


@pytest.fixture
def council(signed_in_as: Any, place: int) -> Any:
    return signed_in_as(place, "place", "admin")


@pytest.fixture
def trust(make: Any) -> int:
    anchor = make(factories.an_anchor, "Riverside Trust")
    make(
        spend, anchor, ("B18 5AA", date(2026, 1, 1), 40_00), ("M1 1AE", date(2026, 2, 1), 50_00),
        ("", date(2026, 5, 1), 10_00),
    )  # fmt: skip
    return anchor


def agree(council: Any, officer: Any, place: int, anchor: int, level: str = "figures") -> None:
    assert council.post(f"/monitoring/anchors/{anchor}/ask", page="/monitoring/area").status_code == 302
    assert officer.post(f"/spending/watchers/{place}/agree", {"level": level}).status_code == 302


def test_a_place_sees_an_anchor_from_agreement_to_withdrawal(
    council: Any, place: int, trust: int, signed_in_as: Any
) -> None:
    officer = signed_in_as(trust, "anchor", "finance")
    assert "No anchor shows its figures to you yet" in council.get("/monitoring").text
    assert council.get(f"/monitoring/anchors/{trust}").status_code == 404
    council.post(f"/monitoring/anchors/{trust}/ask", page="/monitoring/area")
    assert council.get(f"/monitoring/anchors/{trust}").status_code == 404
    assert "City Council asks to see your local share" in officer.get("/spending").text
    agree(council, officer, place, trust)
    page = council.get("/monitoring").text
    assert "Riverside Trust" in page
    assert "44.4%" in page
    assert "40.0% to 50.0%" in page
    assert officer.post(f"/spending/watchers/{place}/withdraw", page="/spending/watchers").status_code == 302
    assert "44.4%" not in council.get("/monitoring").text
    assert council.get(f"/monitoring/anchors/{trust}").status_code == 404


def test_a_place_never_sees_a_payee_or_a_category(council: Any, place: int, trust: int, signed_in_as: Any) -> None:
    agree(council, signed_in_as(trust, "anchor", "finance"), place, trust)
    for address in (
        "/monitoring", "/monitoring?by=month", "/monitoring?download=csv", f"/monitoring/anchors/{trust}",
        f"/monitoring/anchors/{trust}?download=csv", "/monitoring/anchors", "/monitoring/lots",
        "/monitoring/enterprises",
    ):  # fmt: skip
        answer = council.get(address)
        assert answer.status_code == 200, address
        assert "Secret" not in answer.text, address
    for address in ("/spending/ledgers", "/spending/payees", "/spending/local-share"):
        assert council.get(address).status_code == 403


def test_the_share_can_be_downloaded_by_quarter_and_by_month(
    council: Any, place: int, trust: int, signed_in_as: Any
) -> None:
    agree(council, signed_in_as(trust, "anchor", "finance"), place, trust)
    quarters = council.get("/monitoring?download=csv").text.strip().splitlines()
    months = council.get("/monitoring?by=month&download=csv").text.strip().splitlines()
    assert (len(quarters), len(months)) == (3, 4)
    assert quarters[1].startswith("Riverside Trust,Jan to Mar 2026,40")


def test_anchors_side_by_side_say_what_each_leaves_out(
    council: Any, place: int, trust: int, make: Any, signed_in_as: Any
) -> None:
    other = make(factories.an_anchor, "Hill College")
    make(spend, other, ("B18 5AA", date(2026, 1, 1), 40_00))
    officers = [signed_in_as(anchor, "anchor", "finance") for anchor in (trust, other)]
    for officer, anchor in zip(officers, (trust, other), strict=True):
        agree(council, officer, place, anchor)
    assert "Each of them leaves out of its spend: VAT." in council.get("/monitoring").text
    told = {"is_on": "y", "reason": "Secret board paper", "seen": "0"}
    officers[0].post("/spending/local-share/left-out/transfers", told)
    page = council.get("/monitoring").text
    assert "Compare with care" in page
    assert "Riverside Trust: VAT, payments to other public bodies" in page
    assert "Hill College: VAT<" in page
    page = council.get(f"/monitoring/anchors/{trust}").text
    assert "It leaves out of its spend: VAT, payments to other public bodies." in page
    assert "Secret" not in page, "the reason is the anchor's own"


def test_another_place_has_to_ask_for_itself(
    council: Any, place: int, trust: int, signed_in_as: Any, make: Any
) -> None:
    agree(council, signed_in_as(trust, "anchor", "finance"), place, trust)
    other = signed_in_as(make(a_place, "Next Council"), "place", "viewer")
    assert other.get(f"/monitoring/anchors/{trust}").status_code == 404
    assert "44.4%" not in other.get("/monitoring").text


def test_asking_twice_is_asking_once_and_an_anchor_that_is_none_cannot_be_asked(
    council: Any, place: int, trust: int
) -> None:
    for _ in range(2):
        assert council.post(f"/monitoring/anchors/{trust}/ask", page="/monitoring/area").status_code == 302
    assert council.post(f"/monitoring/anchors/{place}/ask", page="/monitoring/area").status_code == 404
    assert "Asked, no answer yet" in council.get("/monitoring/anchors").text


def test_enterprises_are_counted_by_kind_and_district(council: Any, make: Any) -> None:
    make(factories.an_enterprise, "Canal Kitchen", postcode="B18 5AA", legal_form="cic")
    make(factories.an_enterprise, "Lock Cleaning", postcode="B19 1AA", legal_form="cooperative")
    make(factories.an_enterprise, "Seaside Care", postcode="BN1 1AA", legal_form="cic")
    page = council.get("/monitoring").text
    assert "Community interest company" in page
    assert "Co-operative" in page
    listed = council.get("/monitoring/enterprises").text
    assert "Canal Kitchen" in listed
    assert "Lock Cleaning" in listed
    assert "Seaside Care" not in listed
    only = council.get("/monitoring/enterprises?kind=cooperative&district=B19").text
    assert "Canal Kitchen" not in only
    assert "Lock Cleaning" in only


def test_open_lots_in_the_place_are_listed_and_gaps_are_named(council: Any, make: Any, trust: int) -> None:
    make(factories.a_lot, trust, "Ward catering", likely_local=0)
    make(factories.a_lot, trust, "Laundry", likely_local=3)
    make(factories.a_lot, trust, "Not yet open", state="draft")
    make(factories.a_lot, trust, "Too late to answer", deadline_on=now().date() - timedelta(days=1))
    make(factories.a_lot, trust, "Its last day", likely_local=2, value_pence=0, deadline_on=now().date())
    make(factories.a_lot, trust, "Far away", postcode="M1 1AE")
    page = council.get("/monitoring").text
    assert "3 lots worth £200,000" in page
    listed = council.get("/monitoring/lots").text
    assert "Ward catering" in listed
    assert "Laundry" in listed
    assert "Its last day" in listed
    assert "Not yet open" not in listed
    assert "Too late to answer" not in listed
    assert "Far away" not in listed
    gaps = council.get("/monitoring/lots?supply=none").text
    assert "Ward catering" in gaps
    assert "Laundry" not in gaps


def test_a_place_without_an_area_is_told_to_say_it(make: Any, signed_in_as: Any) -> None:
    council = signed_in_as(make(a_place, "New Council", ()), "place", "admin")
    assert "First say what your place is" in council.get("/monitoring").text
    answer = council.post("/monitoring/area", {"name": "Our city", "districts": "b18 b19"})
    assert answer.status_code == 302
    assert "Our city" in council.get("/monitoring").text
    assert "Check TOWN" in council.post("/monitoring/area", {"name": "Our city", "districts": "town"}).text


@pytest.mark.parametrize(
    ("address", "words"),
    [("/monitoring", "The place"), ("/monitoring/lots", "Open lots"), ("/monitoring/map", "The place")],
)
def test_one_word_of_the_menu_says_where_a_person_is(address: str, words: str, signed_in_as: Any, make: Any) -> None:
    visitor = signed_in_as(make(a_place), "place", "viewer")
    menu = re.findall(r'service-navigation__item--active">(.*?)</li>', visitor.get(address).text, re.DOTALL)
    assert [re.sub(r"<[^>]+>|\s+", " ", item).strip() for item in menu] == [words]
