"""The best set among a few enterprises, as a mixed integer programme."""

import math
from time import perf_counter
from typing import Any

import numpy as np

from .programme import Grid, Indices, Programme
from .rows import write_own_rows

_SCALE = 100.0
"""HiGHS stops once the gap is below 1e-6 of the objective's unit; a larger unit makes the answer exact to 1e-8."""


def select(
    programme: Programme,
    kept: Indices,
    barred: list[tuple[int, ...]],
    to_beat: float | None,
    is_everyone_busy: bool = True,
    until: float = math.inf,
) -> tuple[tuple[int, ...], float] | None:
    """The best members among the enterprises kept, in order, and their objective; None where no set will do.

    barred            sets that must not come back, because their exact objective is known
    to_beat           sets worth less need not be looked at: as a row it closes most of the tree at once
    is_everyone_busy  whether each member must carry a unit; rarely needed, and slow, so first tried without
    until             when to stop looking, on the clock of time.perf_counter
    """
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    options: dict[str, float] = {"mip_rel_gap": 0}
    if math.isfinite(until):
        options["time_limit"] = max(0.01, until - perf_counter())

    rows = write_own_rows(programme, kept)
    pairs, heads = len(rows.who), len(kept)
    sets, limits = _set_rows(programme, kept, barred)
    costs = np.concatenate([-programme.gain[kept][rows.who, rows.what], programme.cost[kept]])
    first = float(programme.cost.max(initial=0))
    constraints = [
        LinearConstraint(rows.covers, programme.asked.astype(float), 1),
        LinearConstraint(rows.own, -np.inf, 0),
        LinearConstraint(sparse.hstack([sparse.csr_array((len(limits), pairs)), sets]).tocsr(), -np.inf, limits),
    ]
    if is_everyone_busy:
        constraints.append(LinearConstraint(rows.works, -np.inf, 0))
    if to_beat is not None:
        constraints.append(LinearConstraint(costs[None, :], -np.inf, first - to_beat))
    answer = milp(
        costs * _SCALE,
        constraints=constraints,
        integrality=np.repeat([0, 1], [pairs, heads]),
        bounds=Bounds(0, np.repeat([np.inf, 1.0], [pairs, heads])),
        options=options,
    )
    members = None if answer.x is None else tuple(int(one) for one in kept[answer.x[pairs:] > 0.5])
    return None if members is None else (members, first - float(answer.fun) / _SCALE)


def _set_rows(programme: Programme, kept: Indices, barred: list[tuple[int, ...]]) -> tuple[Any, Grid]:
    from scipy import sparse

    place = {int(one): column for column, one in enumerate(kept)}
    rows, limits = [*programme.rows[:, kept], np.ones(len(kept))], [*programme.limits, float(programme.most)]
    for members in barred:
        if place.keys() >= set(members):
            row = -np.ones(len(kept))
            row[[place[one] for one in members]] = 1
            rows.append(row)
            limits.append(len(members) - 1.0)
    pairs = [(place[a], place[b]) for a in place for b in programme.apart.get(a, ()) if a < b and b in place]
    apart = sparse.coo_array(
        (np.ones(2 * len(pairs)), (np.repeat(np.arange(len(pairs)), 2), np.ravel(pairs).astype(int))),
        shape=(len(pairs), len(kept)),
    )
    return sparse.vstack([sparse.csr_array(np.vstack(rows)), apart]), np.array(limits + [1.0] * len(pairs))
