"""Boosted decision trees as plain arrays: what they say of a candidate, and how much each reason moved it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees in log-odds.

    baseline   log-odds before any reason is known
    roots      the node at which each tree starts
    reason     node > number of the reason it asks, -1 at a leaf
    threshold  node > values up to this go to `lower`, others to `upper`
    value      node > log-odds added by a tree that stops here
    """

    baseline: float
    roots: NDArray[np.int32]
    reason: NDArray[np.int32]
    threshold: NDArray[np.float64]
    lower: NDArray[np.int32]
    upper: NDArray[np.int32]
    value: NDArray[np.float64]

    def log_odds(self, reasons: NDArray[np.float64]) -> NDArray[np.float64]:
        """One number for each row of reasons (n x reasons)."""
        nodes = self._roots_for(len(reasons))
        while (asked := self.reason[nodes]).max(initial=-1) >= 0:
            nodes = self._descend(nodes, asked, reasons)
        return self.baseline + self.value[nodes].sum(axis=1)

    def contributions(self, reasons: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far each reason moved each row, n x reasons; with baseline and roots they add up to `log_odds`."""
        count, width = reasons.shape
        moved = np.zeros(count * width)
        nodes = self._roots_for(count)
        while (asked := self.reason[nodes]).max(initial=-1) >= 0:
            below = self._descend(nodes, asked, reasons)
            inner = asked >= 0
            rows = np.nonzero(inner)[0]
            steps = (self.value[below] - self.value[nodes])[inner]
            moved += np.bincount(rows * width + asked[inner], weights=steps, minlength=count * width)
            nodes = below
        return moved.reshape(count, width)

    def _roots_for(self, count: int) -> NDArray[np.int32]:
        return np.broadcast_to(self.roots, (count, len(self.roots)))

    def _descend(
        self, nodes: NDArray[np.int32], asked: NDArray[np.int32], reasons: NDArray[np.float64]
    ) -> NDArray[np.int32]:
        answers = np.take_along_axis(reasons, np.maximum(asked, 0), axis=1)
        below = np.where(answers <= self.threshold[nodes], self.lower[nodes], self.upper[nodes])
        return np.where(asked < 0, nodes, below)


def trees_from(parameters: Mapping[str, Any]) -> Trees:
    """Trees as `parameters_of` wrote them."""
    return Trees(
        baseline=float(parameters["baseline"]),
        roots=np.array(parameters["roots"], dtype=np.int32),
        reason=np.array(parameters["reason"], dtype=np.int32),
        threshold=np.array(parameters["threshold"], dtype=np.float64),
        lower=np.array(parameters["lower"], dtype=np.int32),
        upper=np.array(parameters["upper"], dtype=np.int32),
        value=np.array(parameters["value"], dtype=np.float64),
    )


def parameters_of(trees: Trees) -> dict[str, Any]:
    """Plain lists, ready for JSON."""
    return {
        "baseline": round(trees.baseline, DECIMALS),
        **{part: getattr(trees, part).tolist() for part in ("roots", "reason", "lower", "upper")},
        **{part: np.round(getattr(trees, part), DECIMALS).tolist() for part in ("threshold", "value")},
    }


def grow(reasons: NDArray[np.float64], truths: Sequence[bool], weights: NDArray[np.float64]) -> Trees:
    """Fit trees to candidates: n x reasons, whether each is the payee, and how much each counts."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    # shallow, slow and with every leaf well filled: what is shipped must be as sure of new names as of those it saw
    learner = HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=200,
        max_leaf_nodes=10,
        max_depth=6,
        min_samples_leaf=30,
        l2_regularization=10.0,
        max_features=0.25,
        early_stopping=False,
        random_state=7,
    )
    learner.fit(reasons, np.asarray(truths, dtype=int), sample_weight=weights)
    return _flattened(learner)


def _flattened(learner: Any) -> Trees:
    grown = [predictors[0].nodes for predictors in learner._predictors]
    roots = np.cumsum([0, *(len(nodes) for nodes in grown[:-1])])
    nodes = np.concatenate(grown)
    offsets = np.repeat(roots, [len(tree) for tree in grown])
    leaf = nodes["is_leaf"].astype(bool)
    return Trees(
        baseline=float(np.ravel(learner._baseline_prediction)[0]),
        roots=roots.astype(np.int32),
        reason=np.where(leaf, -1, nodes["feature_idx"]).astype(np.int32),
        # rounding a threshold must not move a value across it: reasons are rounded to fewer places
        threshold=np.where(leaf, 0.0, np.round(nodes["num_threshold"], DECIMALS)),
        lower=np.where(leaf, 0, nodes["left"] + offsets).astype(np.int32),
        upper=np.where(leaf, 0, nodes["right"] + offsets).astype(np.int32),
        value=np.round(np.concatenate([_inner_values(tree) for tree in grown]), DECIMALS),
    )


def _inner_values(nodes: NDArray[Any]) -> NDArray[np.float64]:
    """Leaves keep their value; a node above them is worth what its rows get on average."""
    values = nodes["value"].astype(np.float64).copy()
    for number in range(len(nodes) - 1, -1, -1):
        node = nodes[number]
        if not node["is_leaf"]:
            left, right = int(node["left"]), int(node["right"])
            shares = np.array([nodes[left]["count"], nodes[right]["count"]], dtype=np.float64)
            values[number] = float(np.average([values[left], values[right]], weights=shares))
    return values
