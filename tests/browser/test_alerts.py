"""The quiet link of a message about lots, followed as its reader would: from the message to silence."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

POLLS = 240


def asks_for_messages(who: Any, role: str) -> Any:
    who.sign_in(role).open("/supplying/alerts")
    who.page.check("#frequency-immediate")
    return who.press("Save").check()


def open_a_lot(buyer: Any, title: str) -> None:
    page = buyer.open("/buying/lots/add").page
    page.fill("#title", title)
    page.fill("#description", "Face-to-face interpreting in Urdu, Punjabi and Polish")
    page.fill("#value", "90,000")
    page.fill("#needs-0-name", "Interpreting")
    page.fill("#needs-0-units", "40")
    page.fill("#needs-0-unit", "interpreting sessions a month")
    buyer.press("Save as a draft").press("Open this lot")


def let_an_hour_pass(folder: Path) -> None:
    """Whoever was looked after just now was looked after an hour ago: nobody is written to twice in ten minutes."""
    with sqlite3.connect(folder / "procure.sqlite", timeout=30) as database:
        database.execute("update alert_choice set looked_at = datetime('now', '-1 hour')")
    database.close()


def find_message(keeper: Any, to: str, title: str) -> Any:
    """The link to one message of the outbox."""
    keeper.page.goto(keeper.address + "/administering/mail")
    return keeper.page.locator("tr", has_text=to).get_by_role("link", name=re.compile(title))


def read_message(keeper: Any, folder: Path, to: str, title: str) -> str:
    """The text of a message, as hours pass."""
    for _ in range(POLLS):
        let_an_hour_pass(folder)
        found = find_message(keeper, to, title)
        if found.count():
            return str(keeper.follow(found.first).check().page.inner_text("pre.mail"))
        keeper.page.wait_for_timeout(500)
    raise AssertionError(f"no message to {to} about {title}")


def test_the_quiet_link_stops_the_messages_of_its_reader_and_of_nobody_else(
    reader: Callable[..., Any], site: tuple[str, dict[str, Any], Path]
) -> None:
    quiet, other = asks_for_messages(reader(), "enterprise:admin"), asks_for_messages(reader(), "enterprise:member")
    buyer, keeper = reader().sign_in("anchor:buyer"), reader().sign_in("installation:admin")
    mine, theirs = (quiet.person(role)["email"] for role in ("enterprise:admin", "enterprise:member"))

    open_a_lot(buyer, "Interpreting on Monday nights")
    told = read_message(keeper, site[2], mine, "Monday nights")
    read_message(keeper, site[2], theirs, "Monday nights")
    link = re.search(r"Stop these messages: (\S+)", told)
    assert link

    stranger = reader(320)
    stranger.page.goto(link[1])
    stranger.check()
    assert (
        stranger.press("Stop these messages").check().page.inner_text("h1")
        == "You will get no more messages about lots"
    )
    stranger.page.goto(link[1])
    assert stranger.check().page.inner_text("h1") == "These messages are stopped already"
    assert quiet.open("/supplying/alerts").page.is_checked("#frequency-never")
    assert other.open("/supplying/alerts").page.is_checked("#frequency-immediate")

    open_a_lot(buyer, "Interpreting on Tuesday nights")
    read_message(keeper, site[2], theirs, "Tuesday nights")
    assert find_message(keeper, mine, "Tuesday nights").count() == 0
    assert find_message(keeper, mine, "Monday nights").count() == 1
