"""Kernel ridge regression: every lesson keeps a weight for every category, so thousands are learned in seconds."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

RIDGE = 2.0
BLOCK = 500
Floats32 = NDArray[np.float32]


def likeness(rows: Any, others: Any) -> Floats32:
    """How alike every row is to every other: the products of two sparse tables, dense, a block of rows at a time."""
    alike = np.empty((rows.shape[0], others.shape[0]), dtype=np.float32)
    columns = others.T.tocsr()
    for start in range(0, len(alike), BLOCK):
        alike[start : start + BLOCK] = (rows[start : start + BLOCK] @ columns).toarray()
    return alike


def solve(alike: Floats32, targets: Floats32, weights: NDArray[np.float64]) -> Floats32:
    """Lessons by categories; scores of a text are its likeness to the lessons times these.

    alike    likeness of the lessons to one another; it is overwritten
    targets  lessons by categories, 1 where a lesson is of the category
    weights  one a lesson: a lesson of weight 2 pulls like the same lesson twice
    """
    from scipy.linalg import cho_factor, cho_solve

    alike[np.diag_indices(len(alike))] += (RIDGE / weights).astype(np.float32)
    factor = cho_factor(alike, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, targets, check_finite=False), dtype=np.float32)
