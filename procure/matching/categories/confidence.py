"""The chance that a first guess is right, learned from guesses on rows of groups that were held out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Confidence:
    """Logistic weights over the best score, its lead over the second, and their product."""

    weights: tuple[float, ...]
    bias: float

    def probabilities(self, scores: Floats) -> Floats:
        """Rows by categories in, one probability a row out."""
        odds = evidence_of(scores) @ np.array(self.weights) + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def evidence_of(scores: Floats) -> Floats:
    ordered = np.sort(scores, axis=1)
    best = ordered[:, -1]
    lead = best - ordered[:, -2] if ordered.shape[1] > 1 else best
    return np.column_stack([best, lead, best * lead])


def learn_confidence(scores: Floats, is_right: Sequence[bool]) -> Confidence:
    """Fit to held-out scores; with nothing to tell right from wrong apart, every guess gets the same chance."""
    from sklearn.linear_model import LogisticRegression

    right = np.asarray(is_right, dtype=bool)
    if right.all() or not right.any():
        share = (right.sum() + 1) / (len(right) + 2)
        return Confidence((0.0, 0.0, 0.0), float(np.log(share / (1 - share))))
    model = LogisticRegression(C=100.0, max_iter=500).fit(evidence_of(scores), right)
    return Confidence(tuple(float(weight) for weight in model.coef_[0]), float(model.intercept_[0]))


def held_out_groups(groups: Sequence[str], share: float = 0.2) -> NDArray[np.bool_]:
    """Mark about this share of the rows, whole groups at a time; the same groups give the same mark."""
    names = sorted(set(groups))
    order = np.random.default_rng(20).permutation(len(names))
    chosen = {names[place] for place in order[: max(1, int(len(names) * share))]}
    return np.array([group in chosen for group in groups])


def folds_of(groups: Sequence[str], folds: int = 3) -> NDArray[np.int64]:
    """The fold of every row, whole groups at a time; fewer folds where there are fewer groups."""
    names = sorted(set(groups))
    order = np.random.default_rng(20).permutation(len(names))
    fold = {names[place]: turn % folds for turn, place in enumerate(order)}
    return np.array([fold[group] for group in groups])
