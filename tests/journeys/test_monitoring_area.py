"""A place authority says what its place is, in every way an anchor can say what local means."""

import re
from datetime import date
from typing import Any

import pytest

from procure.extensions import db
from procure.models import LocalArea
from procure.services.place import watching

from .. import factories
from ..services.place_stories import a_quarter, actor_of
from .test_spending_areas import load_directory

AREA = "/monitoring/area"


def a_place() -> tuple[int, int]:
    """A place of one district, and an anchor that shows it its figures."""
    place = actor_of(factories.an_organisation("Our council", is_place=True))
    db.session.add(LocalArea(organisation_id=place.acting_for, name="Here", outcodes=["M1"], is_headline=True))
    db.session.commit()
    anchor = actor_of(factories.an_anchor("Riverside Trust"))
    a_quarter(anchor.acting_for, date(2026, 1, 1))
    watching.ask(anchor.acting_for, by=place)
    watching.agree(place.acting_for, by=anchor, level="figures")
    load_directory()
    return place.acting_for, anchor.acting_for


def seen_on(council: Any) -> str:
    found = re.search(r'name="seen"[^>]*value="(\d+)"', council.get(AREA).text)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"kind": "wards", "districts": "Soho"}, "Soho (E05000001)", id="wards"),
        pytest.param({"kind": "local_authorities", "districts": "E08000025"}, "Birmingham (E08000025)", id="authority"),
        pytest.param({"kind": "circle", "site": "B18 5AA", "miles": "2"}, "within 2 miles", id="circle"),
        pytest.param({"kind": "lsoas", "districts": "E01000001"}, "E01000001", id="neighbourhood"),
        pytest.param({"kind": "outcodes", "districts": "b18 b19"}, "B18, B19", id="districts"),
    ],
)
def test_a_place_is_of_any_kind_and_keeps_what_it_was(
    make: Any, signed_in_as: Any, fields: dict[str, str], words: str
) -> None:
    place, _ = make(a_place)
    council = signed_in_as(place, "place", "admin")
    seen = seen_on(council)
    saved = council.post(AREA, {"name": "Here", "seen": seen, **fields}, follow_redirects=True)
    assert "asked to agree again" in saved.text
    page = council.get(AREA).text
    assert words in page
    assert "1 postcode district, until" in page
    assert council.post(AREA, {"name": "Here", "seen": seen, "kind": "outcodes", "districts": "B1"}).status_code == 409


def test_an_anchor_is_asked_again_when_the_place_is_another(make: Any, signed_in_as: Any) -> None:
    place, anchor = make(a_place)
    council = signed_in_as(place, "place", "admin")
    officer = signed_in_as(anchor, "anchor", "finance")
    assert council.get(f"/monitoring/anchors/{anchor}").status_code == 200
    council.post(AREA, {"name": "A street", "seen": seen_on(council), "kind": "wards", "districts": "Soho"})
    assert council.get(f"/monitoring/anchors/{anchor}").status_code == 404
    assert "Must agree again" in council.get("/monitoring/anchors").text
    assert "Our council asks to see your local share" in officer.get("/spending").text
    assert "changed what its place is" in officer.get("/spending/watchers").text
    asked = officer.get(f"/spending/watchers/{place}/agree").text
    assert "1 ward (E05000001)" in asked
    assert "You agreed before it changed" in asked
    officer.post(f"/spending/watchers/{place}/agree", {"level": "figures"})
    assert council.get(f"/monitoring/anchors/{anchor}").status_code == 200
    assert "Our council asks" not in officer.get("/spending").text


def test_names_for_a_place_are_searched_and_chosen_without_scripts(make: Any, signed_in_as: Any) -> None:
    place, _ = make(a_place)
    council = signed_in_as(place, "place", "admin")
    found = council.get(f"{AREA}/search?kind=wards&q=soh").text
    assert 'value="E05000001"' in found
    assert f'action="{AREA}"' in found
    assert "E05000001" in council.get(f"{AREA}?kind=wards&code=E05000001").text


def test_enterprises_and_lots_are_counted_in_the_place_as_it_was_defined(make: Any, signed_in_as: Any) -> None:
    place, anchor = make(a_place)
    council = signed_in_as(place, "place", "admin")
    council.post(AREA, {"name": "Here", "seen": seen_on(council), "kind": "wards", "districts": "Soho"})
    signed_in_as(anchor, "anchor", "finance").post(f"/spending/watchers/{place}/agree", {"level": "figures"})
    for name, postcode in (("In Soho", "B18 5AA"), ("In Manchester", "M1 1AE"), ("No directory has it", "B18 6ZZ")):
        make(factories.an_enterprise, name, postcode=postcode)
        make(factories.a_lot, anchor, f"Work: {name}", postcode=postcode)
    page = council.get("/monitoring").text
    assert re.search(r'<th scope="row"[^>]*>Soho</th>', page)
    assert "1 more enterprise registered that we" in page
    assert "1 of them does not say where" in page
    assert council.get("/monitoring?table=enterprises&download=csv").text.splitlines()[-1].endswith("All,1,1")
    for address, words in (("/monitoring/enterprises", "{}"), ("/monitoring/lots", "Work: {}")):
        every, here = council.get(address).text, council.get(f"{address}?placed=here").text
        lost = council.get(f"{address}?placed=not").text
        assert words.format("In Manchester") not in every
        assert [words.format("In Soho") in text for text in (every, here, lost)] == [True, True, False]
        assert [words.format("No directory has it") in text for text in (every, here, lost)] == [True, False, True]
    for show in ("enterprises", "lots"):
        assert "1 more cannot be placed, so it is not on the map" in council.get(f"/monitoring/map?show={show}").text
        assert "Not placed,1" in council.get(f"/monitoring/map?show={show}&download=csv").text
    assert "In Manchester" not in council.get("/search?q=manchester").text
