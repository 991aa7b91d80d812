"""A public page and the totals of a place, taken together, give away nobody who is only counted."""

from datetime import date
from typing import Any

import pytest

from procure.extensions import db
from procure.services.actors import Actor
from procure.services.errors import RefusedError
from procure.services.place import place_totals, watching
from procure.services.publishing import public_figures, public_pages
from procure.services.shares import place_known

from .place_stories import a_place, a_quarter

YEAR = (date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1))
BEFORE = date(2024, 4, 1)
TODAY = date(2026, 4, 2)


def a_counted_place(anchors: int) -> tuple[Actor, list[Actor]]:
    """Anchors only counted, with a year of which every quarter was told; the first was paid the year before too."""
    place, officers = a_place(anchors)
    for number, officer in enumerate(officers):
        for quarter in YEAR:
            a_quarter(officer.acting_for, quarter, local=40_00 + number)
    a_quarter(officers[0].acting_for, BEFORE)
    assert len(place_totals.publish(by=place, today=TODAY)) == len(YEAR)
    db.session.commit()
    return place, officers


def published(officer: Actor) -> dict[str, Any]:
    _, content = public_pages.preview(officer.acting_for)
    assert content
    public_pages.publish(public_figures.share_of(content["whole"]).total, by=officer)
    db.session.commit()
    page = public_pages.page_of(officer.acting_for)
    assert page
    assert page.content == content
    return content


def test_a_year_less_what_is_known_would_give_away_the_others_so_it_is_not_published(make: Any) -> None:
    def story() -> None:
        _, officers = a_counted_place(3)
        content = published(officers[0])
        assert content["kept_back"] == ["2025-26"]
        assert [year["name"] for year in content["years"]] == ["2024-25"]
        assert public_figures.share_of(content["whole"]).total == 300_00
        assert sum(public_figures.share_of(line).total for line in content["categories"]) == 300_00
        with pytest.raises(RefusedError, match="give away"):
            public_pages.publish(0, by=officers[1])

    make(story)


def test_one_of_four_may_publish_and_is_known_from_then_on_so_the_next_may_not(make: Any) -> None:
    def story() -> None:
        place, officers = a_counted_place(4)
        content = published(officers[0])
        assert content["kept_back"] == []
        assert {year["name"] for year in content["years"]} == {"2024-25", "2025-26"}
        public_pages.withdraw(by=officers[0])
        db.session.commit()
        assert place_known.stays_back(officers[1].acting_for) == frozenset(YEAR)
        assert public_pages.preview(officers[1].acting_for)[1] is None
        watching.agree(place.acting_for, by=officers[1], level="figures")
        db.session.commit()
        assert {quarter for _, quarter in place_known.held_back([officers[1].acting_for])} == set(YEAR)

    make(story)


def test_a_quarter_held_back_from_the_place_is_not_to_be_had_from_the_page_either(make: Any) -> None:
    def story() -> None:
        place, officers = a_counted_place(3)
        watching.agree(place.acting_for, by=officers[0], level="figures")
        db.session.commit()
        assert {quarter for _, quarter in place_known.held_back([officers[0].acting_for])} == set(YEAR)
        assert published(officers[0])["kept_back"] == ["2025-26"]

    make(story)
