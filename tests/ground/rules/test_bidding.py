"""What each form of bidding does to the gate on turnover, codes that suggest a regime, and when to start forming."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.rules import (
    Finances,
    Workforce,
    fewest_to_reach,
    forming_alarm,
    suggest_contract,
    suggest_health_care,
    supported_share,
    try_finances,
)

TODAY = date(2026, 11, 22)
PAIR = (Finances("Big", 80_000_00), Finances("Small", 30_000_00, is_lead=True))


def states(members, asked):
    return {one.form.kind: one.state for one in try_finances(members, asked)}


@pytest.mark.parametrize(
    ("members", "asked", "expected"),
    [
        pytest.param(PAIR, 100_000_00, {"lead": "not_met", "joint": "met", "company": "met"}, id="together enough"),
        pytest.param(PAIR, 30_000_00, {"lead": "met", "joint": "met", "company": "met"}, id="the lead is enough"),
        pytest.param(PAIR, 10**9, dict.fromkeys(("lead", "joint", "company"), "not_met"), id="too little"),
        pytest.param(
            (Finances("Silent", None, is_lead=True), Finances("Small", 1)),
            100,
            dict.fromkeys(("lead", "joint", "company"), "unknown"),
            id="what is not known is not too little",
        ),
    ],
)
def test_each_form_is_tried_at_the_gate(members, asked, expected):
    assert states(members, asked) == expected


def test_the_page_says_who_could_lead_instead_and_that_a_new_company_has_no_history():
    told = {one.form.kind: one.sentence for one in try_finances(PAIR, 80_000_00)}
    assert "Big would be enough, if it led" in told["lead"]
    assert "no turnover yet" in told["company"]


@pytest.mark.parametrize(
    ("cpv", "is_health", "contract"),
    [
        ("85121100", True, "light_touch"),
        ("85323000", True, "light_touch"),
        ("85311200", False, "light_touch"),
        ("45233000", False, "works"),
        ("90919200", False, None),
        (None, False, None),
    ],
)
def test_a_code_suggests_and_names_the_list_it_stands_on(cpv, is_health, contract):
    health, kind = suggest_health_care(cpv, TODAY), suggest_contract(cpv, TODAY)
    assert (health is not None) == is_health
    assert (kind.suggests if kind else None) == contract
    assert all(one is None or one.source for one in (health, kind))


@pytest.mark.parametrize(
    ("deadline", "state"),
    [
        (date(2027, 3, 31), "early"),
        (date(2027, 1, 29), "soon"),
        (date(2026, 12, 31), "late"),
        (date(2026, 11, 21), "over"),
    ],
)
def test_the_alarm_counts_working_days_without_bank_holidays(deadline, state):
    alarm = forming_alarm(deadline, TODAY)
    assert alarm.state == state
    assert alarm.start_by < deadline


def test_christmas_moves_the_last_day_to_start():
    alarm = forming_alarm(date(2027, 1, 15), date(2026, 10, 1))
    assert alarm.start_by == date(2026, 11, 17)
    assert alarm.bank_holidays == (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))


workforces = st.builds(
    lambda people, percent: Workforce(people, people * percent // 100), st.integers(1, 40), st.integers(0, 100)
)


@given(
    st.dictionaries(st.sampled_from("ab"), workforces, min_size=1),
    st.dictionaries(st.sampled_from("cdef"), workforces),
)
def test_the_fewest_to_add_reach_thirty_percent_and_no_fewer_do(members, others):
    from itertools import combinations

    def is_reached(names):
        return supported_share(members | {name: others[name] for name in names}, {}).is_reached

    enough = [
        names for size in range(len(others) + 1) for names in combinations(sorted(others), size) if is_reached(names)
    ]
    added = fewest_to_reach(members, others)
    assert (added is None) == (not enough)
    if added is not None:
        assert is_reached(added)
        assert len(added) == len(enough[0])
