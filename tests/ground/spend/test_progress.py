"""Money shifted since a baseline: a range that holds wherever doubtful money went."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from procure.spend import Share
from procure.spend.progress import Shift, shifted

PENCE = st.integers(0, 10**9)
SHARES = st.builds(Share, PENCE, PENCE, PENCE)


def test_certain_money_gives_one_figure() -> None:
    assert shifted(Share(30, 70), Share(80, 120)) == Shift(20, 20)
    assert shifted(Share(50, 50), Share(20, 80)) == Shift(-30, -30)


def test_doubtful_money_widens_it_on_both_sides() -> None:
    assert shifted(Share(30, 60, 10), Share(40, 60)) == Shift(0, 10)
    assert shifted(Share(30, 70), Share(40, 50, 10)) == Shift(10, 20)
    assert shifted(Share(30, 70, 0, 10, 5), Share(40, 60)) == Shift(5, 20)


def test_no_spend_before_or_after_gives_nothing() -> None:
    assert shifted(Share(), Share(1, 1)) is None
    assert shifted(Share(1, 1), Share()) is None
    assert shifted(Share(1, 1), Share(-5, 1)) is None


@given(SHARES, SHARES, st.fractions(0, 1), st.fractions(0, 1))
def test_the_range_holds_wherever_doubtful_money_went(
    before: Share, after: Share, then: Fraction, now: Fraction
) -> None:
    found = shifted(before, after)
    if found is None:
        return
    share = (before.local + then * before.unplaced) / Fraction(before.total)
    truth = after.local + now * after.unplaced - share * after.total
    assert found.low <= truth <= found.high
