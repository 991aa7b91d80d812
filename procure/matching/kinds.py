"""Kinds of work: what a text is about, whatever words it uses for it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from procure.matching.words import plain_text

KINDS_FILE = Path(__file__).with_name("kinds_of_work.txt")
# Two words that stand together say more than one that may mean many things.
ONE_WORD, MORE_WORDS = 1.0, 1.5

_WORD = re.compile(r"[a-z0-9]+")
_SMALL_WORDS = frozenset("the a an of and for to in s with or by on".split())  # noqa: SIM905 - a list of quoted words


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """The word without the ending of a plural."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-2] if word.endswith(("shes", "ches", "xes")) else word[:-1]
    return word


def plain_words(text: str) -> list[str]:
    """All words in order, as singulars, but for small words; "children's homes" and "childrens home" are alike."""
    bare = plain_text(text).replace("'s", "s").replace("'", "")
    return [singular(word) for word in _WORD.findall(bare) if word not in _SMALL_WORDS]


@cache
def known_terms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The kinds of work each term stands for, read once from the list that ships."""
    held: dict[tuple[str, ...], dict[str, None]] = {}
    for line in KINDS_FILE.read_text(encoding="utf-8").splitlines():
        kind, colon, terms = line.partition(":")
        if colon and not line.startswith("#"):
            for term in terms.split(","):
                held.setdefault(tuple(plain_words(term)), {})[kind.strip()] = None
    return {term: tuple(kinds) for term, kinds in held.items() if term}


@lru_cache(maxsize=20_000)
def kinds_in(text: str) -> Mapping[str, float]:
    """How much of each kind of work a text speaks: the longest terms first, each word of a longer term counted once.

    Kept for texts met lately. Kinds are in the order of their first term.
    """
    terms, found = known_terms(), defaultdict[str, float](float)
    said = plain_words(text)
    spoken_for = [False] * len(said)
    for length in range(max(map(len, terms)), 0, -1):
        for start in range(len(said) - length + 1):
            kinds = terms.get(tuple(said[start : start + length]))
            if kinds is None or all(spoken_for[start : start + length]):
                continue
            for kind in kinds:
                found[kind] += (ONE_WORD if length == 1 else MORE_WORDS) / len(kinds)
            if length > 1:
                spoken_for[start : start + length] = [True] * length
    return dict(found)


def kinds_asked(title: str, description: str) -> dict[str, float]:
    """How much a lot speaks of each kind of work, its title counting as twice what follows."""
    named, told = kinds_in(title), kinds_in(description)
    return {kind: 2 * named.get(kind, 0.0) + told.get(kind, 0.0) for kind in {**named, **told}}
