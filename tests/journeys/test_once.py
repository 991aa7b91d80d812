"""A form sent twice, by a double click without script or after a lost answer, has one effect and one answer."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from procure.extensions import db
from procure.models import Lot, SentForm, now

from .. import factories

ADD = "/buying/lots/add"
LOT = {
    "title": "Bread for wards",
    "description": "Fresh bread every morning",
    "division": "15",
    "value": "12,000",
    "needs-0-name": "Bread",
    "needs-0-units": "90",
    "needs-0-unit": "loaves a day",
    "form_of_consortium": "joint",
}


@pytest.fixture
def buyer(make: Any, signed_in_as: Any) -> Any:
    return signed_in_as(make(factories.an_anchor), "anchor", "buyer")


def opened(visitor: Any, address: str) -> dict[str, str]:
    """Every hidden field and chosen button of the page's own form, as a browser would send them."""
    form = visitor.get(address).text.split("<main")[1]
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ('type="hidden"' in tag or " checked" in tag):
            fields.setdefault(name[1], value[1])
    return fields


def count_lots() -> int:
    return db.session.scalar(select(func.count(Lot.id))) or 0


def test_a_lot_sent_twice_is_one_lot_and_both_answers_lead_to_it(buyer: Any, make: Any) -> None:
    form = {**opened(buyer, ADD), **LOT}
    answers = [buyer.client.post(ADD, data=form) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert make(count_lots) == 1


def test_two_sendings_at_the_same_moment_are_one(buyer: Any, make: Any, app: Any) -> None:
    form = {**opened(buyer, ADD), **LOT}
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = buyer.client.get_cookie(name)
    start = threading.Barrier(3)
    led: list[str] = []

    def send() -> None:
        hand = app.test_client()
        hand.set_cookie(name, cookie.value)
        start.wait()
        led.append(hand.post(ADD, data=form).headers["Location"])

    hands = [threading.Thread(target=send) for _ in range(3)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert len(led) == 3
    assert len(set(led)) == 1
    assert make(count_lots) == 1


def test_a_form_that_was_changed_or_opened_again_is_another_form(buyer: Any, make: Any) -> None:
    form = {**opened(buyer, ADD), **LOT}
    buyer.client.post(ADD, data=form)
    buyer.client.post(ADD, data={**form, "title": "Bread for schools"})
    buyer.client.post(ADD, data={**opened(buyer, ADD), **LOT})
    assert make(count_lots) == 3


def test_a_form_that_was_sent_back_can_be_sent_again(buyer: Any, make: Any) -> None:
    form = {**opened(buyer, ADD), **LOT, "value": "a lot"}
    assert buyer.client.post(ADD, data=form).status_code == 200
    assert buyer.client.post(ADD, data=form).status_code == 200
    assert make(count_lots) == 0
    assert buyer.client.post(ADD, data={**form, "value": "12000"}).status_code == 302


def test_the_same_form_minutes_later_is_meant_anew(buyer: Any, make: Any) -> None:
    def let_minutes_pass() -> None:
        db.session.execute(update(SentForm).values(sent_at=now() - timedelta(minutes=3)))
        db.session.commit()

    form = {**opened(buyer, ADD), **LOT}
    buyer.client.post(ADD, data=form)
    make(let_minutes_pass)
    buyer.client.post(ADD, data=form)
    assert make(count_lots) == 2


def test_a_button_pressed_twice_answers_as_the_first_time(buyer: Any, make: Any) -> None:
    form = {**opened(buyer, ADD), **LOT}
    page = buyer.client.post(ADD, data=form).headers["Location"]
    button = buyer.get(page).text.split(f'action="{page}/open"')[1].split("</form>")[0]
    fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', button))
    answers = [buyer.client.post(f"{page}/open", data=fields) for _ in range(2)]
    assert [(one.status_code, one.headers.get("Location")) for one in answers] == [(302, page)] * 2
