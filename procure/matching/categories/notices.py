"""Notice to CPV code, learned at run time from notices whose code is known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.chances import learn_pulls, smooth_by_writer, weigh
from procure.matching.categories.code_words import code_scores
from procure.matching.categories.confidence import Confidence, folds_of, learn_confidence
from procure.matching.categories.division_names import DIVISION_NAMES
from procure.matching.categories.kernel_ridge import likeness, solve
from procure.matching.categories.keywords import KEYWORDS
from procure.matching.categories.notice_words import measure, notice_tables
from procure.matching.categories.rows import Answer, CategoryRow
from procure.matching.categories.trade_words import TRADE_WORDS

Floats = NDArray[np.float64]

GROUP_DISCOUNT = 0.3
SECOND_LABEL = 0.4
OWN_WORDS_WEIGHT = 0.5
LARGEST_GROUP = 0.1
USUAL_PULLS = (7.0, 4.0)


@dataclass(frozen=True)
class Lessons:
    """Kernel ridge regression over words, pairs of words and letter runs; a second code is nearly right."""

    labels: tuple[str, ...]
    known: Any
    duals: Any

    def scores(self, measured: Any, labels: Sequence[str]) -> Floats:
        """Rows by labels; a label that the lessons lack stands last."""
        told = np.asarray(likeness(measured, self.known) @ self.duals, dtype=np.float64)
        spread = np.full((len(told), len(labels)), float(told.min()))
        spread[:, np.searchsorted(labels, self.labels)] = told
        return spread


@dataclass(frozen=True)
class NoticeLearner:
    """What lessons and shipped words make of a notice, and how far they were right on buyers that were held out."""

    lessons: Lessons
    tables: tuple[Any, ...]
    pulls: tuple[float, ...]
    confidence: Confidence

    def answer(self, rows: Sequence[CategoryRow]) -> list[Answer]:
        """The three likeliest codes of each row and the chance that the first is the main code.

        Rows of one buyer that are asked together help one another.
        """
        if not rows:
            return []
        labels = self.lessons.labels
        opinions = self.lessons.scores(measure(self.tables, rows), labels), code_scores(rows, labels)
        return tell(labels, _joined(opinions, self.pulls, rows), self.confidence)


def learn_notices(rows: Sequence[CategoryRow]) -> NoticeLearner:
    """Learn from labelled rows; each third of the groups is first held out to learn how far a guess can be trusted."""
    labels = tuple(sorted({row.labels[0] for row in rows}))
    if len(labels) < 2:
        raise ValueError("at least two categories are needed to learn from")
    tables, measured = notice_tables(rows)
    folds = folds_of([row.group for row in rows], largest=LARGEST_GROUP)
    held: list[CategoryRow] = []
    tried: list[Floats] = []
    for fold in range(3):
        taught, tested = folds != fold, folds == fold
        kept = [row for row, is_taught in zip(rows, taught, strict=True) if is_taught]
        if not tested.any() or not kept:
            continue
        tried.append(_teach(kept, measured[taught]).scores(measured[tested], labels))
        held += [row for row, is_tested in zip(rows, tested, strict=True) if is_tested]
    pulls, confidence = _learn_trust(held, tried, labels)
    return NoticeLearner(_teach(rows, measured), tables, pulls, confidence)


def own_rows(digits: int) -> list[CategoryRow]:
    """Lessons of ours for the divisions: their official names, everyday words and trades. Deeper codes have none."""
    if digits != 2:
        return []
    said = [(division, name) for division, name in DIVISION_NAMES.items()]
    said += [(division, phrase) for division, phrases in KEYWORDS.items() for phrase in phrases.split(", ")]
    said += [(division, line) for division, lines in TRADE_WORDS.items() for line in lines]
    return [CategoryRow(text, title=text, group="", labels=(division,)) for division, text in said]


def tell(labels: Sequence[str], chances: Floats, confidence: Confidence) -> list[Answer]:
    """Chances, rows by labels, as answers; equal chances stand in the order of the labels."""
    order = np.argsort(-chances, axis=1, kind="stable")[:, :3]
    answers = []
    for best, chance in zip(order, confidence.probabilities(chances), strict=True):
        named = [labels[place] for place in best] + ["", ""]
        answers.append(Answer(named[0], float(chance), named[1], named[2]))
    return answers


def _teach(rows: Sequence[CategoryRow], measured: Any) -> Lessons:
    labels = tuple(sorted({row.labels[0] for row in rows}))
    duals = solve(likeness(measured, measured), _targets(rows, labels), _weights(rows))
    return Lessons(labels, measured, duals)


def _learn_trust(
    rows: Sequence[CategoryRow], tried: Sequence[Floats], labels: Sequence[str]
) -> tuple[tuple[float, ...], Confidence]:
    """How much lessons and shipped words count, and how often the joined first guess was right."""
    if not tried:
        return USUAL_PULLS, learn_confidence(np.zeros((0, 2)), [])
    place = {label: column for column, label in enumerate(labels)}
    truth = [place[row.labels[0]] for row in rows]
    opinions = np.vstack(tried), code_scores(rows, labels)
    pulls = learn_pulls(opinions, truth, USUAL_PULLS)
    chances = _joined(opinions, pulls, rows)
    return pulls, learn_confidence(chances, (chances.argmax(axis=1) == truth).tolist())


def _joined(opinions: Sequence[Floats], pulls: Sequence[float], rows: Sequence[CategoryRow]) -> Floats:
    return smooth_by_writer(weigh(opinions, pulls), [row.group for row in rows])


def _targets(rows: Sequence[CategoryRow], labels: Sequence[str]) -> NDArray[np.float32]:
    place = {label: column for column, label in enumerate(labels)}
    targets = np.zeros((len(rows), len(labels)), dtype=np.float32)
    for index, row in enumerate(rows):
        for label in row.labels[1:4]:
            if label in place:
                targets[index, place[label]] = SECOND_LABEL
        targets[index, place[row.labels[0]]] = 1.0
    return targets


def _weights(rows: Sequence[CategoryRow]) -> Floats:
    sizes = Counter(row.group for row in rows)
    weights = np.array([sizes[row.group] ** -GROUP_DISCOUNT if row.group else 0.0 for row in rows])
    usual = weights[weights > 0].mean() if weights.any() else 1.0
    return np.where(weights > 0, weights / usual, OWN_WORDS_WEIGHT)
