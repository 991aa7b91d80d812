"""From the log-odds of a query's candidates to the probability that the best of them is the payee."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FURTHEST = 9.0
WIDEST = 8.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve over what the best candidate's log-odds are and how far it stands from the rest."""

    intercept: float
    weights: tuple[float, ...]

    def probability(self, log_odds: Sequence[float]) -> float:
        """That the first candidate is the payee; `log_odds` best first, at least one."""
        told = self.intercept + float(np.dot(self.weights, standing(log_odds)))
        return float(1 / (1 + np.exp(-told)))


def standing(log_odds: Sequence[float]) -> tuple[float, ...]:
    """How the best candidate stands: its log-odds, their square, its lead, and the weight of all the others."""
    best = float(np.clip(log_odds[0], -FURTHEST, FURTHEST))
    lead = float(np.clip(log_odds[0] - log_odds[1], 0, WIDEST)) if len(log_odds) > 1 else WIDEST
    others = float(np.log1p(np.exp(np.clip(log_odds[1:], -30, 30)).sum())) if len(log_odds) > 1 else 0.0
    return best, best * abs(best) / 10, lead, others


def shares_of_rest(log_odds: Sequence[float], first: float) -> list[float]:
    """Probabilities for every candidate: the first as calibrated, the rest share what is left with "none of these"."""
    odds = np.exp(np.clip(np.asarray(log_odds[1:], dtype=np.float64), -30, 30))
    return [first, *((1 - first) * odds / (1 + odds.sum())).tolist()]


def calibrate(standings: NDArray[np.float64], truths: Sequence[bool]) -> Calibration:
    """Fit the curve to answers that the trees had not seen: n x 4 standings, whether the best candidate was right."""
    from sklearn.linear_model import LogisticRegression

    curve = LogisticRegression(C=1.0, max_iter=1000).fit(standings, np.asarray(truths, dtype=int))
    return Calibration(float(curve.intercept_[0]), tuple(float(weight) for weight in curve.coef_[0]))
