"""Amounts whose sign or decimals only the whole sheet tells: a column of CR and DR, or commas before the pence."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from procure.sheets.cells import show
from procure.sheets.columns import Layout
from procure.sheets.headings import normalise
from procure.sheets.money import CellError, read_pence
from procure.sheets.reading import Cell
from procure.sheets.table import BrokenRow, Row, Table

_SAMPLE = 5_000
_LEAST_ROWS = 10  # fewer cells with commas before the pence are mistakes to be put right, and no habit
_SPELLINGS = 24  # a column of more different cells says something else
_MARKED = re.compile(r"^(?:cr dr|dr cr|c d|d c|credit debit|debit credit|sign)\b|\b(?:indicator|cr dr|dr cr|dc|cd)\b")
_CREDITS, _DEBITS = {"cr", "c", "credit"}, {"dr", "d", "debit"}
_COMMA = re.compile(r"[-(]?\s*(?:£\s?)?-?(?:[0-9]{1,3}(?:[. \u00a0\u202f][0-9]{3})+|[0-9]+),[0-9]{2}\s?\)?-?")


def find_marks(layout: Layout, rows: Sequence[Row]) -> int | None:
    """The 0-based column that marks each unsigned amount as a credit or a debit; None where there is none."""
    amount = layout.indexes["amount"]
    below = [row for row in rows[layout.first_row :][:_SAMPLE] if len(row) > amount and show(row[amount])]
    for at, heading in enumerate(layout.headings):
        if at == amount or len({row[at] for row in below if at < len(row)}) > _SPELLINGS:
            continue
        cells = [(_mark(row, at), row[amount]) for row in below]
        told = {mark for mark, _ in cells if mark}
        if not (told & _CREDITS and told & _DEBITS) or told - _CREDITS - _DEBITS:
            continue
        is_plain = told == {"cr", "dr"} or bool(_MARKED.search(normalise(heading)))
        if is_plain and not any(_is_negative(cell) for mark, cell in cells if mark in _CREDITS):
            return at
    return None


def sign_amounts(table: Table, layout: Layout, marks: int) -> Table:
    """The table with a minus before the amounts of credits."""

    def change(row: Row) -> None:
        if _mark(row, marks) in _CREDITS and not _is_negative(row[amount]) and show(row[amount]):
            row[amount] = f"-{show(row[amount])}" if isinstance(row[amount], str) else _negated(row[amount])

    amount = layout.indexes["amount"]
    return table.changed(partial(_walk, table, layout.first_row, amount, change))


def has_commas(layout: Layout, rows: Sequence[Row]) -> bool:
    """Whether every amount of a sheet has a comma before its pence, as other countries write."""
    at = layout.indexes["amount"]
    cells = [row[at] for row in rows[layout.first_row :][:_SAMPLE] if at < len(row) and row[at] not in ("", None)]
    return len(cells) >= _LEAST_ROWS and all(isinstance(cell, str) and _COMMA.fullmatch(cell.strip()) for cell in cells)


def point_amounts(table: Table, layout: Layout) -> Table:
    """The table with a point before the pence of every amount."""
    columns = [layout.indexes[name] for name in ("amount", "vat", "gross") if name in layout.indexes]

    def change(row: Row) -> None:
        for at in columns:
            cell = row[at] if at < len(row) else None
            if isinstance(cell, str) and _COMMA.fullmatch(cell.strip()):
                row[at] = re.sub(r"[. \u00a0\u202f](?=[0-9]{3})", "", cell).replace(",", ".")

    return table.changed(partial(_walk, table, layout.first_row, layout.indexes["amount"], change))


def _walk(table: Table, first_row: int, amount: int, change: Callable[[Row], None]) -> Iterator[Row]:
    rows = table.walk()
    yield from islice(rows, first_row)
    for row in rows:
        if amount < len(row) and not isinstance(row, BrokenRow):
            change(row)
        yield row


def _mark(row: Row, at: int) -> str:
    return show(row[at]).lower().rstrip(".") if at < len(row) else ""


def _is_negative(cell: Cell) -> bool:
    try:
        return read_pence(cell) < 0
    except CellError:
        return False


def _negated(cell: Cell) -> Cell:
    return -cell if isinstance(cell, int | float) and not isinstance(cell, bool) else cell
