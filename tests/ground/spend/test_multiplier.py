"""LM3 is exact where everybody answered, and a range that holds where some did not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.places import Location, outcode_area
from procure.spend import (
    Payment,
    Recipient,
    Share,
    answered,
    ask_next,
    effect_of,
    local_multiplier,
    local_share,
    recipient_of,
)

AREA = outcode_area("Around us", ["B18"])
HERE, THERE = Location(postcode="B18 5AA"), Location(postcode="M1 1AE")
parts = st.one_of(st.none(), st.floats(0, 1))
recipients = st.lists(
    st.builds(Recipient, st.sampled_from("abcdefgh"), st.integers(0, 10**8), parts, st.sampled_from([0, 0, 5, 10**7])),
    max_size=12,
)


def all_of(given):
    return sum(one.most_pence for one in given)


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
    initial = all_of(given_recipients) + 1
    lm3 = local_multiplier(initial, given_recipients)
    assert 1 <= lm3.low <= lm3.high <= 3


@given(recipients, st.floats(0, 1))
def test_an_answer_narrows_the_range_by_its_effect(given_recipients, answer):
    initial = all_of(given_recipients) + 1
    for one in ask_next(given_recipients):
        effect = effect_of(one, initial)
        before, after = (
            local_multiplier(initial, each) for each in (given_recipients, answered(given_recipients, [one], answer))
        )
        narrowed = before.width - after.width
        assert narrowed == pytest.approx(effect.most + (effect.least - effect.most) * answer, abs=1e-9)
        assert effect.least - 1e-9 <= narrowed <= effect.most + 1e-9


@given(recipients)
def test_asking_those_named_surely_narrows_the_range_more_than_asking_anyone_else(given_recipients):
    initial = all_of(given_recipients) + 1
    silent = [one for one in given_recipients if one.respent is None and one.most_pence > 0]
    if not silent:
        assert ask_next(given_recipients) == []
        return

    def width(asked):
        return local_multiplier(initial, answered(given_recipients, [asked], 1.0)).width

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


@given(recipients)
def test_the_width_is_silence_and_doubt_and_nothing_else(given_recipients):
    lm3 = local_multiplier(all_of(given_recipients) + 1, given_recipients)
    assert lm3.silence + lm3.doubt == pytest.approx(lm3.width, abs=1e-9)
    if not any(one.doubtful_pence for one in given_recipients):
        assert lm3.doubt == pytest.approx(0, abs=1e-9)
    if all(one.has_answered for one in given_recipients):
        assert lm3.silence == 0


@given(recipients)
def test_lm3_is_the_sum_of_its_rounds(given_recipients):
    lm3 = local_multiplier(all_of(given_recipients) + 1, given_recipients)
    for end, figure in enumerate((lm3.low, lm3.high)):
        rounds = lm3.initial_pence + lm3.second[end] + lm3.third[end]
        assert rounds / lm3.initial_pence == pytest.approx(figure, abs=1 / lm3.initial_pence)


def test_somebody_who_knows_only_a_range_narrows_the_figure_to_it():
    lm3 = local_multiplier(100, [Recipient("a", 50, 0.25, respent_most=0.75)])
    assert (lm3.low, lm3.high) == (1.625, 1.875)


def a_payment(dice):
    pence = dice.randint(1, 10**6) * (-1 if dice.random() < 0.05 else 1)
    place, is_shared = dice.choice([(HERE, False), (THERE, False), (HERE, True), (THERE, True), (Location(), False)])
    return Payment(pence, place, is_shared)


def went_to(payment, dice):
    """Where the money really went: shared offices and unknown places hide it."""
    hides = payment.shared_address or payment.place.postcode is None
    return dice.choice([HERE, THERE]) if hides else payment.place


def test_the_range_holds_the_full_survey_wherever_doubtful_money_went_in_a_thousand_simulations():
    dice = random.Random(63)
    widths = []
    for _ in range(1_000):
        seen, truth, initial = [], [], 0
        for number in range(dice.randint(1, 15)):
            payments = [a_payment(dice) for _ in range(dice.randint(1, 6))]
            share = local_share(payments, AREA)
            if share.total <= 0:
                continue
            initial += share.total
            one = recipient_of(f"r{number}", share)
            really = [Payment(each.pence, went_to(each, dice)) for each in together(payments)]
            local = min(max(0, local_share(really, AREA).local), share.total)
            part = dice.random()
            truth.append(Recipient(one.name, local, part))
            if dice.random() < 0.5:
                slack = dice.choice([0, dice.random()])
                low, high = max(0.0, part - slack), min(1.0, part + slack)
                one = Recipient(one.name, one.received_pence, low, one.doubtful_pence, high)
            seen.append(one)
        if not initial:
            continue
        full, partial = local_multiplier(initial, truth), local_multiplier(initial, seen)
        assert partial.low - 1e-12 <= full.low <= partial.high + 1e-12
        widths.append(partial.width)
    assert max(widths) > 0.5
    assert min(widths) < 0.5


def together(payments):
    """A credit is taken off what was paid in the same part, so each part went one way."""
    sums = {}
    for each in payments:
        key = each.place, each.shared_address
        sums[key] = sums.get(key, 0) + each.pence
    return [Payment(pence, place, is_shared) for (place, is_shared), pence in sums.items()]


@pytest.mark.parametrize(
    ("share", "received", "doubtful"),
    [
        pytest.param(Share(local=100), 100, 0, id="all here"),
        pytest.param(Share(elsewhere=100), 0, 0, id="all elsewhere"),
        pytest.param(Share(unplaced=100), 0, 100, id="not placed"),
        pytest.param(Share(local=100, local_shared=40), 60, 40, id="some at a shared office here"),
        pytest.param(Share(elsewhere=100, elsewhere_shared=40), 0, 40, id="some at a shared office elsewhere"),
        pytest.param(Share(local=100, unplaced=-30), 70, 0, id="a credit that is not placed may be theirs"),
        pytest.param(Share(local=100, elsewhere=-30), 70, 0, id="no more than it was paid in all"),
        pytest.param(Share(local=-30, elsewhere=100), 0, 0, id="no less than nothing"),
    ],
)
def test_what_a_payee_received_here(share, received, doubtful):
    one = recipient_of("a", share)
    assert (one.received_pence, one.doubtful_pence) == (received, doubtful)
