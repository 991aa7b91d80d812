"""An officer asks which rules apply, sees what stands in the way, answers, and finds the reasons kept."""

from typing import Any

import pytest

from .. import factories

MEALS = ("Freshly cooked meals for wards", "55520000", "meals a day", 200)
COVER = ("insurance", "Public liability", 1_000_000_000)
TURNOVER = ("turnover", "Turnover", 50_000_000)
ACT = (
    "Procurement Act",
    "section 1",
    "section 2",
    "section 3",
    "section 8",
    "UK4",
    "the Act",
    "Procurement Regulations",
)


def a_buyer(signed_in_as: Any, make: Any, *, sector: str = "council", **lot: Any) -> tuple[Any, str]:
    anchor = make(factories.an_anchor, sector=sector)
    number = make(factories.a_lot, anchor, **lot)
    return signed_in_as(anchor, "anchor", "buyer"), f"/buying/lots/{number}"


def test_the_page_of_a_lot_says_which_rules_apply_why_and_from_where(signed_in_as: Any, make: Any) -> None:
    buyer, lot = a_buyer(signed_in_as, make)
    shown = buyer.get(lot).text
    for words in ("Procurement Act 2023, below the threshold", "£120,000", "£663,540", "PPN 023", "Checked"):
        assert words in shown
    assert "A consortium should start by" in shown
    rules = buyer.get(f"{lot}/law").text
    assert "Our guess" in rules
    assert "Non-commercial Considerations" in rules


def test_facts_are_answered_and_move_the_threshold(signed_in_as: Any, make: Any) -> None:
    buyer, lot = a_buyer(signed_in_as, make, value_pence=20_000_000)
    facts = {"contract": "goods_or_services", "began_on": ["2", "3", "2026"], "has_vat": "yes", "is_planned": "no"}
    assert buyer.post(f"{lot}/law/facts", {**facts, "seen": "0"}).status_code == 302
    rules = buyer.get(f"{lot}/law").text
    for words in ("at or above the threshold of £207,720", "UK4", "section 32", "2 March 2026"):
        assert words in rules
    assert "Our guess" not in rules
    assert buyer.post(f"{lot}/law/facts", {**facts, "has_vat": "no"}).status_code == 409
    wrong = buyer.post(f"{lot}/law/facts", {**facts, "began_on": ["", "", ""]})
    assert (wrong.status_code, "or today if it has not begun" in wrong.text) == (422, True)


@pytest.mark.parametrize("sector", ["nhs", "council"])
def test_health_care_gets_no_advice_of_the_procurement_act_on_any_page(
    signed_in_as: Any, make: Any, sector: str
) -> None:
    make(factories.an_enterprise, "Clinic", capabilities=(("Physiotherapy clinics", "85142100", "hours", 5),))
    needs = (("Physiotherapy", "85142100", "hours", 5, 10_000_000),)
    buyer, lot = a_buyer(signed_in_as, make, sector=sector, cpv="85142100", needs=needs, gates=(TURNOVER, COVER))
    assert "Say whether this is a health-care service" in buyer.get(lot).text
    answer = f"{lot}/law/health-care"
    assert buyer.post(answer, {"is_health": "", "seen": "0"}).status_code == 422
    assert buyer.post(answer, {"is_health": "yes", "seen": "0"}).status_code == 302
    for page in ("/law", "/barriers", "/forms-of-bidding", "/law/reservation", ""):
        shown = buyer.get(lot + page).text
        assert "Provider Selection Regime" in shown or page in ("/forms-of-bidding", "/law/reservation")
        told = [words for words in ACT if words in shown.replace("not the Procurement Act.", "")]
        assert told == [], page
    assert "It decides nothing under this regime: Provider Selection Regime" in buyer.get(f"{lot}/law").text
    assert "which does not ask for these facts" in buyer.get(f"{lot}/law/facts").text
    assert buyer.post(answer, {"is_health": "no", "seen": "0"}).status_code == 409


def test_an_officer_who_calls_a_lot_health_care_reads_no_regulations_of_another_law(
    signed_in_as: Any, make: Any
) -> None:
    buyer, lot = a_buyer(signed_in_as, make, cpv="85142100")
    given = {"regime": "psr", "reason": "A clinic for patients", "seen": "0"}
    assert buyer.post(f"{lot}/law/regime", given).status_code == 302
    shown = buyer.get(f"{lot}/law").text
    assert "Procurement Regulations" not in shown
    assert "It decides nothing under this regime." in shown


def test_no_regulations_are_cited_before_it_is_known_which_rules_apply(signed_in_as: Any, make: Any) -> None:
    buyer, lot = a_buyer(signed_in_as, make, cpv="85142100", needs=(("Physio", "85142100", "hours", 5, 10_000_000),))
    assert "Procurement Regulations" not in buyer.get(f"{lot}/law").text
    buyer.post(f"{lot}/law/health-care", {"is_health": "no", "seen": "0"})
    assert "Procurement Regulations" in buyer.get(f"{lot}/law").text


def test_an_officer_decides_otherwise_with_a_reason(signed_in_as: Any, make: Any) -> None:
    buyer, lot = a_buyer(signed_in_as, make)
    assert buyer.post(f"{lot}/law/regime", {"regime": "above_threshold", "seen": "0"}).status_code == 422
    given = {"regime": "above_threshold", "reason": "One of ten lots of a programme", "seen": "0"}
    assert buyer.post(f"{lot}/law/regime", given).status_code == 302
    rules = buyer.get(f"{lot}/law").text
    for words in ("One of ten lots of a programme", "An officer decided this", "We worked out", "Provisional"):
        assert words in rules


def test_a_reservation_is_chosen_from_what_is_open_and_kept_with_its_reason(signed_in_as: Any, make: Any) -> None:
    make(factories.an_enterprise, "Near", capabilities=(MEALS,))
    buyer, lot = a_buyer(signed_in_as, make)
    rules = buyer.get(f"{lot}/law").text
    assert "1 registered enterprise of 1 does this kind of work" in rules
    page = f"{lot}/law/reservation"
    assert buyer.post(page, {"way": "local_area/999/any", "reason": "x", "seen": "0"}).status_code == 422
    chosen = {"way": "sme_or_vcse/anywhere/vcse", "reason": "Three charities are enough", "seen": "0"}
    assert buyer.post(page, chosen).status_code == 302
    assert "Three charities are enough" in buyer.get(f"{lot}/law").text
    record = buyer.get(f"{lot}/reasons?download=csv").text
    assert "Anywhere: charities and social enterprises (1 would remain)" in record
    assert "Three charities are enough" in record


def test_a_gate_that_shuts_out_only_those_another_shuts_out_too_says_so(signed_in_as: Any, make: Any) -> None:
    make(factories.an_enterprise, "Small", capabilities=(MEALS,), turnover_pence=1_000_000)
    buyer, lot = a_buyer(signed_in_as, make, gates=(TURNOVER, ("certificate_each", "DBS", None)))
    shown = buyer.get(f"{lot}/barriers").text
    assert shown.count("1 enterprise does not meet it, but is shut out by another gate too") == 2


def test_a_gate_is_tried_then_changed_and_the_reason_is_kept(signed_in_as: Any, make: Any) -> None:
    held = (("insurance", "Public liability", 500_000_000, None),)
    make(factories.an_enterprise, "Thin cover", capabilities=(MEALS,), holdings=held, capacity_pence=1_234_500)
    buyer, lot = a_buyer(signed_in_as, make, gates=(COVER,))
    shown = buyer.get(f"{lot}/barriers").text
    for words in ("It alone shuts out 1 enterprise", "£12,345 of work a year", "200 meals a day lost", "section 85"):
        assert words in shown
    tried = buyer.get(f"{lot}/barriers?amount-0=5,000,000").text
    assert "What your changes would do" in tried
    wrong = buyer.get(f"{lot}/barriers?amount-0=lots").text
    assert "enter an amount in pounds" in wrong
    page = f"{lot}/barriers/0"
    hidden = {"subject": "insurance: Public liability", "version": "1", "seen": "0"}
    assert buyer.post(page, {**hidden, "action": "change", "amount": ""}).status_code == 422
    change = {**hidden, "action": "change", "amount": "5,000,000", "reason": "Enough for ward meals"}
    assert buyer.post(page, change).status_code == 302
    after = buyer.get(f"{lot}/barriers").text
    assert "It alone shuts nobody out" in after
    assert "Enough for ward meals" in after
    assert buyer.post(page, {**change, "amount": "4,000,000"}, page=page).status_code == 409
    again = {**hidden, "version": "2", "seen": "1", "action": "drop", "reason": "Not needed"}
    assert buyer.post(page, again).status_code == 302
    assert buyer.client.post(page, data={**buyer.token(), **again}).status_code == 409
    assert "This lot sets no gates" in buyer.get(f"{lot}/barriers").text
    assert buyer.get(f"{lot}/reasons?download=xlsx").status_code == 200


def test_a_viewer_reads_but_is_offered_nothing_to_change(signed_in_as: Any, make: Any) -> None:
    make(factories.an_enterprise, "Near", capabilities=(MEALS,))
    anchor = make(factories.an_anchor, sector="council")
    lot = make(factories.a_lot, anchor, gates=(COVER,))
    viewer = signed_in_as(anchor, "anchor", "viewer")
    for page in ("law", "barriers"):
        shown = viewer.get(f"/buying/lots/{lot}/{page}").text
        assert "Keep, change or drop" not in shown
        assert "/law/facts" not in shown
    stranger = signed_in_as(make(factories.an_anchor), "anchor", "buyer")
    for page in ("law", "barriers", "reasons", "forms-of-bidding", "law/facts", "barriers/0"):
        assert stranger.get(f"/buying/lots/{lot}/{page}").status_code == 404


def test_the_pipeline_says_by_when_a_consortium_must_start(signed_in_as: Any, make: Any) -> None:
    buyer, _ = a_buyer(signed_in_as, make)
    shown = buyer.get("/buying/lots").text
    assert "Start by" in shown
    assert "3 December 2029" in shown


def test_the_forms_of_bidding_are_compared_for_the_proposed_consortium(
    signed_in_as: Any, make: Any, run_jobs: Any
) -> None:
    for name in ("One", "Two"):
        facts = {"turnover_pence": 30_000_000, "workforce": 10, "disadvantaged_workforce": 4}
        make(factories.an_enterprise, name, capabilities=(("Ward meals", "55520000", "meals a day", 60),), **facts)
    buyer, lot = a_buyer(signed_in_as, make, gates=(TURNOVER,))
    assert "No consortium is proposed yet" in buyer.get(f"{lot}/forms-of-bidding").text
    buyer.post(f"{lot}/proposals", page=lot)
    run_jobs()
    shown = buyer.get(f"{lot}/forms-of-bidding").text
    for words in (
        "Joint and several",
        "£600,000 a year, which is enough",
        "No member is known",
        "40.0%",
        "reaches 30%",
    ):
        assert words in shown
