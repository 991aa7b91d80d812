"""An area says of a place: inside, outside, or cannot tell."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.places import BIRMINGHAM_AND_SANDWELL, OUTCODE_CENTRES, Area, Location, miles_between, outcode_area
from tests.shared_data import SHARED, needs_shared

points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("area", "place", "answer"),
    [
        pytest.param(outcode_area("a", ["b18 "]), Location(postcode="b187al"), True, id="district, inside"),
        pytest.param(outcode_area("a", ["B18"]), Location(postcode="B1 8AL"), False, id="a district is not a prefix"),
        pytest.param(outcode_area("a", ["B18"]), Location(postcode="B18"), None, id="half a postcode tells nothing"),
        pytest.param(
            outcode_area("a", ["B18"]), Location(latitude=52.5, longitude=-1.9), None, id="a point has no district"
        ),
        pytest.param(
            Area("a", centre=(52.49, -1.93), miles=5), Location(latitude=52.49, longitude=-1.93), True, id="centre"
        ),
        pytest.param(
            Area("a", centre=(52.49, -1.93), miles=5), Location(latitude=53.48, longitude=-2.24), False, id="far off"
        ),
        pytest.param(Area("a", centre=(52.49, -1.93), miles=5), Location(latitude=52.49), None, id="half a point"),
        pytest.param(
            Area("a", local_authorities=frozenset({"E08000025"})), Location(local_authority="E08000025"), True, id="la"
        ),
        pytest.param(
            Area("a", local_authorities=frozenset({"E08000025"})), Location(postcode="B1 1AA"), None, id="no la"
        ),
        pytest.param(Area("a", lsoas=frozenset({"E01000001"})), Location(lsoa="E01000002"), False, id="another lsoa"),
    ],
)
def test_an_area_knows_what_it_holds_and_what_it_cannot_tell(area, place, answer):
    assert area.holds(place) is answer


@pytest.mark.parametrize(
    "definition",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"outcodes": frozenset({"B1"}), "lsoas": frozenset({"E01"})}, id="two definitions"),
        pytest.param({"outcodes": frozenset({"Birmingham"})}, id="a town is not a district"),
        pytest.param({"centre": (52.0, -1.0)}, id="no radius"),
        pytest.param({"centre": (520.0, -1.0), "miles": 5}, id="off the Earth"),
        pytest.param({"centre": (52.0, -1.0), "miles": -5}, id="a distance below nothing"),
    ],
)
def test_an_area_that_cannot_be_drawn_is_refused(definition):
    with pytest.raises(ValueError, match="here: "):
        Area("here", **definition)


def test_a_degree_along_the_equator_is_sixty_nine_miles():
    assert miles_between((0, 0), (0, 1)) == pytest.approx(69.09, abs=0.01)


def test_birmingham_to_manchester_is_about_seventy_miles():
    assert miles_between((52.48, -1.90), (53.48, -2.24)) == pytest.approx(70.6, abs=0.5)


@given(points, points)
def test_the_way_back_is_as_long_as_the_way_there(here, there):
    assert miles_between(here, there) == pytest.approx(miles_between(there, here), abs=1e-9)
    assert 0 <= miles_between(here, there) <= 12_451


@given(points, points, points)
def test_a_detour_is_never_shorter(here, there, between):
    assert miles_between(here, there) <= miles_between(here, between) + miles_between(between, there) + 1e-6


def test_the_shipped_place_is_made_of_districts_with_a_centre():
    assert BIRMINGHAM_AND_SANDWELL.outcodes is not None
    assert set(OUTCODE_CENTRES) >= BIRMINGHAM_AND_SANDWELL.outcodes
    assert BIRMINGHAM_AND_SANDWELL.definition == "54 postcode districts"


@needs_shared
def test_shipped_centres_lie_within_a_mile_and_a_half_of_the_published_ones():
    with (SHARED / "data/reference/outcodes.csv").open(encoding="utf-8") as file:
        published = {row["postcode"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(file)}
    far = {
        code: miles_between(centre, published[code]) for code, centre in OUTCODE_CENTRES.items() if code in published
    }
    assert max(far.values()) < 1.5
