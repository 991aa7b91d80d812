"""A change of share is money, boundaries and definition, and the three add up exactly."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.spend import Share
from procure.spend.concentration import concentration
from procure.spend.exclusions import InForce, folded, reads_like_pay
from procure.spend.restated import PARTS, restate, shown_points

pence = st.integers(0, 10**9)


def a_share(total: int, cut: list[int]) -> Share:
    """A split of a total at three places, some of it doubtful."""
    marks = sorted(min(total, each) for each in cut[:2])
    local, unplaced = marks[0], marks[1] - marks[0]
    elsewhere = total - local - unplaced
    return Share(local, elsewhere, unplaced, min(local, cut[2]), min(elsewhere, cut[2]))


cuts = st.lists(pence, min_size=3, max_size=3)


@given(first=st.integers(1, 10**9), last=st.integers(1, 10**9), splits=st.lists(cuts, min_size=4, max_size=4))
def test_the_parts_add_up_exactly_in_pence_and_in_shares(first: int, last: int, splits: Any) -> None:
    start = a_share(first, splits[0])
    change = restate(start, *(a_share(last, cut) for cut in splits[1:]))
    for field in ("local", "elsewhere", "unplaced", "low", "high"):
        assert sum(getattr(change.parts[name], field) for name in PARTS) == getattr(change.whole, field)
    assert change.whole.low is not None
    assert float(change.whole.low) == pytest.approx((change.end.low or 0) - (change.start.low or 0), abs=1e-12)


def test_the_second_period_is_the_same_money_by_every_definition() -> None:
    with pytest.raises(ValueError, match="pence"):
        restate(Share(1), Share(2), Share(2), Share(3))


def test_a_share_of_nothing_is_not_known() -> None:
    assert restate(Share(), Share(5), Share(5), Share(5)).whole.low is None


@given(st.lists(st.fractions(-1, 1), min_size=1, max_size=5))
def test_what_is_shown_adds_up_to_the_rounded_whole(parts: list[Fraction]) -> None:
    shown = shown_points(parts)
    assert sum(shown) == round(sum(parts, Fraction(0)) * 10_000)
    assert all(
        abs(Fraction(each, 10_000) - part) <= Fraction(1, 10_000) for each, part in zip(shown, parts, strict=True)
    )


@pytest.mark.parametrize(
    ("totals", "tops", "hhi"),
    [
        ([], (), None),
        ([5], ((1, 1.0), (10, 1.0), (50, 1.0)), 1.0),
        ([1, 1, 1, 1, -9], ((1, 0.25), (10, 1), (50, 1)), 0.25),
    ],
    ids=["nobody", "only one", "four alike and a credit"],
)
def test_concentration(totals: list[int], tops: Any, hhi: float | None) -> None:
    found = concentration(totals)
    assert (found.tops, found.hhi) == (tops, hhi)


@pytest.mark.parametrize(
    ("group", "category", "rule"),
    [
        ("public_body", "Salaries", "transfers"),
        ("business", "Agency staff", ""),
        ("business", "Salaries and wages", "salaries"),
        ("business", "precepts", "pass_through"),
        ("unknown", "", ""),
    ],
)
def test_the_first_rule_that_catches_a_line_leaves_it_out(group: str, category: str, rule: str) -> None:
    rules = InForce({"transfers": frozenset(), "salaries": frozenset(), "pass_through": folded(["Precepts "])})
    assert rules.rule_for(group, category) == rule
    assert InForce({}).rule_for(group, category) == ""


@pytest.mark.parametrize("category", ["Pension Contributions", "PAYE", "staff pay", "Employers NI"])
def test_pay_is_read_from_the_words_of_a_category(category: str) -> None:
    assert reads_like_pay(category)
    assert not reads_like_pay("Payment kiosks")
