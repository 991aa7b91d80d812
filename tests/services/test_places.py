"""What a place authority sees, on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from procure.extensions import db
from procure.models import Watch
from procure.places import outcode_area
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError
from procure.services.place import places, watching

from .. import factories
from .test_shares import spend

AREA = outcode_area("The city", ["B18", "B19"])


def actor_of(organisation: int) -> Actor:
    return Actor(factories.a_person(), "Ann", "ann@example.org", organisation, "Org")


def a_watch() -> tuple[int, int]:
    """A place and an anchor that agreed."""
    place, anchor = factories.an_organisation(is_place=True), factories.an_anchor("Trust")
    watching.ask(anchor, by=actor_of(place))
    watching.agree(place, by=actor_of(anchor))
    db.session.commit()
    return place, anchor


def test_shares_are_given_by_month_and_by_quarter_and_add_up(make: Any) -> None:
    def story() -> None:
        place, anchor = a_watch()
        spend(
            anchor,
            [
                {"pence": 40, "postcode": "B18 5AA", "month": date(2026, 1, 1)},
                {"pence": 60, "postcode": "M1 1AE", "month": date(2026, 3, 1)},
                {"pence": 5, "month": date(2026, 4, 1)},
            ],
        )
        (quarterly,) = places.anchor_shares(place, AREA)
        for found, periods in ((quarterly.by_month, [1, 3, 4]), (quarterly, [1, 4])):
            assert [period.month for period in places.periods_of([found])] == periods
            assert sum(share.total for share in found.periods.values()) == found.whole.total == 105
        assert found.periods[date(2026, 1, 1)].low == pytest.approx(0.4)

    make(story)


def test_an_anchor_that_withdrew_shows_nothing(make: Any) -> None:
    def story() -> None:
        place, anchor = a_watch()
        watching.withdraw(place, by=actor_of(anchor))
        db.session.commit()
        assert places.anchor_shares(place, AREA) == []
        with pytest.raises(ConflictError):
            watching.withdraw(place, by=actor_of(anchor))
        watching.agree(place, by=actor_of(anchor))
        assert len(places.anchor_shares(place, AREA)) == 1

    make(story)


def test_nobody_answers_for_another_anchor(make: Any) -> None:
    def story() -> None:
        place, _ = a_watch()
        with pytest.raises(NotFoundError):
            watching.agree(place, by=actor_of(factories.an_anchor()))

    make(story)


def test_asking_twice_keeps_the_answer(make: Any) -> None:
    def story() -> None:
        place, anchor = a_watch()
        watching.ask(anchor, by=actor_of(place))
        db.session.commit()
        assert db.session.scalar(select(func.count(Watch.id))) == 1
        assert [each.id for each in watching.agreed_anchors(place)] == [anchor]

    make(story)
