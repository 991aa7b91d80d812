"""The shift list through the pages: worked out, opened, answered, taken back, downloaded, made into a lot."""

import re
from typing import Any

from procure.extensions import db
from procure.models import Lot, Organisation, ShiftRow

from .. import factories
from ..services.shift_stories import a_ledger, a_purchase


def a_world() -> int:
    factories.an_enterprise(
        "Canal Cleaners",
        capabilities=(("Contract cleaning of offices", "90910000", None, None),),
        capacity_pence=50_000_00,
    )
    anchor = factories.an_anchor("Our trust", sector="council")
    ledger = a_ledger(anchor)
    a_purchase(anchor, "Far Cleaners Ltd", "Cleaning", "Contract cleaning", 40_000_00, ledger=ledger)
    a_purchase(anchor, "Grid Power plc", "Electricity", "Power", 90_000_00, ledger=ledger)
    a_purchase(anchor, "Ada Nemo", "Expenses", "Travel", 77_00, ledger=ledger, state="person", kind="person")
    db.session.commit()
    return anchor


def the_row(category: str) -> int:
    return db.session.query(ShiftRow).filter_by(category=category).one().id


def worked_out(make: Any, signed_in_as: Any, run_jobs: Any) -> tuple[int, Any]:
    anchor = make(a_world)
    officer = signed_in_as(anchor, "anchor", "finance")
    officer.post("/spending/shift/work-out", page="/spending/shift")
    run_jobs()
    return anchor, officer


def test_an_anchor_without_spend_is_told_what_to_do(make: Any, signed_in_as: Any) -> None:
    officer = signed_in_as(make(factories.an_anchor), "anchor", "finance")
    assert "No ledger is confirmed yet" in officer.get("/spending/shift").text
    bare = signed_in_as(make(factories.an_organisation, "Bare", is_anchor=True), "anchor", "finance")
    assert "what local means" in bare.get("/spending/shift").text


def test_the_list_is_worked_out_and_its_parts_add_up(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    anchor = make(a_world)
    officer = signed_in_as(anchor, "anchor", "finance")
    assert "not worked out yet" in officer.get("/spending/shift").text
    officer.post("/spending/shift/work-out", page="/spending/shift")
    assert "We are asking" in officer.get("/spending/shift").text
    run_jobs()
    page = officer.get("/spending/shift").text
    assert "What could come home: £40,000" in page
    for figure in ("£130,077.00", "£40,000.00", "£90,077.00"):
        assert figure in page
    assert "Far Cleaners Ltd" in page
    assert "Grid Power" not in page
    stays = officer.get("/spending/shift/stays").text
    assert "Grid Power plc" in stays
    assert "Ada Nemo" not in stays
    assert "A person" in stays


def test_a_row_shows_who_could_do_it_and_the_next_lawful_step(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    _, officer = worked_out(make, signed_in_as, run_jobs)
    page = officer.get(f"/spending/shift/{make(the_row, 'Cleaning')}").text
    assert "Canal Cleaners" in page
    assert "One of them says it can take on all of it" in page
    assert "reserve it" in page
    assert "Order 2026" in page


def test_an_officer_says_it_cannot_be_moved_and_takes_it_back(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    _, officer = worked_out(make, signed_in_as, run_jobs)
    row = make(the_row, "Cleaning")
    address = f"/spending/shift/{row}/influence"
    assert "Say how you know, or why" in officer.post(address, {"said": "framework", "seen": "0"}).text
    assert officer.post(address, {"said": "framework", "seen": "0", "reason": "The region’s"}).status_code == 302
    page = officer.get(f"/spending/shift/{row}").text
    assert "Cannot be moved" in page
    assert "What could come home: £0" in officer.get("/spending/shift").text
    late = officer.post(address, {"said": "yes", "seen": "0", "reason": "No"})
    assert late.status_code == 409
    back = re.search(r'action="(/spending/shift/answers/\d+/take-back)"', page)
    assert back
    officer.post(back.group(1), page=f"/spending/shift/{row}")
    assert "What could come home: £40,000" in officer.get("/spending/shift").text
    assert "No longer stands" in officer.get(f"/spending/shift/{row}").text


def test_the_end_of_the_contract_gives_the_day_to_begin(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    _, officer = worked_out(make, signed_in_as, run_jobs)
    row = make(the_row, "Cleaning")
    ends = {"ends_on": ["31", "3", "2035"], "seen": "0", "reason": "From the contract"}
    assert officer.post(f"/spending/shift/{row}/contract", ends).status_code == 302
    page = officer.get(f"/spending/shift/{row}").text
    assert "31 March 2035" in page
    assert "Begin by " in page
    assert "begin by" in officer.get("/spending/shift").text


def test_a_buyer_makes_a_draft_lot_of_a_row(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    anchor, _ = worked_out(make, signed_in_as, run_jobs)
    buyer = signed_in_as(anchor, "anchor", "buyer")
    row = make(the_row, "Cleaning")
    answer = buyer.post(f"/spending/shift/{row}/lot", page=f"/spending/shift/{row}")
    assert re.fullmatch(r"/buying/lots/\d+/edit", answer.location)
    assert buyer.get(answer.location).status_code == 200
    lot = make(lambda: db.session.query(Lot).one())
    assert (lot.state, lot.title, lot.value_pence) == ("draft", "Cleaning", 40_000_00)


def test_the_list_downloads_and_is_found_by_search_and_filters(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    _, officer = worked_out(make, signed_in_as, run_jobs)
    file = officer.get("/spending/shift?download=csv").text
    assert "Far Cleaners Ltd" in file
    assert "Next step" in file
    assert "Ada Nemo" not in officer.get("/spending/shift/stays?download=csv").text
    assert officer.get("/spending/shift?download=xlsx").status_code == 200
    assert "Far Cleaners Ltd" in officer.get("/spending/shift?q=cleaners&found=yes&category=Cleaning").text
    assert "Nothing matches" in officer.get("/spending/shift?found=no").text
    for sort in ("left", "-expected", "payee", "-most", "likely"):
        assert "Far Cleaners Ltd" in officer.get(f"/spending/shift?sort={sort}").text


def test_another_anchor_finds_no_row_of_ours(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    worked_out(make, signed_in_as, run_jobs)
    row = make(the_row, "Cleaning")
    stranger = signed_in_as(make(factories.an_anchor), "anchor", "admin")
    assert stranger.get(f"/spending/shift/{row}").status_code == 404
    answer = stranger.client.post(f"/spending/shift/{row}/lot", data=stranger.token())
    assert answer.status_code == 404


def test_a_suspended_enterprise_is_not_shown(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    from procure.models import now

    _, officer = worked_out(make, signed_in_as, run_jobs)

    def suspend() -> None:
        db.session.query(Organisation).filter_by(name="Canal Cleaners").one().suspended_at = now()
        db.session.commit()

    make(suspend)
    assert "Canal Cleaners" not in officer.get(f"/spending/shift/{make(the_row, 'Cleaning')}").text
    assert "changed since" in officer.get("/spending/shift").text


def test_a_finance_officer_agrees_to_tell_neighbours_and_withdraws(make: Any, signed_in_as: Any) -> None:
    officer = signed_in_as(make(factories.an_anchor), "anchor", "finance")
    assert "You do not share" in officer.get("/spending/shift/neighbours").text
    officer.post("/spending/shift/neighbours/agree", {"is_named": "y"}, page="/spending/shift/neighbours")
    assert "Other anchors read your name" in officer.get("/spending/shift/neighbours").text
    officer.post("/spending/shift/neighbours/withdraw", page="/spending/shift/neighbours")
    assert "You do not share" in officer.get("/spending/shift/neighbours").text


def test_home_says_what_could_come_home_once_it_was_worked_out(make: Any, signed_in_as: Any, run_jobs: Any) -> None:
    bare = signed_in_as(make(a_world), "anchor", "finance")
    assert "Could come home, a year" not in bare.get("/spending").text
    _, officer = worked_out(make, signed_in_as, run_jobs)
    page = officer.get("/spending").text
    assert "Could come home, a year" in page
    assert "£40,000" in page
