"""The same members bid for another lot: a new bid that starts empty, beside the old one."""

import re
from datetime import date
from typing import Any

import pytest

from procure.extensions import db
from procure.models import BidPlan, Consortium, ConsortiumMember, Lot, OutgoingMail

from .. import factories
from .bidders import GATES, NEEDS, Bidders


@pytest.fixture
def three(make: Any, signed_in_as: Any) -> Bidders:
    bidders = Bidders(make, signed_in_as)
    bidders.join("baker", "driver")
    return bidders


@pytest.fixture
def other(three: Bidders, make: Any) -> int:
    """Another open lot."""
    anchor = make(factories.an_anchor, "Riverside Council")
    return int(make(factories.a_lot, anchor, "Food for schools", needs=NEEDS, gates=GATES))


def change_lot(three: Bidders, **facts: Any) -> None:
    def change() -> None:
        lot = db.session.get(Lot, three.lot)
        for name, value in facts.items():
            setattr(lot, name, value)
        db.session.commit()

    three.make(change)


def start(three: Bidders, lot: int, *keys: str, name: str = "Ward Food Together") -> str:
    """The address of the new bid of the cook with these members."""
    page = f"{three.room}/again/{lot}"
    asked = {"members": [str(three.ids[key]) for key in keys], "name": name}
    answer = three.cook.post(page, asked)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


@pytest.mark.parametrize("state", ["awarded", "closed", "withdrawn"])
def test_after_a_lot_is_over_its_lead_is_led_to_another_lot_with_the_same_members(
    three: Bidders, other: int, state: str
) -> None:
    change_lot(three, state=state)
    for page in (three.room, three.bid):
        assert f"{three.room}/again" in three.cook.get(page).text, page
        assert f"{three.room}/again" not in three.people["baker"].get(page).text, page
    chooser = three.cook.get(f"{three.room}/again").text
    assert "Food for schools" in chooser
    assert "3 of 3" in chooser
    assert "Food for wards" not in chooser
    page = three.cook.get(f"{three.room}/again/{other}").text
    assert page.count("checked") == 2
    assert "must accept again" in page


def test_lots_the_members_can_cover_come_first_whatever_their_deadline(three: Bidders, other: int, make: Any) -> None:
    needs = (("Websites", "72413000", "websites a year", 3, 500_000),)
    make(
        factories.a_lot, make(factories.an_anchor, "Web Trust"), "Websites soon", needs=needs, deadline_on=date.today()
    )
    page = three.cook.get(f"{three.room}/again").text
    assert page.index("Food for schools") < page.index("Websites soon")
    assert "0 of 1" in page
    turned = three.cook.get(f"{three.room}/again?sort=deadline").text
    assert turned.index("Websites soon") < turned.index("Food for schools")


def test_a_lot_the_buyer_took_back_is_said_and_offers_no_choice_that_cannot_be_made(three: Bidders) -> None:
    change_lot(three, state="withdrawn")
    page = three.cook.get(three.bid).text
    assert "The buyer took back the lot" in page
    assert "Choose the lot you bid for" not in page
    assert "The buyer took back the lot" in three.people["baker"].get(three.room).text
    assert "Taken back by the buyer" in three.cook.get("/supplying/consortia").text


def test_everybody_must_accept_again_and_nothing_of_the_old_bid_is_in_the_new(three: Bidders, other: int) -> None:
    three.plan()
    for who in three.people.values():
        who.post(f"{three.bid}/conditions/show", page=f"{three.bid}/conditions")
    three.agree("cook", "baker", "driver")
    three.send("cook", "packs")
    secret = "Our margin is thin"
    three.cook.post(f"{three.bid}/messages", {"body": secret, "once": "1"}, page=f"{three.bid}/messages")
    room = start(three, other, "baker", "driver")
    baker = three.people["baker"]
    page = baker.get(room).text
    assert "You are invited to join" in page
    assert baker.get(f"{room}/bid").status_code == 404
    for key in ("baker", "driver"):
        assert three.people[key].post(f"{room}/accept", page=room).status_code == 302
    for part in ("", "/work", "/prices", "/reason", "/documents", "/messages", "/packs", "/conditions"):
        text = three.cook.get(f"{room}/bid{part}").text
        for private in ("27,000.50", secret, "None of us can both", "agreement signed.pdf", "Version 5"):
            assert private not in text, (part, private)
    assert "3 of 3 have agreed" not in three.cook.get(f"{room}/bid/packs").text

    def shown() -> tuple[int, list[Any]]:
        new = db.session.query(Consortium).filter_by(lot_id=other).one()
        members = db.session.query(ConsortiumMember).filter_by(consortium_id=new.id)
        return db.session.query(BidPlan).filter_by(consortium_id=new.id).count(), [
            one.shares_details_at or one.share_percent for one in members
        ]

    assert three.make(shown) == (0, [None, None, None])


def test_the_old_bid_stays_as_it_was_and_each_leads_to_the_other(three: Bidders, other: int) -> None:
    three.plan()
    three.agree("cook", "baker", "driver")
    three.send("cook", "packs")
    change_lot(three, state="awarded")
    room = start(three, other, "baker", name="Schools Together")
    old = three.cook.get(three.room).text
    assert f'href="{room}"' in old
    assert f'href="{three.room}"' in three.cook.get(room).text
    assert "27,000.50" in three.cook.get(f"{three.bid}/prices").text
    assert "Version 5" in three.cook.get(f"{three.bid}/packs").text
    # The driver was not asked, and hears nothing of it.
    assert "Schools Together" not in three.people["driver"].get(three.room).text
    assert three.people["driver"].get(room).status_code == 404


def test_one_who_lost_sight_of_the_old_bid_is_not_led_there(three: Bidders, other: int) -> None:
    room = start(three, other, "baker", "driver")
    baker = three.people["baker"]
    baker.post(f"{three.room}/leave", page=three.room)
    assert f'href="{three.room}"' not in baker.get(room).text


def test_each_who_is_asked_gets_an_email(three: Bidders, other: int) -> None:
    def mails() -> int:
        return db.session.query(OutgoingMail).count()

    def contact() -> None:
        from procure.models import Enterprise

        for one in (three.ids["baker"], three.ids["driver"]):
            profile = db.session.get(Enterprise, one)
            assert profile
            profile.contact_email = f"{one}@example.org"
        db.session.commit()

    three.make(contact)
    before = three.make(mails)
    start(three, other, "baker", "driver")
    assert three.make(mails) == before + 2


def test_only_the_lead_can_ask_again_and_a_stranger_finds_nothing(
    three: Bidders, other: int, make: Any, signed_in_as: Any
) -> None:
    page = f"{three.room}/again/{other}"
    values = {"members": [str(three.ids["driver"])], "name": "Mine"}
    for address in (f"{three.room}/again", page):
        assert three.people["baker"].get(address).status_code == 409
    assert three.people["baker"].post(page, values, page="/account").status_code == 409
    stranger = signed_in_as(make(factories.an_enterprise, "Stranger"), "enterprise", "admin")
    for address in (f"{three.room}/again", page):
        assert stranger.get(address).status_code == 404
    assert stranger.post(page, values, page="/account").status_code == 404


def test_nobody_outside_the_old_bid_can_be_asked_this_way(three: Bidders, other: int, make: Any) -> None:
    outsider = make(factories.an_enterprise, "Outsider")
    page = f"{three.room}/again/{other}"
    answer = three.cook.post(page, {"members": [str(outsider)], "name": "Mine"})
    assert answer.status_code == 200
    nobody = three.cook.post(page, {"name": "Mine"})
    assert "Choose at least one member to ask" in nobody.text
    assert three.make(lambda: db.session.query(Consortium).count()) == 1


def test_the_same_lot_a_draft_and_a_lot_that_is_over_cannot_be_chosen(three: Bidders, other: int, make: Any) -> None:
    anchor = make(factories.an_anchor, "Quiet Trust")
    draft = make(factories.a_lot, anchor, "Not out yet", state="draft")
    closed = make(factories.a_lot, anchor, "Over", state="closed")
    found = {lot: three.cook.get(f"{three.room}/again/{lot}").status_code for lot in (three.lot, draft, closed, other)}
    assert found == {three.lot: 404, draft: 404, closed: 409, other: 200}


def test_flags_are_looked_at_before_and_after_as_for_any_new_bid(three: Bidders, other: int) -> None:
    baker = three.people["baker"]
    own = baker.post(f"/supplying/consortia/new?lot={other}", {"name": "Second room"}).headers["Location"]
    assert "in another bid" not in three.cook.get(f"{three.room}/again/{other}").text  # not the lead's to know yet
    room = start(three, other, "baker", "driver")
    assert "You are in another bid for this lot already" in baker.get(room).text
    baker.post(f"{room}/accept", page=room)
    page = three.cook.get(f"{room}/bid").text
    assert re.search(r"Lock Bakery[^<]* is in another bid for this lot too", page)
    assert "Second room" not in page
    assert "You are in another bid for this lot already" in three.cook.get(f"{three.room}/again/{other}").text
    baker.post(f"{own}/dissolve", page=f"{own}/dissolve")
    assert "in another bid" not in three.cook.get(f"{room}/bid").text


def test_one_who_could_do_it_alone_is_told_so_before_it_asks(three: Bidders, make: Any) -> None:
    anchor = make(factories.an_anchor, "Small Trust")
    meals = (("Hot meals", "55520000", "meals a day", 10, 2_000_000),)
    small = make(factories.a_lot, anchor, "A few meals", needs=meals)
    assert "you could bid for this lot alone" in three.cook.get(f"{three.room}/again/{small}").text
    assert "you could bid for this lot alone" in three.cook.get(f"/supplying/consortia/new?lot={small}").text


def test_from_a_lot_one_is_led_to_members_one_bid_with_before(three: Bidders, other: int) -> None:
    page = three.cook.get(f"/supplying/consortia/new?lot={other}").text
    assert f'href="{three.room}/again/{other}"' in page
    assert "/again/" not in three.people["baker"].get(f"/supplying/consortia/new?lot={other}").text


def test_a_dissolved_bid_can_be_followed_too(three: Bidders, other: int) -> None:
    three.cook.post(f"{three.room}/dissolve", page=f"{three.room}/dissolve")
    room = start(three, other, "baker")
    assert three.people["baker"].post(f"{room}/accept", page=room).status_code == 302
