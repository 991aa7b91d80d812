"""From the scores of learners to chances that add up to 1, joined into one opinion and smoothed by writer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SHARPNESSES = (0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6, 8.0, 11.0, 16.0, 22.0, 32.0)
LEAST_CHANCE = 1e-6
LARGEST_PULL = 40.0
ROUNDS = 6
BELIEF = 10.0
CAUTION = 0.5


def chances_of(scores: Floats, sharpness: float) -> Floats:
    """Rows by categories: the softmax of the scores times the sharpness."""
    odds = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)).astype(np.float64))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def learn_sharpness(scores: Floats, truth: Sequence[int]) -> float:
    """The sharpness under which the truth, a column for each row, is least surprising; 1 where there are no rows."""
    if not len(truth):
        return 1.0
    at = np.arange(len(truth))
    surprise = [
        -float(np.log(np.maximum(chances_of(scores, each)[at, list(truth)], LEAST_CHANCE)).mean())
        for each in SHARPNESSES
    ]
    return SHARPNESSES[int(np.argmin(surprise))]


def learn_pulls(opinions: Sequence[Floats], truth: Sequence[int], usual: Sequence[float]) -> tuple[float, ...]:
    """How much each learner's scores should count, so that the truth is least surprising under their weighted sum.

    opinions  rows by categories, one table a learner
    truth     a column for each row
    usual     the pulls to start from, and the answer where there are no rows
    """
    from scipy.optimize import minimize

    if not len(truth):
        return tuple(usual)
    true = np.arange(len(truth)), list(truth)

    def surprise(pulls: Floats) -> tuple[float, Floats]:
        chances = weigh(opinions, pulls)
        slopes = [((chances * scores).sum(axis=1) - scores[true]).mean() for scores in opinions]
        return -float(np.log(np.maximum(chances[true], LEAST_CHANCE)).mean()), np.array(slopes)

    found = minimize(surprise, list(usual), jac=True, method="L-BFGS-B", bounds=[(0.0, LARGEST_PULL)] * len(usual))
    return tuple(float(pull) for pull in found.x)


def weigh(opinions: Sequence[Floats], pulls: Sequence[float] | Floats) -> Floats:
    """Rows by categories: the softmax of the learners' scores, each times its pull, added up."""
    total = sum((pull * scores for pull, scores in zip(pulls, opinions, strict=True)), np.zeros_like(opinions[0]))
    return chances_of(total, 1.0)


def join_chances(opinions: Sequence[Floats]) -> Floats:
    """The geometric mean: a category that one learner rules out needs strong support from the others."""
    logs = sum((np.log(np.maximum(opinion, LEAST_CHANCE)) for opinion in opinions), np.zeros_like(opinions[0]))
    return chances_of(logs / len(opinions), 1.0)


def smooth_by_writer(chances: Floats, writers: Sequence[str]) -> Floats:
    """Lean every text towards what the other texts of its writer seem to be about, half as far as Bayes' rule would.

    chances  rows by categories; what all writers' texts are about, on the whole, is read from them too
    writers  one a row; a writer of one text changes nothing but the lean towards the whole
    """
    if not len(chances):
        return chances
    whole = chances.mean(axis=0) + 1e-4
    whole /= whole.sum()
    names = {name: place for place, name in enumerate(sorted(set(writers)))}
    writer = np.array([names[name] for name in writers])
    texts = np.bincount(writer)
    now = chances
    for _ in range(ROUNDS):
        seen = np.zeros((len(names), chances.shape[1]))
        np.add.at(seen, writer, now)
        usual = (seen[writer] - now + BELIEF * whole) / (texts[writer] - 1 + BELIEF)[:, None]
        now = chances * (usual / whole) ** CAUTION
        now /= now.sum(axis=1, keepdims=True)
    return now
