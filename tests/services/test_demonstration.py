"""The loaded demonstration place tells the whole story: what could come home, and how often money changes hands."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from ..demo_site import built_demo

ANCHORS = 3


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{built_demo(tmp_path_factory)}/procure.sqlite?mode=ro", uri=True)) as opened:
        yield opened


def test_every_anchor_has_a_list_of_what_could_come_home(loaded: sqlite3.Connection) -> None:
    found = loaded.execute(
        "SELECT count(*), sum(home_low_pence) FROM shift_row WHERE has_candidate AND is_influenceable"
        " AND home_low_pence > 0 GROUP BY organisation_id"
    ).fetchall()
    assert len(found) == ANCHORS
    assert all(rows >= 15 and pence > 50_000_000 for rows, pence in found), found


def test_some_of_it_wants_a_consortium(loaded: sqlite3.Connection) -> None:
    kinds = dict(
        loaded.execute(
            "SELECT json_extract(plan, '$.kind'), count(*) FROM shift_row WHERE home_low_pence > 0 GROUP BY 1"
        ).fetchall()
    )
    assert {"alone", "together", "part"} <= set(kinds), kinds


def test_eight_suppliers_of_every_anchor_told_what_they_spend_here(loaded: sqlite3.Connection) -> None:
    found = loaded.execute("SELECT count(*) FROM respend_survey WHERE state = 'answered' GROUP BY organisation_id")
    assert found.fetchall() == [(8,)] * ANCHORS


def test_what_is_said_to_come_home_is_never_more_than_what_left(loaded: sqlite3.Connection) -> None:
    runs = loaded.execute("SELECT home_low_pence, home_high_pence, with_somebody_pence FROM shift_run").fetchall()
    assert len(runs) == ANCHORS
    assert all(0 < low <= high <= somebody for low, high, somebody in runs)
