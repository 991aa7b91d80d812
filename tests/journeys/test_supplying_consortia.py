"""Bidding together as people meet it: from the invitation to the bid pack, and what nobody else ever sees."""

import io
import re
from typing import Any

import pytest

from procure.extensions import db
from procure.models import Consortium, RoomDocument

from .. import factories
from ..services.stories import enterprise_of
from .bidders import COOKS, LETTER, Bidders, docx_words


@pytest.fixture
def three(make: Any, signed_in_as: Any) -> Bidders:
    bidders = Bidders(make, signed_in_as)
    bidders.join("baker", "driver")
    return bidders


def test_what_those_invited_could_cover_waits_for_their_answer(make: Any, signed_in_as: Any) -> None:
    bidders = Bidders(make, signed_in_as)
    assert "Short by 40" in bidders.cook.get(bidders.room).text
    bidders.cook.post(f"{bidders.room}/invite", {"enterprise": bidders.ids["baker"]}, page=bidders.room)
    page = bidders.cook.get(bidders.room).text
    assert "Covered if they accept" in page
    assert "Short by 40" not in page.split("Conditions together")[0]
    bidders.people["baker"].post(f"{bidders.room}/accept", page=bidders.room)
    assert "Covered if they accept" not in bidders.cook.get(bidders.room).text


def test_three_enterprises_go_from_the_invitation_to_the_bid_pack(three: Bidders) -> None:
    page = three.cook.get(three.bid).text
    assert "1 of 9 tasks are done" in page
    assert "Hot meals: 60 of 60 meals a day are carried by nobody" in page
    three.plan()
    for key in three.ids:
        three.people[key].post(f"{three.bid}/conditions/show", page=f"{three.bid}/conditions")
    page = three.cook.get(three.bid).text
    assert "7 of 9 tasks are done" in page
    assert "Lock Bakery Ward Food Together has not agreed to version" in page
    three.agree("cook", "baker", "driver")
    assert "8 of 9 tasks are done" in three.cook.get(three.bid).text
    assert three.send("driver", "packs").status_code == 302
    assert "9 of 9 tasks are done" in three.people["baker"].get(three.bid).text
    pack = re.search(rf"{three.bid}/packs/\d+", three.people["baker"].get(f"{three.bid}/packs").text)
    assert pack
    words = docx_words(three.people["baker"].get(pack[0]).data)
    for expected in (
        "What each member can do",
        "Food for wards",
        "Canal Kitchen",
        "56.25%",
        "£27,000.50",
        "£144,000.00",
        "None of us can both",
    ):
        assert expected in words, expected
    without = docx_words(three.people["baker"].get(f"{pack[0]}?prices=no").data)
    assert "£27,000.50" not in without
    assert "56.25%" in without


def test_partners_read_whom_to_add_for_section_32_and_nobodys_numbers(three: Bidders, make: Any) -> None:
    def say(organisation: int, people: int, supported: int) -> None:
        enterprise = enterprise_of(organisation)
        enterprise.workforce, enterprise.disadvantaged_workforce = people, supported
        db.session.commit()

    make(say, three.ids["cook"], 217, 3)
    helper = make(factories.an_enterprise, "Works for All", capabilities=COOKS)
    make(say, helper, 391, 390)
    page = f"{three.bid}/conditions"
    assert "We cannot tell yet" in three.cook.get(page).text
    three.cook.post(f"{page}/show", page=page)
    told = three.people["baker"].get(page).text
    assert "do not reach 30%" in told
    assert "Works for All" in told
    assert "Not counted" in told
    assert [number for number in ("217", "391", "390") if number in told] == []


def test_a_version_that_moved_on_cannot_be_agreed_to_and_what_was_typed_is_kept(three: Bidders) -> None:
    three.plan()
    old = three.version()
    page = three.cook.get(f"{three.bid}/work").text
    (share,) = [name for name in re.findall(r'name="(share_\d+)"', page) if str(three.ids["baker"]) in name]
    (field,) = re.findall(r'name="(price_\d+)"', three.people["baker"].get(f"{three.bid}/prices").text)
    three.send("baker", "prices", {field: "25,000"})
    answer = three.cook.post(f"{three.bid}/agreement/agree", {"version": old}, page=f"{three.bid}/agreement")
    assert answer.status_code == 409
    typed = {share: "18.75", f"share_{three.ids['cook']}": "60", f"share_{three.ids['driver']}": "21.25"}
    late = three.cook.post(f"{three.bid}/work", {"version": old, **typed}, page=f"{three.bid}/work")
    assert late.status_code == 409
    assert 'value="21.25"' in late.text
    assert "Now 25.00%" in late.text


@pytest.mark.parametrize("way", ["leave", "remove"])
def test_who_goes_after_agreement_sees_nothing_more_and_takes_its_part_along(three: Bidders, way: str) -> None:
    three.plan()
    three.agree("cook", "baker", "driver")
    three.send("cook", "packs")
    pages = pages_of(three)
    baker = three.people["baker"]
    assert {baker.get(page).status_code for page in pages} == {200}
    if way == "leave":
        baker.post(f"{three.room}/leave", page=three.room)
    else:
        member = re.search(r'members/(\d+)/remove"[^<]*(?:<[^>]*>[^<]*)*?Remove<[^>]*> Lock Bakery', removal(three))
        assert member
        three.cook.post(f"{three.room}/members/{member[1]}/remove", page=three.room)
    assert {baker.get(page).status_code for page in pages} == {404}
    for act in ("agreement/agree", "agreement/take-back", "work/start", "conditions/show", "packs", "messages"):
        assert baker.post(f"{three.bid}/{act}", {"version": "1"}, page="/account").status_code == 404, act
    page = three.cook.get(three.bid).text
    assert "Bread: 40 of 40 loaves a day are carried by nobody" in page
    assert "The shares add up to 81.25%" in page
    assert "has not agreed" not in page  # it waits for the work first
    assert "Cannot start yet" in page


def removal(three: Bidders) -> str:
    """The part of the members' table that removes the baker."""
    page = three.cook.get(three.room).text
    at = page.index("Lock Bakery", page.index("Members</caption>"))
    return str(page[at : page.index("</tr>", at)])


def pages_of(bidders: Bidders) -> list[str]:
    """Every page and file of a room, as its lead finds them."""
    plain = ("", "/work", "/prices", "/reason", "/agreement", "/conditions", "/documents", "/messages", "/packs")
    pages = [bidders.bid + one for one in plain]
    for page in ("documents", "packs"):
        text = bidders.cook.get(f"{bidders.bid}/{page}").text
        pages += sorted(set(re.findall(rf"{bidders.bid}/{page}/\d+(?=[\"?])", text)))
    assert len(pages) > len(plain)
    return pages


def test_the_prices_documents_and_messages_of_one_bid_are_not_found_by_another_the_buyer_or_those_only_invited(
    three: Bidders, make: Any, signed_in_as: Any
) -> None:
    three.plan()
    three.agree("cook", "baker", "driver")
    three.send("cook", "packs")
    three.cook.post(f"{three.bid}/messages", {"body": "Our margin is thin", "once": "1"}, page=f"{three.bid}/messages")
    rivals = Bidders(make, signed_in_as, "Rivals")
    invited = make(factories.an_enterprise, "Only invited")
    guest = signed_in_as(invited, "enterprise", "admin")
    three.cook.post(f"{three.room}/invite", {"enterprise": invited}, page=three.room)
    assert guest.get(three.room).status_code == 200
    for page in pages_of(three):
        assert rivals.cook.get(page).status_code == 404, page
        assert guest.get(page).status_code == 404, page
        assert three.buyer.get(page).status_code == 403, page
    for visitor in (rivals.cook, guest):
        answer = visitor.post(f"{three.bid}/messages", {"body": "Hello", "once": "2"}, page="/account")
        assert answer.status_code == 404
    # Ids of one room opened through the address of another are not found either.
    (document,) = re.findall(rf"{three.bid}(/documents/\d+)", " ".join(pages_of(three)))[:1]
    assert rivals.cook.get(rivals.bid + document).status_code == 404


def test_a_message_is_shown_as_it_was_typed_and_written_once(three: Bidders) -> None:
    words = '<script>alert("x")</script> see you at nine'
    for _ in range(2):
        sent = three.cook.post(f"{three.bid}/messages", {"body": words, "once": "same"}, page=f"{three.bid}/messages")
        assert sent.status_code == 302
    page = three.people["driver"].get(f"{three.bid}/messages").text
    assert page.count("see you at nine") == 1
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("virus.exe", b"MZ", "We take PDF"),
        ("letter.pdf", b"MZ not a pdf", "the file is something else"),
        ("empty.pdf", b"", "Choose a document"),
        ("page.html", b"<script>", "We take PDF"),
    ],
)
def test_a_document_we_do_not_take_is_told_why_and_not_kept(
    three: Bidders, make: Any, name: str, content: bytes, words: str
) -> None:
    answer = three.cook.post(
        f"{three.bid}/documents",
        {"kind": "other", "file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200
    assert words in answer.text
    assert make(lambda: db.session.query(RoomDocument).count()) == 0


def test_a_document_comes_back_as_a_download_and_leaves_for_good(three: Bidders, app: Any) -> None:
    three.plan()
    (first, *_) = re.findall(rf"{three.bid}/documents/\d+(?=\")", three.cook.get(f"{three.bid}/documents").text)
    got = three.people["driver"].get(first)
    assert got.data == LETTER
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert three.people["driver"].post(f"{first}/remove", page=f"{three.bid}/documents").status_code == 409
    assert three.cook.post(f"{first}/remove", page=f"{three.bid}/documents").status_code == 302
    assert three.cook.get(first).status_code == 404


def test_a_partner_in_two_bids_for_one_lot_is_told_and_so_is_the_lead_but_not_where(three: Bidders, make: Any) -> None:
    baker = three.people["baker"]
    formed = baker.post(f"/supplying/consortia/new?lot={three.lot}", {"name": "Secret second room"})
    own = formed.headers["Location"]
    assert "You are in another bid for this lot too" in baker.get(three.bid).text
    page = three.cook.get(three.bid).text
    assert "Lock Bakery Ward Food Together is in another bid" in page
    assert "Secret second room" not in page
    assert "another bid" not in three.people["driver"].get(three.bid).text
    baker.post(f"{own}/dissolve", page=f"{own}/dissolve")
    assert "another bid" not in three.cook.get(three.bid).text


def test_a_dissolved_bid_can_be_read_and_not_changed(three: Bidders, make: Any) -> None:
    three.plan()
    three.cook.post(f"{three.room}/dissolve", page=f"{three.room}/dissolve")
    for page in pages_of(three):
        assert three.people["baker"].get(page).status_code == 200, page
    tasks = three.people["baker"].get(three.bid).text
    assert "Not&nbsp;done" in tasks
    assert "To&nbsp;do" not in tasks
    answer = three.people["baker"].post(f"{three.bid}/messages", {"body": "Too late", "once": "9"}, page="/account")
    assert answer.status_code == 409

    def ended() -> bool:
        return db.session.query(Consortium).one().dissolved_at is not None

    assert make(ended)


def test_a_consortium_without_a_lot_can_choose_one(make: Any, signed_in_as: Any) -> None:
    lot = make(factories.a_lot, make(factories.an_anchor, "Riverside Trust"), "Catering for wards")
    lead = signed_in_as(make(factories.an_enterprise, "Lead"), "enterprise", "admin")
    room = lead.post("/supplying/consortia/new", {"name": "Ours"}).headers["Location"]
    page = lead.get(f"{room}/bid").text
    assert "Choose the lot you bid for" in page
    assert lead.post(f"{room}/bid/lot", {"lot": "987654"}, page=f"{room}/bid").status_code == 404
    lead.post(f"{room}/bid/lot", {"lot": str(lot)}, page=f"{room}/bid")
    assert "Catering for wards" in lead.get(f"{room}/bid").text
