"""A consortium that formed itself: the buyer hears of it and decides, and its partners learn how it ended."""

import re
from typing import Any

from .bidders import Bidders


def tell(bidders: Bidders, *keys: str) -> None:
    for key in keys:
        lot = f"/supplying/lots/{bidders.lot}"
        said = bidders.people[key].post(f"{lot}/answer", {"state": "interested"}, page=lot)
        assert said.status_code == 302


def decide(bidders: Bidders, action: str, key: str) -> Any:
    page = f"/buying/lots/{bidders.lot}"
    return bidders.buyer.post(
        f"{page}/decide", {"action": action, "reason": "They cover it all", "consortium": key, "seen": "0"}, page=page
    )


def key_on(page: str) -> str:
    return next(one for one in re.findall(r'name="consortium" value="([^"]*)"', page) if one)


def test_the_buyer_sees_a_consortium_when_its_lead_told_and_names_only_partners_who_told(
    make: Any, signed_in_as: Any
) -> None:
    bidders = Bidders(make, signed_in_as)
    bidders.join("baker", "driver")
    page = f"/buying/lots/{bidders.lot}"
    tell(bidders, "baker")
    alone = bidders.buyer.get(page).text
    assert "Lock Bakery Ward Food Together" in alone  # it told the buyer itself
    assert 'id="formed-' not in alone
    tell(bidders, "cook")
    seen = bidders.buyer.get(page).text
    assert "Canal Kitchen Ward Food Together" in seen
    assert "Lock Bakery Ward Food Together" in seen
    assert "Tow Vans" not in seen
    assert "1 more member did not tell you" in seen


def test_a_formed_consortium_is_invited_and_awarded_and_each_partner_reads_it(make: Any, signed_in_as: Any) -> None:
    bidders = Bidders(make, signed_in_as)
    bidders.join("baker", "driver")
    tell(bidders, "cook", "baker", "driver")
    page = f"/buying/lots/{bidders.lot}"
    assert decide(bidders, "invite", key_on(bidders.buyer.get(page).text)).status_code == 302
    listed = bidders.buyer.get("/buying/decisions").text
    own = "Ward Food Together"
    assert f"{own}: Canal Kitchen {own}, Lock Bakery {own} and Tow Vans {own}" in listed
    assert "A consortium" not in listed
    assert f"{own}: Canal Kitchen {own}, Lock" in bidders.buyer.get("/buying/decisions?download=csv").text
    for one in bidders.people.values():
        assert "You are invited" in one.get(f"/supplying/lots/{bidders.lot}").text
    choice = re.search(r'value="(proposal-\d+)"', bidders.buyer.get(f"{page}/award").text)
    assert choice
    won = bidders.buyer.post(f"{page}/award", {"winner": choice[1], "reason": "Best value"}, page=f"{page}/award")
    assert won.status_code == 302, won.text
    for one in bidders.people.values():
        assert "awarded this lot to you and the other members" in one.get(f"/supplying/lots/{bidders.lot}").text
        assert "How lots you answered ended" in one.get("/supplying/lots").text
        assert "Take back our answer" not in one.get(f"/supplying/lots/{bidders.lot}").text
        for page_of_theirs in (bidders.room, bidders.bid):
            assert "awarded this lot to you and the other members" in one.get(page_of_theirs).text
        tasks = one.get(bidders.bid).text
        assert "tasks were done" in tasks
        assert "Not&nbsp;done" in tasks
        assert "To&nbsp;do" not in tasks
        assert "Who could fill the gaps" not in one.get(bidders.room).text
    assert bidders.buyer.get(page).text.count("Awarded") >= 4


def test_a_decision_about_partners_who_changed_meanwhile_is_not_taken(make: Any, signed_in_as: Any) -> None:
    bidders = Bidders(make, signed_in_as)
    bidders.join("baker", "driver")
    tell(bidders, "cook", "baker", "driver")
    page = f"/buying/lots/{bidders.lot}"
    key = key_on(bidders.buyer.get(page).text)
    assert bidders.people["driver"].post(f"{bidders.room}/leave", page=bidders.room).status_code == 302
    assert "Tow Vans" not in re.sub(r'(?s)<h2[^>]*id="alone".*?<h2', "", bidders.buyer.get(page).text, count=1)
    assert decide(bidders, "invite", key).status_code == 409


def test_an_enterprise_that_did_not_win_reads_only_that_somebody_else_did(make: Any, signed_in_as: Any) -> None:
    bidders = Bidders(make, signed_in_as)
    bidders.join("baker")
    tell(bidders, "cook", "baker", "driver")
    page = f"/buying/lots/{bidders.lot}"
    invited = {"action": "invite", "reason": "Can deliver", "enterprise": str(bidders.ids["driver"]), "seen": "0"}
    assert bidders.buyer.post(f"{page}/decide", invited, page=page).status_code == 302
    winner = {"winner": f"enterprise-{bidders.ids['driver']}", "reason": "Best value"}
    assert bidders.buyer.post(f"{page}/award", winner, page=f"{page}/award").status_code == 302
    assert "awarded this lot to you." in bidders.people["driver"].get(f"/supplying/lots/{bidders.lot}").text
    told = bidders.cook.get(f"/supplying/lots/{bidders.lot}").text
    assert "awarded this lot to somebody else" in told
    assert "Tow Vans" not in told
