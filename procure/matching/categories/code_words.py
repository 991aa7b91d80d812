"""What official code names and everyday words say of a text: evidence for rare codes that no notice taught."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.divisions import words_and_pairs
from procure.matching.categories.notice_words import LONGEST_TEXT
from procure.matching.categories.rows import CategoryRow

Floats = NDArray[np.float64]

CODE_WORDS_FILE = Path(__file__).with_name("code_words.json")
GROUP_WORDS_FILE = Path(__file__).with_name("group_words.json")
GROUP_DIGITS = 3


class CodeWords(NamedTuple):
    """Word weights as fitted by scripts/fit_code_words.py; `weights` is words by CPV groups, sparse."""

    groups: tuple[str, ...]
    words: dict[str, int]
    rarity: Floats
    weights: Any
    bias: Floats


@cache
def shipped_code_words() -> CodeWords:
    """Read once. The words come from the Regulation's code names and from lists of ours; no buyer's text is in them."""
    from scipy.sparse import csr_matrix

    held = json.loads(CODE_WORDS_FILE.read_text(encoding="utf-8"))
    cells = [(row, *pair) for row, (_, pairs) in enumerate(held["words"].values()) for pair in pairs]
    at, group, tenths = (np.array(part) for part in zip(*cells, strict=True))
    return CodeWords(
        groups=tuple(held["groups"]),
        words={word: row for row, word in enumerate(held["words"])},
        rarity=np.array([rarity for rarity, _ in held["words"].values()]),
        weights=csr_matrix((tenths / 10, (at, group)), shape=(len(held["words"]), len(held["groups"]))),
        bias=np.array(held["bias"]),
    )


def group_words() -> list[tuple[str, str]]:
    """Phrases of ours, each with the CPV group of what it names."""
    held = json.loads(GROUP_WORDS_FILE.read_text(encoding="utf-8"))
    return [(phrase, group) for group, phrases in held.items() for phrase in phrases.split(", ")]


def knows_any_word(row: CategoryRow) -> bool:
    """Whether the code names and everyday words say anything of a row."""
    return any(word in shipped_code_words().words for word in words_and_pairs(f"{row.text} {row.title}"))


def code_scores(rows: Sequence[CategoryRow], labels: Sequence[str]) -> Floats:
    """Rows by labels, higher where the words speak for the code; a division is as likely as its likeliest group.

    labels  CPV codes of two or more digits; deeper ones get the score of their group, and what is no code stands last
    """
    told = _group_scores(rows)
    groups = np.array(shipped_code_words().groups)
    scores = np.repeat(told.min(axis=1, keepdims=True), len(labels), axis=1)
    for column, label in enumerate(labels):
        members = np.char.startswith(groups, label[:GROUP_DIGITS]) if len(label) > 1 else np.zeros(len(groups), bool)
        if members.any():
            scores[:, column] = told[:, members].max(axis=1)
    return scores


def _group_scores(rows: Sequence[CategoryRow]) -> Floats:
    """Rows by groups. A title says more than a description: it counts twice besides."""
    from scipy.sparse import csr_matrix

    held = shipped_code_words()
    texts = [f"{row.text[:LONGEST_TEXT]} {row.title} {row.title}" for row in rows]
    counts = [Counter(held.words[word] for word in words_and_pairs(text) if word in held.words) for text in texts]
    ends = np.cumsum([0, *(len(count) for count in counts)])
    columns = np.array([word for count in counts for word in count], dtype=np.int64)
    values = 1 + np.log(np.array([n for count in counts for n in count.values()], dtype=np.float64))
    values *= held.rarity[columns]
    lengths = np.sqrt(np.bincount(np.repeat(np.arange(len(rows)), np.diff(ends)), values**2, len(rows)))
    values /= np.repeat(lengths, np.diff(ends))
    return np.asarray((csr_matrix((values, columns, ends), (len(rows), len(held.words))) @ held.weights) + held.bias)
