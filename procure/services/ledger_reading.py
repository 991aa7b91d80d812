"""Reading an uploaded ledger in the background: everything it holds is stored in one transaction, or nothing is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased

from .. import jobs
from ..extensions import db
from ..models import Ledger, Payee, Payment, Refusal, Upload
from ..sheets import LedgerReading, SheetReading, UnreadableSheetError, read_payments
from . import bulk, uploads

KIND = "read ledger"
NAME_LENGTH = 300
"""A payee's name beyond this many characters is cut: an index cannot hold a whole cell."""
LINES_SHOWN = 200
PAYMENT_COLUMNS = (
    "organisation_id", "ledger_id", "payee_id", "sheet", "row", "supplier", "pence", "paid_on", "category",
    "description", "transaction_number", "department", "supplier_postcode", "supplier_id", "vat_pence", "gross_pence",
)  # fmt: skip
REFUSAL_COLUMNS = ("organisation_id", "ledger_id", "sheet", "row", "column", "value", "message")


@dataclass(frozen=True)
class _Asked:
    path: Path
    filename: str
    mapping: dict[str | None, Any] | None


@jobs.work(KIND)
def read_ledger(turn: jobs.Turn) -> None:
    """Read the file of the ledger the job is about, and store what it holds."""
    asked = _what_is_asked(turn)
    db.session.rollback()  # the file is read with no transaction open, so that others may write meanwhile
    if asked is None:
        return
    try:
        reading = read_payments(asked.path, filename=asked.filename, mapping=asked.mapping, progress=turn.report)
    except UnreadableSheetError as refusal:
        _refuse(turn, refusal.reason)
        return
    _store(turn, reading)


def _what_is_asked(turn: jobs.Turn) -> _Asked | None:
    """The file to read; None where the ledger was discarded meanwhile."""
    row = db.session.execute(
        select(Upload, Ledger.mapping)
        .join(Ledger, Ledger.upload_id == Upload.id)
        .where(_is_mine(turn), Upload.organisation_id == turn.organisation_id, Ledger.state == "reading")
    ).first()
    if row is None:
        return None
    upload, mapping = row
    corrections: dict[str | None, Any] = {sheet or None: fields for sheet, fields in mapping.items()}
    return _Asked(uploads.path_of(upload), upload.filename, corrections or None)


def _is_mine(turn: jobs.Turn) -> Any:
    return (Ledger.organisation_id == turn.organisation_id) & (Ledger.id == turn.subject_id)


def _finish(turn: jobs.Turn, state: str, reason: str | None, **facts: Any) -> bool:
    """Move the ledger on, if it still waits to be read."""
    result: Any = db.session.execute(
        update(Ledger).where(_is_mine(turn), Ledger.state == "reading").values(state=state, **facts)
    )
    if not result.rowcount:
        return False
    mine = select(Ledger.upload_id).where(_is_mine(turn)).scalar_subquery()
    db.session.execute(
        update(Upload)
        .where(Upload.organisation_id == turn.organisation_id, Upload.id == mine)
        .values(state="refused" if reason else "read", reason=reason)
    )
    return True


def _refuse(turn: jobs.Turn, reason: str) -> None:
    if _finish(turn, "refused", reason):
        _clear(turn)


def _clear(turn: jobs.Turn) -> None:
    """Remove what an earlier reading stored; a person may have corrected a column since."""
    for record in (Payment, Refusal):
        db.session.execute(
            delete(record).where(record.organisation_id == turn.organisation_id, record.ledger_id == turn.subject_id)
        )


def _store(turn: jobs.Turn, reading: LedgerReading) -> None:
    refused = sum(sheet.refused for sheet in reading.sheets)
    days = [day for sheet in reading.sheets for day in (sheet.first_date, sheet.last_date) if day]
    facts = {
        "payments_count": reading.payments_count,
        "refused_count": refused,
        "non_data_count": sum(sheet.rows for sheet in reading.sheets) - reading.payments_count - refused,
        "total_pence": reading.total_pence,
        "first_date": min(days, default=None),
        "last_date": max(days, default=None),
        "sheets": [described(sheet) for sheet in reading.sheets],
        "warnings": [*reading.warnings, *_left_out(reading)],
    }
    if not _finish(turn, "unconfirmed", None, **facts):
        return
    _clear(turn)
    payees = _payee_ids(turn.organisation_id, reading.sheets)
    bulk.insert_rows(Payment, PAYMENT_COLUMNS, _payments(turn, reading.sheets, payees))
    bulk.insert_rows(Refusal, REFUSAL_COLUMNS, _refusals(turn, reading.sheets))
    if overlap := find_overlap(turn):
        db.session.execute(update(Ledger).where(_is_mine(turn)).values(warnings=[*facts["warnings"], overlap]))  # type: ignore[misc]


def described(sheet: SheetReading) -> dict[str, Any]:
    """What a page says about how a sheet was understood."""
    return {
        "sheet": sheet.sheet or "",
        "header_row": sheet.header_row,
        "headings": list(sheet.headings),
        "columns": [
            {
                "field": each.field,
                "heading": each.heading,
                "index": each.index,
                "reason": each.reason,
                "samples": list(each.samples[:3]),
                "alternatives": list(each.alternatives),
            }
            for each in sheet.why
        ],
        "rows": sheet.rows,
        "counts": dict(sheet.counts),
        "lines": [{"row": line.row, "kind": line.kind, "text": line.text} for line in sheet.non_data[:LINES_SHOWN]],
        "total_pence": sheet.total_pence,
        "repeats": sheet.repeats,
        "repeats_pence": sheet.repeats_pence,
        "is_hidden": sheet.is_hidden,
    }


def _left_out(reading: LedgerReading) -> list[str]:
    return [f"The sheet {name} was left out: {why}" for name, why in reading.other_sheets.items() if name]


def payee_name(supplier: str) -> str:
    """The name a payee is kept under: as the ledger writes it, in one spacing."""
    return " ".join(supplier.split())[:NAME_LENGTH] or supplier[:NAME_LENGTH]


def _payee_ids(organisation_id: int, sheets: Sequence[SheetReading]) -> dict[str, int]:
    """Name > payee for every supplier of the file; new names are added."""
    names = {payee_name(supplier) for sheet in sheets for supplier in {payment.supplier for payment in sheet.payments}}
    known = select(Payee.name, Payee.id).where(Payee.organisation_id == organisation_id)
    ids: dict[str, int] = {name: number for name, number in db.session.execute(known)}
    missing = sorted(names - ids.keys())
    if missing:
        bulk.insert_missing(Payee, [{"organisation_id": organisation_id, "name": name} for name in missing])
        ids = {name: number for name, number in db.session.execute(known)}
    return ids


def _payments(turn: jobs.Turn, sheets: Sequence[SheetReading], payees: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for sheet in sheets:
        for paid in sheet.payments:
            yield (
                turn.organisation_id, turn.subject_id, payees[payee_name(paid.supplier)], sheet.sheet or "", paid.row,
                paid.supplier, paid.pence, paid.paid_on, paid.category, paid.description, paid.transaction_number,
                paid.department, paid.supplier_postcode, paid.supplier_id, paid.vat_pence, paid.gross_pence,
            )  # fmt: skip


def _refusals(turn: jobs.Turn, sheets: Sequence[SheetReading]) -> Iterator[tuple[Any, ...]]:
    for sheet in sheets:
        for refused in sheet.refused_rows:
            for problem in refused.problems:
                place = (sheet.sheet or "", problem.row, problem.column, problem.value, problem.message)
                yield (turn.organisation_id, turn.subject_id, *place)


def find_overlap(turn: jobs.Turn) -> str | None:
    """A warning where payments of this ledger stand in a confirmed one already."""
    other = aliased(Payment)
    counted = aliased(Ledger)
    twin = (
        select(other.id)
        .join(counted, counted.id == other.ledger_id)
        .where(
            other.organisation_id == turn.organisation_id,
            counted.organisation_id == turn.organisation_id,
            counted.state == "confirmed",
            other.ledger_id != turn.subject_id,
            other.payee_id == Payment.payee_id,
            other.paid_on == Payment.paid_on,
            other.pence == Payment.pence,
            func.coalesce(other.transaction_number, "") == func.coalesce(Payment.transaction_number, ""),
        )
        .exists()
    )
    found, pence = db.session.execute(
        select(func.count(Payment.id), func.sum(Payment.pence)).where(
            Payment.organisation_id == turn.organisation_id, Payment.ledger_id == turn.subject_id, twin
        )
    ).one()
    if not found:
        return None
    return (
        f"{found:,} of these payments, £{int(pence) / 100:,.2f} together, look the same as payments in ledgers you "
        "confirmed before. Confirm this ledger only if they are not the same payments"
    )
