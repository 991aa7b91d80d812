"""Enterprises and lots of a place are counted by the place's own area, and what cannot be placed is said."""

from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import AreaName, Edition, Lot, Organisation, PostcodePlace, now
from procure.places import Area, outcode_area
from procure.services.place import place_counts, place_supply

from .. import factories

SOHO, ASTON, LADYWOOD = "E05000001", "E05000002", "E05000003"
HERE = {
    "B18 5AA": (SOHO, (52.491, -1.930)),
    "B18 6AA": (ASTON, (52.497, -1.925)),
    "B19 1AA": (SOHO, (52.500, -1.905)),
    "B1 1AA": (LADYWOOD, (52.479, -1.903)),
    "B1 2AA": (LADYWOOD, (52.478, -1.908)),
}
KINDS_OF_AREA = (
    pytest.param(outcode_area("Districts", ["B18"]), {"B18 5AA", "B18 6AA"}, id="districts"),
    pytest.param(Area("Wards", wards=frozenset({SOHO})), {"B18 5AA", "B19 1AA"}, id="wards"),
    pytest.param(Area("Authority", local_authorities=frozenset({"E08000025"})), set(HERE), id="authority"),
    pytest.param(Area("Circle", centre=(52.491, -1.930), miles=0.6), {"B18 5AA", "B18 6AA"}, id="circle"),
)


def load_directory() -> None:
    edition = Edition(
        kind="postcodes", series="p", title="Directory of tests", licence="", filename="", sha256="", state="ready",
        loaded_at=now(),
    )  # fmt: skip
    db.session.add(edition)
    db.session.flush()
    for code, name in ((SOHO, "Soho"), (ASTON, "Aston"), (LADYWOOD, "Ladywood")):
        db.session.add(AreaName(code=code, kind="ward", name=name, edition_id=edition.id))
    for postcode, (ward, (latitude, longitude)) in HERE.items():
        db.session.add(
            PostcodePlace(
                postcode=postcode, ward=ward, authority="E08000025", latitude=latitude, longitude=longitude,
                edition_id=edition.id,
            )
        )  # fmt: skip
    db.session.commit()


@pytest.mark.parametrize(("area", "inside"), KINDS_OF_AREA)
def test_an_enterprise_is_here_elsewhere_or_not_placed(make: Any, area: Area, inside: set[str]) -> None:
    def story() -> None:
        load_directory()
        for postcode in HERE:
            factories.an_enterprise(postcode, postcode=postcode)
        factories.an_enterprise("Bare", postcode=None)
        factories.an_enterprise("Odd", postcode="Soho Road")
        gone = factories.an_enterprise("Suspended", postcode="B18 5AA")
        db.session.get_one(Organisation, gone).suspended_at = now()
        db.session.commit()
        found = place_supply.enterprises_of(area)
        names = {each.id: each.name for each in db.session.scalars(select(Organisation))}
        assert {names[each] for each in found.ids_here} == inside
        assert {names[each] for each in found.ids_not_placed} == {"Bare", "Odd"}
        rows = db.session.execute(place_supply.listed_enterprises([*found.ids_here, *found.ids_not_placed])).all()
        assert [organisation.name for _, organisation in rows] == sorted({*inside, "Bare", "Odd"})

    make(story)


def test_a_postcode_that_no_directory_has_is_not_placed_in_wards_nor_near_the_edge_of_a_circle(make: Any) -> None:
    def story() -> None:
        factories.an_enterprise("Somewhere in B18", postcode="B18 9ZZ")
        for area, here in (
            (Area("Wards", wards=frozenset({SOHO})), (0, 1)),
            (Area("Edge", centre=(52.49, -1.92), miles=2), (0, 1)),
            (Area("Wide", centre=(52.49, -1.92), miles=30), (1, 0)),
            (Area("Away", centre=(51.50, -0.12), miles=2), (0, 0)),
            (outcode_area("Districts", ["B18"]), (1, 0)),
        ):
            found = place_supply.enterprises_of(area)
            assert (len(found.here), len(found.not_placed)) == here, area.name

    make(story)


def test_the_table_of_wards_and_kinds_adds_up_to_all_that_are_here(make: Any) -> None:
    def story() -> None:
        load_directory()
        forms = ("charity", "cic", "company")
        for number, postcode in enumerate([*HERE, *HERE, "B18 5AA"]):
            factories.an_enterprise(postcode=postcode, legal_form=forms[number % 3])
        found = place_supply.enterprises_of(Area("Authority", local_authorities=frozenset({"E08000025"})))
        assert found.grid.by == "Ward"
        assert [name for name, _ in found.grid.rows] == ["Soho", "Ladywood", "Aston", "All"]
        *rows, (_, whole) = found.grid.rows
        for _, numbers in found.grid.rows:
            assert sum(numbers[:-1]) == numbers[-1]
        assert [sum(column) for column in zip(*(numbers for _, numbers in rows), strict=True)] == list(whole)
        assert whole[-1] == len(found.here) == sum(number for _, number in found.by_kind) == 11

    make(story)


def test_a_ward_that_is_not_known_is_said_and_districts_stand_in_where_none_is(make: Any) -> None:
    def story() -> None:
        for postcode in ("B18 5AA", "B18 9ZZ", "B1 1AA"):
            factories.an_enterprise(postcode=postcode, legal_form="cic")
        area = outcode_area("Districts", ["B18", "B1"])
        grid = place_supply.enterprises_of(area).grid
        assert (grid.by, grid.rows) == ("District", (("B18", (2, 2)), ("B1", (1, 1)), ("All", (3, 3))))
        load_directory()
        grid = place_supply.enterprises_of(area).grid
        assert [name for name, _ in grid.rows] == ["Ladywood", "Soho", place_supply.NO_WARD, "All"]

    make(story)


def test_districts_do_not_swallow_their_neighbours(make: Any) -> None:
    def story() -> None:
        for postcode in ("B1 1AA", "B10 1AA", "B18 5AA"):
            factories.an_enterprise(postcode=postcode)
        factories.an_organisation("No enterprise", is_place=True)
        found = place_supply.enterprises_of(outcode_area("Here", ["B1", "B18"]))
        assert found.by_district == [("B1", 1), ("B18", 1)]
        assert found.not_placed == ()

    make(story)


def test_a_lot_of_a_district_is_here_only_where_all_of_the_district_is(make: Any) -> None:
    def story() -> None:
        load_directory()
        soho = Area("Soho", wards=frozenset({SOHO}))
        sides = place_supply.sides_of(soho, ["B18", "B19", "B1", "b19", "B18 5AA", "B18 6AA", "M1", "the depot"])
        assert sides == {
            "B18": None, "B19": True, "B1": False, "b19": True, "B18 5AA": True, "B18 6AA": False, "M1": None,
            "the depot": None,
        }  # fmt: skip
        near = Area("Circle", centre=(52.491, -1.930), miles=30)
        assert place_supply.sides_of(near, ["B18", "B20", "ZE1"]) == {"B18": True, "B20": True, "ZE1": None}
        assert place_supply.sides_of(outcode_area("Here", ["B18"]), ["B18", "B1"]) == {"B18": True, "B1": False}

    make(story)


def test_open_lots_are_counted_with_what_is_not_known(make: Any) -> None:
    def story() -> None:
        anchor, other = factories.an_anchor(), factories.an_anchor()
        factories.a_lot(anchor, "Gap", likely_local=0)
        factories.a_lot(anchor, "Unvalued", value_pence=None, postcode="B18")
        factories.a_lot(anchor, "Anywhere", postcode=None)
        factories.a_lot(other, "Of somebody else", postcode=None)
        factories.a_lot(anchor, "Draft", state="draft")
        area = outcode_area("Here", ["B18"])
        found = place_supply.sum_up(place_supply.open_lots_of(area, []))
        assert (found.number, found.without_value, found.without_local_supply, found.not_placed) == (2, 1, 1, 0)
        assert found.value_pence == 10_000_000
        found = place_supply.sum_up(place_supply.open_lots_of(area, [anchor]))
        assert (found.number, found.not_placed) == (3, 1)

    make(story)


def test_lots_and_social_value_follow_the_area_too(make: Any) -> None:
    def story() -> None:
        load_directory()
        anchor = factories.an_anchor()
        for postcode in HERE:
            factories.a_lot(anchor, postcode, postcode=postcode, asks=(("local_jobs", 1, 50),))
        soho = Area("Soho", wards=frozenset({SOHO}))
        found = place_supply.open_lots_of(soho, [anchor])
        titles = [lot.title for lot, _ in db.session.execute(place_supply.listed_lots(found))]
        assert sorted(titles) == ["B18 5AA", "B19 1AA"]
        assert found.by_district == [("B18", 1), ("B19", 1)]
        jobs = next(each for each in place_counts.promises(soho, []) if each.measure == "local_jobs")
        assert jobs.asked == 2

    make(story)


def test_a_list_may_hold_more_ids_than_a_query_may_have_parameters(make: Any) -> None:
    def story() -> None:
        known = factories.an_enterprise(postcode="B18 5AA")
        rows = db.session.execute(place_supply.listed_enterprises(range(known, known + 70_000))).all()
        assert len(rows) == 1
        assert db.session.scalars(select(Lot.id).where(place_supply.among(Lot.id, []))).all() == []

    make(story)
