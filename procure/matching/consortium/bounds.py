"""How good a consortium could possibly be, at given prices on the needs and the gates.

Prices turn the lot into one small question an enterprise: what would it add at these prices? The answers above
nothing add up to a bound that no consortium beats, whatever the prices. It is computed here afresh, so no proof
rests on how exactly a linear programme was solved. Source: Fisher, The Lagrangian Relaxation Method for Solving
Integer Programming Problems, Management Science 27 (1981).
"""

from dataclasses import dataclass

import numpy as np

from .cuts import Cuts
from .programme import Grid, Indices, Mask, Programme


@dataclass(frozen=True)
class Corner:
    """A part of the sets: who is in, who is out, and how many there are.

    is_in, is_out  E
    fewest, most   number of members
    """

    is_in: Mask
    is_out: Mask
    fewest: int
    most: int

    @classmethod
    def whole(cls, programme: Programme) -> "Corner":
        nobody = np.zeros(len(programme.reach), dtype=bool)
        return cls(nobody, nobody, programme.fewest, programme.most)

    def only(self, kept: Indices) -> "Corner":
        """The same corner where the others are of no use."""
        return Corner(self.is_in[kept], self.is_out[kept], self.fewest, self.most)


@dataclass(frozen=True)
class Prices:
    """A price on each need (N), on each gate (S) and cut (K), never below 0, and on one more member's place.

    The last is below 0 where the corner wants more members.
    """

    needs: Grid
    gates: Grid
    cuts: Grid
    place: float
    parts: Grid
    joins: Grid
    """What the linear programme chose at these prices: parts of needs (E x N) and of members (E), 0 to 1."""


@dataclass(frozen=True)
class Bound:
    """No consortium is worth more than total; with an enterprise that adds less than nothing, total + adds.

    total  includes the first member's place, which costs the objective nothing
    adds   E  what each enterprise adds at these prices
    prices what it was found at
    """

    total: float
    adds: Grid
    prices: Prices


def bound_at(programme: Programme, cuts: Cuts, prices: Prices, corner: Corner) -> Bound:
    """The bound on the sets of a corner at these prices."""
    paid = np.nonzero(prices.cuts)[0]
    charge = (prices.cuts[paid, None] * cuts.carry[paid]).T @ cuts.weigh[paid]
    margin = np.maximum(programme.gain - prices.needs - charge, 0)
    parts = np.where(margin > 0, programme.reach, 0)
    tight = np.nonzero(parts @ programme.worth > programme.purse)[0]
    if len(tight):
        parts[tight] = _within_purse(programme, margin[tight], parts[tight], programme.purse[tight])
    adds = (margin * parts).sum(axis=1) - programme.cost - prices.gates @ programme.rows - prices.place
    adds -= prices.cuts[paid] @ cuts.join[paid]
    fixed = prices.needs.sum() + prices.gates @ programme.limits_at(corner.most) + prices.cuts[paid] @ cuts.limits[paid]
    fixed += prices.place * (corner.most if prices.place > 0 else corner.fewest)
    chosen = np.where(corner.is_in, adds, np.where(corner.is_out, 0.0, np.maximum(adds, 0)))
    return Bound(float(fixed + chosen.sum() + programme.cost.max(initial=0)), adds, prices)


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
