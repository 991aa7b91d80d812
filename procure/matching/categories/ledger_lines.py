"""Ledger line to its publisher's own category, from memory where the supplier is known, else learned."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.chances import chances_of, learn_sharpness
from procure.matching.categories.confidence import Confidence, folds_of, learn_confidence
from procure.matching.categories.line_words import LineTables, line_tables
from procure.matching.categories.notices import tell
from procure.matching.categories.rows import Answer, CategoryRow

Floats = NDArray[np.float64]

LINES_PULL = 0.25
RARITY_LIFT = 0.5
MARGIN_COST = 0.2
LEAST_AGREEMENT = 0.9
OTHERS_SHARPNESS = 4.0


@dataclass(frozen=True)
class Filing:
    """A linear classifier of whole suppliers: all their lines together are one lesson for each category they are in."""

    labels: tuple[str, ...]
    classifier: Any

    def scores(self, measured: Any) -> Floats:
        told = np.asarray(self.classifier.decision_function(measured), dtype=np.float64)
        # two categories come from the classifier as one column
        return told if told.ndim == 2 else np.column_stack([-told, told])


@dataclass(frozen=True)
class Elsewhere:
    """How other publishers would file a line, by their own categories: evidence, not an answer."""

    tables: LineTables
    filing: Filing

    def measure(self, rows: Sequence[CategoryRow]) -> Any:
        from scipy.sparse import csr_matrix

        return csr_matrix(np.sqrt(chances_of(self.filing.scores(self.tables.measure(rows)), OTHERS_SHARPNESS)))


@dataclass(frozen=True)
class Memory:
    """How often each line, and each supplier, was filed under what."""

    lines: dict[tuple[str, str, str], Counter[str]]
    suppliers: dict[str, Counter[str]]

    def recall(self, row: CategoryRow) -> Answer | None:
        """What a row was filed under before, where that was nearly always the same."""
        for filed in (self.lines.get(_line(row)), self.suppliers.get(payee(row))):
            if not filed:
                continue
            best = sorted(filed.items(), key=lambda pair: (-pair[1], pair[0]))
            if best[0][1] >= LEAST_AGREEMENT * filed.total():
                named = [label for label, _ in best] + ["", ""]
                return Answer(named[0], (best[0][1] + 1) / (filed.total() + 1.1), named[1], named[2])
        return None


@dataclass(frozen=True)
class LedgerLearner:
    """What a publisher filed under which category.

    A line that stands in memory with the same supplier, words and department is filed as before; a supplier who was
    filed under one category at least nine times in ten keeps it; all else goes to a linear classifier.
    """

    tables: LineTables
    elsewhere: Elsewhere | None
    filing: Filing
    sharpness: float
    confidence: Confidence
    memory: Memory

    def answer(self, rows: Sequence[CategoryRow]) -> list[Answer]:
        """The three likeliest categories of each row and the chance that the first is right.

        Lines of one supplier that are asked together get one answer from all their words: a supplier who is new to a
        publisher ends up under one category nineteen times in twenty.
        """
        if not rows:
            return []
        measured, supplier = together(_measure(self.tables, self.elsewhere, rows), [payee(row) for row in rows])
        chances = chances_of(self.filing.scores(measured), self.sharpness)[supplier]
        guesses = tell(self.filing.labels, chances, self.confidence)
        return [self.memory.recall(row) or guess for row, guess in zip(rows, guesses, strict=True)]


def learn_ledger_lines(rows: Sequence[CategoryRow], others: Sequence[CategoryRow] = ()) -> LedgerLearner:
    """Learn from the labelled rows of one publisher; each third of the suppliers tries what the rest taught.

    others  labelled rows of other publishers, under categories of their own; fewer than two categories say nothing
    """
    if len({row.labels[0] for row in rows}) < 2:
        raise ValueError("at least two categories are needed to learn from")
    tables, elsewhere = line_tables(rows), _learn_elsewhere(others)
    measured = _measure(tables, elsewhere, rows)
    sharpness, confidence = learn_trust(rows, measured)
    return LedgerLearner(tables, elsewhere, teach(rows, measured), sharpness, confidence, remember(rows))


def payee(row: CategoryRow) -> str:
    """Whose line it is: letters and digits of the name without Limited and the like; empty where none is named."""
    name = re.sub(r"[^a-z0-9]+", " ", row.supplier.casefold()).strip()
    return re.sub(r"\b(limited|ltd|plc|llp)$", "", name).strip() or name


def together(measured: Any, names: Sequence[str]) -> tuple[Any, NDArray[np.int64]]:
    """Lines by features to suppliers by features, the mean over their lines; and the supplier of every line.

    A line with no name stands for itself.
    """
    from scipy.sparse import csr_matrix

    keys = [(name, -1) if name else ("", line) for line, name in enumerate(names)]
    place = {key: row for row, key in enumerate(sorted(set(keys)))}
    supplier = np.array([place[key] for key in keys], dtype=np.int64)
    share = 1 / np.bincount(supplier)[supplier]
    return csr_matrix((share, (supplier, np.arange(len(keys)))), shape=(len(place), len(keys))) @ measured, supplier


def lesson_weights(lines: Sequence[int], labels: Sequence[str]) -> Floats:
    """A supplier with more lines counts for more, but not in step; a category with many lessons for less each."""
    weights = np.asarray(lines, dtype=np.float64) ** LINES_PULL
    total: dict[str, float] = defaultdict(float)
    for label, weight in zip(labels, weights, strict=True):
        total[label] += float(weight)
    lifted = weights * np.array([total[label] ** -RARITY_LIFT for label in labels])
    return np.asarray(lifted / lifted.mean())


def _measure(tables: LineTables, elsewhere: Elsewhere | None, rows: Sequence[CategoryRow]) -> Any:
    from scipy.sparse import hstack

    own = tables.measure(rows)
    return hstack([own, elsewhere.measure(rows)]).tocsr() if elsewhere else own


def _learn_elsewhere(others: Sequence[CategoryRow]) -> Elsewhere | None:
    if len({row.labels[0] for row in others}) < 2:
        return None
    tables = line_tables(others)
    return Elsewhere(tables, teach(others, tables.measure(others)))


def teach(rows: Sequence[CategoryRow], measured: Any) -> Filing:
    """Learn from rows with labels; `measured` holds a line of features for each."""
    from sklearn.svm import LinearSVC

    names = [payee(row) for row in rows]
    filed = [f"{name or line}\n{row.labels[0]}" for line, (name, row) in enumerate(zip(names, rows, strict=True))]
    lessons, lesson = together(measured, filed)
    labels = np.empty(lessons.shape[0], dtype=object)
    labels[lesson] = [row.labels[0] for row in rows]
    told = [str(label) for label in labels]
    classifier = LinearSVC(C=MARGIN_COST, random_state=0)
    classifier.fit(lessons, told, sample_weight=lesson_weights(np.bincount(lesson).tolist(), told))
    return Filing(tuple(str(label) for label in classifier.classes_), classifier)


def learn_trust(rows: Sequence[CategoryRow], measured: Any, tried: Any = None) -> tuple[float, Confidence]:
    """How sharply scores may be read and how often a first guess was right, on suppliers that were held out.

    tried  what the rows look like when they are held out; as they are taught, where not given
    """
    tried = measured if tried is None else tried
    labels = sorted({row.labels[0] for row in rows})
    folds = folds_of([payee(row) for row in rows])
    guessed, truth = [], []
    for fold in sorted(set(folds.tolist()) - {-1}):
        taught = [row for row, other in zip(rows, folds, strict=True) if other != fold]
        if len({row.labels[0] for row in taught}) < 2:
            continue
        trial = teach(taught, measured[folds != fold])
        tested = [row for row, other in zip(rows, folds, strict=True) if other == fold]
        told, supplier = together(tried[folds == fold], [payee(row) for row in tested])
        scores = trial.scores(told)[supplier]
        # a category that the other folds never saw stands last
        spread = np.full((len(scores), len(labels)), scores.min() - 1)
        spread[:, np.searchsorted(labels, trial.labels)] = scores
        guessed.append(spread)
        truth += [labels.index(row.labels[0]) for row in tested]
    if not guessed:
        return 1.0, learn_confidence(np.zeros((0, 2)), [])
    scores = np.vstack(guessed)
    sharpness = learn_sharpness(scores, truth)
    right = scores.argmax(axis=1) == np.array(truth)
    return sharpness, learn_confidence(chances_of(scores, sharpness), right.tolist())


def remember(rows: Sequence[CategoryRow]) -> Memory:
    lines: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    suppliers: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        lines[_line(row)][row.labels[0]] += 1
        if payee(row):
            suppliers[payee(row)][row.labels[0]] += 1
    return Memory(dict(lines), dict(suppliers))


def _line(row: CategoryRow) -> tuple[str, str, str]:
    return payee(row), row.text.casefold(), row.unit.casefold()
