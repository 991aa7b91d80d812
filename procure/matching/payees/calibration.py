"""From a query's ranked candidates to the probability that the best of them is the payee.

The trees judge each candidate alone. Whether the best is right also depends on how far it stands from the others: two
organisations that fit equally well cannot both be the payee.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.signals import REASONS

FURTHEST: Final = 9.0
WIDEST: Final = 8.0
_NUMBER_OF: Final = {reason.__name__: number for number, reason in enumerate(REASONS)}
LEADS: Final = (
    "letters_alike",
    "words_met_mass",
    "core_agrees",
    "same_as_written",
    "as_written_alike",
    "run_together_alike",
    "query_words_met",
    "register_words_met",
)
OWN: Final = ("same_as_written", "cell_begins_with_person", "organisations_sharing_name")
STANDINGS: Final = (
    "log_odds",
    "log_odds_squared",
    "lead_in_log_odds",
    "weight_of_others",
    *(f"lead_in_{name}" for name in LEADS),
    *OWN,
)
_LEADS: Final = [_NUMBER_OF[name] for name in LEADS]
_OWN: Final = [_NUMBER_OF[name] for name in OWN]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve over STANDINGS: an intercept and a weight for each."""

    intercept: float
    weights: tuple[float, ...]

    def probabilities(self, standings: NDArray[np.float64]) -> NDArray[np.float64]:
        """That the best candidate is the payee, for each row of standings (n x STANDINGS)."""
        return np.asarray(1 / (1 + np.exp(-(self.intercept + weighted(standings, self.weights)))))


def weighted(rows: NDArray[np.float64], weights: Sequence[float]) -> NDArray[np.float64]:
    """Each row's numbers times the weights, summed (n): added in one order however many rows are asked together."""
    total = np.zeros(len(rows))
    for column, weight in enumerate(weights):
        total += rows[:, column] * weight
    return total


def standing(log_odds: NDArray[np.float64], reasons: NDArray[np.float64]) -> NDArray[np.float64]:
    """How the best candidate stands among its rivals: one number for each of STANDINGS.

    log_odds  of every candidate, best first, at least one; reasons  theirs, in the same order
    """
    best = float(np.clip(log_odds[0], -FURTHEST, FURTHEST))
    leads, lead, others = np.ones(len(_LEADS)), WIDEST, 0.0
    if len(log_odds) > 1:
        leads = reasons[0, _LEADS] - reasons[1:, _LEADS].max(axis=0)
        lead = float(np.clip(log_odds[0] - log_odds[1], 0, WIDEST))
        others = float(np.log1p(np.exp(np.clip(log_odds[1:], -30, 30)).sum()))
    return np.array([best, best * abs(best) / 10, lead, others, *leads, *reasons[0, _OWN]])


def shares_of_rest(log_odds: NDArray[np.float64], first: float) -> list[float]:
    """Probabilities for every candidate: the first as calibrated, the rest share what is left with "none of these"."""
    odds = np.exp(np.clip(log_odds[1:], -30, 30))
    rest = (1 - first) * odds / (1 + odds.sum())
    # a rival may have the greater share of what is left, yet it was ranked below
    return [first, *np.minimum(rest, first).tolist()]


def calibrate(standings: NDArray[np.float64], truths: Sequence[bool]) -> Calibration:
    """Fit the curve to answers that the trees had not seen: n x STANDINGS, whether the best candidate was right."""
    from sklearn.linear_model import LogisticRegression

    centre, spread = standings.mean(axis=0), np.maximum(standings.std(axis=0), 1e-9)
    curve = LogisticRegression(C=0.3, max_iter=2000).fit((standings - centre) / spread, np.asarray(truths, dtype=int))
    weights = curve.coef_[0] / spread
    return Calibration(float(curve.intercept_[0] - weights @ centre), tuple(weights.tolist()))
