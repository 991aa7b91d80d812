"""The linear relaxation of a lot, solved over the few enterprises that matter and proved over all of them."""

from dataclasses import replace

import numpy as np

from .bounds import Bound, Prices, bound_at
from .programme import Indices, Programme
from .rows import write_own_rows

_SHORTFALL = 50.0
_FEW = 40
_ROUNDS = 60


def find_bound(programme: Programme) -> Bound:
    """A bound at prices which no enterprise outside the linear programme would still improve.

    Starts with the enterprises that look best for some need or gate and lets in those that the prices favour,
    until none is left. A shortfall is allowed at a high price, so there are prices even where nothing works: then
    the bound lies far below nothing.
    """
    inside = _promising(programme)
    best = bound = bound_at(programme, _price(programme, inside))
    for _ in range(_ROUNDS):
        outside = np.setdiff1d(np.nonzero(bound.adds > 1e-9)[0], inside)
        if not len(outside):
            break
        inside = np.union1d(inside, outside[np.argsort(-bound.adds[outside], kind="stable")[: 2 * _FEW]])
        bound = bound_at(programme, _price(programme, inside))
        best = min(best, bound, key=lambda one: one.total)
    return best


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
    sets = sparse.csr_array(np.vstack([programme.rows[:, kept], np.ones(heads)]))
    relief = sparse.coo_array((-np.ones(gates), (np.arange(gates), np.arange(gates))), shape=(gates + 1, gates))
    slacks = needs + gates
    upper = np.concatenate([np.full(pairs, np.inf), np.ones(heads), np.full(slacks, np.inf)])
    shortfall = np.concatenate([np.where(programme.asked, _SHORTFALL, 0.0), np.full(gates, _SHORTFALL)])
    blank = sparse.csr_array
    answer = linprog(
        np.concatenate([-programme.gain[kept][rows.who, rows.what], programme.cost[kept], shortfall]),
        A_ub=sparse.vstack(
            [
                sparse.hstack([blank((gates + 1, pairs)), sets, blank((gates + 1, needs)), relief]),
                sparse.hstack([rows.own, blank((rows.own.shape[0], slacks))]),
            ]
        ).tocsc(),
        b_ub=np.concatenate([programme.limits, [programme.most], np.zeros(rows.own.shape[0])]),
        A_eq=sparse.hstack([rows.covers, sparse.eye_array(needs), blank((needs, gates))]).tocsc(),
        b_eq=np.ones(needs),
        bounds=np.column_stack([np.zeros(len(upper)), upper]),
        method="highs-ds",
    )
    needs_price = -answer.eqlin.marginals
    gate_prices = np.maximum(-answer.ineqlin.marginals[: gates + 1], 0)
    return Prices(
        np.where(programme.asked, needs_price, np.maximum(needs_price, 0)),
        gate_prices[:-1],
        float(gate_prices[-1]),
        float(answer.x[pairs : pairs + heads].sum()),
    )
