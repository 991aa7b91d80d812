"""Linear programmes that are changed a little and solved again from where they stood."""

from dataclasses import dataclass
from math import inf
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.float64]
Indices = NDArray[np.int_]


@dataclass(frozen=True)
class Entries:
    """A sparse matrix by its non-zero entries, in any order."""

    rows: Indices
    columns: Indices
    values: Grid

    def by(self, line: Indices, other: Indices, count: int) -> tuple[Indices, Indices, Grid]:
        """Where each line starts, the other index and the value of each entry, for HiGHS."""
        order = np.argsort(line, kind="stable")
        starts = np.searchsorted(line[order], np.arange(count))
        return starts.astype(np.int32), other[order].astype(np.int32), self.values[order]


@dataclass(frozen=True)
class Answer:
    """What a programme came to: its least cost, the columns, and a price for each row; None where it has none."""

    cost: float
    columns: Grid
    prices: Grid


class LinearProgramme(Protocol):
    """Least cost subject to rows, kept between changes."""

    @property
    def rows(self) -> int: ...

    @property
    def columns(self) -> int: ...

    basis: Any
    """Where the programme stands, to come back to."""

    def add_rows(self, lower: Grid, upper: Grid, entries: Entries | None = None) -> None:
        """Rows lower <= entries x columns <= upper; entries' rows count from the first new row."""

    def add_columns(self, cost: Grid, lower: Grid, upper: Grid, entries: Entries) -> None:
        """Columns with their entries in the rows there are; entries' columns count from the first new column."""

    def bound_columns(self, columns: Indices, lower: Grid, upper: Grid) -> None: ...

    def bound_row(self, row: int, lower: float, upper: float) -> None: ...

    def drop_rows(self, rows: Indices) -> None: ...

    def set_steps(self, steps: int) -> None:
        """At most so many steps a solution."""

    def solve(self) -> Answer | None:
        """The answer, from where the programme stands; None where no columns keep the rows."""

    def solve_whole(self, columns: Indices, seconds: float = inf) -> Answer | None:
        """The best answer with whole numbers in these columns; None where there is none, or none was proved in time."""

    def try_out(self) -> float:
        """About the cost, within the steps set; infinite where no columns keep the rows."""
