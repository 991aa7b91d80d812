"""What waits for each member of a bid stands on top of its lots, each with the page where it is done."""

import re
from html import unescape
from typing import Any

import pytest

from .. import factories
from .bidders import Bidders

NAME = "Ward Food Together"


@pytest.fixture
def three(make: Any, signed_in_as: Any) -> Bidders:
    bidders = Bidders(make, signed_in_as)
    bidders.join("baker", "driver")
    return bidders


def waiting(bidders: Bidders, who: str) -> dict[str, str]:
    """Words > address of what waits for this member; every address can be opened."""
    visitor = bidders.people[who]
    page = visitor.get("/supplying/lots").text
    part = page.split("Needs you")[1].split("</ul>")[0] if "Needs you" in page else ""
    found = {unescape(words): address for address, words in re.findall(r'href="([^"]+)">([^<]+)</a>', part)}
    for address in found.values():
        assert visitor.get(address).status_code == 200, address
    return {words.removesuffix(f" for {NAME}"): address for words, address in found.items()}


def test_a_lead_alone_is_told_to_invite_and_then_waits_for_the_answer(make: Any, signed_in_as: Any) -> None:
    bidders = Bidders(make, signed_in_as)
    assert waiting(bidders, "cook") == {"Invite at least one more member": bidders.room}
    bidders.cook.post(f"{bidders.room}/invite", {"enterprise": bidders.ids["baker"]}, page=bidders.room)
    assert waiting(bidders, "cook") == {}
    assert waiting(bidders, "baker") == {f"Answer the invitation to {NAME}": bidders.room}


def test_each_member_reads_what_waits_for_it_from_the_work_to_the_pack(three: Bidders) -> None:
    assert waiting(three, "cook") == {"Share out the work and the shares": f"{three.bid}/work"}
    assert waiting(three, "baker") == {}
    three.send("cook", "work", to="work/start")
    for key in ("baker", "driver"):
        assert waiting(three, key) == {"Name your prices": f"{three.bid}/prices"}, key
    assert set(waiting(three, "cook")) == {"Name your prices", "Say how you bid and why together"}
    three.plan()
    agree = {f"Agree to version {three.version()} of the bid": f"{three.bid}/agreement"}
    for key in three.ids:
        assert waiting(three, key) == agree, key
    three.agree("baker")
    assert waiting(three, "baker") == {}
    three.agree("cook", "driver")
    assert waiting(three, "cook") == {"Make the bid pack": f"{three.bid}/packs"}
    three.send("cook", "packs")
    assert waiting(three, "cook") == {}


def test_a_member_who_can_do_none_of_it_is_asked_how_much_it_can_do(make: Any, signed_in_as: Any) -> None:
    bidders = Bidders(make, signed_in_as)
    helper = make(factories.an_enterprise, "Works for All", capabilities=("Advice for small firms",))
    bidders.ids["helper"], bidders.people["helper"] = helper, signed_in_as(helper, "enterprise", "member")
    bidders.join("helper")
    assert "Say how much you can do" in waiting(bidders, "helper")


def test_nothing_waits_in_a_bid_that_ended_and_nothing_of_it_reaches_others(
    three: Bidders, make: Any, signed_in_as: Any
) -> None:
    three.send("cook", "work", to="work/start")
    stranger = signed_in_as(make(factories.an_enterprise, "Stranger"), "enterprise", "member")
    assert NAME not in stranger.get("/supplying/lots").text
    three.people["driver"].post(f"{three.room}/leave", page=three.room)
    assert "Name your prices" not in waiting(three, "driver")
    three.cook.post(f"{three.room}/dissolve", page=three.room)
    assert waiting(three, "baker") == {}
