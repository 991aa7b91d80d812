"""Names nearest to what somebody typed, with slips of the finger."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, process

from procure.matching.text import fold

LEAST_ALIKE: Final = 78.0
"""Of 100: below, a word of the search is not in the name, not even misspelt."""
SHORT: Final = 4
"""A word with fewer letters must be the beginning of a word of the name, as it was typed."""


def nearest_names(asked: str, names: Sequence[str], most: int) -> list[int]:
    """Places in the list of the names that hold every word asked for, the best first; ties in the order given.

    A name that holds the words as typed comes before one that holds them misspelt; one that begins with them, first.
    """
    words = fold(asked).split()
    if not words or not names:
        return []
    folded = [fold(name) for name in names]
    scores = _typed(words, folded)
    if len(scores) < most:
        scores |= _misspelt(words, [(at, name) for at, name in enumerate(folded) if at not in scores])
    return sorted(scores, key=lambda at: (-scores[at], at))[:most]


def _typed(words: list[str], folded: list[str]) -> dict[int, float]:
    found = {}
    for at, name in enumerate(folded):
        if all(_holds(name, word) for word in words):
            begins = name.startswith(words[0])
            whole = set(words) <= set(name.split())
            found[at] = 200.0 + 50 * begins + 25 * whole
    return found


def _holds(name: str, word: str) -> bool:
    return f" {word}" in f" {name}" or (len(word) >= SHORT and word in name)


def _misspelt(words: list[str], named: list[tuple[int, str]]) -> dict[int, float]:
    """Names in which every word stands nearly as typed, with how alike they are on the whole."""
    if not named:
        return {}
    alike: dict[int, float] = {at: 0.0 for at, _ in named}
    texts = dict(named)
    for word in words:
        texts = {at: texts[at] for at in alike}
        if len(word) < SHORT:
            alike = {at: score + 100 for at, score in alike.items() if _holds(texts[at], word)}
        else:
            near = process.extract(word, texts, scorer=fuzz.partial_ratio, score_cutoff=LEAST_ALIKE, limit=None)
            alike = {at: alike[at] + score for _, score, at in near}
    return {at: score / len(words) for at, score in alike.items()}
