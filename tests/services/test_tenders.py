"""Lots: what may be kept, who wins when two write at once, and which way a lot may go."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from procure.extensions import db
from procure.models import AuditEntry, Job, Lot
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.lots import tenders
from procure.services.lots.lot_facts import AskFacts, GateFacts, LotFacts, NeedFacts, completed, faults_in, shared_out

from .. import factories


def a_buyer(anchor: int) -> Actor:
    person = factories.a_member(anchor, "anchor", "buyer")
    return Actor(person, "Bo", "bo@example.org", anchor, "Trust", frozenset({"anchor:buyer"}))


TWO_NEEDS = (NeedFacts("Catering", 100, "meals a day"), NeedFacts("Cleaning", 40, "hours a week"))


def test_needs_without_values_share_the_value_of_the_lot_to_the_penny(make: Any) -> None:
    def world() -> list[int]:
        by = a_buyer(factories.an_anchor())
        lot = tenders.add_lot(LotFacts("Meals", value_pence=1_000_001, needs=TWO_NEEDS), by=by)
        db.session.commit()
        return [need.value_pence for need in lot.needs]

    assert make(world) == [500_001, 500_000]


def test_a_lot_without_needs_has_one_need_that_is_the_whole_lot(make: Any) -> None:
    def world() -> list[tuple[str, int, int]]:
        lot = tenders.add_lot(LotFacts("Grass cutting", value_pence=900), by=a_buyer(factories.an_anchor()))
        return [(need.name, need.units, need.value_pence) for need in lot.needs]

    assert make(world) == [("Grass cutting", 1, 900)]


@pytest.mark.parametrize(
    ("facts", "advice"),
    [
        pytest.param(LotFacts(""), "Enter a title", id="no title"),
        pytest.param(LotFacts("A", value_pence=0), "above £0", id="worth nothing"),
        pytest.param(
            LotFacts(
                "A", value_pence=100, needs=(NeedFacts("x", 1, value_pence=60), NeedFacts("y", 1, value_pence=60))
            ),
            "They must be the same",
            id="needs worth more than the lot",
        ),
        pytest.param(
            LotFacts("A", value_pence=1, needs=(NeedFacts("x", 1), NeedFacts("y", 1))),
            "They must be the same",
            id="a penny for two needs",
        ),
        pytest.param(LotFacts("A", needs=(NeedFacts("x", 1), NeedFacts("X", 2))), "same name", id="twins"),
        pytest.param(LotFacts("A", needs=(NeedFacts("x", 0),)), "1 or more", id="no units"),
        pytest.param(LotFacts("A", needs=tuple(NeedFacts(f"n{i}", 1) for i in range(7))), "at most 6", id="too many"),
        pytest.param(
            LotFacts("A", starts_on=date(2027, 5, 2), ends_on=date(2027, 5, 1)), "on or after", id="ends first"
        ),
        pytest.param(
            LotFacts("A", starts_on=date(2027, 5, 1), deadline_on=date(2027, 5, 2)), "on or before", id="late deadline"
        ),
        pytest.param(LotFacts("A", asks=(AskFacts("local_jobs", 1, 80),)), "come to 100", id="weights too small"),
        pytest.param(LotFacts("A", asks=(AskFacts("kindness", 1),)), "from the list", id="unknown measure"),
    ],
)
def test_facts_that_cannot_be_are_named_with_what_to_do(facts: LotFacts, advice: str) -> None:
    assert advice in ". ".join(fault.advice for fault in faults_in(facts))


def test_faulty_facts_are_not_kept(make: Any) -> None:
    def world() -> None:
        with pytest.raises(RefusedError, match="Enter a title"):
            tenders.add_lot(LotFacts(""), by=a_buyer(factories.an_anchor()))
        assert db.session.scalar(select(Lot.id)) is None

    make(world)


@given(st.integers(0, 10**12), st.lists(st.none(), min_size=1, max_size=6))
def test_blank_parts_share_everything_and_differ_by_a_penny_at_most(whole: int, blanks: list[None]) -> None:
    parts = shared_out(whole, list(blanks))
    assert sum(parts) == whole
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)


def test_completing_twice_changes_nothing_more() -> None:
    once = completed(LotFacts("A", value_pence=1001, needs=TWO_NEEDS, asks=(AskFacts("carbon", 3),)))
    assert completed(once) == once
    assert faults_in(once) == ()


def test_of_two_officers_who_change_one_lot_the_second_is_told(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        by = a_buyer(anchor)
        lot_id = tenders.add_lot(LotFacts("First", value_pence=100), by=by).id
        db.session.commit()
        tenders.change_lot(lot_id, LotFacts("Second", value_pence=200), version=1, by=by)
        db.session.commit()
        with pytest.raises(tenders.StaleLotError):
            tenders.change_lot(lot_id, LotFacts("Third", value_pence=300), version=1, by=by)
        db.session.rollback()
        lot = tenders.find_lot(lot_id, of=anchor)
        assert (lot.title, lot.version, [need.value_pence for need in lot.needs]) == ("Second", 2, [200])

    make(world)


def test_changing_needs_gates_and_asks_leaves_only_the_new_ones(make: Any) -> None:
    def world() -> None:
        by = a_buyer(factories.an_anchor())
        facts = LotFacts(
            "A", value_pence=100, needs=TWO_NEEDS, gates=(GateFacts("certificate_each", "DBS"),),
            asks=(AskFacts("carbon", 3), AskFacts("local_jobs", 1)),
        )  # fmt: skip
        lot = tenders.add_lot(facts, by=by)
        db.session.commit()
        changed = LotFacts(
            "A", value_pence=100, needs=(TWO_NEEDS[1],), gates=(GateFacts("turnover", "Turnover", 5),),
            asks=(AskFacts("local_jobs", 4),),
        )  # fmt: skip
        tenders.change_lot(lot.id, changed, version=1, by=by)
        db.session.commit()
        assert tenders.facts_of(lot) == completed(changed)

    make(world)


MOVES = [
    ("draft", "open", "open"),
    ("open", "close", "closed"),
    ("invited", "close", "closed"),
    ("closed", "reopen", "open"),
    ("draft", "withdraw", "withdrawn"),
    ("withdrawn", "restore", "draft"),
    ("closed", "award", "awarded"),
]


@pytest.mark.parametrize(("before", "move", "after"), MOVES)
def test_a_lot_goes_the_ways_it_may_and_the_trail_says_so(make: Any, before: str, move: str, after: str) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        lot_id = factories.a_lot(anchor, state=before)
        tenders.move_lot(lot_id, move, by=a_buyer(anchor))
        db.session.commit()
        assert tenders.find_lot(lot_id, of=anchor).state == after
        assert db.session.scalar(select(AuditEntry.id).where(AuditEntry.action == f"lot {after}"))

    make(world)


@pytest.mark.parametrize("move", sorted(tenders.MOVES))
def test_an_awarded_lot_goes_nowhere(make: Any, move: str) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        lot_id = factories.a_lot(anchor, state="awarded")
        with pytest.raises(ConflictError, match="awarded now"):
            tenders.move_lot(lot_id, move, by=a_buyer(anchor))

    make(world)


def test_opening_queues_one_search_for_suppliers_however_often_it_is_asked(make: Any) -> None:
    def world() -> int:
        anchor = factories.an_anchor()
        by = a_buyer(anchor)
        lot_id = factories.a_lot(anchor, state="draft")
        job = tenders.move_lot(lot_id, "open", by=by)
        db.session.commit()
        again = tenders.propose_later(tenders.find_lot(lot_id, of=anchor), by=by)
        assert job is not None
        assert again.id == job.id
        return len(db.session.scalars(select(Job).where(Job.organisation_id == anchor)).all())

    assert make(world) == 1


def test_another_anchors_lot_is_not_there(make: Any) -> None:
    def world() -> None:
        lot_id = factories.a_lot(factories.an_anchor())
        stranger = a_buyer(factories.an_anchor())
        for attempt in (
            lambda: tenders.find_lot(lot_id, of=stranger.acting_for),
            lambda: tenders.move_lot(lot_id, "close", by=stranger),
            lambda: tenders.change_lot(lot_id, LotFacts("Mine"), version=1, by=stranger),
        ):
            with pytest.raises(NotFoundError):
                attempt()

    make(world)
