"""Notice to CPV code, learned at run time from notices whose code is known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.confidence import Confidence, held_out_groups, learn_confidence
from procure.matching.categories.division_names import DIVISION_NAMES
from procure.matching.categories.divisions import words_and_pairs
from procure.matching.categories.keywords import KEYWORDS
from procure.matching.categories.rows import Answer, CategoryRow

Floats = NDArray[np.float64]

LONGEST_TEXT = 1_500
RIDGE = 2.0
GROUP_DISCOUNT = 0.3
SECOND_LABEL = 0.4
LETTERS_WEIGHT = 0.7
OWN_WORDS_WEIGHT = 0.5


@dataclass(frozen=True)
class NoticeLearner:
    """Kernel ridge regression over words, pairs of words and letter runs of text and title.

    Every notice keeps a weight for every code, so 6,000 notices and 240 codes are learned in seconds. A buyer with
    many notices counts for less each; a second code of a notice counts as nearly right.
    """

    labels: tuple[str, ...]
    tables: tuple[Any, ...]
    known: Any
    duals: Floats
    confidence: Confidence

    def answer(self, rows: Sequence[CategoryRow]) -> list[Answer]:
        """The three likeliest codes of each row and the chance that the first is the main code."""
        if not rows:
            return []
        scores = np.asarray((_measure(self.tables, rows) @ self.known.T) @ self.duals)
        return tell(self.labels, scores, self.confidence)


def learn_notices(rows: Sequence[CategoryRow]) -> NoticeLearner:
    """Learn from labelled rows; a fifth of the groups is first held out to learn how far a guess can be trusted."""
    if len({row.labels[0] for row in rows}) < 2:
        raise ValueError("at least two categories are needed to learn from")
    tables = _tables(rows)
    known = _measure(tables, rows)
    gram = (known @ known.T).toarray().astype(np.float32)
    labels = tuple(sorted({label for row in rows for label in row.labels[:1]}))
    targets, weights = _targets(rows, labels), _weights(rows)
    tested = held_out_groups([row.group for row in rows])
    taught = ~tested
    duals = _solve(gram[np.ix_(taught, taught)], targets[taught], weights[taught])
    scores = gram[np.ix_(tested, taught)] @ duals
    truth = [row.labels[0] for row, is_tested in zip(rows, tested, strict=True) if is_tested]
    right = [labels[best] == label for best, label in zip(scores.argmax(axis=1), truth, strict=True)]
    confidence = learn_confidence(scores, right)
    return NoticeLearner(labels, tables, known, _solve(gram, targets, weights), confidence)


def own_rows(digits: int) -> list[CategoryRow]:
    """Lessons of ours for the divisions: their official names and everyday words. Deeper codes have none."""
    if digits != 2:
        return []
    said = [(division, name) for division, name in DIVISION_NAMES.items()]
    said += [(division, phrase) for division, phrases in KEYWORDS.items() for phrase in phrases.split(", ")]
    return [CategoryRow(text, title=text, group="", labels=(division,)) for division, text in said]


def tell(labels: Sequence[str], scores: Floats, confidence: Confidence) -> list[Answer]:
    """Scores, rows by labels, as answers; equal scores stand in the order of the labels."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    chances = confidence.probabilities(scores)
    answers = []
    for best, chance in zip(order, chances, strict=True):
        named = [labels[place] for place in best] + ["", ""]
        answers.append(Answer(named[0], float(chance), named[1], named[2]))
    return answers


def _tables(rows: Sequence[CategoryRow]) -> tuple[Any, ...]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    least = 2 if len(rows) > 200 else 1
    words = TfidfVectorizer(analyzer=words_and_pairs, sublinear_tf=True, min_df=least)
    runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=least, max_features=60_000)
    titles = TfidfVectorizer(analyzer=words_and_pairs, sublinear_tf=True, min_df=least)
    words.fit([row.text[:LONGEST_TEXT] for row in rows])
    runs.fit([row.text[:LONGEST_TEXT] for row in rows])
    titles.fit([row.title for row in rows])
    return words, runs, titles


def _measure(tables: tuple[Any, ...], rows: Sequence[CategoryRow]) -> Any:
    from scipy.sparse import hstack

    words, runs, titles = tables
    texts = [row.text[:LONGEST_TEXT] for row in rows]
    parts = [words.transform(texts), runs.transform(texts) * LETTERS_WEIGHT, titles.transform([r.title for r in rows])]
    return hstack(parts).tocsr()


def _targets(rows: Sequence[CategoryRow], labels: Sequence[str]) -> NDArray[np.float32]:
    place = {label: column for column, label in enumerate(labels)}
    targets = np.zeros((len(rows), len(labels)), dtype=np.float32)
    for index, row in enumerate(rows):
        for label in row.labels[1:4]:
            if label in place:
                targets[index, place[label]] = SECOND_LABEL
        targets[index, place[row.labels[0]]] = 1.0
    return targets


def _weights(rows: Sequence[CategoryRow]) -> NDArray[np.float32]:
    sizes = Counter(row.group for row in rows)
    weights = np.array([sizes[row.group] ** -GROUP_DISCOUNT if row.group else 0.0 for row in rows])
    usual = weights[weights > 0].mean() if weights.any() else 1.0
    return np.where(weights > 0, weights / usual, OWN_WORDS_WEIGHT).astype(np.float32)


def _solve(gram: Any, targets: Any, weights: Any) -> Any:
    from scipy.linalg import cho_factor, cho_solve

    factor = cho_factor(gram + np.diag(RIDGE / weights), overwrite_a=True, check_finite=False)
    return cho_solve(factor, targets, check_finite=False)
