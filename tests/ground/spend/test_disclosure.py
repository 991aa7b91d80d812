"""A sum is told only where nobody's part can be worked out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.spend.disclosure import NOTHING, Given, Paid, is_safe, tell, withheld

PENCE = st.integers(-(10**9), 10**11)


@pytest.mark.parametrize(
    ("amounts", "safe"),
    [
        ([], False),
        ([100], False),
        ([100, 100], False),
        ([100, 100, 0], False),
        ([100, 100, 100], True),
        ([750, 125, 125], True),
        ([751, 125, 124], False),
        ([100, 100, 9], False),
        ([100, 100, 10], True),
        ([100, 100, -100], True),
    ],
)
def test_a_sum_needs_three_givers_of_which_none_dominates(amounts: list[int], safe: bool) -> None:
    assert is_safe(amounts) is safe


def test_who_is_known_anyway_protects_nobody() -> None:
    each = Given(40, 50, 10)
    assert tell({1: each, 2: each, 3: each}) is not None
    assert tell({1: each, 2: each, 3: each}, frozenset({3})) is None
    told = tell({1: each, 2: each, 3: each, 4: each}, frozenset({4}))
    assert told is not None
    assert told.total == 400


def test_one_part_that_says_too_much_keeps_all_parts_back() -> None:
    told = tell({1: Given(40, 60), 2: Given(40, 60, 1), 3: Given(40, 60)})
    assert told is not None
    assert (told.total, told.parts) == (301, None)


def test_a_part_that_is_nothing_says_that_everybody_gave_nothing() -> None:
    told = tell({giver: Given(40, 60, 0) for giver in range(5)})
    assert told is not None
    assert told.parts is None


@given(st.dictionaries(st.integers(1, 9), st.builds(Given, PENCE, PENCE, PENCE), max_size=9), st.frozensets(PENCE))
def test_what_is_told_adds_up(givers: dict[int, Given], known: frozenset[int]) -> None:
    told = tell(givers, known)
    if told is None:
        return
    assert told.total == sum(each.total for each in givers.values())
    assert told.parts is None or told.parts.total == told.total


def test_one_small_district_takes_a_second_with_it() -> None:
    cells = {"B1": Paid(900, 9, 100), "B2": Paid(50, 1, 50), "B3": Paid(700, 7, 100), "B4": Paid(90, 5, 20)}
    assert withheld(cells) == {"B2", "B4"}
    assert withheld({"B1": Paid(900, 9, 100), "B2": NOTHING}) == frozenset()
    assert withheld({"B1": Paid(900, 9, 100), "B2": Paid(50, 1, 50)}) == {"B1", "B2"}


@given(
    st.dictionaries(
        st.text("AB", min_size=1, max_size=4),
        st.lists(st.integers(1, 10**6), min_size=1, max_size=6).map(lambda paid: Paid(sum(paid), len(paid), max(paid))),
        max_size=8,
    )
)
def test_what_is_kept_back_cannot_be_taken_from_the_whole(cells: dict[str, Paid]) -> None:
    kept = withheld(cells)
    assert all(cell.is_safe for name, cell in cells.items() if name not in kept)
    if kept and kept != set(cells):
        rest = sum((cells[name] for name in kept), NOTHING)
        assert len(kept) > 1
        assert rest.is_safe
