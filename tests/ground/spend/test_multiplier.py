"""LM3 is exact where everybody answered, and a range that holds where some did not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.spend import Recipient, ask_next, local_multiplier

recipients = st.lists(
    st.builds(Recipient, st.text(min_size=1, max_size=3), st.integers(0, 10**8), st.one_of(st.none(), st.floats(0, 1))),
    max_size=12,
)


def test_the_worked_example_of_a_hundred_thousand_pounds():
    suppliers, staff = Recipient("suppliers", 40_000_00, 0.5), Recipient("staff", 20_000_00, 0.454)
    lm3 = local_multiplier(100_000_00, [suppliers, staff])
    assert lm3.low == lm3.high == pytest.approx(1.8908)
    assert round(lm3.low, 2) == 1.89
    assert lm3.is_exact


def test_the_published_example_without_a_third_round():
    lm3 = local_multiplier(940_000_00, [Recipient("local", 162_000_00, 0.0)])
    assert round(lm3.low, 2) == 1.17


def test_part_of_a_survey_gives_a_range():
    answered, silent = Recipient("answered", 42_000_00, 0.5), Recipient("silent", 18_000_00)
    lm3 = local_multiplier(100_000_00, [answered, silent])
    assert (round(lm3.low, 2), round(lm3.high, 2)) == (1.81, 1.99)
    assert lm3.coverage == pytest.approx(0.7)


def test_without_a_survey_the_range_is_as_wide_as_the_second_round():
    lm3 = local_multiplier(1_000_00, [Recipient("all", 699_00)])
    assert (round(lm3.low, 2), round(lm3.high, 2)) == (1.70, 2.40)


def test_the_range_holds_the_full_survey_in_a_thousand_simulations():
    dice = random.Random(6)
    for _ in range(1_000):
        truth = [Recipient(f"r{n}", dice.randint(0, 10**7), dice.random()) for n in range(dice.randint(1, 20))]
        initial = sum(one.received_pence for one in truth) + dice.randint(1, 10**8)
        seen = [one if dice.random() < 0.6 else Recipient(one.name, one.received_pence) for one in truth]
        full, partial = local_multiplier(initial, truth), local_multiplier(initial, seen)
        assert partial.low - 1e-12 <= full.low <= partial.high + 1e-12


@given(recipients)
def test_lm3_lies_between_one_and_three(given_recipients):
    initial = sum(one.received_pence for one in given_recipients) + 1
    lm3 = local_multiplier(initial, given_recipients)
    assert 1 <= lm3.low <= lm3.high <= 3


@given(recipients, st.floats(0, 1))
def test_asking_those_named_narrows_the_range_more_than_asking_anyone_else(given_recipients, answer):
    initial = sum(one.received_pence for one in given_recipients) + 1
    silent = [one for one in given_recipients if one.respent is None and one.received_pence > 0]
    if not silent:
        assert ask_next(given_recipients) == []
        return

    def width(asked):
        after = [Recipient(one.name, one.received_pence, answer) if one is asked else one for one in given_recipients]
        lm3 = local_multiplier(initial, after)
        return lm3.high - lm3.low

    assert width(ask_next(given_recipients, 1)[0]) <= min(map(width, silent)) + 1e-12


@pytest.mark.parametrize(
    ("initial", "second"),
    [
        pytest.param(0, [], id="no first round"),
        pytest.param(100, [Recipient("a", -1)], id="a credit"),
        pytest.param(100, [Recipient("a", 50, 1.5)], id="spends more than it got"),
        pytest.param(100, [Recipient("a", 101)], id="more than there was"),
    ],
)
def test_rounds_that_cannot_be_are_refused(initial, second):
    with pytest.raises(ValueError):
        local_multiplier(initial, second)
