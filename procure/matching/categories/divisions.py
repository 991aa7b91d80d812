"""Which CPV division a text is about, from shipped word weights; what a ranking smooths with."""

import json
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from procure.matching.words import stems

Floats = NDArray[np.float64]

WEIGHTS_FILE = Path(__file__).with_name("divisions.json")
LEAST_KNOWN_WORDS = 1


class DivisionWeights(NamedTuple):
    """Word weights as fitted by scripts/fit_divisions.py; `weights` is words by divisions."""

    divisions: tuple[str, ...]
    labels: tuple[str, ...]
    words: dict[str, int]
    rarity: Floats
    weights: Floats
    bias: Floats


@cache
def shipped_weights() -> DivisionWeights:
    """Read once: words and pairs of words that at least twenty buyers used, and no text of anybody's."""
    held = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    weights = np.zeros((len(held["words"]), len(held["divisions"])))
    for row, (_, pairs) in enumerate(held["words"].values()):
        for column, tenths in pairs:
            weights[row, column] = tenths / 10
    return DivisionWeights(
        divisions=tuple(held["divisions"]),
        labels=tuple(held["divisions"].values()),
        words={word: row for row, word in enumerate(held["words"])},
        rarity=np.array([rarity for rarity, _ in held["words"].values()]),
        weights=weights,
        bias=np.array(held["bias"]),
    )


def words_and_pairs(text: str) -> list[str]:
    """Stems and neighbouring pairs of stems."""
    single = stems(text)
    return single + [f"{first} {second}" for first, second in pairwise(single)]


@lru_cache(maxsize=20_000)
def division_probabilities(text: str) -> Floats | None:
    """The probability of each shipped division, adding up to 1; None where no word of the text is known."""
    held = shipped_weights()
    counts = Counter(held.words[word] for word in words_and_pairs(text) if word in held.words)
    if len(counts) < LEAST_KNOWN_WORDS:
        return None
    rows = np.fromiter(counts, dtype=np.int64)
    values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float64))) * held.rarity[rows]
    values /= np.linalg.norm(values)
    scores = values @ held.weights[rows] + held.bias
    odds = np.exp(scores - scores.max())
    probabilities = odds / odds.sum()
    probabilities.flags.writeable = False
    return probabilities


def likeliest_division(text: str) -> tuple[str, float] | None:
    """The division a text is likeliest about and its probability; None where no word of the text is known."""
    probabilities = division_probabilities(text)
    if probabilities is None:
        return None
    place = int(np.argmax(probabilities))
    return shipped_weights().divisions[place], float(probabilities[place])
