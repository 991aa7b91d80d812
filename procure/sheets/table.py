"""One sheet as rows of cells that can be walked more than once, whatever file it came from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from procure.sheets.reading import Cell

Row = list[Cell]
_CHUNK_ROWS = 1_000


class BrokenRow(list[Cell]):
    """A csv line whose quotation marks do not close: what it swallowed was given back to the lines after it."""


@dataclass(frozen=True)
class Chunk:
    """Rows that follow one another, to be taken a column at a time where they are alike.

    columns  the cells turned; None where the rows are of unequal length, or one is broken
    marks    of each row: those of equal rows are equal
    rows     the same row by row
    """

    count: int
    columns: Sequence[Sequence[Cell]] | None
    marks: Callable[[], list[int]]
    rows: Callable[[], list[Row]]


def mark_cells(cells: Row) -> int:
    return hash(tuple(cells))


@dataclass(frozen=True)
class Table:
    """Rows in order, blank ones included, so that the n-th row is row n as the person sees it.

    name       of the sheet; None for a csv
    walk       gives a fresh iterator from the first row each time
    in_chunks  gives the rows after the first so many in chunks, where that is faster than walking
    mark       the mark of a row, as in its chunk
    """

    name: str | None
    walk: Callable[[], Iterator[Row]]
    is_hidden: bool = False
    is_text: bool = False
    is_1904: bool = False
    in_chunks: Callable[[int], Iterator[Chunk]] | None = None
    mark: Callable[[Row], int] = mark_cells

    def changed(self, walk: Callable[[], Iterator[Row]]) -> "Table":
        """The same table with other cells."""
        return replace(self, walk=walk, in_chunks=None, mark=mark_cells)

    def chunks(self, after: int) -> Iterator[Chunk]:
        """The rows after the first so many."""
        return self.in_chunks(after) if self.in_chunks else self._walk_chunks(after)

    def _walk_chunks(self, after: int) -> Iterator[Chunk]:
        rows = islice(self.walk(), after, None)
        while chunk := list(islice(rows, _CHUNK_ROWS)):
            is_even = len(set(map(len, chunk))) == 1 and BrokenRow not in set(map(type, chunk))
            yield Chunk(
                len(chunk),
                list(zip(*chunk, strict=True)) if is_even else None,
                lambda chunk=chunk: list(map(hash, map(tuple, chunk))),  # type: ignore[misc]
                lambda chunk=chunk: chunk,  # type: ignore[misc]
            )
