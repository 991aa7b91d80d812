"""The same linear programmes by SciPy alone, each solved from nothing: as exact, and slow."""

from math import inf
from typing import Any

import numpy as np

from .linear import Answer, Entries, Grid, Indices

_NONE = np.zeros(0)


class PlainProgramme:
    """A programme kept as arrays."""

    basis: Any = None

    def __init__(self, exact: float) -> None:
        self._exact = max(exact, 1e-10)
        self._cost, self._bounds, self._limits = _NONE, np.zeros((0, 2)), np.zeros((0, 2))
        self._entries = Entries(_NONE.astype(int), _NONE.astype(int), _NONE)

    @property
    def rows(self) -> int:
        return len(self._limits)

    @property
    def columns(self) -> int:
        return len(self._cost)

    def add_rows(self, lower: Grid, upper: Grid, entries: Entries | None = None) -> None:
        if entries is not None:
            self._add(entries, self.rows, 0)
        self._limits = np.vstack([self._limits, np.column_stack([lower, upper])])

    def add_columns(self, cost: Grid, lower: Grid, upper: Grid, entries: Entries) -> None:
        self._add(entries, 0, self.columns)
        self._cost = np.append(self._cost, cost)
        self._bounds = np.vstack([self._bounds, np.column_stack([lower, upper])])

    def bound_columns(self, columns: Indices, lower: Grid, upper: Grid) -> None:
        self._bounds[columns] = np.column_stack([lower, upper])

    def bound_row(self, row: int, lower: float, upper: float) -> None:
        self._limits[row] = lower, upper

    def drop_rows(self, rows: Indices) -> None:
        kept = np.setdiff1d(np.arange(self.rows), rows)
        place = np.full(self.rows, -1)
        place[kept] = np.arange(len(kept))
        old = self._entries
        is_kept = place[old.rows] >= 0
        self._entries = Entries(place[old.rows[is_kept]], old.columns[is_kept], old.values[is_kept])
        self._limits = self._limits[kept]

    def set_steps(self, steps: int) -> None:
        """Every solution is whole here."""

    def solve(self) -> Answer | None:
        from scipy.optimize import linprog

        above, below = np.isfinite(self._limits).T
        matrix = self._matrix()
        rows = np.concatenate([np.nonzero(below)[0], np.nonzero(above)[0]])
        signs = np.repeat([1.0, -1.0], [below.sum(), above.sum()])
        answer = linprog(
            self._cost,
            A_ub=matrix[rows].multiply(signs[:, None]).tocsr(),
            b_ub=np.concatenate([self._limits[below, 1], -self._limits[above, 0]]),
            bounds=self._bounds,
            method="highs-ds",
            options={"primal_feasibility_tolerance": self._exact, "dual_feasibility_tolerance": self._exact},
        )
        if answer.status != 0:
            return None
        prices = np.zeros(self.rows)
        np.add.at(prices, rows, signs * answer.ineqlin.marginals)
        return Answer(float(answer.fun), answer.x, prices)

    def solve_whole(self, columns: Indices, seconds: float = inf) -> Answer | None:
        from scipy.optimize import Bounds, LinearConstraint, milp

        whole = np.zeros(self.columns)
        whole[columns] = 1
        answer = milp(
            self._cost,
            integrality=whole,
            bounds=Bounds(*self._bounds.T),
            constraints=LinearConstraint(self._matrix(), *self._limits.T),
            options={"mip_rel_gap": 0.0} | ({} if seconds == inf else {"time_limit": max(0.01, seconds)}),
        )
        return Answer(float(answer.fun), answer.x, np.zeros(self.rows)) if answer.status == 0 else None

    def try_out(self) -> float:
        answer = self.solve()
        return inf if answer is None else answer.cost

    def _add(self, entries: Entries, first_row: int, first_column: int) -> None:
        old = self._entries
        self._entries = Entries(
            np.append(old.rows, entries.rows + first_row),
            np.append(old.columns, entries.columns + first_column),
            np.append(old.values, entries.values),
        )

    def _matrix(self) -> Any:
        from scipy.sparse import csr_array

        known = self._entries
        return csr_array((known.values, (known.rows, known.columns)), shape=(self.rows, self.columns))
