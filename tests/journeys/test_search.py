"""One search finds what a person may see, misspelt too, and nothing of anybody else's."""

import re
from typing import Any

import pytest

from procure.extensions import db
from procure.models import LocalArea, Payee

from .. import factories


@pytest.fixture
def world(make: Any) -> dict[str, int]:
    def story() -> dict[str, int]:
        mine, theirs = factories.an_anchor("Riverside Trust"), factories.an_anchor("Hilltop Trust")
        factories.a_lot(mine, title="Ward catering for Riverside")
        factories.a_lot(mine, title="Draft catering plans", state="draft")
        factories.a_lot(theirs, title="Catering at Hilltop")
        near = factories.an_enterprise("Otter Catering CIC", postcode="B18 7QH")
        factories.an_enterprise("Far Catering CIC", postcode="M1 1AE")
        place = factories.an_organisation("Brindle Board", is_place=True)
        db.session.add(LocalArea(organisation_id=place, name="Brindle", outcodes=["B18"], is_headline=True))
        db.session.add(Payee(organisation_id=mine, name="Kestrel Catering Supplies", candidates=[], version=0))
        db.session.add(Payee(organisation_id=theirs, name="Secret Catering Payee", candidates=[], version=0))
        db.session.commit()
        return {"mine": mine, "theirs": theirs, "place": place, "near": near}

    found: dict[str, int] = make(story)
    return found


def results(visitor: Any, words: str) -> str:
    page: str = visitor.get("/search", query_string={"q": words}).text
    return page.partition("<h1")[2]


def test_a_finance_officer_finds_payees_and_a_buyer_lots_and_enterprises(world: Any, signed_in_as: Any) -> None:
    finance = results(signed_in_as(world["mine"], "anchor", "finance"), "cattering")
    assert "Kestrel Catering Supplies" in finance
    assert "Ward catering" not in finance
    buyer = results(signed_in_as(world["mine"], "anchor", "buyer"), "cattering")
    for name in ("Ward catering for Riverside", "Draft catering plans", "Otter Catering CIC", "Far Catering CIC"):
        assert name in buyer
    assert "Kestrel" not in buyer
    for page in (finance, buyer):
        assert "Hilltop" not in page
        assert "Secret" not in page


def test_an_enterprise_finds_lots_that_it_may_answer_and_no_draft(world: Any, signed_in_as: Any) -> None:
    page = results(signed_in_as(world["near"], "enterprise", "member"), "catering")
    assert "Ward catering for Riverside" in page
    assert "Catering at Hilltop" in page
    assert "Draft" not in page
    assert "Kestrel" not in page


def test_a_place_finds_what_is_in_it(world: Any, signed_in_as: Any) -> None:
    page = results(signed_in_as(world["place"], "place", "viewer"), "catering")
    assert "Otter Catering CIC" in page
    assert "Far Catering CIC" not in page
    assert "Kestrel" not in page


def test_a_search_without_a_find_says_where_it_looked(world: Any, signed_in_as: Any) -> None:
    officer = signed_in_as(world["mine"], "anchor", "finance")
    assert "Nothing here is called “zzzz”" in results(officer, "zzzz")
    assert "payees and ledgers" in results(officer, "zzzz")
    assert "Nothing here" not in results(officer, "")
    assert "<script>" not in results(officer, "<script>")
    assert officer.get("/search?q=%00%25_").status_code == 200


@pytest.mark.parametrize(
    ("organisation", "kind", "role"),
    [("mine", "anchor", "admin"), ("near", "enterprise", "member"), ("place", "place", "viewer")],
)
def test_every_find_leads_to_a_page_of_this_person(
    organisation: str, kind: str, role: str, world: Any, signed_in_as: Any
) -> None:
    visitor = signed_in_as(world[organisation], kind, role)
    links = re.findall(r'<li class="wrap"><a class="govuk-link" href="([^"]+)"', results(visitor, "catering"))
    assert links
    for link in links:
        assert visitor.get(link.replace("&amp;", "&")).status_code == 200
