"""A supplier answers three questions at a link: no account, shown back before it is sent, changed, taken back."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from procure import create_app
from procure.extensions import db
from procure.models import LocalArea, Organisation, Payee, RespendAnswer, RespendSurvey, now
from procure.services.multiplier import multiplier_surveys
from procure.services.shares import areas

from .. import factories
from ..conftest import settings_for
from ..services.places import a_payee, an_officer

HALF = {"staff": "50", "suppliers": "50", "local_staff": "50", "local_suppliers": "50"}


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Trust", outcodes=("B18", "B19"))


@pytest.fixture
def link(make: Any, anchor: int) -> str:
    return make(a_link, anchor)


def a_link(anchor: int, name: str = "Baker Ltd") -> str:
    payee = a_payee(anchor, (600_00, "B18 5AA"), name=name)
    area = areas.headline(anchor)
    assert area is not None
    found = db.session.execute(select(Payee).where(Payee.id == payee)).scalar_one()
    asked = multiplier_surveys.ask(found, area, 2025, email=None, seen=0, by=an_officer(anchor), base_url="")
    db.session.commit()
    return asked.link


def answers() -> list[tuple[int | None, ...]]:
    rows = db.session.scalars(select(RespendAnswer).order_by(RespendAnswer.id))
    return [(row.staff, row.suppliers, row.local_staff, row.local_suppliers) for row in rows]


def seen(visitor: Any, link: str) -> dict[str, str]:
    found = re.search(r'name="seen"[^>]*value="(\d+)"', visitor.get(f"{link}?change=1").text)
    assert found
    return {"seen": found.group(1)}


def send(visitor: Any, link: str, values: dict[str, str], move: str = "send") -> Any:
    return visitor.post(link, values | seen(visitor, link) | {"move": move}, page=f"{link}?change=1")


def test_a_supplier_answers_sees_the_sums_and_sends(visitor: Any, link: str, make: Any) -> None:
    supplier = visitor()
    page = supplier.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"
    for words in (
        "Riverside Trust asks",
        "Baker Ltd",
        "April 2025 to March 2026",
        "B18 or B19",
        "Only Riverside Trust",
    ):
        assert words in page.text
    assert "£600" not in page.text
    shown = send(supplier, link, HALF, "check")
    assert "Check your answers" in shown.text
    assert "£50.00" in shown.text
    assert make(answers) == []
    assert send(supplier, link, HALF).status_code == 302
    assert make(answers) == [(50, 50, 50, 50)]
    after = supplier.get(link).text
    assert "Your answer is saved" in after
    assert "Change your answer" in after


def test_an_empty_box_is_not_known_and_makes_a_range(visitor: Any, link: str, make: Any) -> None:
    supplier = visitor()
    shown = send(supplier, link, {"staff": "60", "local_staff": "50"}, "check").text
    assert "Not known" in shown
    assert "£30.00 to £70.00" in shown
    send(supplier, link, {"staff": "60", "local_staff": "50"})
    assert make(answers) == [(60, None, 50, None)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"staff": "60"}, "together cannot be more than £100"),
        ({"staff": "101"}, "Enter a number from 0 to 100"),
        ({"local_staff": "half"}, "Enter a whole number"),
        ({name: "" for name in HALF}, "Answer at least one question"),
    ],
)
def test_mistakes_are_told_and_nothing_is_kept(
    visitor: Any, link: str, make: Any, change: dict[str, str], says: str
) -> None:
    answer = send(visitor(), link, HALF | change)
    assert says in answer.text
    assert "There is a problem" in answer.text
    assert make(answers) == []


def test_going_back_from_the_check_keeps_what_was_typed(visitor: Any, link: str) -> None:
    shown = send(visitor(), link, HALF, "change").text
    assert shown.count('value="50"') == 4


def test_an_answer_is_changed_and_then_deleted(visitor: Any, link: str, make: Any) -> None:
    supplier = visitor()
    send(supplier, link, HALF)
    assert supplier.get(f"{link}?change=1").text.count('value="50"') == 4
    send(supplier, link, HALF | {"local_staff": "90"})
    assert make(answers)[-1] == (50, 50, 90, 50)
    answer = supplier.post(f"{link}/decline", seen(supplier, link), page=f"{link}?change=1")
    assert answer.status_code == 302
    assert make(answers) == []
    assert "We keep no numbers of Baker Ltd" in supplier.get(link).text
    send(supplier, link, HALF)
    assert make(answers) == [(50, 50, 50, 50)]


def test_a_page_that_was_open_while_another_sent_changes_nothing(visitor: Any, link: str, make: Any) -> None:
    first, second = visitor(), visitor()
    stale = seen(second, link)
    send(first, link, HALF)
    late = second.post(link, HALF | {"staff": "10", "move": "send"} | stale, page=f"{link}?change=1")
    assert late.status_code == 409
    assert make(answers) == [(50, 50, 50, 50)]


def test_opening_the_link_writes_nothing(visitor: Any, link: str, make: Any) -> None:
    def versions() -> list[tuple[int, str]]:
        return [(row.version, row.state) for row in db.session.scalars(select(RespendSurvey))]

    before = make(versions)
    for address in (link, f"{link}?change=1"):
        visitor().get(address)
    assert make(versions) == before


def shut(what: str) -> None:
    if what == "closed":
        db.session.execute(update(RespendSurvey).values(expires_at=now()))
    if what == "suspended":
        db.session.execute(update(Organisation).values(suspended_at=now()))
    if what == "withdrawn":
        db.session.execute(update(RespendSurvey).values(state="withdrawn"))
    db.session.commit()


@pytest.mark.parametrize(("what", "status"), [("closed", 200), ("suspended", 404), ("withdrawn", 404)])
def test_a_link_that_is_shut_takes_no_answer(visitor: Any, link: str, make: Any, what: str, status: int) -> None:
    supplier = visitor()
    hidden = seen(supplier, link)
    page = supplier.client.get(link).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    make(shut, what)
    answer = supplier.client.post(link, data=HALF | hidden | {"move": "send", "csrf_token": token.group(1)})
    assert answer.status_code == status
    if what == "closed":
        assert "This survey is closed" in answer.text
    assert make(answers) == []


def test_a_stranger_without_the_link_finds_nothing(visitor: Any, link: str, anchor: int) -> None:
    for word in (f"{anchor}.{'a' * 43}", f"{anchor + 1}.{link.partition('.')[2]}", "x"):
        assert visitor().get(f"/surveys/{word}").status_code == 404


def test_an_area_renamed_later_is_told_as_it_was_when_asked(visitor: Any, link: str, make: Any) -> None:
    def rename() -> None:
        db.session.execute(update(LocalArea).values(name="Somewhere else", outcodes=["M1"]))
        db.session.commit()

    make(rename)
    page = visitor().get(link).text
    assert "Around us" in page
    assert "Somewhere else" not in page


def test_too_many_tries_are_turned_away(migrated: Path, tmp_path: Path) -> None:
    shutil.copy(migrated, tmp_path / "procure.sqlite")
    client = create_app(settings_for(tmp_path), TESTING=True).furnish().test_client()
    assert {client.get("/surveys/x").status_code for _ in range(130)} == {404, 429}
