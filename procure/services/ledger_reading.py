"""Reading an uploaded ledger in the background: everything it holds is stored in one transaction, or nothing is."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from .. import jobs
from ..extensions import db
from ..models import CorrectedRows, Job, Ledger, LeftOut, Payee, Payment, Refusal, Upload
from ..sheets import LedgerReading, PaymentRow, RefusedRow, SheetReading, UnreadableSheetError, read_payments
from . import bulk, remembered_columns, uploads
from .actors import Actor

KIND = "read ledger"
NAME_LENGTH = 300
"""A payee's name beyond this many characters is cut: an index cannot hold a whole cell."""
LINES_SHOWN = 200
PAYMENT_COLUMNS = (
    "organisation_id", "ledger_id", "payee_id", "sheet", "row", "supplier", "pence", "paid_on", "category",
    "description", "transaction_number", "department", "supplier_postcode", "supplier_id", "vat_pence", "gross_pence",
    "is_repeat",
)  # fmt: skip
REFUSAL_COLUMNS = ("organisation_id", "ledger_id", "sheet", "row", "column", "value", "message", "cells")
ASKED_LIVE = "exact duplicate"
"""A warning in these words is not kept: the page asks what to do about such lines, with the figures of the moment."""


_Told = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class _Asked:
    path: Path
    filename: str
    mapping: dict[str | None, Any] | None


def queue(ledger: Ledger, by: Actor) -> Job:
    """Have a ledger's file read. Wake the job after the commit."""
    return jobs.queue_job(KIND, organisation_id=by.acting_for, subject_id=ledger.id, person_id=by.person_id)


@jobs.work(KIND)
def read_ledger(turn: jobs.Turn) -> None:
    """Read the file of the ledger the job is about, and store what it holds."""
    asked = _what_is_asked(turn)
    db.session.rollback()  # the file is read with no transaction open, so that others may write meanwhile
    if asked is None:
        return
    try:
        reading, told = _read(turn, asked)
    except UnreadableSheetError as refusal:
        _refuse(turn, refusal.reason)
        return
    _store(turn, reading, told)


def _read(turn: jobs.Turn, asked: _Asked) -> tuple[LedgerReading, _Told]:
    """The file as read, by the columns that people told us about these headings, now or for an earlier file."""

    def read(mapping: Mapping[str | None, Any]) -> LedgerReading:
        return read_payments(asked.path, filename=asked.filename, mapping=mapping or None, progress=turn.report)

    corrected = asked.mapping or {}
    reading = read(corrected)
    told = _told(turn, reading)
    news: dict[str | None, Any] = {
        sheet.sheet: told[sheet.sheet or ""]["columns"]
        for sheet in reading.sheets
        if (sheet.sheet or "") in told and sheet.sheet not in corrected and not _follows(sheet, told)
    }
    if news:
        with contextlib.suppress(UnreadableSheetError):  # what was right for another file may be wrong for this one
            reading = read({**corrected, **news})
    followed = {sheet.sheet or "" for sheet in reading.sheets if _follows(sheet, told)}
    return reading, {name: each for name, each in told.items() if name in followed}


def _told(turn: jobs.Turn, reading: LedgerReading) -> _Told:
    """Sheet > what people told us about its headings and when; for a sheet they told us nothing about, no entry."""
    found = {
        sheet.sheet or "": remembered_columns.find(sheet.headings, of=turn.organisation_id) for sheet in reading.sheets
    }
    told = {
        name: {"columns": dict(kept.columns), "on": kept.decided_at.date().isoformat()}
        for name, kept in found.items()
        if kept is not None
    }
    db.session.rollback()
    return told


def _follows(sheet: SheetReading, told: _Told) -> bool:
    """Whether a sheet is read by the columns people told us."""
    columns = told.get(sheet.sheet or "", {}).get("columns")
    now = {each.field: each.index for each in sheet.why}
    return columns is not None and all(now.get(field) == place for field, place in columns.items())


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
    for record in (Payment, LeftOut, Refusal):
        db.session.execute(
            delete(record).where(record.organisation_id == turn.organisation_id, record.ledger_id == turn.subject_id)
        )
    db.session.execute(
        update(CorrectedRows)
        .where(
            CorrectedRows.organisation_id == turn.organisation_id,
            CorrectedRows.ledger_id == turn.subject_id,
            CorrectedRows.state == "added",
        )
        .values(state="undone")
    )


def _store(turn: jobs.Turn, reading: LedgerReading, told: _Told) -> None:
    refused = sum(sheet.refused for sheet in reading.sheets)
    days = [day for sheet in reading.sheets for day in (sheet.first_date, sheet.last_date) if day]
    facts = {
        "payments_count": reading.payments_count,
        "refused_count": refused,
        "non_data_count": sum(sheet.rows for sheet in reading.sheets) - reading.payments_count - refused,
        "total_pence": reading.total_pence,
        "first_date": min(days, default=None),
        "last_date": max(days, default=None),
        "sheets": [described(sheet, told.get(sheet.sheet or "")) for sheet in reading.sheets],
        "warnings": [*(each for each in reading.warnings if ASKED_LIVE not in each), *_sheets_left_out(reading)],
    }
    if not _finish(turn, "unconfirmed", None, **facts):
        return
    _clear(turn)
    suppliers = {supplier for sheet in reading.sheets for supplier in {payment.supplier for payment in sheet.payments}}
    payees = payee_ids(turn.organisation_id, suppliers)
    bulk.insert_rows(Payment, PAYMENT_COLUMNS, _payments(turn, reading.sheets, payees))
    bulk.insert_rows(Refusal, REFUSAL_COLUMNS, _refusals(turn, reading.sheets))


def described(sheet: SheetReading, told: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a page says about how a sheet was understood.

    told  the columns that people told us about these headings, and the day
    """
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
        "told": dict(told["columns"]) if told else {},
        "told_on": told["on"] if told else None,
    }


def _sheets_left_out(reading: LedgerReading) -> list[str]:
    return [f"The sheet {name} was left out: {why}" for name, why in reading.other_sheets.items() if name]


def payee_name(supplier: str) -> str:
    """The name a payee is kept under: as the ledger writes it, in one spacing."""
    return " ".join(supplier.split())[:NAME_LENGTH] or supplier[:NAME_LENGTH]


def payee_ids(organisation_id: int, suppliers: Iterable[str]) -> dict[str, int]:
    """Name > payee for these suppliers at least; new names are added."""
    names = set(map(payee_name, suppliers))
    known = select(Payee.name, Payee.id).where(Payee.organisation_id == organisation_id)
    ids: dict[str, int] = {name: number for name, number in db.session.execute(known)}
    missing = sorted(names - ids.keys())
    if missing:
        bulk.insert_missing(Payee, [{"organisation_id": organisation_id, "name": name} for name in missing])
        ids = {name: number for name, number in db.session.execute(known)}
    return ids


def _payments(turn: jobs.Turn, sheets: Sequence[SheetReading], payees: Mapping[str, int]) -> Iterator[tuple[Any, ...]]:
    for sheet in sheets:
        for paid in sheet.payments:
            yield payment_line(turn.organisation_id, turn.subject_id, payees, (sheet.sheet or "", paid.row), paid)


def payment_line(
    organisation_id: int, ledger_id: int | None, payees: Mapping[str, int], place: tuple[str, int], paid: PaymentRow
) -> tuple[Any, ...]:
    """A payment as PAYMENT_COLUMNS take it.

    place  the sheet and row it has in the ledger's own file
    """
    return (
        organisation_id, ledger_id, payees[payee_name(paid.supplier)], *place, paid.supplier, paid.pence, paid.paid_on,
        paid.category, paid.description, paid.transaction_number, paid.department, paid.supplier_postcode,
        paid.supplier_id, paid.vat_pence, paid.gross_pence, paid.is_repeat,
    )  # fmt: skip


def _refusals(turn: jobs.Turn, sheets: Sequence[SheetReading]) -> Iterator[tuple[Any, ...]]:
    for sheet in sheets:
        for refused in sheet.refused_rows:
            place = (sheet.sheet or "", refused.row)
            yield from refusal_lines(turn.organisation_id, turn.subject_id, place, refused)


def refusal_lines(
    organisation_id: int, ledger_id: int | None, place: tuple[str, int], refused: RefusedRow
) -> Iterator[tuple[Any, ...]]:
    """What is wrong with a row, as REFUSAL_COLUMNS take it; the first line keeps its cells."""
    cells: str | None = json.dumps(list(refused.cells))
    for problem in refused.problems:
        yield (organisation_id, ledger_id, *place, problem.column, problem.value, problem.message, cells)
        cells = None
