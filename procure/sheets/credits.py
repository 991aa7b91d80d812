"""Debits and credits in columns of their own: one amount a line, with credits negative."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from procure.sheets.columns import Layout
from procure.sheets.headings import normalise
from procure.sheets.money import CellError, read_pence
from procure.sheets.reading import Cell
from procure.sheets.table import BrokenRow, Row, Table

_DEBIT = re.compile(r"^(?:debits?|dr|paid out|money out)(?: amount| value)?(?: £| gbp)?$|^(?:amount )dr$")
_CREDIT = re.compile(r"^(?:credits?|cr|paid in|money in)(?: amount| value)?(?: £| gbp)?$|^(?:amount )cr$")


def find_credits(layout: Layout) -> int | None:
    """The 0-based column of credits, where the amount is a column of debits only."""
    if not _DEBIT.search(normalise(layout.columns.get("amount", ""))):
        return None
    found = [at for at, heading in enumerate(layout.headings) if _CREDIT.search(normalise(heading))]
    return found[0] if len(found) == 1 else None


def join_credits(table: Table, layout: Layout, credit: int, rows: Sequence[Row]) -> Table:
    """The table with each credit in the column of debits, negative. A line with both is left to be refused."""
    below = [_pence(row, credit) for row in rows[layout.first_row :]]
    sign = -1 if any(pence > 0 for pence in below if pence) else 1  # some systems write them negative already
    return table.changed(partial(_walk, table, layout, credit, sign))


def _walk(table: Table, layout: Layout, credit: int, sign: int) -> Iterator[Row]:
    debit, rows = layout.indexes["amount"], table.walk()
    yield from islice(rows, layout.first_row)
    for row in rows:
        if len(row) > max(credit, debit) and not isinstance(row, BrokenRow) and (pence := _pence(row, credit)):
            row[debit] = _joined(row, debit, sign * pence)
        yield row


def _joined(row: Row, debit: int, pence: int) -> Cell:
    if _pence(row, debit) or (row[debit] not in ("", None) and _pence(row, debit) is None):
        return f"{row[debit]} and a credit of {abs(pence) / 100:.2f}"
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def _pence(row: Row, at: int) -> int | None:
    try:
        return read_pence(row[at]) if at < len(row) else None
    except CellError:
        return None
