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
    each, everyone = np.arange(pairs), np.arange(heads)
    shape = (heads, pairs)
    joins = sparse.coo_array((-reach[who, what], (each, who)), shape=(pairs, heads))
    capped = np.isfinite(purse)
    spends = sparse.csr_array((programme.worth[what], (who, each)), shape=shape)[capped]
    purses = sparse.csr_array((-np.where(capped, purse, 0.0), (everyone, everyone)), shape=(heads, heads))[capped]
    carries = sparse.csr_array((-programme.units[what], (who, each)), shape=shape)
    covers = sparse.coo_array((np.ones(pairs), (what, each)), shape=(len(programme.units), pairs + heads))
    own = sparse.vstack([sparse.hstack([sparse.eye_array(pairs), joins]), sparse.hstack([spends, purses])])
    return OwnRows(who, what, covers.tocsr(), own.tocsr(), sparse.hstack([carries, sparse.eye_array(heads)]).tocsr())
