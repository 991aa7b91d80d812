"""The place as a council officer works with it: consent, targets, baseline, totals, map and resilience."""

from datetime import date
from typing import Any

import pytest

from .. import factories
from ..services.place_stories import a_quarter, paid
from .test_monitoring import a_place, agree

OLD, NEW = date(2024, 1, 1), date(2025, 1, 1)
PAGES = (
    "/monitoring", "/monitoring/together", "/monitoring/targets", "/monitoring/map", "/monitoring/map?show=enterprises",
    "/monitoring/map?show=lots", "/monitoring/resilience", "/monitoring/resilience/citizens", "/monitoring/anchors",
)  # fmt: skip
FILES = (
    "/monitoring?download=", "/monitoring?by=month&download=", "/monitoring?table=progress&download=",
    "/monitoring/together?download=", "/monitoring/targets?download=", "/monitoring/map?download=",
    "/monitoring/map?show=lots&download=", "/monitoring/resilience?download=", "/monitoring/anchors?download=",
    "/monitoring/resilience/citizens?download=",
)  # fmt: skip


@pytest.fixture
def place(make: Any) -> int:
    return make(a_place)


@pytest.fixture
def council(signed_in_as: Any, place: int) -> Any:
    return signed_in_as(place, "place", "admin")


@pytest.fixture
def anchors(make: Any, signed_in_as: Any, council: Any, place: int) -> Any:
    """Anchors that agreed at a level, each with its officer."""

    def agreed(number: int, level: str) -> list[tuple[int, Any]]:
        found = []
        for _ in range(number):
            anchor = make(factories.an_anchor)
            officer = signed_in_as(anchor, "anchor", "finance")
            agree(council, officer, place, anchor, level)
            found.append((anchor, officer))
        return found

    return agreed


def test_an_anchor_says_how_much_is_seen(council: Any, place: int, anchors: Any, make: Any) -> None:
    ((anchor, officer),) = anchors(1, "totals")
    make(a_quarter, anchor, NEW)
    assert council.get(f"/monitoring/anchors/{anchor}").status_code == 404
    assert "Counted in totals only" in council.get("/monitoring/anchors").text
    assert "Counts you in totals only" in officer.get("/spending/watchers").text
    empty = officer.post(f"/spending/watchers/{place}/agree", {"level": ""})
    assert "Choose what the place authority may see" in empty.text
    officer.post(f"/spending/watchers/{place}/agree", {"level": "detail"})
    assert "Where in the place its money goes" in council.get(f"/monitoring/anchors/{anchor}").text
    officer.post(f"/spending/watchers/{place}/agree", {"level": "figures"})
    page = council.get(f"/monitoring/anchors/{anchor}").text
    assert "40.0% to 50.0%" in page
    assert "Where in the place its money goes" not in page


def test_those_only_counted_are_on_no_page_and_in_no_file(council: Any, anchors: Any, make: Any) -> None:
    for number, (anchor, _) in enumerate(anchors(3, "totals")):
        make(a_quarter, anchor, NEW, local=111_11 + number, away=222_22 + number, unknown=33_33 + number)
    refusable = council.post("/monitoring/together/publish", page="/monitoring/area")
    assert refusable.status_code == 302
    together = council.get("/monitoring/together").text
    assert "Now told: Jan to Mar 2025" in together
    assert "£1,000" in together
    for address in [*PAGES, *(f"{each}{kind}" for each in FILES for kind in ("csv", "json"))]:
        answer = council.get(address)
        assert answer.status_code == 200, address
        for number in range(3):
            for pence in (111_11, 222_22, 33_33):
                for shown in (pence + number, 3 * (pence + number)):
                    assert f"{shown / 100:.2f}" not in answer.text, (address, shown)
                    assert f"{shown / 100:,.2f}" not in answer.text, (address, shown)
    again = council.post("/monitoring/together/publish", page="/monitoring/area")
    assert again.status_code == 302
    assert "No quarter can be told yet" in council.get("/monitoring/together").text


def test_progress_is_counted_from_the_baseline_and_held_against_targets(
    council: Any, place: int, anchors: Any, make: Any
) -> None:
    ((anchor, officer),) = anchors(1, "figures")
    make(a_quarter, anchor, OLD, local=30_00, away=70_00, unknown=0)
    make(a_quarter, anchor, NEW, local=80_00, away=120_00, unknown=0)
    assert "No baseline is chosen yet" in council.get("/monitoring").text
    assert "Enter a year" in council.post("/monitoring/baseline", {"quarter": "1", "year": "", "quarters": "1"}).text
    saved = council.post("/monitoring/baseline", {"quarter": "1", "year": "2024", "quarters": "1"})
    assert saved.status_code == 302
    page = council.get("/monitoring").text
    assert "£60" in page
    assert "not reached" not in page
    day = {"percent": "45", "due_on": ["31", "3", "2029"], "reason": "Agreed by the board"}
    assert council.post(f"/monitoring/targets/{anchor}", day).status_code == 302
    assert "Not answered" in council.get("/monitoring/targets").text
    assert "not reached" not in council.get("/monitoring").text
    offered = officer.get("/spending/watchers").text
    assert "45% local by 31 March 2029" in offered
    target = offered.split("/spending/targets/")[1].split("/")[0]
    assert officer.post(f"/spending/targets/{target}/accept", page="/spending/watchers").status_code == 302
    assert "not reached" in council.get("/monitoring").text
    line = council.get("/monitoring?table=progress&download=csv").text.strip().splitlines()[1]
    assert line.endswith("0.45,2029-03-31,60,60") or "60.0,60.0" in line
    assert council.post(f"/monitoring/targets/{target}/take-back", page="/monitoring/area").status_code == 302
    assert "not reached" not in council.get("/monitoring").text
    past = {**day, "due_on": ["31", "3", "2020"]}
    assert "still to come" in council.post(f"/monitoring/targets/{place}", past).text


def test_the_map_links_each_district_and_names_nobody(council: Any, anchors: Any, make: Any) -> None:
    assert "No anchor agreed yet to show" in council.get("/monitoring/map").text
    ((anchor, _),) = anchors(1, "detail")
    make(paid, anchor, *((postcode, NEW, 50_00) for postcode in ("B18 5AA", "B19 1AA") for _ in range(4)))
    page = council.get("/monitoring/map").text
    assert 'aria-label="B18: £200"' in page
    assert "/monitoring/enterprises?district=B19" in page
    assert "Secret" not in page
    assert "B18,200" in council.get("/monitoring/map?download=csv").text


def test_the_council_enters_what_no_ledger_tells(council: Any, signed_in_as: Any, place: int) -> None:
    address = "/monitoring/resilience/citizens/enter"
    facts = {"indicator": "Adults who volunteer", "value": "18.5", "unit": "percent", "year": "2023", "source": "ONS"}
    assert "Enter a number" in council.post(address, {**facts, "value": "1e9"}).text
    for year, value in (("2023", "18.5"), ("2024", "1,021.25"), ("2024", "21")):
        assert council.post(address, {**facts, "year": year, "value": value}).status_code == 302
    page = council.get("/monitoring/resilience").text
    assert "2023 18.5, 2024 21" in page
    history = council.get("/monitoring/resilience/citizens").text
    assert "1,021.25" in history
    value = history.split("/monitoring/resilience/values/")[1].split("/")[0]
    council.post(f"/monitoring/resilience/values/{value}/take-back", page="/monitoring/area")
    assert "2024 1,021.25" in council.get("/monitoring/resilience").text
    viewer = signed_in_as(place, "place", "viewer")
    assert viewer.get("/monitoring/resilience").status_code == 200
    assert viewer.get(address).status_code == 403
    assert council.get("/monitoring/resilience/luck").status_code == 404
