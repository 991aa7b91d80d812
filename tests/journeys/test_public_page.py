"""An anchor shows its local share to everybody, and takes it off again."""

import csv
import io
import json
import re
from typing import Any

import pytest

from .. import factories
from ..services.test_public_page_beside_totals import a_counted_place

LEDGER = """Supplier Name,Net Amount,Payment Date,Expense Type,Postcode
Canal Kitchen CIC,"26,000.00",03/04/2026,Food,B18 5AA
Lock Kitchen Ltd,600.00,04/06/2026,Food,M1 1AE
Towpath Kitchen Ltd,400.00,04/06/2026,Food,
Mrs Ada Stone,600.00,04/06/2026,Care,B19 1AA
"""
SWITCH, PAGE = "/open-data/public-page", "/open/riverside-council"


@pytest.fixture
def anchor(make: Any) -> int:
    return make(factories.an_anchor, "Riverside Council", sector="council")


@pytest.fixture
def officer(signed_in_as: Any, anchor: int, run_jobs: Any) -> Any:
    visitor = signed_in_as(anchor, "anchor", "finance")
    sent = visitor.post("/spending/ledgers/new", {"ledger": (io.BytesIO(LEDGER.encode()), "spring.csv")})
    run_jobs()
    address = sent.headers["Location"]
    visitor.post(f"{address}/confirm", {"seen_pence": "2760000"}, page=address)
    return visitor


def publish(officer: Any) -> Any:
    seen = re.search(r'name="seen_pence" value="(\d+)"', officer.get(SWITCH).text)
    assert seen
    return officer.post(f"{SWITCH}/publish", {"seen_pence": seen.group(1)}, page=SWITCH)


def test_before_there_is_anything_to_show_the_page_says_what_to_do(signed_in_as: Any, anchor: int) -> None:
    page = signed_in_as(anchor, "anchor", "finance").get(SWITCH).text
    assert "There is nothing to show yet" in page
    assert "Publish these figures" not in page


def test_it_is_off_until_an_officer_publishes_it_and_gone_when_taken_off(officer: Any, visitor: Any) -> None:
    anybody = visitor()
    assert anybody.get(PAGE).status_code == 404
    assert publish(officer).status_code == 302
    page = anybody.get(PAGE)
    assert page.status_code == 200
    assert "Local spend of Riverside Council" in page.text
    assert "96.4% to 97.8%" in page.text
    assert page.headers["Cache-Control"] == "no-cache"
    officer.post(f"{SWITCH}/withdraw", page=SWITCH)
    for address in (PAGE, f"{PAGE}/figures.json", f"{PAGE}/years.csv"):
        assert anybody.get(address).status_code == 404


def test_the_start_page_shows_what_anchors_show_to_everybody_and_no_more(officer: Any, visitor: Any) -> None:
    anybody = visitor()
    assert "What anchors show to everybody" not in anybody.get("/").text
    publish(officer)
    start = anybody.get("/").text
    assert "What anchors show to everybody" in start
    for words in ("Riverside Council", "April 2026 to June 2026", "£27,600", "96.4% to 97.8%", PAGE):
        assert words in start
    officer.post(f"{SWITCH}/withdraw", page=SWITCH)
    assert "Riverside" not in anybody.get("/").text


def test_the_start_page_shows_nothing_of_a_suspended_anchor(
    officer: Any, visitor: Any, signed_in_as: Any, anchor: int
) -> None:
    publish(officer)
    page = f"/administering/organisations/{anchor}"
    signed_in_as(None).post(f"{page}/suspend", page=page)
    assert "Riverside" not in visitor().get("/").text


def test_nobody_is_named_on_it(officer: Any, visitor: Any) -> None:
    publish(officer)
    for address in (PAGE, f"{PAGE}/figures.json", f"{PAGE}/years.csv", f"{PAGE}/categories.csv"):
        text = visitor().get(address).text
        for name in ("Stone", "Canal", "Care"):
            assert name not in text, address


def test_the_files_hold_the_same_figures_with_their_definition(officer: Any, visitor: Any) -> None:
    publish(officer)
    told = json.loads(visitor().get(f"{PAGE}/figures.json").data)
    assert told["whole"]["Local"] == 26_600.0
    assert told["whole"]["Total"] == 27_600.0
    assert told["definition"].startswith("Local is Around us: ")
    assert told["units"]["Local share, lowest"] == "share from 0 to 1"
    assert told["licence"] == "Open Government Licence v3.0"
    assert {"edition", "generated", "period", "method"} <= told.keys()
    rows = list(csv.DictReader(io.StringIO(visitor().get(f"{PAGE}/years.csv").data.decode("utf-8-sig"))))
    assert [row["Year"] for row in rows] == [line["name"] for line in told["years"]] == ["2026-27"]
    assert sum(float(row["Local"]) for row in rows) == told["whole"]["Local"]
    assert visitor().get(f"{PAGE}/years.xls").status_code == 404


def test_a_copy_is_kept_only_while_it_stands(officer: Any, visitor: Any) -> None:
    publish(officer)
    first = visitor().get(f"{PAGE}/figures.json")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = visitor().get(f"{PAGE}/figures.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_reader_sees_the_switch_and_cannot_turn_it(officer: Any, signed_in_as: Any, anchor: int) -> None:
    reader = signed_in_as(anchor, "anchor", "viewer")
    assert "Your finance officer can publish" in reader.get(SWITCH).text
    assert reader.post(f"{SWITCH}/publish", {"seen_pence": "2760000"}, page=SWITCH).status_code == 403


def test_figures_that_changed_since_they_were_seen_are_not_published(officer: Any) -> None:
    assert officer.post(f"{SWITCH}/publish", {"seen_pence": "1"}, page=SWITCH).status_code == 409
    assert officer.post(f"{SWITCH}/publish", {"seen_pence": "x"}, page=SWITCH).status_code == 400


def test_an_anchor_whose_years_are_all_kept_back_is_told_why(make: Any, signed_in_as: Any) -> None:
    _, officers = make(a_counted_place, 3)
    page = signed_in_as(officers[1].acting_for, "anchor", "finance").get("/open-data/public-page").text
    assert "Totals of several organisations were told for 2025-26" in page
    assert "Add a ledger and confirm it" not in page
    first = signed_in_as(officers[0].acting_for, "anchor", "finance").get("/open-data/public-page").text
    assert "Publish these figures" in first
    assert "Not shown: 2025-26" in first
