"""Rows that every consortium keeps but fractions of enterprises break: they bring the bound close to the answer.

Source: Padberg, Van Roy and Wolsey, Valid Linear Inequalities for Fixed Charge Problems, Operations Research
33 (1985).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.float64]
Indices = NDArray[np.int_]
_BROKEN = 1e-3
"""How far a cut must be broken to be worth its row."""
_DUST = 1e-6
_EACH = 6


@dataclass(frozen=True)
class Cuts:
    """K rows over E enterprises: sum of carry[k, e] x weigh[k] . parts[e] + join[k] . members <= limits[k]."""

    weigh: Grid
    carry: Grid
    join: Grid
    limits: Grid

    @classmethod
    def none(cls, enterprises: int, needs: int) -> "Cuts":
        blank = np.zeros((0, enterprises))
        return cls(np.zeros((0, needs)), blank, blank, np.zeros(0))

    def __len__(self) -> int:
        return len(self.limits)

    def only(self, kept: Indices) -> "Cuts":
        """The same cuts over fewer enterprises."""
        return Cuts(self.weigh, self.carry[:, kept], self.join[:, kept], self.limits)

    def where(self, rows: NDArray[np.bool_]) -> "Cuts":
        """Some of the cuts."""
        return Cuts(self.weigh[rows], self.carry[rows], self.join[rows], self.limits[rows])

    def for_everybody(self, names: Indices, enterprises: int) -> "Cuts":
        """The flow covers among these cuts, over all enterprises of the lot, of whom those named had a part.

        Whoever is not named stands outside each cover, so that what they carry counts against it.
        """
        is_turned = (self.carry > 0).any(axis=1)
        own = self.where(is_turned | (self.limits < 0))
        outside = np.where((own.carry > 0).any(axis=1), 0.0, -1.0)
        carry, join = np.tile(outside[:, None], enterprises), np.zeros((len(own), enterprises))
        carry[:, names], join[:, names] = own.carry, own.join
        return Cuts(own.weigh, carry, join, own.limits)

    def joined(self, others: "Cuts") -> "Cuts":
        """These cuts, then the others."""
        return Cuts(
            np.vstack([self.weigh, others.weigh]),
            np.vstack([self.carry, others.carry]),
            np.vstack([self.join, others.join]),
            np.append(self.limits, others.limits),
        )

    @classmethod
    def of(cls, rows: Iterable[tuple[Grid, Grid, Grid, float]]) -> "Cuts":
        """Cuts each given as its weights, its two rows and its limit; at least one."""
        weigh, carry, join, limits = zip(*rows, strict=True)
        return cls(np.vstack(weigh), np.vstack(carry), np.vstack(join), np.array(limits, dtype=float))


@dataclass(frozen=True)
class Flow:
    """One total that must be carried exactly: who could carry how much of it (E), and who does at present.

    weigh  N  what a whole need counts towards the total
    """

    weigh: Grid
    most: Grid
    carried: Grid
    total: float


def break_up(flow: Flow, joins: Grid) -> Iterator[tuple[Grid, Grid, Grid, float]]:
    """Cuts on one total that these fractions of members break, the most broken first."""
    able = np.nonzero((joins > _DUST) & (flow.most > 0))[0]
    near = Flow(flow.weigh, flow.most[able], flow.carried[able], flow.total)
    at = joins[able]
    found = []
    for members in dict.fromkeys(_covers(near, at)):
        cover = np.array(members)
        slack = float(near.most[cover].sum()) - flow.total
        if slack <= _DUST or near.most[cover].max() <= slack:
            continue
        broken = _broken_by(near, at, cover, slack)
        if broken > _BROKEN:
            found.append((-broken, members, slack))
    for _, members, slack in sorted(found)[:_EACH]:
        cover = able[list(members)]
        outside, lifted, rate = _lift(flow, joins, cover, slack)
        carry, join = np.where(outside & ~lifted, -1.0, 0.0), np.where(lifted, -rate, 0.0)
        spare = np.maximum(flow.most[cover] - slack, 0)
        join[cover] = -spare
        limit = -float(spare.sum())
        if 2 * np.count_nonzero(carry[flow.most > 0]) > np.count_nonzero(flow.most):
            carry, limit = carry + 1.0, limit + flow.total
        yield flow.weigh[None, :], carry[None, :], join[None, :], limit


def _covers(flow: Flow, joins: Grid) -> Iterator[tuple[int, ...]]:
    """Sets who could carry more than the total, made up of those whom the fractions favour."""
    by_join = np.argsort(joins, kind="stable").tolist()
    most, total = flow.most.tolist(), flow.total
    for look in (-joins, (1 - joins) / np.maximum(flow.most, _DUST), -flow.carried):
        ranked = np.argsort(look, kind="stable")
        reached = np.cumsum(flow.most[ranked])
        first = int(np.searchsorted(reached, total + _DUST))
        for last in range(first, min(first + 3, len(ranked))):
            cover = set(ranked[: last + 1].tolist())
            yield tuple(sorted(cover))
            spare = float(reached[last]) - total
            for one in by_join:
                if one in cover and most[one] < spare - _DUST:
                    spare -= most[one]
                    cover.discard(one)
            yield tuple(sorted(cover))


def _broken_by(flow: Flow, joins: Grid, cover: Indices, slack: float) -> float:
    outside, _, rate = _lift(flow, joins, cover, slack)
    saved = np.minimum(flow.carried, rate * joins)[outside].sum()
    return float(np.maximum(flow.most[cover] - slack, 0) @ (1 - joins[cover]) - saved)


def _lift(flow: Flow, joins: Grid, cover: Indices, slack: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Grid]:
    """Who is outside the cover, whose part in the cut goes by joining, and what joining then counts."""
    outside = np.ones(len(joins), dtype=bool)
    outside[cover] = False
    rate = np.maximum(flow.most[cover].max(), flow.most) - slack
    is_idle = joins < _DUST
    lifted = outside & np.where(is_idle, rate < flow.most, rate * joins < flow.carried)
    return outside, lifted, rate
