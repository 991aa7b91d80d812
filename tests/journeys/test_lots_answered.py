"""What an enterprise answers reaches the buyer, whoever is ranked; and what a buyer asks reaches the enterprise."""

import re
from html import unescape
from typing import Any

import pytest

from procure.extensions import db
from procure.models import Interest, Lot
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
        make(propose, self.lot)
        florist = make(factories.an_enterprise, "Petal & Stem", capabilities=(FLOWERS,))
        self.florist_id, self.florist = florist, signed_in_as(florist, "enterprise", "admin")
        self.page = f"/buying/lots/{self.lot}"

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


def names_in(page: str) -> list[str]:
    """The enterprises of the list, in its order."""
    return [unescape(name) for name in re.findall(r'/buying/enterprises/[0-9]+">([^<]+)</a>', page)]


def test_the_list_of_who_could_do_it_is_searched_by_name(story: Story) -> None:
    found = story.buyer.get(f"{story.page}/suppliers?q=COOK+17").text
    assert names_in(found) == ["Cook 17"]
    story.is_interested()
    assert names_in(story.buyer.get(f"{story.page}/suppliers?q=stem+petal").text) == ["Petal & Stem"]
    assert "Nobody of that name" in story.buyer.get(f"{story.page}/suppliers?q=plumber").text
    file = story.buyer.get(f"{story.page}/suppliers?q=petal&download=csv").text
    assert "Petal & Stem" in file
    assert "Cook" not in file


def test_the_list_of_who_could_do_it_is_sorted_by_its_headings(story: Story) -> None:
    story.is_interested()
    page = story.buyer.get(f"{story.page}/suppliers").text
    assert 'aria-sort="descending"><a' in " ".join(page.split()).replace("> <a", "><a")
    assert len(names_in(page)) == 26
    assert 'rel="next"' not in page
    down = names_in(story.buyer.get(f"{story.page}/suppliers?sort=-name").text)
    up = names_in(story.buyer.get(f"{story.page}/suppliers?sort=name").text)
    assert down[0] == "Petal & Stem"
    assert up == sorted(up, key=str.casefold)
    assert up[0] == "Cook 0"


def test_whoever_is_nearest_or_meets_most_gates_can_be_brought_to_the_top(make: Any, signed_in_as: Any) -> None:
    anchor = make(factories.an_anchor)
    cover = (("insurance", "Public liability", 900_000_000, None),)
    for name, postcode, holdings in (("Far", "B70 3LE", cover), ("Near", "B18 6NF", ()), ("Nowhere", None, ())):
        make(factories.an_enterprise, name, capabilities=(MEALS,), postcode=postcode, holdings=holdings)
    lot = make(factories.a_lot, anchor, gates=(("insurance", "Public liability", 500_000_000),))
    make(propose, lot)
    buyer, page = signed_in_as(anchor, "anchor", "buyer"), f"/buying/lots/{lot}/suppliers"
    assert names_in(buyer.get(f"{page}?sort=miles").text) == ["Near", "Far", "Nowhere"]
    assert names_in(buyer.get(f"{page}?sort=-miles").text) == ["Far", "Near", "Nowhere"]
    assert names_in(buyer.get(f"{page}?sort=-gates").text)[0] == "Far"


def many_interested(lot_id: int, number: int) -> None:
    for one in range(number):
        florist = factories.an_enterprise(f"Florist {one}", capabilities=(FLOWERS,))
        db.session.add(Interest(organisation_id=florist, lot_id=lot_id, state="interested"))
    db.session.commit()


def test_a_list_of_more_than_a_hundred_goes_on_over_pages(story: Story) -> None:
    story.make(many_interested, story.lot, 80)
    first = story.buyer.get(f"{story.page}/suppliers").text
    assert len(names_in(first)) == 100
    assert 'rel="next"' in first
    assert len(names_in(story.buyer.get(f"{story.page}/suppliers?page=2").text)) == 5
    assert len(story.buyer.get(f"{story.page}/suppliers?download=csv").text.splitlines()) == 106


def propose(lot_id: int) -> None:
    lot = db.session.get(Lot, lot_id)
    assert lot
    proposals.propose(lot)
    db.session.commit()


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
