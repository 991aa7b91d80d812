"""A supplier is called what it calls itself, on every list alike, and the ledger's spelling is told beside it."""

import csv
import io
import re
from typing import Any

import pytest
from sqlalchemy import update

from procure.extensions import db
from procure.models import Payee, ShiftRow

from .. import factories
from ..services.places import a_body
from ..services.shift_stories import a_ledger, a_purchase

OWN, SPELT, ALIKE = "Lock Keepers Catering CIC", "LKC WARDS 04", "Far Cleaners Limited"


def a_world() -> int:
    factories.an_enterprise(
        "Canal Cleaners",
        capabilities=(("Contract cleaning of offices", "90910000", None, None),),
        capacity_pence=50_000_00,
    )
    anchor = factories.an_anchor("Our trust", sector="council")
    ledger = a_ledger(anchor)
    a_purchase(anchor, SPELT, "Cleaning", "Contract cleaning", 40_000_00, ledger=ledger)
    a_purchase(anchor, "FAR CLEANERS LTD", "Cleaning", "Contract cleaning", 30_000_00, ledger=ledger)
    a_purchase(anchor, "Ward Bakers", "Bread", "Rolls", 20_000_00, ledger=ledger, at="B18 5AA")
    for spelt, own in ((SPELT, OWN), ("FAR CLEANERS LTD", ALIKE), ("Ward Bakers", "Hockley Bakers Ltd")):
        body = a_body("M1 1AE" if spelt != "Ward Bakers" else "B18 5AA", name=own)
        db.session.execute(update(Payee).where(Payee.name == spelt).values(body_id=body, state="confirmed"))
    db.session.commit()
    return anchor


@pytest.fixture
def officer(make: Any, signed_in_as: Any, run_jobs: Any) -> Any:
    officer = signed_in_as(make(a_world), "anchor", "finance")
    officer.post("/spending/shift/work-out", page="/spending/shift")
    run_jobs()
    return officer


def lines(client: Any, address: str) -> dict[str, dict[str, str]]:
    """The lines of a downloaded table, by supplier."""
    text = client.get(address).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    head = "Supplier" if "Supplier" in rows[0] else "Paid to"
    return {row[head]: row for row in rows}


@pytest.mark.parametrize("address", ["/spending/local-share/suppliers", "/spending/shift"])
def test_a_linked_supplier_is_called_as_it_calls_itself(officer: Any, address: str) -> None:
    page = officer.get(address).text
    assert page.count(f"In the ledger: {SPELT}") == 1
    assert OWN in page
    assert ALIKE in page
    assert "FAR CLEANERS LTD" not in page
    told = lines(officer, f"{address}?download=csv")
    assert told[OWN]["In the ledger"] == SPELT
    assert told[ALIKE]["In the ledger"] == ""


@pytest.mark.parametrize("words", ["keepers", "lkc"])
def test_a_supplier_is_found_by_either_name(officer: Any, words: str) -> None:
    for address in ("/spending/local-share/suppliers", "/spending/shift"):
        page = officer.get(f"{address}?q={words}").text
        assert OWN in page, address
        assert ALIKE not in page, address


@pytest.mark.parametrize("words", ["", "?q=hockley", "?q=ward"])
def test_lm3_calls_a_supplier_so_too(officer: Any, words: str) -> None:
    page = officer.get(f"/spending/lm3/suppliers{words}").text
    assert "Hockley Bakers Ltd" in page
    assert page.count("In the ledger: Ward Bakers") == 1
    assert "Hockley Bakers Ltd" in officer.get("/spending/lm3").text


def test_lm3_files_tell_both_names(officer: Any) -> None:
    told = lines(officer, "/spending/lm3/suppliers?download=csv")
    assert told["Hockley Bakers Ltd"]["In the ledger"] == "Ward Bakers"


def test_pages_of_one_supplier_tell_the_spelling_once(officer: Any, make: Any) -> None:
    payee, row = make(
        lambda: db.session.query(ShiftRow.payee_id, ShiftRow.id).filter(ShiftRow.left_pence == 40_000_00).one()
    )
    for address in (f"/spending/payees/{payee}/place", f"/spending/lm3/suppliers/{payee}", f"/spending/shift/{row}"):
        page = officer.get(address).text
        assert page.count(SPELT) == 1, address
        assert OWN in page, address


def test_the_name_of_a_person_is_in_no_file(officer: Any, make: Any) -> None:
    def person() -> None:
        db.session.execute(update(Payee).where(Payee.name == SPELT).values(state="person", kind="person"))
        db.session.commit()

    make(person)
    for address in ("/spending/local-share/suppliers", "/spending/shift", "/spending/lm3/suppliers"):
        text = officer.get(f"{address}?download=csv").text
        assert SPELT not in text, address
        assert OWN not in text, address


def test_a_supplier_is_asked_under_the_name_it_calls_itself(officer: Any, make: Any, client: Any) -> None:
    payee = make(lambda: db.session.query(Payee.id).filter_by(name="Ward Bakers").scalar())
    page = officer.post(f"/spending/lm3/suppliers/{payee}/ask", {"email": "", "seen": "0"})
    assert "The link for Hockley Bakers Ltd is ready" in page.text
    link = re.search(r"/surveys/[^\s\"<]+", page.text)
    assert link
    asked = client.get(link.group(0)).text
    assert "Hockley Bakers Ltd" in asked
    assert "Ward Bakers" not in asked
