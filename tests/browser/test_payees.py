"""The queue of payees, worked through by keys in a real browser on the demonstration place."""

import re
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def state(page: Any) -> str:
    return str(page.inner_text("h1 .govuk-tag"))


def press(page: Any, key: str) -> None:
    """Press a key that sends a form or follows a link, and wait for the next page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def settled_percent(page: Any) -> int:
    found = re.match(r"(\d+)% of the money is settled", page.inner_text("label[for=settled]"))
    assert found
    return int(found.group(1))


def test_an_officer_settles_ten_payees_by_keys_and_takes_two_back(reader: Callable[..., Any]) -> None:
    officer = reader().sign_in("anchor:finance")
    officer.open("/spending/payees")
    page = officer.page
    before = settled_percent(page)
    officer.follow(page.locator("text=Settle the largest first"))
    said = {"1": "Linked by you", "n": "None of these", "p": "A person", "b": "A public body", "0": "None of these"}
    for number, key in enumerate("1npb01n1nb"):
        assert state(page) == "For you to settle"
        name = page.inner_text("h1")
        press(page, key)
        assert state(page) == said[key]
        if number in (2, 3):
            officer.check()
            press(page, "u")
            assert state(page) == "For you to settle"
            press(page, "n")
        press(page, "Enter")
        assert page.inner_text("h1") != name
    officer.open("/spending/payees")
    assert settled_percent(page) > before
    assert "None of these" in page.inner_text("main")


def test_keys_do_nothing_where_somebody_types_or_turned_them_off(reader: Callable[..., Any]) -> None:
    officer = reader().sign_in("anchor:finance")
    officer.open("/spending/payees")
    page = officer.page
    officer.follow(page.locator("text=Settle the largest first"))
    page.fill("#q", "")
    page.type("#q", "pn1bu")
    assert page.input_value("#q") == "pn1bu"
    assert state(page) == "For you to settle"
    page.click("text=Keys that press the buttons")
    officer.check()
    page.uncheck("#keys")
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    assert state(page) == "For you to settle"
    page.check("#keys")


@pytest.mark.parametrize("width", [1280, 320])
def test_two_spellings_are_merged_and_a_person_is_marked(reader: Callable[..., Any], width: int) -> None:
    officer = reader(width).sign_in("anchor:finance")
    officer.open("/spending/payees?band=unlinked")
    page = officer.page
    officer.follow(page.locator("main td a").nth(0 if width == 320 else 1))
    officer.follow(page.locator("text=Merge with another name")).check()
    page.fill("#q", "limited")
    officer.follow(page.locator("main button:has-text('Search')"))
    officer.follow(page.locator("button:has-text('The same payee')").first).check()
    assert "2 names are this payee now" in page.inner_text("main")
    officer.follow(page.locator(".govuk-back-link")).check()
    assert page.locator("button:has-text('Take out')").count() == 1
    officer.follow(page.locator("button:has-text('It is a person')")).check()
    assert "The name stays out of published files" in page.inner_text("main")
    officer.follow(page.locator("button:has-text('Undo this decision')"))
    officer.follow(page.locator("button:has-text('Take out')")).check()
    assert page.locator("button:has-text('Take out')").count() == 0
