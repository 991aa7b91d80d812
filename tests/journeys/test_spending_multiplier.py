"""LM3 on the page: the range, whom to ask, what comes back, and what is left out, each with its pounds."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from procure.config import PAGE_ROWS
from procure.extensions import db
from procure.models import LocalArea, OutgoingMail, RespendAnswer, RespendSurvey

from .. import factories
from ..services.places import a_payee

HALF = {"staff": "50", "suppliers": "50", "local_staff": "50", "local_suppliers": "50"}
PHONE = HALF | {"reason": "They told us by phone"}
HOME = "/spending/lm3"


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Trust", outcodes=("B18", "B19"))


@pytest.fixture
def officer(signed_in_as: Any, anchor: int) -> Any:
    return signed_in_as(anchor, "anchor", "finance")


@pytest.fixture
def baker(make: Any, anchor: int) -> int:
    make(a_payee, anchor, (400_00, "M1 1AE"), name="Far Away Ltd")
    return make(a_payee, anchor, (600_00, "B18 1AA"), name="Baker Ltd")


def hidden(visitor: Any, page: str) -> dict[str, str]:
    found = re.search(r'name="seen"[^>]*value="(\d+)"', visitor.get(page).text)
    return {"seen": found.group(1)} if found else {}


def send(visitor: Any, address: str, values: dict[str, str], page: str | None = None) -> Any:
    return visitor.post(address, values | hidden(visitor, page or address), page=page or address)


def of(payee: int) -> str:
    return f"{HOME}/suppliers/{payee}"


def test_from_the_range_to_the_question_to_the_answer(officer: Any, baker: int, make: Any, visitor: Any) -> None:
    page = officer.get(HOME).text
    assert "LM3 in Around us: 1.60 to 2.20" in page
    assert "what we paid to suppliers. Our own staff are not counted" in page
    assert "Baker Ltd" in page
    assert "Far Away Ltd" not in page
    asked = send(officer, f"{of(baker)}/ask", {"email": "books@baker.example"}).text
    link = re.search(r'value="http://127.0.0.1:5000(/surveys/[^"]+)"', asked)
    assert link
    assert link.group(1) in make(lambda: db.session.scalars(select(OutgoingMail.body)).one())
    assert "Asked" in officer.get(of(baker)).text
    supplier = visitor()
    send(supplier, link.group(1), HALF | {"move": "send"})
    after = officer.get(HOME).text
    assert "LM3 in Around us: 1.90" in after
    assert "It is one figure" in after
    assert "by the supplier" in officer.get(of(baker)).text


def test_what_they_told_by_phone_counts_until_it_is_undone(officer: Any, baker: int) -> None:
    assert send(officer, f"{of(baker)}/answer", PHONE).status_code == 302
    shown = officer.get(of(baker)).text
    assert "They told us by phone" in shown
    assert "£50.00" in shown
    assert "LM3 in Around us: 1.90" in officer.get(HOME).text
    undo = re.search(r'action="(/spending/lm3/answers/\d+/undo[^"]*)"', shown)
    assert undo
    send(officer, undo.group(1), {}, page=of(baker))
    assert "taken back" in officer.get(of(baker)).text
    assert "LM3 in Around us: 1.60 to 2.20" in officer.get(HOME).text
    assert officer.post(undo.group(1), {"seen": "9"}, page="/account").status_code == 409


def action(visitor: Any, page: str, word: str) -> str:
    found = re.search(rf'action="(/spending/lm3/surveys/\d+/{word}[^"]*)"', visitor.get(page).text)
    assert found, word
    return found.group(1)


def test_one_reminder_and_then_the_question_is_taken_back(officer: Any, baker: int, make: Any) -> None:
    send(officer, f"{of(baker)}/ask", {"email": "books@baker.example"})
    address = action(officer, of(baker), "remind")
    assert "The link" in send(officer, address, {}, page=of(baker)).text
    shown = officer.get(of(baker)).text
    assert "Reminded" in shown
    assert "Remind them once" not in shown
    assert len(make(lambda: db.session.scalars(select(OutgoingMail)).all())) == 2
    withdraw = action(officer, of(baker), "withdraw")
    assert send(officer, withdraw, {}, page=of(baker)).status_code == 302
    assert "Ask them" in officer.get(of(baker)).text


def test_what_they_told_is_deleted_when_they_ask(officer: Any, baker: int, make: Any) -> None:
    send(officer, f"{of(baker)}/answer", PHONE)
    erase = action(officer, of(baker), "erase")
    send(officer, erase, {}, page=of(baker))
    assert make(lambda: db.session.scalars(select(RespendAnswer)).all()) == []
    assert "cannot be asked again" in officer.get(of(baker)).text


def test_own_staff_are_added_with_a_source_and_left_out_again(officer: Any, baker: int) -> None:
    form = f"{HOME}/own-staff"
    values = {"pay_pence": "1,000", "local_pence": "500", "respent": "40", "source": "Payroll report"}
    assert send(officer, form, values).status_code == 302
    page = officer.get(HOME).text
    assert "LM3 in Around us: 1.65 to 1.95" in page
    assert "suppliers and to our own staff" in page
    assert "Payroll report" in page
    back = re.search(r'action="(/spending/lm3/own-staff/\d+/take-back)"', page)
    assert back
    officer.post(back.group(1), page=HOME)
    assert "LM3 in Around us: 1.60 to 2.20" in officer.get(HOME).text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"local_pence": "2000"}, "cannot be more than all pay"),
        ({"pay_pence": "0"}, "must be more than £0"),
        ({"respent": "101"}, "Enter a number from 0 to 100"),
        ({"source": ""}, "Say where the figures come from"),
    ],
)
def test_mistakes_about_staff_are_told(officer: Any, baker: int, change: dict[str, str], says: str) -> None:
    values = {"pay_pence": "1,000", "local_pence": "500", "respent": "", "source": "Payroll report"} | change
    answer = send(officer, f"{HOME}/own-staff", values)
    assert says in answer.text
    assert "There is a problem" in answer.text


@pytest.mark.parametrize(
    ("page", "change", "says"),
    [
        ("ask", {"email": "nobody"}, "Enter an email address"),
        ("answer", PHONE | {"reason": ""}, "Say how you know"),
        ("answer", PHONE | {"staff": "70"}, "cannot be more than £100"),
        ("answer", {"reason": "By phone"}, "Answer at least one question"),
    ],
)
def test_mistakes_about_suppliers_are_told(
    officer: Any, baker: int, make: Any, page: str, change: dict[str, str], says: str
) -> None:
    assert says in send(officer, f"{of(baker)}/{page}", change).text
    assert make(lambda: db.session.scalars(select(RespendSurvey)).all()) == []


def test_every_exclusion_has_its_pounds(officer: Any, anchor: int, baker: int, make: Any) -> None:
    make(a_payee, anchor, (77_00, "B18 1AA"), name="Riverside Borough Council")
    make(a_payee, anchor, (33_00, "B18 1AA"), name="Redacted personal data")
    page = officer.get(HOME).text
    for words in ("£77.00", "£33.00", "£1,110.00", "£1,000.00"):
        assert words in page
    assert "LM3 in Around us: 1.60 to 2.20" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("address", [f"{HOME}?table=outlook", f"{HOME}?table=rounds", f"{HOME}/suppliers?x=1"])
def test_every_table_can_be_taken_away(officer: Any, baker: int, address: str, kind: str) -> None:
    answer = officer.get(f"{address}&download={kind}")
    assert answer.status_code == 200
    assert f".{kind}" in answer.headers["Content-Disposition"]
    if kind == "csv" and "outlook" in address:
        assert answer.data.decode("utf-8-sig").splitlines()[1] == "Now,1.6,2.2,0.6"


def test_people_are_neither_named_nor_asked(officer: Any, anchor: int, baker: int, make: Any) -> None:
    jane = make(a_payee, anchor, (900_00, "B18 1AA"), name="Jane Harper", state="person")
    for address in (HOME, f"{HOME}/suppliers", f"{HOME}/suppliers?x=1&download=csv"):
        assert "Jane Harper" not in officer.get(address).data.decode()
    assert officer.get(f"{of(jane)}/ask").status_code == 409
    assert "£900.00 went to people" in officer.get(HOME).text


def test_a_buyer_sees_the_figure_and_no_supplier(signed_in_as: Any, anchor: int, baker: int) -> None:
    buyer = signed_in_as(anchor, "anchor", "buyer")
    page = buyer.get(HOME).text
    assert "LM3 in Around us: 1.60 to 2.20" in page
    assert "Baker Ltd" not in page
    assert buyer.get(of(baker)).status_code == 403


def test_another_anchor_finds_nothing(signed_in_as: Any, officer: Any, baker: int, make: Any) -> None:
    send(officer, f"{of(baker)}/answer", PHONE)
    other = make(factories.an_anchor)
    make(a_payee, other, (5, "B18 1AA"))
    stranger = signed_in_as(other, "anchor", "finance")
    for page in (of(baker), f"{of(baker)}/ask", f"{of(baker)}/answer"):
        assert stranger.get(page).status_code == 404
    erase = action(officer, of(baker), "erase")
    assert stranger.post(erase, {"seen": "2"}, page="/account").status_code == 404


def test_without_an_area_or_a_ledger_the_page_says_what_to_do(officer: Any, make: Any, signed_in_as: Any) -> None:
    assert "Add a ledger and confirm it" in officer.get(HOME).text
    assert officer.get(f"{HOME}/suppliers").status_code == 404
    bare = signed_in_as(make(factories.an_organisation, is_anchor=True, sector="nhs"), "anchor", "finance")
    assert bare.get(HOME).status_code == 200


def test_search_and_pages_of_many_suppliers(officer: Any, anchor: int, baker: int, make: Any) -> None:
    def many() -> None:
        for number in range(PAGE_ROWS + 5):
            a_payee(anchor, (100 + number, "B18 1AA"), name=f"Firm {number} Ltd")

    make(many)
    assert "Page 1 of 2" in officer.get(f"{HOME}/suppliers").text
    assert "Page 2 of 2" in officer.get(f"{HOME}/suppliers?page=2").text
    found = officer.get(f"{HOME}/suppliers?q=bak").text
    assert "Baker Ltd" in found
    assert "Firm 1 Ltd" not in found
    assert "Nothing matches" in officer.get(f"{HOME}/suppliers?q=zzz").text


def test_the_area_and_the_period_can_be_chosen(officer: Any, anchor: int, baker: int, make: Any) -> None:
    def far() -> int:
        area = LocalArea(organisation_id=anchor, name="The north", outcodes=["M1"])
        db.session.add(area)
        db.session.commit()
        return area.id

    number = make(far)
    page = officer.get(f"{HOME}?area={number}&period=2025-26").text
    assert "LM3 in The north: 1.40 to 1.80" in page
    assert "April 2025 to March 2026" in page
    assert f"area={number}" in page
