"""How a given set of enterprises best divides the units of a lot."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .linear import Entries
from .programme import Programme
from .solvers import start_programme

Grid = NDArray[np.float64]
_EXACT = 1e-10


@dataclass(frozen=True)
class Load:
    """Parts of every need that each member carries (members x needs, 0 to 1), and their value to the objective."""

    parts: Grid
    fit: float


def divide(programme: Programme, members: Sequence[int]) -> Load | None:
    """The best division of the needs among these enterprises, or None where they cannot carry them.

    Every asked need is carried whole, the others up to whole; nobody exceeds a capacity or a purse; everybody
    carries at least one unit in all.
    """
    rows = np.asarray(members, dtype=int)
    reach = programme.reach[rows]
    if not len(rows):
        return None if programme.asked.any() else Load(np.zeros((0, len(programme.asked))), 0.0)
    if (reach.sum(axis=0) < 1 - _EXACT)[programme.asked].any():
        return None
    filled = _fill_by_fit(programme, rows)
    if filled is not None:
        return filled
    return _divide_by_programme(programme, rows)


def _fill_by_fit(programme: Programme, rows: NDArray[np.int_]) -> Load | None:
    """Give each need to the best suited first: the best division there could be, where no joint limit is broken."""
    gain, reach = programme.gain[rows], programme.reach[rows]
    order = np.argsort(-gain, axis=0, kind="stable")
    offered = np.take_along_axis(reach, order, axis=0)
    before = np.cumsum(offered, axis=0) - offered
    sorted_parts = np.clip(1 - before, 0, offered)
    parts = np.zeros_like(reach)
    np.put_along_axis(parts, order, sorted_parts, axis=0)
    is_within = (parts @ programme.worth <= programme.purse[rows]).all() and (
        parts @ programme.units >= programme.least
    ).all()
    if not is_within or (gain[(parts > 0) & ~programme.asked] < 0).any():
        return None
    return Load(parts, float((parts * gain).sum()))


def _divide_by_programme(programme: Programme, rows: NDArray[np.int_]) -> Load | None:
    gain, reach = programme.gain[rows], programme.reach[rows]
    who, what = np.nonzero(reach > 0)
    pairs, members, needs = np.arange(len(who)), len(rows), reach.shape[1]
    capped = np.isfinite(programme.purse[rows])
    most = np.where(capped, programme.purse[rows], np.inf)
    spends = np.nonzero(capped[who])[0]
    lp = start_programme(exact=_EXACT)
    lp.add_rows(
        np.concatenate([programme.asked.astype(float), np.full(members, -np.inf), np.full(members, programme.least)]),
        np.concatenate([np.ones(needs), most, np.full(members, np.inf)]),
    )
    entries = Entries(
        np.concatenate([what, needs + who[spends], needs + members + who]),
        np.concatenate([pairs, spends, pairs]),
        np.concatenate([np.ones(len(who)), programme.worth[what[spends]], programme.units[what]]),
    )
    lp.add_columns(-gain[who, what], np.zeros(len(who)), reach[who, what], entries)
    answer = lp.solve()
    if answer is None:
        return None
    parts = np.zeros_like(reach)
    parts[who, what] = np.clip(answer.columns, 0, reach[who, what])
    parts[parts < _EXACT] = 0
    return Load(parts, float((parts * gain).sum()))
