"""What was bought is read from a publisher's own category, and not told where that is not sure enough."""

import pytest

from procure.matching.categories import DIVISION_NAMES
from procure.matching.categories.purchases import LEAST_SURE, bought_under


@pytest.mark.parametrize(
    ("category", "division"),
    [
        ("Catering", "55"),
        ("CLEANING", "90"),
        ("Agency staff", "79"),
        ("Insurance", "66"),
        ("Training", "80"),
        ("Home to school transport", "60"),
        ("Residential Care", "85"),
    ],
)
def test_everyday_categories_are_read(category: str, division: str) -> None:
    bought = bought_under(category)
    assert (bought.division, bought.is_told) == (division, True)
    assert LEAST_SURE <= bought.chance <= 1
    assert bought.words in ("almost sure", "likely", "more likely than not")


@pytest.mark.parametrize("category", ["", "Miscellaneous expenses", "Xyzzy", "Third Party Payments", "Capital", "4110"])
def test_what_says_little_is_not_told(category: str) -> None:
    bought = bought_under(category)
    assert not bought.is_told
    assert bought.words in ("not known", "too unsure to count")
    assert bought.division is None or bought.division in DIVISION_NAMES
