"""How good a consortium could possibly be, at given prices on the needs and the gates.

Prices turn the lot into one small question an enterprise: what would it add at these prices? The answers above
nothing add up to a bound that no consortium beats, whatever the prices. It is computed here afresh, so no proof
rests on how exactly a linear programme was solved. Source: Fisher, The Lagrangian Relaxation Method for Solving
Integer Programming Problems, Management Science 27 (1981).
"""

from dataclasses import dataclass

import numpy as np

from .programme import Grid, Programme


@dataclass(frozen=True)
class Prices:
    """A price on each need (N), on each gate (S, never below 0), and on one more member's place."""

    needs: Grid
    gates: Grid
    place: float
    heads: float = 0.0
    """How many members, or parts of members, the linear programme took at these prices."""


@dataclass(frozen=True)
class Bound:
    """No consortium is worth more than total; with an enterprise that adds less than nothing, total + adds.

    total  includes the first member's place, which costs the objective nothing
    adds   E  what each enterprise adds at these prices
    heads  members, or parts of members, that the linear programme would take
    """

    total: float
    adds: Grid
    heads: float


def bound_at(programme: Programme, prices: Prices) -> Bound:
    """The bound at these prices."""
    margin = np.maximum(programme.gain - prices.needs, 0)
    parts = np.where(margin > 0, programme.reach, 0)
    tight = np.nonzero(parts @ programme.worth > programme.purse)[0]
    if len(tight):
        parts[tight] = _within_purse(programme, margin[tight], parts[tight], programme.purse[tight])
    adds = (margin * parts).sum(axis=1) - programme.cost - prices.gates @ programme.rows - prices.place
    fixed = prices.needs.sum() + prices.gates @ programme.limits + prices.place * programme.most
    return Bound(float(fixed + np.maximum(adds, 0).sum() + programme.cost.max(initial=0)), adds, prices.heads)


def _within_purse(programme: Programme, margin: Grid, parts: Grid, purse: Grid) -> Grid:
    """The fractional knapsack of each row: the needs that pay best for their worth, until the purse is empty."""
    value = parts * programme.worth
    rate = np.divide(margin, programme.worth, out=np.full_like(margin, np.inf), where=programme.worth > 0)
    order = np.argsort(-rate, axis=1, kind="stable")
    wanted = np.take_along_axis(value, order, axis=1)
    left = np.clip(purse[:, None] - (np.cumsum(wanted, axis=1) - wanted), 0, None)
    fraction = np.minimum(1, np.divide(left, wanted, out=np.ones_like(wanted), where=wanted > 0))
    kept = np.empty_like(parts)
    np.put_along_axis(kept, order, fraction, axis=1)
    return parts * kept
