"""The chance that a first guess is right, learned from guesses on rows of groups that were held out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Confidence:
    """Logistic weights over how likely the best guess seems and its lead over the second."""

    weights: tuple[float, ...]
    bias: float

    def probabilities(self, chances: Floats) -> Floats:
        """Rows by categories in, one probability a row out."""
        odds = evidence_of(chances) @ np.array(self.weights) + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


def evidence_of(chances: Floats) -> Floats:
    """The log odds of the best chance and its lead over the second in logs, both kept within nine."""
    ordered = np.log(np.clip(np.sort(chances, axis=1), 1e-4, 1 - 1e-4))
    best = ordered[:, -1]
    odds = best - np.log1p(-np.exp(best))
    lead = best - ordered[:, -2] if chances.shape[1] > 1 else best - np.log(1e-4)
    return np.column_stack([odds, lead])


def learn_confidence(chances: Floats, is_right: Sequence[bool]) -> Confidence:
    """Fit to held-out scores; with nothing to tell right from wrong apart, every guess gets the same chance."""
    from sklearn.linear_model import LogisticRegression

    right = np.asarray(is_right, dtype=bool)
    if right.all() or not right.any():
        share = (right.sum() + 1) / (len(right) + 2)
        return Confidence((0.0, 0.0), float(np.log(share / (1 - share))))
    model = LogisticRegression(C=10.0, max_iter=500).fit(evidence_of(chances), right)
    return Confidence(tuple(float(weight) for weight in model.coef_[0]), float(model.intercept_[0]))


def folds_of(groups: Sequence[str], folds: int = 3, largest: float = 1.0) -> NDArray[np.int64]:
    """The fold of every row, whole groups at a time; the same groups give the same folds, fewer where there are fewer.

    largest  groups that hold more than this share of the rows are in no fold: -1. So is the group without a name
    """
    sizes = Counter(groups)
    names = [name for name in sorted(sizes) if name and sizes[name] <= largest * len(groups)]
    order = np.random.default_rng(20).permutation(len(names))
    fold = {names[place]: turn % folds for turn, place in enumerate(order)}
    return np.array([fold.get(group, -1) for group in groups])
