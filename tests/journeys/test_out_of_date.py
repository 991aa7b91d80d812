"""Figures that were worked out before something changed say so, in the same words on every page."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from procure.extensions import db
from procure.models import Ledger
from procure.services.shares import spend_stamps, spend_sums

from .. import factories
from ..services.place_stories import a_quarter
from .test_monitoring import a_place, agree

SAID = "Something changed since; they are being worked out again."
OF_THE_ANCHOR = (
    "/spending", "/spending/local-share", "/spending/local-share/areas", "/spending/local-share/by/bought",
    "/spending/local-share/suppliers", "/spending/local-share/left-out", "/spending/local-share/change",
    "/spending/lm3", "/spending/lm3/suppliers",
)  # fmt: skip
OF_THE_PLACE = ("/monitoring", "/monitoring/together", "/monitoring/resilience", "/monitoring/anchors/{anchor}")


def keep(anchor: int) -> None:
    """A job works out everything an anchor's figures are asked for."""
    spend_sums.refresh(anchor)
    db.session.commit()


def outdate(anchor: int) -> None:
    """A ledger larger than a page adds up by itself changes, and no job has run since."""
    db.session.execute(
        update(Ledger).where(Ledger.organisation_id == anchor).values(sums_count=spend_stamps.SMALL + 1, total_pence=1)
    )
    db.session.commit()


@pytest.fixture
def anchor(make: Any) -> int:
    found = make(factories.an_anchor, "Riverside Trust")
    make(a_quarter, found, date(2025, 1, 1))
    make(a_quarter, found, date(2025, 4, 1))
    return found


def test_pages_of_an_anchor_and_of_its_place_say_when_their_figures_are_of(
    make: Any, signed_in_as: Any, anchor: int
) -> None:
    place = make(a_place)
    council, officer = signed_in_as(place, "place", "admin"), signed_in_as(anchor, "anchor", "finance")
    agree(council, officer, place, anchor)
    make(keep, anchor)
    asked = [(officer, each) for each in OF_THE_ANCHOR]
    asked += [(council, each.format(anchor=anchor)) for each in OF_THE_PLACE]
    for client, address in asked:
        page = client.get(address)
        assert page.status_code == 200, address
        assert SAID not in page.text, address
    make(outdate, anchor)
    for client, address in asked:
        page = client.get(address).text
        assert SAID in page, address
        assert "These figures are as of " in page, address
    make(keep, anchor)
    for client, address in asked:
        assert SAID not in client.get(address).text, address


def test_a_home_without_an_area_is_of_no_day(make: Any, signed_in_as: Any) -> None:
    bare = make(factories.an_organisation, "Bare Trust", is_anchor=True)
    page = signed_in_as(bare, "anchor", "finance").get("/spending")
    assert page.status_code == 200
    assert SAID not in page.text
