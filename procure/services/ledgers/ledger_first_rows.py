"""The first rows of a ledger's file as it shows them, for a person who says which of them holds the headings."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...models import Ledger
from ...sheets import UnreadableSheetError, read_first_rows
from .. import uploads
from ..errors import RefusedError

ROWS = 25
Rows = Mapping[str, list[list[str]]]
"""Sheet ("" for a csv) > its first rows; row n is at n - 1. Every row of a sheet is of one width."""


def of_file(path: Path) -> Rows:
    """raises  UnreadableSheetError where the file may not be opened"""
    return {each.sheet or "": _of_one_width(each.rows) for each in read_first_rows(path, ROWS)}


def _of_one_width(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell.strip()), default=0)
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def worth_keeping(path: Path) -> dict[str, Any]:
    """What an upload that was refused keeps, so that a person may point at the headings; empty where none can be."""
    with contextlib.suppress(UnreadableSheetError):
        return {"first_rows": of_file(path)}
    return {}


def can_be_shown(ledger: Ledger) -> bool:
    """Whether a person may say where the headings stand."""
    if ledger.state == "refused":
        return bool((ledger.upload.reading or {}).get("first_rows"))
    return ledger.state == "unconfirmed"


def of_ledger(ledger: Ledger) -> Rows:
    """errors  RefusedError where the file has no rows to show"""
    kept: Rows | None = (ledger.upload.reading or {}).get("first_rows")
    if kept:
        return kept
    try:
        return of_file(uploads.path_of(ledger.upload))
    except UnreadableSheetError as refusal:
        raise RefusedError(refusal.reason) from refusal


def headings(rows: Rows, sheet: str, heading_row: int) -> list[str]:
    """The headings of a sheet if they stand in this row, counted from 1; 0 means that the sheet has none.

    errors  RefusedError where there is no such row among the first
    """
    shown = rows.get(sheet)
    if not shown or not 0 <= heading_row <= len(shown):
        raise RefusedError("Choose the row that holds the headings")
    return shown[heading_row - 1] if heading_row else [f"Column {place + 1}" for place in range(len(shown[0]))]
