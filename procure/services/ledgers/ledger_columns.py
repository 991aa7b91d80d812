"""Which column of a ledger holds what: as a person corrects it, for this file and the next with the same headings."""

from ...models import Job
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, NotFoundError
from . import ledger_first_rows, ledger_reading, remembered_columns
from .ledger_changes import find, move
from .remembered_columns import HEADING_ROW

FIELDS = {
    "supplier": "Supplier",
    "amount": "Amount",
    "paid_on": "Date",
    "category": "Category",
    "description": "Description",
    "department": "Department",
    "transaction_number": "Transaction number",
    "supplier_postcode": "Supplier's postcode",
    "supplier_id": "Supplier's number",
    "vat": "VAT",
    "gross": "Amount with VAT",
    "company_number": "Company number",
}
"""Our names of what a column may hold > what people call it."""
CORRECTABLE = ("supplier", "amount", "paid_on", "category", "supplier_postcode")


def correct_columns(ledger_id: int, sheet: str, columns: dict[str, int], *, by: Actor) -> Job:
    """Read a ledger again with the columns a person chose, under the headings we or they found before.

    The choice is remembered for the next file with the same headings.

    columns  field > position counted from 0
    errors   NotFoundError; ConflictError where it is no longer waiting
    """
    ledger = find(ledger_id, of=by.acting_for)
    described = next((each for each in ledger.sheets if each["sheet"] == sheet), None)
    if described is None:
        raise NotFoundError
    stated = {**described.get("told", {}), **ledger.mapping.get(sheet, {})}.get(HEADING_ROW)
    if stated is not None:
        columns = {**columns, HEADING_ROW: stated}
    move(ledger, ("unconfirmed",), state="reading", mapping={**ledger.mapping, sheet: columns})
    remembered_columns.remember(described, columns, by=by)
    audit.note(by, "ledger columns corrected", ledger, sheet=sheet, columns=columns)
    return ledger_reading.queue(ledger, by)


def correct_heading_row(ledger_id: int, sheet: str, heading_row: int, columns: dict[str, int], *, by: Actor) -> Job:
    """Read a ledger again, also one that we refused, with its headings in the row a person pointed at.

    heading_row  counted from 1; 0 where the sheet has none, which cannot be remembered for the next file
    columns      field > position counted from 0; we choose the others
    errors       NotFoundError; RefusedError where there is no such row; ConflictError where it moved on
    """
    ledger = find(ledger_id, of=by.acting_for)
    headings = ledger_first_rows.headings(ledger_first_rows.of_ledger(ledger), sheet, heading_row)
    told = {**columns, HEADING_ROW: heading_row}
    move(ledger, ("unconfirmed", "refused"), state="reading", mapping={**ledger.mapping, sheet: told})
    if heading_row:
        remembered_columns.remember({"headings": headings, "columns": []}, told, by=by)
    audit.note(by, "ledger heading row corrected", ledger, sheet=sheet, columns=told)
    return ledger_reading.queue(ledger, by)


def forget_columns(ledger_id: int, sheet: str, *, by: Actor) -> Job | None:
    """Forget what was told about the columns of a sheet; a ledger that still waits is read again without it.

    errors  NotFoundError; ConflictError where it is forgotten already
    """
    ledger = find(ledger_id, of=by.acting_for)
    described = next((each for each in ledger.sheets if each["sheet"] == sheet), None)
    if described is None:
        raise NotFoundError
    if not remembered_columns.forget(described["headings"], by=by):
        raise ConflictError("These columns are forgotten already")
    if ledger.state != "unconfirmed":
        return None
    left = {name: columns for name, columns in ledger.mapping.items() if name != sheet}
    move(ledger, ("unconfirmed",), state="reading", mapping=left)
    return ledger_reading.queue(ledger, by)
