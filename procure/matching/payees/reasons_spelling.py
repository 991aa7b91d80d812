"""Reasons from how two names are spelt. Each docstring is what a person reads: for the link / against it."""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from procure.matching.payees.comparison import Comparison


def letters_alike(pair: Comparison) -> float:
    """the letters run alike / the letters differ"""
    return pair.letters


def sorted_words_alike(pair: Comparison) -> float:
    """read in any order the names are alike / the names differ in any order"""
    return fuzz.token_sort_ratio(pair.query.text, pair.candidate.text) / 100


def run_together_alike(pair: Comparison) -> float:
    """run together the names are spelt alike / run together the names are spelt differently"""
    return fuzz.ratio(pair.query.compact, pair.candidate.compact) / 100


def part_alike(pair: Comparison) -> float:
    """one name holds the other / neither name holds the other"""
    return fuzz.partial_ratio(pair.query.text, pair.candidate.text) / 100


def begins_alike(pair: Comparison) -> float:
    """the names begin alike / the names begin differently"""
    return float(JaroWinkler.normalized_similarity(pair.query.text, pair.candidate.text))


def same_as_written(pair: Comparison) -> float:
    """the names are the same / the names are not written the same"""
    if pair.query.plain == pair.candidate.plain:
        return 3.0
    if pair.query.text == pair.candidate.text:
        return 2.0
    if pair.query.compact == pair.candidate.compact:
        return 1.5
    return 1.0 if sorted(pair.query.words) == sorted(pair.candidate.words) else 0.0


def initials_of_other(pair: Comparison) -> float:
    """one is the initials of the other / neither is the initials of the other"""
    if are_initials(pair.query.words[0], pair.candidate.text, pair.candidate.words):
        return 1.0 if len(pair.query.words) == 1 else 0.7
    return 0.5 if are_initials(pair.candidate.words[0], pair.query.text, pair.query.words) else 0.0


def are_initials(word: str, text: str, words: Sequence[str]) -> bool:
    """Whether a word of three letters or more is the initials of a name, with its linking words or without them."""
    if len(word) < 3:
        return False
    return (len(word) == len(words) and all(letter == told[0] for letter, told in zip(word, words, strict=True))) or (
        len(word) == text.count(" ") + 1
        and all(letter == told[0] for letter, told in zip(word, text.split(), strict=True))
    )


def cut_off(pair: Comparison) -> float:
    """one name is the other cut short / neither name is the other cut short"""
    mine, theirs = pair.query.compact, pair.candidate.compact
    if mine == theirs:
        return 1.0
    if theirs.startswith(mine):
        return len(mine) / len(theirs)
    return -len(theirs) / len(mine) if mine.startswith(theirs) else 0.0


def first_words_meet(pair: Comparison) -> float:
    """the first words meet / the first words differ"""
    return next((likeness for mine, theirs, likeness in pair.alignment.met if mine == theirs == 0), 0.0)


def least_likeness(pair: Comparison) -> float:
    """every word that meets is spelt the same / a word is spelt differently"""
    return min((likeness for _, _, likeness in pair.alignment.met), default=0.0)


def order_kept(pair: Comparison) -> float:
    """the words stand in the same order / the words stand in another order"""
    order = [theirs for _, theirs, _ in sorted(pair.alignment.met)]
    return sum(later >= sooner for sooner, later in pairwise(order)) / max(1, len(order) - 1)


def as_written_alike(pair: Comparison) -> float:
    """as written, nothing spelt out, the names are alike / as written the names differ"""
    return fuzz.token_sort_ratio(pair.query.plain, pair.candidate.plain) / 100


def written_words_shared(pair: Comparison) -> float:
    """one name's words, as written, are all in the other / as written they share few words"""
    return fuzz.token_set_ratio(pair.query.plain, pair.candidate.plain) / 100


def register_spelt_out(pair: Comparison) -> float:
    """the register gives the name in full / the register gives only a short form"""
    return min(1.0, len(pair.candidate.plain) / len(pair.candidate.text))


def part_of_cell(pair: Comparison) -> float:
    """the whole cell is the name / only part of the cell is read as the name"""
    return pair.reading
