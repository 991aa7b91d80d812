"""The linear relaxation of a lot, solved over the few enterprises that matter and proved over all of them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from .bounds import Bound, Prices, bound_at
from .cuts import Flow, break_up
from .programme import Indices, Programme
from .rows import write_own_rows

_SHORTFALL = 50.0
_FEW = 40
_ROUNDS = 60
NEAR = 0.005
_SLOW = 1e-4
"""A round of cuts that brings the bound down by less is the last."""


def find_bound(programme: Programme, inside: Indices | None = None) -> Bound:
    """A bound at prices which no enterprise outside the linear programme would still improve.

    Starts inside the enterprises given, or those that look best for some need or gate. Lets in those that the
    prices favour until none is left. A shortfall is allowed at a high price, so there are prices even where nothing
    works: then the bound lies far below nothing.
    """
    inside = _promising(programme) if inside is None else inside
    best = bound = bound_at(programme, _price(programme, inside))
    for _ in range(_ROUNDS):
        outside = np.setdiff1d(np.nonzero(bound.adds > 1e-9)[0], inside)
        if not len(outside):
            break
        inside = np.union1d(inside, outside[np.argsort(-bound.adds[outside], kind="stable")[: 2 * _FEW]])
        bound = bound_at(programme, _price(programme, inside))
        best = min(best, bound, key=lambda one: one.total)
    return best


def tighten(programme: Programme, bound: Bound, to_beat: float, rounds: int) -> tuple[Programme, Bound]:
    """The lot with cuts that bring the bound down, and that bound; stops once the bound is no more than to_beat."""
    for _ in range(rounds):
        if bound.total <= to_beat or not programme.asked.all():
            break
        new = [cut for flow in _flows(programme, bound) for cut in break_up(flow, bound.prices.joins)]
        if not new:
            break
        was = bound.total
        programme = replace(programme, cuts=programme.cuts.where(bound.prices.cuts > 0).plus(new))
        bound = find_bound(programme, np.nonzero(bound.adds > -NEAR)[0])
        if was - bound.total < _SLOW:
            break
    return programme, bound


def _flows(programme: Programme, bound: Bound) -> Iterator[Flow]:
    parts, worth = bound.prices.parts, programme.worth
    for need, weigh in enumerate(np.eye(len(programme.units))):
        yield Flow(weigh, programme.reach[:, need], parts[:, need], 1.0)
    if worth.any():
        yield Flow(worth, np.minimum(programme.purse, programme.reach @ worth), parts @ worth, float(worth.sum()))


def is_impossible(programme: Programme) -> bool:
    """Whether even fractions of enterprises could not carry the lot and keep its rows."""
    idle = replace(programme, gain=np.zeros_like(programme.gain), cost=np.zeros_like(programme.cost))
    return find_bound(idle).total < -1e-6


def _promising(programme: Programme) -> Indices:
    serves = programme.gain * programme.reach
    looks = [serves.sum(axis=1), programme.reach.sum(axis=1), *serves.T, *programme.reach.T, *-programme.rows]
    best = [np.argsort(-look, kind="stable")[: _FEW if place < 2 else 5] for place, look in enumerate(looks)]
    return np.unique(np.concatenate(best))


def _price(programme: Programme, kept: Indices) -> Prices:
    from scipy import sparse
    from scipy.optimize import linprog

    rows = write_own_rows(programme, kept)
    pairs, heads, needs, gates = len(rows.who), len(kept), len(programme.units), len(programme.limits)
    own = rows.own.shape[0]
    cuts = programme.cuts.only(kept)
    softened = np.delete(np.arange(gates + 1 + len(cuts)), gates)
    slacks = needs + len(softened)
    relief = np.zeros((gates + 1 + len(cuts), slacks))
    relief[softened, needs + np.arange(len(softened))] = -1
    joint = np.vstack([programme.rows[:, kept], np.ones(heads), cuts.join])
    carried = np.vstack([np.zeros((gates + 1, pairs)), cuts.carry[:, rows.who] * cuts.weigh[:, rows.what]])
    shortfall = np.concatenate([np.where(programme.asked, _SHORTFALL, 0.0), np.full(len(softened), _SHORTFALL)])
    upper = np.concatenate([np.full(pairs, np.inf), np.ones(heads), np.full(slacks, np.inf)])
    answer = linprog(
        np.concatenate([-programme.gain[kept][rows.who, rows.what], programme.cost[kept], shortfall]),
        A_ub=sparse.vstack([_widened(rows.own, slacks), np.hstack([carried, joint, relief])], format="csr"),
        b_ub=np.concatenate([np.zeros(own), programme.limits, [programme.most], cuts.limits]),
        A_eq=sparse.hstack([rows.covers, np.eye(needs, slacks)], format="csr"),
        b_eq=np.ones(needs),
        bounds=np.column_stack([np.zeros(len(upper)), upper]),
        method="highs-ds",
    )
    needs_price = -answer.eqlin.marginals
    joint_prices = np.maximum(-answer.ineqlin.marginals[own:], 0)
    parts, joins = np.zeros(programme.reach.shape), np.zeros(len(programme.reach))
    parts[kept[rows.who], rows.what] = answer.x[:pairs]
    joins[kept] = answer.x[pairs : pairs + heads]
    return Prices(
        needs=np.where(programme.asked, needs_price, np.maximum(needs_price, 0)),
        gates=joint_prices[:gates],
        cuts=joint_prices[gates + 1 :],
        place=float(joint_prices[gates]),
        parts=parts,
        joins=joins,
    )


def _widened(rows: Any, columns: int) -> Any:
    from scipy import sparse

    return sparse.csr_array((rows.data, rows.indices, rows.indptr), shape=(rows.shape[0], rows.shape[1] + columns))
