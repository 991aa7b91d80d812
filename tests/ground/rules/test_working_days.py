"""Days that count for notices and standstill."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.rules import (
    bank_holidays,
    find_regime,
    is_working_day,
    notices_and_dates,
    working_days_after,
    working_days_before,
    working_days_between,
)

days = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("year", "listed"),
    [
        (2025, "0101 0418 0421 0505 0526 0825 1225 1226"),
        (2026, "0101 0403 0406 0504 0525 0831 1225 1228"),
        (2027, "0101 0326 0329 0503 0531 0830 1227 1228"),
        (2028, "0103 0414 0417 0501 0529 0828 1225 1226"),
    ],
)
def test_bank_holidays_are_those_of_the_calendar(year, listed):
    assert bank_holidays(year) == {date(year, int(day[:2]), int(day[2:])) for day in listed.split()}


def test_eight_working_days_over_christmas_reach_into_january():
    assert working_days_after(date(2026, 12, 22), 8) == date(2027, 1, 6)


@given(days, st.integers(0, 60))
def test_counting_back_and_forth_agree(day, number):
    before = working_days_before(day, number)
    assert is_working_day(before)
    assert working_days_between(before, day) == number or not is_working_day(day)


@given(days, st.integers(0, 200))
def test_a_longer_wait_never_ends_sooner(day, ahead):
    assert working_days_between(day, day + timedelta(days=ahead)) <= working_days_between(
        day, day + timedelta(days=ahead + 1)
    )


def test_a_tender_above_the_threshold_waits_twenty_five_days_and_a_standstill():
    regime = find_regime("nhs", "goods_or_services", 10**9, date(2026, 3, 2))
    timetable = notices_and_dates(regime, date(2026, 5, 29), award_on=date(2026, 6, 10))
    due = {notice.notice: notice.due_on for notice in timetable.notices}
    assert due["UK4"] == date(2026, 5, 4)
    assert timetable.sign_from == date(2026, 6, 22)
    assert timetable.start_consortium_by < date(2026, 4, 3)


def test_below_the_notice_floor_nothing_is_owed():
    regime = find_regime("council", "goods_or_services", 10_000_00, date(2026, 3, 2))
    assert notices_and_dates(regime, date(2026, 5, 29)).notices == ()
