"""One sheet as rows of cells that can be walked more than once, whatever file it came from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from procure.sheets.reading import Cell

Row = list[Cell]


class BrokenRow(list[Cell]):
    """A csv line whose quotation marks do not close: what it swallowed was given back to the lines after it."""


@dataclass(frozen=True)
class Table:
    """Rows in order, blank ones included, so that the n-th row is row n as the person sees it.

    name   of the sheet; None for a csv
    walk   gives a fresh iterator from the first row each time
    """

    name: str | None
    walk: Callable[[], Iterator[Row]]
    is_hidden: bool = False
    is_text: bool = False
    is_1904: bool = False
