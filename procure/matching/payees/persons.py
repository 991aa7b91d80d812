"""Whether a name is a person's, or that of people in practice together, rather than an organisation's."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from procure.matching.payees.bodies import GENERIC, LINKING, PARTNERSHIP_ENDS, TITLES
from procure.matching.payees.names import Name, singular

# these words are somebody's title or their partners, and say nothing about an organisation
_ABOUT_PEOPLE: Final = TITLES | PARTNERSHIP_ENDS | LINKING | {"partnership"}
_INITIALS: Final = re.compile(r"^[a-z]{1,4}$")
_VOWEL: Final = re.compile(r"[aeiouy]")


@lru_cache(maxsize=1 << 15)
def personhood(name: Name) -> float:
    """0 where nothing speaks for people, 1 where the name is a title and surnames only; between, how much does."""
    words = [singular(word) for word in name.text.split()]
    if not words:
        return 0.0
    titled = words[0] in TITLES or any(word in TITLES - {"dr"} for word in words)
    partnered = words[-1] in PARTNERSHIP_ENDS and len(words) > 1
    bodied = any(word in GENERIC and word not in _ABOUT_PEOPLE for word in words)
    initialled = any(is_initials(word) for word in words)
    if name.form or bodied:
        return 0.3 if titled and words[0] in TITLES and not name.form else 0.0
    if titled:
        return 1.0
    if partnered:
        return 0.9
    return 0.6 if initialled and 2 <= len(words) <= 4 else 0.0


def surnames(name: Name) -> frozenset[str]:
    """The words that may be family names: neither title, initials nor the kind of a body."""
    return frozenset(
        word
        for word in map(singular, name.text.split())
        if word not in _ABOUT_PEOPLE and word not in GENERIC and not is_initials(word) and word.isalpha()
    )


def initials(name: Name) -> tuple[str, ...]:
    """The initials in a person's name, in order, one letter each."""
    return tuple(letter for word in name.text.split() if is_initials(word) for letter in word)


def is_initials(word: str) -> bool:
    """One or two letters, or three or four without a vowel: "j", "aj", "rlm"; "st", "dr" and linking words are not."""
    if not _INITIALS.match(word) or word in _ABOUT_PEOPLE or word in GENERIC or word in {"st", "uk", "rd", "nhs"}:
        return False
    return len(word) <= 2 or not _VOWEL.search(word)


def initials_agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the shorter run of initials is within the longer, whatever the order."""
    shorter, longer = sorted((one, other), key=len)
    return all(letter in longer for letter in shorter)
