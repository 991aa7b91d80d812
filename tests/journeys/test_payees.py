"""A finance officer works through the payees: side by side, by buttons only, with everything to be taken back."""

import io
import re
from typing import Any

import pytest

from procure.extensions import db
from procure.models import Watch, now

from .. import factories

LEDGER = """Supplier Name,Amount,Payment Date,Department,Supplier Postcode
Brightwell Catering CIC,"1,200.50",03/04/2026,Wards,
BRIGHTWELL CATERING C.I.C. BACS,800.00,20/05/2026,Estates,
Jane Smith,99.99,06/04/2026,Wards,
Two Faces Ltd,300.00,05/04/2026,Wards,
Two Faces Ltd,45.00,05/06/2026,Estates,
"""


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Trust")


@pytest.fixture
def officer(signed_in_as: Any, anchor: int, run_jobs: Any) -> Any:
    """An officer with one confirmed ledger."""
    return with_ledger(signed_in_as(anchor, "anchor", "finance"), run_jobs)


def with_ledger(officer: Any, run_jobs: Any) -> Any:
    ledger = {"ledger": (io.BytesIO(LEDGER.encode()), "april.csv")}
    address = officer.post("/spending/ledgers/new", ledger).headers["Location"]
    run_jobs()
    pence = re.search(r'name="seen_pence" value="(-?\d+)"', officer.get(address).text)
    assert pence
    officer.post(f"{address}/confirm", {"seen_pence": pence.group(1)}, page=address)
    run_jobs()
    return officer


def payee(officer: Any, name: str) -> str:
    """The address of a payee's page."""
    found = re.search(
        rf'href="(/spending/payees/\d+)">{re.escape(name)}', officer.get(f"/spending/payees?q={name}").text
    )
    assert found, name
    return found.group(1)


def press(officer: Any, page: str, address: str, **chosen: str) -> Any:
    """Send the form of a page that goes to this address, with the hidden fields it carries."""
    forms = re.findall(r"<form method=\"post\" action=\"([^\"]*)\".*?</form>", officer.get(page).text, re.S)
    assert address in forms, (address, forms)
    for form in re.findall(r"<form method=\"post\".*?</form>", officer.get(page).text, re.S):
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        if f'action="{address}"' in form and chosen.items() <= fields.items():
            return officer.client.post(address, data=fields)
    raise AssertionError(f"no form to {address} has {chosen}")


def test_a_person_is_marked_and_taken_back(officer: Any) -> None:
    jane = payee(officer, "Jane Smith")
    assert press(officer, jane, f"{jane}/person").status_code == 302
    assert "You said this is a person" in officer.get(jane).text
    assert "Name withheld" in officer.get("/spending/payees?download=csv").text
    assert "Jane Smith" not in officer.get("/spending/payees?download=csv").text
    assert "Jane Smith" in officer.get("/spending/payees?kind=person").text
    assert press(officer, jane, f"{jane}/undo").status_code == 302
    assert press(officer, jane, f"{jane}/public-body").status_code == 302
    assert "You said this is a public body" in officer.get(jane).text


def test_two_spellings_are_merged_shown_as_one_and_taken_apart(officer: Any) -> None:
    one, two = payee(officer, "Brightwell Catering CIC"), payee(officer, "BRIGHTWELL CATERING C.I.C. BACS")
    number = two.rsplit("/", 1)[1]
    names = f"{one}/names?q=brightwell"
    assert press(officer, names, f"{one}/merge", other_id=number).status_code == 302
    listed = officer.get("/spending/payees").text
    assert "Brightwell Catering CIC (and 1 other spelling)" in listed
    assert "BACS" not in listed
    assert "£2,000.50" in officer.get(one).text
    assert officer.get(two).headers["Location"].endswith(one)
    assert press(officer, one, f"{two}/take-out").status_code == 302
    assert "£1,200.50" in officer.get(one).text
    assert "£800.00" in officer.get(two).text


def test_one_name_that_is_two_payees_is_split_by_department(officer: Any) -> None:
    faces = payee(officer, "Two Faces Ltd")
    answer = press(officer, f"{faces}/names", f"{faces}/split", value="Estates")
    part = answer.headers["Location"]
    assert "Two Faces Ltd (department Estates)" in officer.get(part).text
    assert "£45.00" in officer.get(part).text
    assert "£300.00" in officer.get(faces).text
    assert press(officer, part, f"{part}/join").status_code == 302
    assert "£345.00" in officer.get(faces).text


def test_the_list_says_how_sure_we_are_and_what_to_settle_next(officer: Any, make: Any) -> None:
    assert "of the money is settled" not in officer.get("/spending/payees").text, "nobody was looked for on a register"
    make(factories.a_register)
    assert "100% of the money is settled" in officer.get("/spending/payees").text
    for query in ("band=unlinked", "kind=unknown", "state=unlinked&kind=enterprise", "band=you&download=csv"):
        assert officer.get(f"/spending/payees?{query}").status_code == 200
    assert "Two Faces" in officer.get("/spending/payees?band=unlinked").text
    assert "Two Faces" not in officer.get("/spending/payees?band=you").text


def test_an_anchor_of_the_place_offers_its_link_and_it_is_accepted_with_one_button(
    officer: Any, anchor: int, make: Any, signed_in_as: Any, run_jobs: Any
) -> None:
    def neighbours() -> tuple[int, int]:
        other = factories.an_anchor("Their Trust")
        place = factories.an_organisation("The council", is_place=True)
        db.session.add_all([Watch(place_id=place, anchor_id=each, agreed_at=now()) for each in (anchor, other)])
        enterprise = factories.an_enterprise("Januskopf Limited")
        return other, enterprise

    other, enterprise = make(neighbours)
    theirs = with_ledger(signed_in_as(other, "anchor", "finance"), run_jobs)
    their_payee, faces = payee(theirs, "Two Faces Ltd"), payee(officer, "Two Faces Ltd")
    page = f"{their_payee}?q=januskopf"
    assert press(theirs, page, f"{their_payee}/link", enterprise_id=str(enterprise)).status_code == 302
    for each in (officer, theirs):
        assert "You do not share" in each.get("/spending/payees/offers").text
        assert "linked this name to" not in officer.get(faces).text
        assert each.post("/spending/payees/offers/agree", {}, page="/spending/payees/offers").status_code == 302
    text = officer.get(faces).text
    assert "Another anchor linked this name to <strong>Januskopf Limited</strong>" in text
    assert "Their Trust" not in text
    assert press(officer, faces, f"{faces}/accept").status_code == 302
    assert "You said this is <strong>Januskopf Limited</strong>" in officer.get(faces).text
    assert officer.post(f"{faces}/accept", {"enterprise_id": "1", "seen": "unlinked_0"}, page=faces).status_code == 409
    officer.post("/spending/payees/offers/withdraw", {}, page="/spending/payees/offers")
    assert "You do not share" in officer.get("/spending/payees/offers").text


@pytest.mark.parametrize(
    ("address", "values", "answer"),
    [
        ("link", {}, 400),
        ("link", {"enterprise_id": "99999999999"}, 400),
        ("link", {"body_id": "x"}, 400),
        ("link", {"body_id": "987654", "seen": "unlinked_0"}, 404),
        ("person", {"seen": "confirmed_3"}, 409),
        ("undo", {"seen": "unlinked_0"}, 409),
        ("merge", {"seen": "unlinked_0"}, 400),
        ("merge", {"other_id": "987654", "seen": "unlinked_0"}, 404),
        ("take-out", {"seen": "unlinked_0"}, 409),
        ("split", {"column": "payee_id", "value": "1", "seen": "unlinked_0"}, 409),
        ("split", {"column": "department", "value": "Nowhere", "seen": "unlinked_0"}, 409),
        ("join", {"seen": "unlinked_0"}, 409),
        ("accept", {"enterprise_id": "1", "seen": "unlinked_0"}, 409),
    ],
)
def test_what_no_button_of_ours_sends_is_refused(officer: Any, address: str, values: Any, answer: int) -> None:
    faces = payee(officer, "Two Faces Ltd")
    assert officer.post(f"{faces}/{address}", values, page=faces).status_code == answer
    assert "Not registered" in officer.get(faces).text
