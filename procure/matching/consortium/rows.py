"""Sparse rows that each enterprise keeps by itself, for the linear and the integer programme alike."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .programme import Indices, Programme


@dataclass(frozen=True)
class OwnRows:
    """Which enterprise carries which need, one column a pair, then one column an enterprise.

    who, what  the pairs' enterprises (places in kept) and needs
    covers     N rows: the parts of each need
    own        rows <= 0: nothing is carried by those who do not join, nobody spends more than the purse
    works      rows <= 0: whoever joins carries at least one unit in all
    """

    who: Indices
    what: Indices
    covers: Any
    own: Any
    works: Any


def write_own_rows(programme: Programme, kept: Indices) -> OwnRows:
    """Rows over the enterprises kept, in that order."""
    from scipy import sparse

    reach, purse = programme.reach[kept], programme.purse[kept]
    who, what = np.nonzero(reach > 0)
    pairs, heads = len(who), len(kept)
    each, everyone, width = np.arange(pairs), np.arange(heads), pairs + heads
    capped = np.nonzero(np.isfinite(purse))[0]
    line = np.full(heads, -1)
    line[capped] = pairs + np.arange(len(capped))
    spends = np.nonzero(line[who] >= 0)[0]
    own = sparse.coo_array(
        (
            np.concatenate([np.ones(pairs), -reach[who, what], programme.worth[what[spends]], -purse[capped]]),
            (
                np.concatenate([each, each, line[who[spends]], line[capped]]),
                np.concatenate([each, pairs + who, spends, pairs + capped]),
            ),
        ),
        shape=(pairs + len(capped), width),
    )
    covers = sparse.coo_array((np.ones(pairs), (what, each)), shape=(len(programme.units), width))
    works = sparse.coo_array(
        (
            np.concatenate([-programme.units[what], np.ones(heads)]),
            (np.concatenate([who, everyone]), np.concatenate([each, pairs + everyone])),
        ),
        shape=(heads, width),
    )
    return OwnRows(who, what, covers.tocsr(), own.tocsr(), works.tocsr())
