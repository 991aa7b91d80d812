"""A page of the workspace asks the database a handful of times, however many partners, needs and versions there are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from .bidders import Bidders

MOST_QUERIES = 12
LAW_AND_FIELD = 8
"""More for the page of conditions: it reads the law of the lot, and who else in the register does this work."""
PAGES = ("", "/work", "/prices", "/reason", "/agreement", "/conditions", "/documents", "/messages", "/packs")


@contextmanager
def counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


@pytest.fixture
def bidders(make: Callable[..., Any], signed_in_as: Callable[..., Any]) -> Bidders:
    three = Bidders(make, signed_in_as)
    three.join("baker", "driver")
    three.plan()
    three.agree("cook", "baker", "driver")
    assert three.send("driver", "packs").status_code == 302
    return three


def test_no_page_of_the_workspace_asks_more_than_a_dozen_times(bidders: Bidders) -> None:
    too_many = {}
    for page in PAGES:
        for who in ("cook", "baker"):
            with counted() as asked:
                assert bidders.people[who].get(bidders.bid + page).status_code == 200
            most = MOST_QUERIES + (LAW_AND_FIELD if page == "/conditions" else 0)
            if len(asked) > most:
                too_many[page, who] = len(asked)
    assert too_many == {}
