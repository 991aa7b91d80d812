"""Totals of anchors that are counted without being shown, on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import CountedAnchor, PastWatch
from procure.places import outcode_area
from procure.services.errors import ConflictError, RefusedError
from procure.services.place import place_together, place_totals, places, watching
from procure.services.shares import place_known

from .. import factories
from .place_stories import a_place, a_quarter, actor_of, paid

AREA = outcode_area("Around us", ["B18", "B19"])
TODAY = date(2026, 11, 22)
FIRST, SECOND = date(2026, 1, 1), date(2026, 4, 1)


def test_three_anchors_are_told_together_and_none_alone(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(3)
        for officer in officers:
            a_quarter(officer.acting_for, FIRST)
        (total,) = place_totals.publish(by=place, today=TODAY)
        assert (total.local_pence, total.elsewhere_pence, total.doubtful_pence) == (360_00, 450_00, 90_00)
        assert (total.total_pence, total.contributors) == (900_00, 3)
        assert places.anchor_shares(place.acting_for, AREA) == []
        (quarter,) = place_together.quarters([], place_totals.totals_of(place.acting_for))
        assert quarter.share is not None
        assert (quarter.share.low, quarter.share.high) == (pytest.approx(0.4), pytest.approx(0.5))

    make(story)


@pytest.mark.parametrize("anchors", [0, 2])
def test_fewer_than_three_are_not_told(make: Any, anchors: int) -> None:
    def story() -> None:
        place, officers = a_place(anchors)
        for officer in officers:
            a_quarter(officer.acting_for, FIRST)
        with pytest.raises(RefusedError):
            place_totals.publish(by=place, today=TODAY)

    make(story)


def test_a_quarter_is_told_once_and_only_when_it_is_over_and_whole(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(3)
        for officer in officers:
            a_quarter(officer.acting_for, FIRST)
            a_quarter(officer.acting_for, date(2026, 10, 1))
            paid(officer.acting_for, ("", SECOND, 1_00))
        (total,) = place_totals.publish(by=place, today=TODAY)
        assert total.quarter == FIRST
        with pytest.raises(RefusedError):
            place_totals.publish(by=place, today=TODAY)
        assert [each.quarter for each in place_totals.publish(by=place, today=date(2027, 1, 1))] == [date(2026, 10, 1)]

    make(story)


def test_what_was_told_stays_when_an_anchor_leaves_or_one_comes(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(4)
        for officer in officers[:3]:
            a_quarter(officer.acting_for, FIRST)
        place_totals.publish(by=place, today=TODAY)
        a_quarter(officers[3].acting_for, FIRST)
        watching.withdraw(place.acting_for, by=officers[0])
        a_quarter(officers[1].acting_for, FIRST)
        db.session.commit()
        with pytest.raises(RefusedError):
            place_totals.publish(by=place, today=TODAY)
        (total,) = place_totals.totals_of(place.acting_for)
        assert total.total_pence == 900_00

    make(story)


def test_three_that_come_late_make_a_total_of_their_own(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(6)
        for officer in officers[:3]:
            a_quarter(officer.acting_for, FIRST)
        place_totals.publish(by=place, today=TODAY)
        for officer in officers[3:]:
            a_quarter(officer.acting_for, FIRST)
        place_totals.publish(by=place, today=TODAY)
        (quarter,) = place_together.quarters([], place_totals.totals_of(place.acting_for))
        assert quarter.counted == 6
        assert quarter.share is not None
        assert quarter.share.total == 1800_00

    make(story)


def test_one_that_dominates_keeps_the_total_back(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(3)
        a_quarter(officers[0].acting_for, FIRST, local=40_000_00, away=50_000_00, unknown=10_000_00)
        for officer in officers[1:]:
            a_quarter(officer.acting_for, FIRST)
        with pytest.raises(RefusedError, match="much larger"):
            place_totals.publish(by=place, today=TODAY)

    make(story)


def test_a_part_that_only_two_gave_keeps_the_parts_back(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(3)
        for officer, local in zip(officers, (0, 40_00, 40_00), strict=True):
            a_quarter(officer.acting_for, FIRST, local=local)
        (total,) = place_totals.publish(by=place, today=TODAY)
        assert (total.total_pence, total.local_pence, total.doubtful_pence) == (780_00, None, None)
        (quarter,) = place_together.quarters([], [total])
        assert quarter.share is not None
        assert (quarter.share.low, quarter.share.high) == (0, 1)

    make(story)


def test_who_was_shown_before_protects_nobody(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(3)
        for officer in officers:
            a_quarter(officer.acting_for, FIRST)
        watching.agree(place.acting_for, by=officers[0], level="figures")
        watching.agree(place.acting_for, by=officers[0], level="totals")
        db.session.commit()
        assert db.session.scalars(select(PastWatch.level).order_by(PastWatch.id)).all() == ["totals", "figures"]
        with pytest.raises(RefusedError):
            place_totals.publish(by=place, today=TODAY)

    make(story)


def test_who_another_place_sees_protects_nobody(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(3)
        other = actor_of(factories.an_organisation(is_place=True))
        for officer in officers:
            a_quarter(officer.acting_for, FIRST)
        watching.ask(officers[0].acting_for, by=other)
        watching.agree(other.acting_for, by=officers[0], level="figures")
        db.session.commit()
        with pytest.raises(RefusedError):
            place_totals.publish(by=place, today=TODAY)

    make(story)


def test_one_that_shows_itself_later_shows_only_what_leaves_three(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(4)
        for officer in officers:
            a_quarter(officer.acting_for, FIRST)
            a_quarter(officer.acting_for, date(2026, 10, 1))
        place_totals.publish(by=place, today=TODAY)
        for officer in officers[:2]:
            watching.agree(place.acting_for, by=officer, level="figures")
        db.session.commit()
        found = {each.anchor.id: each for each in places.anchor_shares(place.acting_for, AREA)}
        assert sorted(found[officers[0].acting_for].periods) == [FIRST, date(2026, 10, 1)]
        assert sorted(found[officers[1].acting_for].periods) == [date(2026, 10, 1)]
        assert found[officers[1].acting_for].whole.total == 300_00
        assert place_known.held_back([officer.acting_for for officer in officers]) == {
            (officer.acting_for, FIRST) for officer in officers[1:]
        }

    make(story)


def test_two_places_never_count_the_same_quarter_of_an_anchor(make: Any) -> None:
    def story() -> None:
        place, officers = a_place(3)
        other = actor_of(factories.an_anchor())
        for officer in officers:
            a_quarter(officer.acting_for, FIRST)
            watching.ask(officer.acting_for, by=other)
            watching.agree(other.acting_for, by=officer, level="totals")
        place_totals.publish(by=place, today=TODAY)
        with pytest.raises(RefusedError):
            place_totals.publish(by=other, today=TODAY)
        assert place_totals.totals_of(other.acting_for) == []
        assert len(db.session.scalars(select(CountedAnchor)).all()) == 3

    make(story)


def test_an_anchor_changes_how_much_it_shows_and_says_each_only_once(make: Any) -> None:
    def story() -> None:
        place, (officer,) = a_place(1)
        with pytest.raises(ConflictError):
            watching.agree(place.acting_for, by=officer, level="totals")
        with pytest.raises(RefusedError):
            watching.agree(place.acting_for, by=officer, level="everything")
        watching.agree(place.acting_for, by=officer, level="detail")
        assert [each.id for each in watching.agreed_anchors(place.acting_for, ("detail",))] == [officer.acting_for]

    make(story)
