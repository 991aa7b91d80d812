"""Targets, the baseline and progress of a place, on both databases."""

from datetime import date
from typing import Any

import pytest

from procure.extensions import db
from procure.places import outcode_area
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.place import place_baselines, place_progress, place_targets, place_together, places, watching
from procure.spend.progress import Shift

from .. import factories
from .place_stories import a_place, a_quarter, actor_of

AREA = outcode_area("Around us", ["B18", "B19"])
OLD, NEW = date(2024, 1, 1), date(2025, 1, 1)
DUE = date(2029, 3, 31)


def test_an_anchors_target_counts_once_it_accepts(make: Any) -> None:
    def story() -> None:
        place, (officer,) = a_place(1, "figures")
        a_quarter(officer.acting_for, NEW)
        target = place_targets.set_target(officer.acting_for, 45, DUE, "Agreed at the board", seen=0, by=place)
        assert target.state == "proposed"
        assert progress(place.acting_for).rows[0].target is None
        place_targets.answer(target.id, accept=True, by=officer)
        db.session.commit()
        row = progress(place.acting_for).rows[0]
        assert row.target is not None
        assert row.reaches_target is None
        with pytest.raises(ConflictError):
            place_targets.answer(target.id, accept=True, by=officer)
        assert place_targets.answer(target.id, accept=False, by=officer).state == "declined"

    make(story)


def test_a_target_is_replaced_and_taken_back(make: Any) -> None:
    def story() -> None:
        place, _ = a_place(0)
        first = place_targets.set_target(place.acting_for, 40, DUE, "First", seen=0, by=place)
        with pytest.raises(ConflictError):
            place_targets.set_target(place.acting_for, 50, DUE, "Somebody else", seen=0, by=place)
        second = place_targets.set_target(place.acting_for, 50, DUE, "Second", seen=first.id, by=place)
        assert place_targets.in_force(place.acting_for)[place.acting_for].percent == 50
        place_targets.take_back(second.id, by=place)
        assert place_targets.in_force(place.acting_for)[place.acting_for].percent == 40
        with pytest.raises(ConflictError):
            place_targets.take_back(second.id, by=place)
        assert len(place_targets.history(place.acting_for)) == 2

    make(story)


def test_nobody_sets_a_target_for_an_anchor_that_did_not_agree_or_answers_for_another(make: Any) -> None:
    def story() -> None:
        place, (officer,) = a_place(1, "totals")
        other = actor_of(factories.an_anchor())
        with pytest.raises(NotFoundError):
            place_targets.set_target(other.acting_for, 45, DUE, "No", seen=0, by=place)
        target = place_targets.set_target(officer.acting_for, 45, DUE, "Yes", seen=0, by=place)
        for stranger in (other, place):
            with pytest.raises(NotFoundError):
                place_targets.answer(target.id, accept=True, by=stranger)
        with pytest.raises(NotFoundError):
            place_targets.take_back(target.id, by=other)

    make(story)


def test_money_shifted_is_counted_from_the_baseline_the_council_chose(make: Any) -> None:
    def story() -> None:
        place, (officer,) = a_place(1, "figures")
        a_quarter(officer.acting_for, OLD, local=30_00, away=70_00, unknown=0)
        a_quarter(officer.acting_for, NEW, local=80_00, away=120_00, unknown=0)
        assert progress(place.acting_for).shift is None
        place_baselines.choose(OLD, 1, seen=0, by=place)
        db.session.commit()
        found = progress(place.acting_for)
        assert found.shift == Shift(60_00, 60_00)
        assert found.window is not None
        assert found.window.quarters == (NEW,)
        standing = place_baselines.in_force(place.acting_for)
        assert standing is not None
        place_baselines.choose(NEW, 1, seen=standing.id, by=place)
        again = progress(place.acting_for)
        assert again.overlaps
        assert again.shift is None

    make(story)


@pytest.mark.parametrize(("first", "quarters"), [(date(2024, 2, 1), 4), (OLD, 9), (date(2090, 1, 1), 1)])
def test_a_baseline_is_whole_quarters_that_are_over(make: Any, first: date, quarters: int) -> None:
    def story() -> None:
        place, _ = a_place(0)
        with pytest.raises(RefusedError):
            place_baselines.choose(first, quarters, seen=0, by=place)

    make(story)


def test_all_together_is_said_only_of_three(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(3, "figures")
        for officer in officers:
            a_quarter(officer.acting_for, NEW)
        together = progress(place.acting_for).together
        assert together is not None
        assert together.now is not None
        assert together.now.total == 900_00
        watching.withdraw(place.acting_for, by=officers[0])
        db.session.commit()
        assert progress(place.acting_for).together is None

    make(story)


def progress(place_id: int) -> place_progress.Progress:
    anchors = places.anchor_shares(place_id, AREA)
    return place_progress.progress(
        anchors,
        place_together.quarters(anchors, []),
        place_baselines.in_force(place_id),
        place_targets.in_force(place_id),
        place_id=place_id,
    )
