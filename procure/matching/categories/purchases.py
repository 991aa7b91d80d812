"""What a publisher's own category says was bought: a CPV division, or nothing where that is not sure enough.

source  docs/measures/local-share.md
"""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from procure.matching.categories.account_words import ACCOUNT_WORDS, NO_PURCHASE, UNCLEAR
from procure.matching.categories.divisions import likeliest_division
from procure.matching.words import stem

LEAST_SURE: Final = 0.8
"""Below this chance a category is not told: nine pounds in ten must be right."""
BY_WORDS: Final = 0.9
"""The chance of a category that account words name: where they were not chosen for it, .88 by money and .91 by name."""
_NOTHING: Final = ""
_UNCLEAR: Final = "?"
_LITTLE: Final = frozenset({"a", "and", "for", "from", "in", "of", "on", "or", "other", "the", "to", "with"})
_WORDS: Final = ((0.95, "almost sure"), (LEAST_SURE, "likely"))
_LONGEST: Final = 6


class Bought(NamedTuple):
    """The likeliest two-digit CPV division and the chance, from 0 to 1, that it is right; None and 0 where unknown.

    is_purchase  False where the category says pay, tax, grant or book-keeping: no division is right then
    """

    division: str | None
    chance: float
    is_purchase: bool = True

    @property
    def is_told(self) -> bool:
        return self.division is not None and self.chance >= LEAST_SURE

    @property
    def words(self) -> str:
        """How sure that is, for people."""
        if not self.is_purchase:
            return "not a purchase"
        if self.division is None:
            return "not known"
        return next((words for least, words in _WORDS if self.chance >= least), "too unsure to count")


@lru_cache(maxsize=20_000)
def bought_under(category: str) -> Bought:
    """What account words, else the shipped word weights, make of a category; the same text gives the same answer."""
    named = _named(category)
    if _NOTHING in named:
        return Bought(None, 0.0, is_purchase=False)
    if len(named) == 1 and _UNCLEAR not in named:
        return Bought(named.pop(), BY_WORDS)
    found = likeliest_division(category)
    if found is None:
        return Bought(None, 0.0)
    division, chance = found
    # two kinds of purchase in one category, or words that mislead: nothing may be told, however sure the weights are
    return Bought(division, min(chance, 0.5) if named else chance)


def _named(category: str) -> set[str]:
    """The divisions whose account words a category holds, or _NOTHING or _UNCLEAR; a longer phrase wins."""
    told = _telling(category)
    named: set[str] = set()
    at = 0
    while at < len(told):
        length = next((n for n in range(_LONGEST, 0, -1) if tuple(told[at : at + n]) in _phrases()), 0)
        if length:
            named.add(_phrases()[tuple(told[at : at + length])])
        at += max(length, 1)
    return named


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    every = {_NOTHING: NO_PURCHASE, _UNCLEAR: UNCLEAR, **ACCOUNT_WORDS}
    return {tuple(_telling(phrase)): key for key, phrases in every.items() for phrase in phrases.split(", ")}


def _telling(text: str) -> list[str]:
    return [stem(word) for word in re.findall(r"[a-z]+[0-9]*[a-z]*", text.lower()) if word not in _LITTLE]
