"""Reading an uploaded ledger in the background: everything it holds is stored in one transaction, or nothing is."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from ... import jobs
from ...extensions import db
from ...models import CorrectedRows, Job, Ledger, LeftOut, Payment, Refusal, Upload
from ...sheets import LedgerReading, SheetReading, UnreadableSheetError, read_payments
from .. import bulk, uploads
from ..actors import Actor
from ..payees import payee_splitting
from . import ledger_first_rows, ledger_lines, remembered_columns
from .remembered_columns import HEADING_ROW

KIND = "read ledger"
LINES_SHOWN = 200
ASKED_LIVE = "repeats"
"""A warning of this kind is not kept: the page asks what to do about such lines, with the figures of the moment."""


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
        kept = ledger_first_rows.worth_keeping(asked.path)
        _refuse(turn, refusal.reason, kept)
        return
    store(turn, reading, told)


def _read(turn: jobs.Turn, asked: _Asked) -> tuple[LedgerReading, _Told]:
    """The file as read, by the columns that people told us about these headings, now or for an earlier file."""

    def read(mapping: Mapping[str | None, Any]) -> LedgerReading:
        return read_payments(asked.path, filename=asked.filename, mapping=mapping or None, progress=turn.report)

    corrected = {**_told_heading_rows(turn, asked), **(asked.mapping or {})}
    try:
        reading = read(corrected)
    except UnreadableSheetError:
        if corrected == (asked.mapping or {}):
            raise
        corrected = asked.mapping or {}  # what was right for another file may be wrong for this one
        reading = read(corrected)
    told = _told(turn, reading)
    news: dict[str | None, Any] = {
        sheet.sheet: told[sheet.sheet or ""]["columns"]
        for sheet in reading.sheets
        if (sheet.sheet or "") in told and sheet.sheet not in corrected and not _follows(sheet, told)
    }
    if news:
        with contextlib.suppress(UnreadableSheetError):
            reading = read({**corrected, **news})
    followed = {sheet.sheet or "" for sheet in reading.sheets if _follows(sheet, told)}
    return reading, {name: each for name, each in told.items() if name in followed}


def _told_heading_rows(turn: jobs.Turn, asked: _Asked) -> dict[str | None, Any]:
    """Sheet > what people told us, where one of its first rows holds headings that they pointed at before."""
    told: dict[str | None, Any] = {}
    if remembered_columns.tells_heading_rows(of=turn.organisation_id):
        db.session.rollback()
        with contextlib.suppress(UnreadableSheetError):  # the reading itself says why
            for name, rows in ledger_first_rows.of_file(asked.path).items():
                found = remembered_columns.find_heading_row(rows, of=turn.organisation_id)
                if found is not None:
                    told[name or None] = found[1]
    db.session.rollback()
    return told


def _told(turn: jobs.Turn, reading: LedgerReading) -> _Told:
    """Sheet > what people told us about its headings and when; for a sheet they told us nothing about, no entry."""
    told: _Told = {}
    for sheet in reading.sheets:
        kept = remembered_columns.find(sheet.headings, of=turn.organisation_id)
        if kept is not None:
            # The same headings may stand in another row of this file than of the one they were pointed at in.
            row = {HEADING_ROW: sheet.header_row} if HEADING_ROW in kept.columns else {}
            told[sheet.sheet or ""] = {"columns": {**kept.columns, **row}, "on": kept.decided_at.date().isoformat()}
    db.session.rollback()
    return told


def _follows(sheet: SheetReading, told: _Told) -> bool:
    """Whether a sheet is read by the columns people told us."""
    columns = told.get(sheet.sheet or "", {}).get("columns")
    now = {HEADING_ROW: sheet.header_row, **{each.field: each.index for each in sheet.why}}
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


def _finish(turn: jobs.Turn, state: str, kept: Mapping[str, Any], **facts: Any) -> bool:
    """Move the ledger on, if it still waits to be read.

    kept  what the upload says of itself from now on
    """
    result: Any = db.session.execute(
        update(Ledger).where(_is_mine(turn), Ledger.state == "reading").values(state=state, **facts)
    )
    if not result.rowcount:
        return False
    mine = select(Ledger.upload_id).where(_is_mine(turn)).scalar_subquery()
    db.session.execute(
        update(Upload).where(Upload.organisation_id == turn.organisation_id, Upload.id == mine).values(**kept)
    )
    return True


def _refuse(turn: jobs.Turn, reason: str, first_rows: dict[str, Any]) -> None:
    if _finish(turn, "refused", {"state": "refused", "reason": reason, "reading": first_rows}):
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


def store(turn: jobs.Turn, reading: LedgerReading, told: _Told) -> None:
    """Keep what was read under the ledger the job is about, in the caller's transaction; nothing if it was discarded.

    told  what `described` says of a sheet's columns, by sheet
    """
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
        "warnings": [*(each for each in reading.warnings if each.kind != ASKED_LIVE), *_sheets_left_out(reading)],
    }
    if not _finish(turn, "unconfirmed", {"state": "read", "reason": None, "reading": {}}, **facts):
        return
    _clear(turn)
    suppliers = {supplier for sheet in reading.sheets for supplier in {payment.supplier for payment in sheet.payments}}
    payees = ledger_lines.payee_ids(turn.organisation_id, suppliers)
    bulk.insert_rows(Payment, ledger_lines.PAYMENT_COLUMNS, _payments(turn, reading.sheets, payees))
    bulk.insert_rows(Refusal, ledger_lines.REFUSAL_COLUMNS, _refusals(turn, reading.sheets))
    if turn.subject_id is not None:
        payee_splitting.apply(turn.organisation_id, turn.subject_id)


def _payments(turn: jobs.Turn, sheets: Sequence[SheetReading], payees: Mapping[str, int]) -> Iterator[tuple[Any, ...]]:
    owner = (turn.organisation_id, turn.subject_id)
    for sheet in sheets:
        yield from ledger_lines.payment_lines(owner, payees, sheet.sheet or "", sheet.payments)


def _refusals(turn: jobs.Turn, sheets: Sequence[SheetReading]) -> Iterator[tuple[Any, ...]]:
    for sheet in sheets:
        for refused in sheet.refused_rows:
            place = (sheet.sheet or "", refused.row)
            yield from ledger_lines.refusal_lines((turn.organisation_id, turn.subject_id), place, refused)


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
