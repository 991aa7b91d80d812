"""Ledger line to its publisher's own category, from memory where the supplier is known, else learned."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from procure.matching.categories.confidence import Confidence, folds_of, learn_confidence
from procure.matching.categories.notices import tell
from procure.matching.categories.rows import Answer, CategoryRow

Floats = NDArray[np.float64]

GROUP_DISCOUNT = 0.4
RARITY_LIFT = 0.25
MARGIN_COST = 0.2
LEAST_AGREEMENT = 0.9
TEXT_RUNS_WEIGHT = 0.5
UNIT_WEIGHT = 0.6


@dataclass(frozen=True)
class LedgerLearner:
    """What a publisher filed under which category.

    A line that stands in memory with the same supplier, words and department is filed as before; a supplier who was
    filed under one category at least nine times in ten keeps it; all else goes to a linear classifier.
    """

    labels: tuple[str, ...]
    tables: tuple[Any, ...]
    classifier: Any
    confidence: Confidence
    lines: dict[tuple[str, str, str], Counter[str]]
    suppliers: dict[str, Counter[str]]

    def answer(self, rows: Sequence[CategoryRow]) -> list[Answer]:
        """The three likeliest categories of each row and the chance that the first is right."""
        if not rows:
            return []
        guesses = tell(self.labels, _scores(self.classifier, _measure(self.tables, rows)), self.confidence)
        return [self._remembered(row) or guess for row, guess in zip(rows, guesses, strict=True)]

    def _remembered(self, row: CategoryRow) -> Answer | None:
        for filed in (self.lines.get(_line(row)), self.suppliers.get(row.supplier.casefold())):
            if not filed:
                continue
            best = sorted(filed.items(), key=lambda pair: (-pair[1], pair[0]))
            if best[0][1] >= LEAST_AGREEMENT * filed.total():
                named = [label for label, _ in best] + ["", ""]
                return Answer(named[0], (best[0][1] + 1) / (filed.total() + 1.1), named[1], named[2])
        return None


def learn_ledger_lines(rows: Sequence[CategoryRow]) -> LedgerLearner:
    """Learn from the labelled rows of one publisher; each third of the suppliers tries what the others taught."""
    if len({row.labels[0] for row in rows}) < 2:
        raise ValueError("at least two categories are needed to learn from")
    tables = _tables(rows)
    known = _measure(tables, rows)
    truth = np.array([row.labels[0] for row in rows])
    weights = line_weights(rows)
    classifier = _classifier().fit(known, truth, sample_weight=weights)
    confidence = _learn_trust(known, truth, weights, folds_of([row.group for row in rows]))
    labels = tuple(str(label) for label in classifier.classes_)
    return LedgerLearner(labels, tables, classifier, confidence, *_memory(rows))


def _memory(rows: Sequence[CategoryRow]) -> tuple[dict[tuple[str, str, str], Counter[str]], dict[str, Counter[str]]]:
    lines: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    suppliers: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        lines[_line(row)][row.labels[0]] += 1
        if row.supplier:
            suppliers[row.supplier.casefold()][row.labels[0]] += 1
    return dict(lines), dict(suppliers)


def _line(row: CategoryRow) -> tuple[str, str, str]:
    return row.supplier.casefold(), row.text.casefold(), row.unit.casefold()


def _learn_trust(known: Any, truth: NDArray[np.str_], weights: Floats, folds: NDArray[np.int64]) -> Confidence:
    """Guesses on each fold by what the others teach, beside the truth."""
    labels = sorted(set(truth))
    guessed, right = [], []
    for fold in sorted(set(folds.tolist())):
        taught = folds != fold
        if len(set(truth[taught])) < 2:
            continue
        trial = _classifier().fit(known[taught], truth[taught], sample_weight=weights[taught])
        told = _scores(trial, known[~taught])
        # a category that the other folds never saw stands last
        scores = np.full((len(told), len(labels)), told.min() - 1)
        scores[:, np.searchsorted(labels, trial.classes_)] = told
        guessed.append(scores)
        right.append(trial.classes_[told.argmax(axis=1)] == truth[~taught])
    if not guessed:
        return learn_confidence(np.zeros((0, 2)), [])
    return learn_confidence(np.vstack(guessed), np.concatenate(right).tolist())


def line_weights(rows: Sequence[CategoryRow]) -> Floats:
    """A supplier with many lines counts for less each, and so does a category with many: rare ones are heard too."""
    sizes = Counter(row.group for row in rows)
    weights = np.array([sizes[row.group] ** -GROUP_DISCOUNT for row in rows])
    filed: dict[str, float] = defaultdict(float)
    for row, weight in zip(rows, weights, strict=True):
        filed[row.labels[0]] += float(weight)
    lifted = weights * np.array([filed[row.labels[0]] ** -RARITY_LIFT for row in rows])
    return np.asarray(lifted * weights.sum() / lifted.sum())


def _classifier() -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=MARGIN_COST, random_state=0)


def _scores(classifier: Any, measured: Any) -> Floats:
    """Rows by categories; two categories come from the classifier as one column."""
    scores = np.asarray(classifier.decision_function(measured), dtype=np.float64)
    return scores if scores.ndim == 2 else np.column_stack([-scores, scores])


def _as_whole(text: str) -> list[str]:
    return [text]


def _tables(rows: Sequence[CategoryRow]) -> tuple[Any, ...]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    least = 2 if len(rows) > 200 else 1
    word = r"(?u)\b\w+\b"
    tables = (
        TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=word),
        TfidfVectorizer(sublinear_tf=True, token_pattern=word),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=least),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, min_df=least),
        TfidfVectorizer(analyzer=_as_whole),
    )
    for table, texts in zip(tables, _columns(rows), strict=True):
        # a column that is empty throughout has no words to count: one stand-in keeps its table valid
        table.fit([*texts, "nothing stated", "nothing stated"])
    return tables


def _columns(rows: Sequence[CategoryRow]) -> tuple[list[str], ...]:
    texts = [row.text.lower() for row in rows]
    suppliers = [row.supplier.lower() for row in rows]
    # a word means much the same in a supplier's name and in a line, so one table counts both together
    both = [f"{supplier} {text}" for supplier, text in zip(suppliers, texts, strict=True)]
    return texts, both, suppliers, texts, [row.unit.lower() for row in rows]


def _measure(tables: tuple[Any, ...], rows: Sequence[CategoryRow]) -> Any:
    from scipy.sparse import hstack

    weights = (1.0, 1.0, 1.0, TEXT_RUNS_WEIGHT, UNIT_WEIGHT)
    columns = zip(tables, _columns(rows), weights, strict=True)
    return hstack([table.transform(texts) * weight for table, texts, weight in columns]).tocsr()
