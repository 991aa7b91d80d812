"""Weights are told by what they learned from; a name of another form stays as it was kept."""

import pytest

from procure.matching.catalogue.weighing import shipped_scales
from procure.services.ranking.weights_words import tell_weights


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("1396 lots to 2020-07-31", "1,396 public lots up to 31 July 2020"),
        ("9 lots to 2021-01-01 and model 0a1b", "9 public lots up to 1 January 2021, with the model of meaning 0a1b"),
        ("by hand", "by hand"),
    ],
)
def test_weights_are_told_in_words(kept: str, told: str) -> None:
    assert tell_weights(kept) == told


def test_the_weights_that_are_shipped_have_words() -> None:
    assert "public lots up to" in tell_weights(shipped_scales().version)
