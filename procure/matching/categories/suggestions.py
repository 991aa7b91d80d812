"""Which CPV codes a free text may be about: what a page suggests to somebody who types."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.code_words import code_scores, knows_any_word
from procure.matching.categories.divisions import division_probabilities, shipped_weights
from procure.matching.categories.rows import CategoryRow

Floats = NDArray[np.float64]

# What notices taught and what code names and everyday words say, joined as log-odds. Chosen on 859 notices.
BY_NOTICES, BY_CODE_WORDS = 0.8, 3.0
SMALLEST = 1e-6


class Suggestion(NamedTuple):
    """An eight-digit code, its official name and the probability that it is the main one."""

    code: str
    label: str
    probability: float


def suggest_cpv(text: str, top: int = 3, least: float = 0.05) -> list[Suggestion]:
    """The likeliest CPV divisions of a free text, likeliest first; the person chooses.

    least    suggestions below this probability are left out; an empty list means the engine does not know
    source   docs/measures/categories.md
    """
    probabilities = _probabilities(text)
    if probabilities is None:
        return []
    held = shipped_weights()
    order = sorted(range(len(held.divisions)), key=lambda place: (-probabilities[place], held.divisions[place]))
    return [
        Suggestion(f"{held.divisions[place]}000000", held.labels[place], float(probabilities[place]))
        for place in order[:top]
        if probabilities[place] >= least
    ]


@lru_cache(maxsize=20_000)
def _probabilities(text: str) -> Floats | None:
    """The probability of each shipped division, adding up to 1; None where no word of the text is known."""
    taught = division_probabilities(text)
    row = CategoryRow(text=text)
    if taught is None and not knows_any_word(row):
        return None
    divisions = shipped_weights().divisions
    odds = BY_CODE_WORDS * code_scores([row], divisions)[0]
    if taught is not None:
        odds += BY_NOTICES * np.log(taught + SMALLEST)
    chances = np.exp(odds - odds.max())
    return np.asarray(chances / chances.sum())
