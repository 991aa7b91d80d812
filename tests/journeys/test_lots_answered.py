"""What an enterprise answers reaches the buyer, whoever is ranked; and what a buyer asks reaches the enterprise."""

from typing import Any

import pytest

from procure.extensions import db
from procure.models import Lot
from procure.services.ranking import proposals

from .. import factories

MEALS = ("Freshly cooked meals for wards", "55520000", "meals a day", 200)
FLOWERS = ("Flowers and plants for offices", "03121200", "bunches a week", 9)


class Story:
    """A buyer with an open lot for which 30 cooks were proposed, and a florist who was not."""

    def __init__(self, make: Any, signed_in_as: Any) -> None:
        self.make = make
        self.anchor = make(factories.an_anchor)
        self.buyer = signed_in_as(self.anchor, "anchor", "buyer")
        for number in range(30):
            make(factories.an_enterprise, f"Cook {number}", capabilities=(MEALS,))
        self.lot = make(factories.a_lot, self.anchor)
        make(self._propose)
        florist = make(factories.an_enterprise, "Petal & Stem", capabilities=(FLOWERS,))
        self.florist_id, self.florist = florist, signed_in_as(florist, "enterprise", "admin")
        self.page = f"/buying/lots/{self.lot}"

    def _propose(self) -> None:
        lot = db.session.get(Lot, self.lot)
        assert lot
        proposals.propose(lot)
        db.session.commit()

    def is_interested(self) -> None:
        page = f"/supplying/lots/{self.lot}"
        assert self.florist.post(f"{page}/answer", {"state": "interested"}, page=page).status_code == 302

    def decide(self, action: str, reason: str = "They told us of interest") -> None:
        values = {"action": action, "reason": reason, "enterprise": self.florist_id, "seen": "0"}
        answer = self.buyer.post(f"{self.page}/decide", values, page=self.page)
        assert answer.status_code == 302, answer.text


@pytest.fixture
def story(make: Any, signed_in_as: Any) -> Story:
    return Story(make, signed_in_as)


def test_whoever_told_a_buyer_of_interest_stands_on_its_page_even_if_nobody_proposed_it(story: Story) -> None:
    assert "Petal" not in story.buyer.get(f"{story.page}/suppliers").text
    story.is_interested()
    for page in (story.page, f"{story.page}/suppliers"):
        shown = story.buyer.get(page).text
        assert "Petal &amp; Stem" in shown, page
        assert shown.index("Cook") < shown.index("Petal &amp; Stem"), page
    assert "those who told you of interest" in story.buyer.get(story.page).text
    assert "Petal & Stem" in story.buyer.get(f"{story.page}/suppliers?download=csv").text


def test_it_can_be_compared_invited_and_awarded_like_anybody(story: Story) -> None:
    story.is_interested()
    story.decide("invite")
    choices = story.buyer.get(f"{story.page}/award").text
    assert "Petal &amp; Stem" in choices


def test_one_decided_about_stays_on_the_page_after_it_took_its_interest_back(story: Story) -> None:
    story.is_interested()
    story.decide("shortlist")
    page = f"/supplying/lots/{story.lot}"
    story.florist.post(f"{page}/answer", {"state": "undo"}, page=page)
    assert "Petal &amp; Stem" in story.buyer.get(f"{story.page}/suppliers").text


def test_an_invitation_stands_on_top_until_it_is_answered(story: Story) -> None:
    assert "Needs you" not in story.florist.get("/supplying/lots").text
    story.decide("invite")
    assert "Answer the invitation to Ward catering" in story.florist.get("/supplying/lots").text
    story.is_interested()
    assert "Needs you" not in story.florist.get("/supplying/lots").text


def test_an_invitation_to_a_consortium_stands_on_top_until_it_is_answered(
    story: Story, make: Any, signed_in_as: Any
) -> None:
    lead = signed_in_as(make(factories.an_enterprise, "Lead"), "enterprise", "admin")
    room = lead.post("/supplying/consortia/new", {"name": "Blooming Meals"}).headers["Location"]
    assert lead.post(f"{room}/invite", {"enterprise": story.florist_id}, page=f"{room}?q=Petal").status_code == 302
    assert "Answer the invitation to Blooming Meals" in story.florist.get("/supplying/lots").text
    story.florist.post(f"{room}/decline", page=room)
    assert "Blooming Meals" not in story.florist.get("/supplying/lots").text


def test_not_for_us_without_a_reason_asks_for_one_on_the_same_page(story: Story) -> None:
    page = f"/supplying/lots/{story.lot}"
    answer = story.florist.post(f"{page}/answer", {"state": "not_for_us", "reason": " "}, page=page)
    assert answer.status_code == 422
    assert "Say in a few words why this lot is not for you" in answer.text
    assert "Ward catering" in answer.text
    assert "<details" in answer.text
    assert " open>" in answer.text


def test_the_page_of_an_awarded_lot_says_who_won_and_sets_no_alarm(story: Story) -> None:
    assert "A consortium should start by" in story.buyer.get(story.page).text
    story.is_interested()
    story.decide("invite")
    values = {"winner": f"enterprise-{story.florist_id}", "reason": "The best offer"}
    answer = story.buyer.post(f"{story.page}/award", values)
    assert answer.status_code == 302, answer.text
    for page in (story.page, f"{story.page}/law"):
        assert "A consortium should start by" not in story.buyer.get(page).text, page
    assert "It goes to <strong>Petal &amp; Stem</strong>" in story.buyer.get(story.page).text
