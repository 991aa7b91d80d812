"""Notice to CPV code, learned at run time from notices whose code is known."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.chances import chances_of, join_chances, learn_sharpness, smooth_by_writer
from procure.matching.categories.confidence import Confidence, folds_of, learn_confidence
from procure.matching.categories.division_names import DIVISION_NAMES
from procure.matching.categories.kernel_ridge import likeness, solve
from procure.matching.categories.keywords import KEYWORDS
from procure.matching.categories.notice_words import measure, notice_tables
from procure.matching.categories.rows import Answer, CategoryRow
from procure.matching.categories.trade_words import TRADE_WORDS

Floats = NDArray[np.float64]

GROUP_DISCOUNT = 0.3
RARITY_LIFT = 0.25
SECOND_LABEL = 0.4
OWN_WORDS_WEIGHT = 0.5
MARGIN_COST = 0.1
SMOOTHING = 0.3
LARGEST_GROUP = 0.1


@dataclass(frozen=True)
class Panel:
    """Three learners of the same lessons, which err differently.

    likeness   kernel ridge regression over words, pairs of words and letter runs; a second code is nearly right
    margin     a linear support vector classifier over words and pairs
    complement naive Bayes on the complement of each code, which hears rare codes
    """

    labels: tuple[str, ...]
    known: Any
    duals: Any
    margin: Any
    complement: Any

    def scores(self, measured: Any, words: Any) -> tuple[Floats, ...]:
        """Rows by labels, one table a learner."""
        return (
            likeness(measured, self.known) @ self.duals,
            _two_columns(self.margin.decision_function(words)),
            self.complement.predict_joint_log_proba(words),
        )


@dataclass(frozen=True)
class NoticeLearner:
    """What a panel of learners makes of a notice, and how far it was right on buyers that were held out."""

    panel: Panel
    tables: tuple[Any, ...]
    sharpness: tuple[float, ...]
    confidence: Confidence

    def answer(self, rows: Sequence[CategoryRow]) -> list[Answer]:
        """The three likeliest codes of each row and the chance that the first is the main code.

        Rows of one buyer that are asked together help one another.
        """
        if not rows:
            return []
        scores = self.panel.scores(*measure(self.tables, rows))
        return tell(self.panel.labels, _joined(scores, self.sharpness, rows), self.confidence)


def learn_notices(rows: Sequence[CategoryRow]) -> NoticeLearner:
    """Learn from labelled rows; each third of the groups is first held out to learn how far a guess can be trusted."""
    if len({row.labels[0] for row in rows}) < 2:
        raise ValueError("at least two categories are needed to learn from")
    tables = notice_tables(rows)
    measured, words = measure(tables, rows)
    labels = tuple(sorted({row.labels[0] for row in rows}))
    folds = folds_of([row.group for row in rows], largest=LARGEST_GROUP)
    tried: list[tuple[list[CategoryRow], tuple[Floats, ...]]] = []
    for fold in range(3):
        taught, tested = folds != fold, folds == fold
        lessons = [row for row, is_taught in zip(rows, taught, strict=True) if is_taught]
        if not tested.any() or len({row.labels[0] for row in lessons}) < 2:
            continue
        panel = _teach(lessons, measured[taught], words[taught])
        told = panel.scores(measured[tested], words[tested])
        held = [row for row, is_tested in zip(rows, tested, strict=True) if is_tested]
        tried.append((held, tuple(_spread(scores, panel.labels, labels) for scores in told)))
    sharpness, confidence = _learn_trust(tried, labels)
    return NoticeLearner(_teach(rows, measured, words), tables, sharpness, confidence)


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


def _teach(rows: Sequence[CategoryRow], measured: Any, words: Any) -> Panel:
    from sklearn.naive_bayes import ComplementNB
    from sklearn.svm import LinearSVC

    labels = tuple(sorted({row.labels[0] for row in rows}))
    truth = [row.labels[0] for row in rows]
    weights = _weights(rows)
    duals = solve(likeness(measured, measured), _targets(rows, labels), weights)
    lifted = _lift_rare(weights, truth)
    margin = LinearSVC(C=MARGIN_COST, random_state=0).fit(words, truth, sample_weight=lifted)
    complement = ComplementNB(alpha=SMOOTHING).fit(words, truth, sample_weight=lifted)
    return Panel(labels, measured, duals, margin, complement)


def _learn_trust(
    tried: Sequence[tuple[list[CategoryRow], tuple[Floats, ...]]], labels: Sequence[str]
) -> tuple[tuple[float, ...], Confidence]:
    """How sharply each learner may be read, and how often the joined first guess was right."""
    if not tried:
        return (1.0, 1.0, 1.0), learn_confidence(np.zeros((0, 2)), [])
    place = {label: column for column, label in enumerate(labels)}
    rows = [row for held, _ in tried for row in held]
    truth = [place[row.labels[0]] for row in rows]
    scores = [np.vstack(parts) for parts in zip(*(told for _, told in tried), strict=True)]
    sharpness = tuple(learn_sharpness(each, truth) for each in scores)
    chances = _joined(scores, sharpness, rows)
    return sharpness, learn_confidence(chances, (chances.argmax(axis=1) == truth).tolist())


def _joined(scores: Sequence[Floats], sharpness: Sequence[float], rows: Sequence[CategoryRow]) -> Floats:
    joined = join_chances([chances_of(each, sharp) for each, sharp in zip(scores, sharpness, strict=True)])
    return smooth_by_writer(joined, [row.group for row in rows])


def _spread(scores: Floats, told: Sequence[str], labels: Sequence[str]) -> Floats:
    """Scores under all labels; a label that the lessons of this fold lack stands last."""
    spread = np.full((len(scores), len(labels)), float(scores.min()))
    spread[:, np.searchsorted(labels, told)] = scores
    return spread


def _two_columns(scores: Any) -> Floats:
    """Rows by labels; two labels come from a classifier as one column."""
    told = np.asarray(scores, dtype=np.float64)
    return told if told.ndim == 2 else np.column_stack([-told, told])


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


def _lift_rare(weights: Floats, truth: Sequence[str]) -> Floats:
    """A code with many notices counts for less each, so that rare ones are heard."""
    total: dict[str, float] = defaultdict(float)
    for label, weight in zip(truth, weights, strict=True):
        total[label] += float(weight)
    lifted = weights * np.array([total[label] ** -RARITY_LIFT for label in truth])
    return np.asarray(lifted / lifted.mean())
