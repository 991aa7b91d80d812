"""Areas: one headline always, districts as people type them."""

from typing import Any

import pytest

from procure.extensions import db
from procure.services.actors import Actor
from procure.services.errors import NotFoundError, RefusedError
from procure.services.shares import areas

from .. import factories


def an_officer() -> Actor:
    anchor = factories.an_organisation(is_anchor=True)
    return Actor(factories.a_person(), "Ann", "ann@example.org", anchor, "Anchor", frozenset({"anchor:finance"}))


@pytest.mark.parametrize(
    ("typed", "good", "wrong"),
    [
        ("B18 B19", ["B18", "B19"], []),
        ("b18,b19;\nws10 B18", ["B18", "B19", "WS10"], []),
        ("B18 5AA", ["B18"], ["5AA"]),
        ("Birmingham", [], ["BIRMINGHAM"]),
        ("", [], []),
    ],
    ids=["spaces", "any mark between", "a full postcode", "a town", "nothing"],
)
def test_districts_are_read_as_people_type_them(typed: str, good: list[str], wrong: list[str]) -> None:
    assert areas.read_districts(typed) == (good, wrong)


def test_there_is_always_exactly_one_headline(make: Any) -> None:
    def story() -> None:
        officer = an_officer()
        first = areas.save(None, "Near", ["B18"], is_headline=False, by=officer)
        assert first.is_headline
        second = areas.save(None, "Far", ["M1"], is_headline=True, by=officer)
        db.session.commit()
        assert [area.name for area in areas.list_areas(officer.acting_for) if area.is_headline] == ["Far"]
        areas.save(second.id, "Far", ["M1", "M2"], is_headline=False, by=officer)
        db.session.commit()
        assert [area.name for area in areas.list_areas(officer.acting_for) if area.is_headline] == ["Far"]
        with pytest.raises(RefusedError):
            areas.remove(second.id, by=officer)
        areas.remove(first.id, by=officer)
        db.session.commit()
        assert len(areas.list_areas(officer.acting_for)) == 1

    make(story)


def test_a_name_is_used_once_and_an_area_of_nothing_is_refused(make: Any) -> None:
    def story() -> None:
        officer = an_officer()
        areas.save(None, "Near", ["B18"], is_headline=True, by=officer)
        for name, districts in (("Near", ["B19"]), ("Nowhere", [])):
            with pytest.raises(RefusedError):
                areas.save(None, name, districts, is_headline=False, by=officer)

    make(story)


def test_a_stranger_finds_no_area(make: Any) -> None:
    def story() -> None:
        area = areas.save(None, "Near", ["B18"], is_headline=True, by=an_officer())
        with pytest.raises(NotFoundError):
            areas.save(area.id, "Mine", ["B18"], is_headline=True, by=an_officer())

    make(story)
