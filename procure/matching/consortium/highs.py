"""HiGHS, spoken to directly: a change costs only the steps it makes necessary."""

from math import inf
from typing import Any

import highspy
import numpy as np

from .linear import Answer, Entries, Grid, Indices

_OPTIMAL, _INFEASIBLE = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible


class HighsProgramme:
    """A programme inside HiGHS."""

    def __init__(self, exact: float) -> None:
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("presolve", "off"),
            ("simplex_dual_edge_weight_strategy", 1),
            ("dual_simplex_cost_perturbation_multiplier", 0.0),
            ("primal_feasibility_tolerance", exact),
            ("dual_feasibility_tolerance", exact),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0),
            ("mip_feasibility_tolerance", 1e-7),
        ):
            self._highs.setOptionValue(option, value)

    @property
    def rows(self) -> int:
        return int(self._highs.getNumRow())

    @property
    def columns(self) -> int:
        return int(self._highs.getNumCol())

    def add_rows(self, lower: Grid, upper: Grid, entries: Entries | None = None) -> None:
        count = len(lower)
        starts, columns, values = _blank(count) if entries is None else entries.by(entries.rows, entries.columns, count)
        self._highs.addRows(count, lower, upper, len(values), starts, columns, values)

    def add_columns(self, cost: Grid, lower: Grid, upper: Grid, entries: Entries) -> None:
        count = len(cost)
        starts, rows, values = entries.by(entries.columns, entries.rows, count)
        self._highs.addCols(count, cost, lower, upper, len(values), starts, rows, values)

    def bound_columns(self, columns: Indices, lower: Grid, upper: Grid) -> None:
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def bound_row(self, row: int, lower: float, upper: float) -> None:
        self._highs.changeRowBounds(row, lower, upper)

    def drop_rows(self, rows: Indices) -> None:
        self._highs.deleteRows(len(rows), rows.astype(np.int32))

    def set_steps(self, steps: int) -> None:
        self._highs.setOptionValue("simplex_iteration_limit", steps)

    @property
    def basis(self) -> Any:
        return self._highs.getBasis(), self.columns, self.rows

    @basis.setter
    def basis(self, stand: Any) -> None:
        basis, columns, rows = stand
        if self.columns > columns:
            at_lower = [highspy.HighsBasisStatus.kLower] * (self.columns - columns)
            basis.col_status = [*basis.col_status[:columns], *at_lower]
        if self.rows > rows:
            slack = [highspy.HighsBasisStatus.kBasic] * (self.rows - rows)
            basis.row_status = [*basis.row_status[:rows], *slack]
        self._highs.setBasis(basis)

    @property
    def _cost(self) -> float:
        return float(self._highs.getInfo().objective_function_value)

    def solve(self) -> Answer | None:
        self._highs.run()
        if self._highs.getModelStatus() not in (_OPTIMAL, _INFEASIBLE):
            self._highs.clearSolver()
            self._highs.run()
        status = self._highs.getModelStatus()
        if status == _INFEASIBLE:
            return None
        if status != _OPTIMAL:
            raise ArithmeticError(f"HiGHS gave up: {self._highs.modelStatusToString(status)}")
        return self._answer()

    def solve_whole(self, columns: Indices, seconds: float = inf) -> Answer | None:
        kind = np.full(len(columns), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._highs.changeColsIntegrality(len(columns), columns.astype(np.int32), kind)
        self._highs.setOptionValue("presolve", "on")
        if seconds < inf:
            self._highs.setOptionValue("time_limit", max(0.01, seconds))
        self._highs.run()
        return self._answer() if self._highs.getModelStatus() == _OPTIMAL else None

    def _answer(self) -> Answer:
        solution = self._highs.getSolution()
        return Answer(self._cost, np.array(solution.col_value), np.array(solution.row_dual))

    def try_out(self) -> float:
        self._highs.run()
        return inf if self._highs.getModelStatus() == _INFEASIBLE else self._cost


def _blank(count: int) -> tuple[Indices, Indices, Grid]:
    return np.zeros(count, dtype=np.int32), np.zeros(0, dtype=np.int32), np.zeros(0)
