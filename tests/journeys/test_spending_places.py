"""An officer places what is not placed: from the local share to the list, the payee, the declaration and back."""

from typing import Any

import pytest

from .. import factories
from ..services.places import a_body, a_payee, a_shared_office


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Trust", outcodes=("B18", "B19"))


@pytest.fixture
def officer(signed_in_as: Any, anchor: int) -> Any:
    return signed_in_as(anchor, "anchor", "finance")


def test_from_the_share_to_a_placed_payee_and_back(officer: Any, anchor: int, make: Any) -> None:
    payee = make(a_payee, anchor, (500_00, ""), name="Nobody Knows Ltd")
    make(a_payee, anchor, (500_00, "M1 1AE"), name="Far Away Ltd")
    share = officer.get("/spending/local-share").text
    assert "Local share: 0.0% to 50.0%" in share
    assert "/spending/unplaced" in share
    listed = officer.get("/spending/unplaced").text
    assert "£500.00 of your £1,000.00 cannot be placed" in listed
    assert "Nobody Knows Ltd" in listed
    assert "Far Away Ltd" not in listed
    page = f"/spending/payees/{payee}/place"
    assert "Nothing says where" in officer.get(page).text
    answer = officer.post(f"{page}/new", _seen(officer, page) | SITE)
    assert answer.status_code == 302, answer.text
    shown = officer.get(page).text
    assert "Delivery site you declared" in shown
    assert "From the contract" in shown
    assert "Local share: 50.0%" in officer.get("/spending/local-share").text
    assert "Every payment is placed" in officer.get("/spending/unplaced").text
    site = shown.split("/spending/payees/sites/")[1].split("/")[0]
    officer.post(f"/spending/payees/sites/{site}/take-back", page=page)
    assert "No longer counts" in officer.get(page).text
    assert "Local share: 0.0% to 50.0%" in officer.get("/spending/local-share").text


SITE = {"kind": "delivery", "postcode": "b18 7qh", "reason": "From the contract"}


def _seen(officer: Any, page: str) -> dict[str, str]:
    import re

    form = officer.get(f"{page}/new").text
    found = {}
    for name in ("seen_delivery", "seen_trading"):
        tag = next(tag for tag in re.findall(r"<input[^>]*>", form) if f'name="{name}"' in tag)
        found[name] = re.search(r'value="(\d+)"', tag)[1]  # type: ignore[index]
    return found


def test_a_form_that_was_open_while_another_declared_changes_nothing(officer: Any, anchor: int, make: Any) -> None:
    payee = make(a_payee, anchor, (500_00, ""))
    page = f"/spending/payees/{payee}/place"
    seen = _seen(officer, page)
    assert officer.post(f"{page}/new", seen | SITE).status_code == 302
    late = officer.post(f"{page}/new", seen | SITE | {"postcode": "M1 1AE"})
    assert late.status_code == 409
    assert "Look at it again" in late.text
    assert "M1 1AE" not in officer.get(page).text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"postcode": "B18"}, "Enter a full UK postcode, like B18 7QH"),
        ({"postcode": ""}, "Enter a full postcode, like B18 7QH"),
        ({"reason": ""}, "Say how you know"),
        ({"kind": ""}, "Choose what it is"),
    ],
)
def test_mistakes_are_told_as_instructions(officer: Any, anchor: int, make: Any, change: Any, says: str) -> None:
    page = f"/spending/payees/{make(a_payee, anchor, (5, ''))}/place"
    answer = officer.post(f"{page}/new", _seen(officer, page) | SITE | change)
    assert answer.status_code == 200
    assert says in answer.text


def test_a_shared_office_is_shown_as_uncertain_wherever_its_money_is(officer: Any, anchor: int, make: Any) -> None:
    make(a_shared_office, "20 agent house", "B18 5AB")
    payee = make(
        a_payee, anchor, (500_00, ""), name="Agent Ltd", body_id=make(a_body, "B18 5AB", street="20 agent house")
    )
    make(a_payee, anchor, (500_00, "B18 1AA"))
    share = officer.get("/spending/local-share").text
    assert "Local share: 50.0% to 100.0%" in share
    assert "£500.00 is placed but uncertain" in share
    assert "Agent Ltd" in officer.get("/spending/uncertain").text
    shown = officer.get(f"/spending/payees/{payee}/place").text
    assert "500 bodies are registered at this office" in shown
    assert "by a public register" in shown


@pytest.mark.parametrize("table", ["sources", "kinds"])
def test_each_table_can_be_taken_away(officer: Any, anchor: int, make: Any, table: str) -> None:
    make(a_payee, anchor, (500_00, "B18 1AA"), (250_00, ""), name="Brightwell CIC")
    answer = officer.get(f"/spending/local-share?table={table}&download=csv")
    assert answer.status_code == 200
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert "Placed but uncertain" in lines[0]
    assert sum(float(line.split(",")[1]) for line in lines[1:] if not line.startswith('"')) in (500.0, 0.0)


def test_a_persons_name_stays_out_of_the_download(officer: Any, anchor: int, make: Any) -> None:
    make(a_payee, anchor, (5, ""), name="Jane Harper", state="person")
    assert "Jane Harper" in officer.get("/spending/unplaced").text
    assert "Jane Harper" not in officer.get("/spending/unplaced?download=csv").data.decode()


def test_a_merged_name_leads_to_the_payee_it_belongs_to(officer: Any, anchor: int, make: Any) -> None:
    head = make(a_payee, anchor, (5, ""))
    other = make(a_payee, anchor, (5, ""), merged_into_id=head)
    answer = officer.get(f"/spending/payees/{other}/place")
    assert answer.headers["Location"] == f"/spending/payees/{head}/place"


def test_another_anchors_payee_and_site_are_not_there(officer: Any, make: Any) -> None:
    other = make(factories.an_anchor)
    payee = make(a_payee, other, (5, ""))
    assert officer.get(f"/spending/payees/{payee}/place").status_code == 404
    assert officer.get(f"/spending/payees/{payee}/place/new").status_code == 404
