"""The published sums, checked on rankings small enough to count by hand."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.matching.accuracy import (
    calibration,
    coverage,
    expected_calibration_error,
    hit_at_k,
    long_tail_share,
    mrr,
    new_supplier_exposure,
    split_by_time,
)

RANKINGS = [["a", "b", "c"], ["b", "c", "a"], ["c"]]
TRUTHS = [{"a"}, {"a", "c"}, {"b"}]


def test_the_first_right_answer_counts():
    assert mrr(RANKINGS, TRUTHS) == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert [hit_at_k(RANKINGS, TRUTHS, k) for k in (1, 2)] == pytest.approx([1 / 3, 2 / 3])


def test_no_rankings_have_no_accuracy_rather_than_none_right():
    assert mrr([], []) is None
    assert hit_at_k([], [], 5) is None
    assert expected_calibration_error([], []) is None
    assert coverage([], ()) is None


def test_exposure_counts_places_not_organisations():
    awards = {"a": 9, "b": 2}
    assert new_supplier_exposure(RANKINGS, awards, k=1) == pytest.approx(1 / 3)
    assert long_tail_share(RANKINGS, awards, k=1) == pytest.approx(2 / 3)
    assert coverage(RANKINGS, "abcd", k=1) == 0.75


def test_a_probability_that_keeps_its_word_has_no_error_and_a_boast_has():
    assert expected_calibration_error([0.5] * 4, [True, False, True, False]) == 0
    assert expected_calibration_error([0.9] * 10, [True] * 4 + [False] * 6) == pytest.approx(0.5)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_answer_falls_into_one_bin(pairs):
    found = calibration([said for said, _ in pairs], [was for _, was in pairs])
    assert sum(each.count for each in found) == len(pairs)
    assert 0 <= expected_calibration_error([s for s, _ in pairs], [w for _, w in pairs]) <= 1


@pytest.mark.parametrize("odd", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(odd):
    with pytest.raises(ValueError, match="not a probability"):
        calibration([odd], [True])


def test_shuffled_truths_fall_to_chance():
    draw = random.Random(4)
    keys = [f"k{n}" for n in range(50)]
    truths = [{draw.choice(keys)} for _ in range(4_000)]
    rankings = [sorted(keys, key=lambda key, truth=truth: key not in truth) for truth in truths]
    assert hit_at_k(rankings, truths, 1) == 1
    draw.shuffle(truths)
    assert hit_at_k(rankings, truths, 5) == pytest.approx(5 / 50, abs=0.02)


def test_nothing_learns_from_its_own_day():
    days = [date(2020, 6, 1), date(2020, 5, 31), date(2020, 6, 2)]
    earlier, later = split_by_time(days, lambda day: day, date(2020, 6, 1))
    assert (earlier, later) == ([date(2020, 5, 31)], [date(2020, 6, 1), date(2020, 6, 2)])
