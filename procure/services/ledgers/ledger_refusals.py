"""Rows of a ledger that were refused: why, and as a file in the ledger's own layout to put right and send back."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, BinaryIO

from sqlalchemy import func, select

from ...extensions import db
from ...models import Ledger, Refusal
from ...sheets import Problem, RefusedRow, write_refusals

SHEET = "Sheet in your file"
REASONS_SHOWN = 20


@dataclass(frozen=True)
class RefusedSheet:
    """The refused rows of one sheet under its own headings."""

    sheet: str | None
    headings: tuple[str, ...]
    refused_rows: tuple[RefusedRow, ...]


def write(ledger: Ledger, stream: BinaryIO, kind: str) -> None:
    """Write the refused rows of a ledger with advice; where it has several sheets, each row names its own.

    kind  xlsx or csv
    """
    write_refusals(stream, _sheets(ledger), kind=kind)


def kinds(ledger: Ledger) -> tuple[str, ...]:
    """The kinds of file the rows fit in: sheets laid out differently do not share a csv."""
    return ("xlsx", "csv") if len({tuple(sheet["headings"]) for sheet in ledger.sheets}) == 1 else ("xlsx",)


def _sheets(ledger: Ledger) -> list[RefusedSheet]:
    rows = _rows(ledger)
    names_sheets = len(ledger.sheets) > 1
    return [_sheet(sheet, rows[sheet["sheet"]], names_sheets) for sheet in ledger.sheets]


def _sheet(sheet: dict[str, Any], rows: list[RefusedRow], names_sheet: bool) -> RefusedSheet:
    headings, name = tuple(sheet["headings"]), sheet["sheet"]
    if not names_sheet:
        return RefusedSheet(name, headings, tuple(rows))
    width = max([len(headings), *(len(row.cells) for row in rows)])
    named = tuple(
        RefusedRow(row.row, (*row.cells, *[""] * (width - len(row.cells)), name), row.problems) for row in rows
    )
    return RefusedSheet(name, (*headings, *[""] * (width - len(headings)), SHEET), named)


def _rows(ledger: Ledger) -> dict[str, list[RefusedRow]]:
    """Sheet > its refused rows in the order of the file."""
    found: dict[tuple[str, int], list[Refusal]] = defaultdict(list)
    query = select(Refusal).where(
        Refusal.organisation_id == ledger.organisation_id, Refusal.ledger_id == ledger.id, Refusal.row.is_not(None)
    )
    for refusal in db.session.scalars(query.order_by(Refusal.row, Refusal.id)):
        found[refusal.sheet, refusal.row or 0].append(refusal)
    rows: dict[str, list[RefusedRow]] = defaultdict(list)
    for (sheet, row), refusals in found.items():
        cells = next((each.cells for each in refusals if each.cells is not None), [])
        problems = tuple(Problem(sheet, row, each.column, each.value or "", each.message) for each in refusals)
        rows[sheet].append(RefusedRow(row, tuple(cells), problems))
    return rows


def reasons(ledger: Ledger) -> list[tuple[str, str | None, int]]:
    """Why rows were refused: message, column and how often, the commonest first."""
    found = db.session.execute(
        select(Refusal.message, Refusal.column, func.count(Refusal.id))
        .where(Refusal.organisation_id == ledger.organisation_id, Refusal.ledger_id == ledger.id)
        .group_by(Refusal.message, Refusal.column)
        .order_by(func.count(Refusal.id).desc(), Refusal.message, Refusal.column)
        .limit(REASONS_SHOWN)
    )
    return [(message, column, number) for message, column, number in found]
