"""What a publisher's own category says was bought: a CPV division, or nothing where that is not sure enough.

source  docs/measures/local-share.md
"""

from functools import lru_cache
from typing import Final, NamedTuple

from procure.matching.categories.divisions import suggest_cpv

LEAST_SURE: Final = 0.6
"""Below this chance a category is not told."""
_WORDS: Final = ((0.9, "almost sure"), (0.75, "likely"), (LEAST_SURE, "more likely than not"))


class Bought(NamedTuple):
    """The likeliest two-digit CPV division and the chance, from 0 to 1, that it is right; None and 0 where unknown."""

    division: str | None
    chance: float

    @property
    def is_told(self) -> bool:
        return self.division is not None and self.chance >= LEAST_SURE

    @property
    def words(self) -> str:
        """How sure that is, for people."""
        if self.division is None:
            return "not known"
        return next((words for least, words in _WORDS if self.chance >= least), "too unsure to count")


@lru_cache(maxsize=20_000)
def bought_under(category: str) -> Bought:
    """What the shipped word weights make of a category; the same text always gives the same answer."""
    found = suggest_cpv(category, top=1, least=0)
    return Bought(found[0].code[:2], found[0].probability) if found else Bought(None, 0.0)
