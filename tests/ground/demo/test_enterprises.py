"""The 150 enterprises are distinct, plausible and not all complete."""

import re
from collections import Counter

from uk_postcodes_parsing import ukpostcode

from procure.demo import DEMO_DAY, Place
from procure.demo.holdings import PUBLIC_LIABILITY
from procure.demo.lots import lot_carriers
from procure.demo.place import SEED

from .test_place import COMMON_PERSONAL_NAMES


def test_no_two_enterprises_share_a_name_a_summary_or_a_number(place: Place):
    for field in ("key", "name", "summary", "company_number", "charity_number"):
        values = [getattr(e, field) for e in place.enterprises if getattr(e, field) is not None]
        assert len(set(values)) == len(values), field


def test_names_contain_no_common_personal_name(place: Place):
    for enterprise in place.enterprises:
        assert not COMMON_PERSONAL_NAMES & set(re.findall(r"[a-z]+", enterprise.name.lower()))


def test_numbers_look_right_but_lie_in_ranges_no_register_has_reached(place: Place):
    for enterprise in place.enterprises:
        assert re.fullmatch(r"(99\d{6}|RS99\d{4})", enterprise.company_number or "99000000")
        assert re.fullmatch(r"99\d{5}", enterprise.charity_number or "9900000")


def test_enterprises_live_in_the_place_and_work_where_they_live(place: Place):
    for enterprise in place.enterprises:
        parsed = ukpostcode.parse(enterprise.postcode)
        assert parsed is not None
        assert parsed.outcode in place.outcodes
        assert not enterprise.outcodes or parsed.outcode in enterprise.outcodes


def test_summaries_are_one_to_four_sentences(place: Place):
    for enterprise in place.enterprises:
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", enterprise.summary)) <= 4, enterprise.summary


def test_statements_say_the_number_that_is_recorded(place: Place):
    for enterprise in place.enterprises:
        for capability in enterprise.capabilities:
            if capability.units is not None:
                assert f"{capability.units:,}" in capability.statement


def test_money_is_whole_pence_and_capacity_stays_below_turnover(place: Place):
    for enterprise in place.enterprises:
        if enterprise.turnover_pence is not None:
            assert isinstance(enterprise.turnover_pence, int)
            assert isinstance(enterprise.capacity_pence, int)
            assert 0 < enterprise.capacity_pence <= enterprise.turnover_pence


def test_incomplete_profiles_lack_what_they_did_not_answer(place: Place):
    incomplete = [e for e in place.enterprises if not e.is_complete]
    assert 10 <= len(incomplete) <= 45
    for enterprise in incomplete:
        unanswered = [
            not enterprise.outcodes,
            enterprise.turnover_pence is None,
            not enterprise.holdings,
            enterprise.contact_email is None,
        ]
        assert enterprise.answered == 6 - sum(unanswered)


def test_everyone_the_lots_count_on_shows_buyers_what_it_holds(place: Place):
    by_key = {e.key: e for e in place.enterprises}
    relied_on = lot_carriers(SEED, place.enterprises)
    assert relied_on
    assert all(by_key[key].shares_details_on for key in relied_on)
    assert any(e.claimed_on and not e.shares_details_on for e in place.enterprises)


def test_some_profiles_are_still_unclaimed_and_keep_their_details(place: Place):
    by_network = [e for e in place.enterprises if e.registered_by == place.network.key]
    assert len(by_network) >= 15
    assert {e.claimed_on is None for e in by_network} == {True, False}
    assert all(e.shares_details_on is None for e in by_network if e.claimed_on is None)
    assert all(e.claimed_on for e in place.enterprises if e.registered_by is None)


def test_legal_forms_are_mixed_and_a_register_grade_has_a_number(place: Place):
    forms = Counter(e.legal_form for e in place.enterprises)
    assert min(forms[form] for form in ("cic", "charity", "cooperative", "social_enterprise", "company")) >= 8
    for enterprise in place.enterprises:
        has_number = bool(enterprise.company_number or enterprise.charity_number)
        assert (enterprise.legal_form_grade == "register") == has_number


def test_an_expired_insurance_covers_nothing(place: Place):
    lapsed = [
        (e, h)
        for e in place.enterprises
        for h in e.holdings
        if h.name == PUBLIC_LIABILITY and h.expires_on and h.expires_on < DEMO_DAY
    ]
    assert lapsed
    for enterprise, holding in lapsed:
        assert enterprise.cover_pence(PUBLIC_LIABILITY, on=DEMO_DAY) == 0
        assert enterprise.cover_pence(PUBLIC_LIABILITY, on=holding.expires_on) == holding.amount_pence
