"""Refused rows that come back corrected: only those rows are added to the ledger they came from, each at most once."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from sqlalchemy import delete, func, select

from ... import jobs
from ...extensions import db
from ...models import CorrectedRows, Job, Ledger, LeftOut, Payment, Refusal, Upload
from ...sheets import LedgerReading, PaymentRow, RefusedRow, UnreadableSheetError, read_payments
from ...sheets.refusals import ROW
from .. import audit, bulk, uploads
from ..actors import Actor
from ..errors import RefusedError
from ..payees import payee_checks, payee_splitting
from . import ledger_changes, ledger_doubles, ledger_lines
from .ledger_refusals import SHEET

KIND = "add corrected rows"
NO_PLACES = (
    f"The file has no column headed \u201c{ROW}\u201d, so we cannot tell which rows it corrects. Download the refused "
    "rows on the ledger's page, put them right in that file and upload it"
)
Place = tuple[str, int]
"""A sheet and a row of the ledger's own file."""
Mapped = Mapping[str | None, Mapping[str, str | int]]


@dataclass
class Corrected:
    """What a file of corrected rows holds, by the place each row has in the ledger's own file."""

    payments: dict[Place, PaymentRow] = field(default_factory=dict)
    refused: dict[Place, RefusedRow] = field(default_factory=dict)
    unknown: int = 0


def receive(ledger_id: int, filename: str, stream: IO[bytes], *, by: Actor) -> Job:
    """Keep a file of corrected rows and start to read it; wake the job after the commit.

    errors  NotFoundError; RefusedError where the ledger has no refused row, or there is no room
    """
    ledger = ledger_changes.find(ledger_id, of=by.acting_for)
    if ledger.state not in ("unconfirmed", "confirmed") or not ledger.refused_count:
        raise RefusedError("This ledger has no refused rows to correct")
    upload = uploads.accept("corrected rows", filename, stream, by=by)
    correction = CorrectedRows(organisation_id=by.acting_for, ledger_id=ledger.id, upload_id=upload.id)
    db.session.add(correction)
    db.session.flush()
    audit.note(by, "corrected rows uploaded", ledger, upload=upload.id)
    return jobs.queue_job(KIND, organisation_id=by.acting_for, subject_id=correction.id, person_id=by.person_id)


def of_ledger(ledger: Ledger) -> list[CorrectedRows]:
    """What was sent back for this ledger, the latest first."""
    return list(
        db.session.scalars(
            select(CorrectedRows)
            .where(CorrectedRows.organisation_id == ledger.organisation_id, CorrectedRows.ledger_id == ledger.id)
            .order_by(CorrectedRows.id.desc())
        )
    )


def open_job(ledger: Ledger) -> Job | None:
    """The work on corrected rows of this ledger that is not finished."""
    mine = select(CorrectedRows.id).where(
        CorrectedRows.organisation_id == ledger.organisation_id, CorrectedRows.ledger_id == ledger.id
    )
    waiting = jobs.open_jobs(KIND, Job.organisation_id == ledger.organisation_id, Job.subject_id.in_(mine))
    return db.session.scalar(waiting.order_by(Job.id).limit(1))


@jobs.work(KIND)
def add_corrected_rows(turn: jobs.Turn) -> None:
    """Read the file the job is about and add what is right by now."""
    found = db.session.execute(
        select(CorrectedRows, Ledger, Upload)
        .join(Ledger, Ledger.id == CorrectedRows.ledger_id)
        .join(Upload, Upload.id == CorrectedRows.upload_id)
        .where(
            CorrectedRows.id == turn.subject_id,
            CorrectedRows.organisation_id == turn.organisation_id,
            CorrectedRows.state == "reading",
            Ledger.organisation_id == turn.organisation_id,
            Upload.organisation_id == turn.organisation_id,
        )
    ).first()
    if found is None:
        return
    correction, ledger, upload = found
    number, correction_id, path, sheets = ledger.id, correction.id, uploads.path_of(upload), list(ledger.sheets)
    db.session.rollback()  # the file is read with no transaction open, so that others may write meanwhile
    try:
        corrected = _read(str(path), sheets, turn)
    except UnreadableSheetError as refusal:
        _refuse(turn, correction_id, refusal.reason)
        return
    _add(turn, number, correction_id, corrected)


def _read(path: str, sheets: Sequence[dict[str, Any]], turn: jobs.Turn) -> Corrected:
    """Every row of the file with the place it came from.

    The file is read twice: once by the ledger's own columns, and once with the columns that tell the place in the
    stead of two that a payment can do without.
    """
    layouts = {tuple(sheet["headings"]): sheet for sheet in sheets}
    mapping = _mapping(path, layouts)
    only = sheets[0]["sheet"] if len(sheets) == 1 else None
    places = {name: {**columns, "supplier_id": ROW, "department": SHEET} for name, columns in mapping.items()}
    reading = read_payments(path, mapping=mapping, progress=turn.report)
    told = read_payments(path, mapping=places)
    corrected = Corrected()
    whence = {(sheet.sheet, paid.row): paid for sheet in told.sheets for paid in sheet.payments}
    for sheet in reading.sheets:
        if ROW not in sheet.headings:
            raise UnreadableSheetError(NO_PLACES)
        for paid in sheet.payments:
            place = whence.get((sheet.sheet, paid.row), paid)
            _keep(corrected.payments, corrected, _place(place.supplier_id, only, place.department), paid)
        at = sheet.headings.index(ROW)
        named = sheet.headings.index(SHEET) if SHEET in sheet.headings else None
        for refused in sheet.refused_rows:
            cells = dict(enumerate(refused.cells))
            where = _place(cells.get(at), only, cells.get(named) if named is not None else None)
            _keep(corrected.refused, corrected, where, _without_places(refused, at if named is None else named))
    return corrected


def _mapping(path: str, layouts: Mapping[tuple[str, ...], dict[str, Any]]) -> Mapped:
    """The ledger's own columns for the file's sheets, told apart by their headings where there are several layouts."""
    columns = {
        headings: {each["field"]: each["index"] for each in sheet["columns"]} for headings, sheet in layouts.items()
    }
    if len(columns) == 1:
        return {None: next(iter(columns.values()))}
    reading: LedgerReading = read_payments(path)
    return {
        sheet.sheet: own
        for sheet in reading.sheets
        for headings, own in columns.items()
        if sheet.headings[: len(headings)] == headings
    }


def _place(row: str | None, only: str | None, sheet: str | None) -> Place | None:
    name = only if only is not None else sheet
    with contextlib.suppress(ValueError):
        return (name, int(float(row or ""))) if name is not None else None
    return None


def _keep(kept: dict[Place, Any], corrected: Corrected, place: Place | None, line: Any) -> None:
    if place is None or place in kept:
        corrected.unknown += 1
    else:
        kept[place] = line


def _without_places(refused: RefusedRow, width: int) -> RefusedRow:
    """A row as the ledger's own file would hold it."""
    return RefusedRow(refused.row, refused.cells[:width], refused.problems)


def _refuse(turn: jobs.Turn, correction_id: int, reason: str) -> None:
    correction = _correction(turn, correction_id)
    correction.state = "refused"
    correction.upload.state, correction.upload.reason = "refused", reason


def _correction(turn: jobs.Turn, correction_id: int) -> CorrectedRows:
    mine = (CorrectedRows.organisation_id == turn.organisation_id, CorrectedRows.id == correction_id)
    return db.session.scalars(select(CorrectedRows).where(*mine)).one()


def _add(turn: jobs.Turn, ledger_id: int, correction_id: int, corrected: Corrected) -> None:
    """Store what is right, keep refusing what is not, and count the ledger again."""
    ledger = ledger_changes.find(ledger_id, of=turn.organisation_id)
    ledger_changes.move(ledger, ("unconfirmed", "confirmed"))
    waiting = _places(ledger, Refusal)
    known = _places(ledger, Payment) | _places(ledger, LeftOut)
    right = {place: paid for place, paid in corrected.payments.items() if place in waiting}
    wrong = {place: row for place, row in corrected.refused.items() if place in waiting and place not in right}
    others = [place for place in (*corrected.payments, *corrected.refused) if place not in waiting]
    _forget_refusals(ledger, {*right, *wrong})
    before = db.session.scalar(select(func.max(Payment.id)).where(Payment.organisation_id == turn.organisation_id)) or 0
    payees = ledger_lines.payee_ids(turn.organisation_id, {paid.supplier for paid in right.values()})
    bulk.insert_rows(Payment, ledger_lines.PAYMENT_COLUMNS, _payments(ledger, payees, right))
    bulk.insert_rows(Refusal, ledger_lines.REFUSAL_COLUMNS, _refusals(ledger, wrong))
    payee_splitting.apply(turn.organisation_id, ledger.id)
    ledger_changes.recount(ledger, Counter(sheet for sheet, _ in right))
    if ledger.is_confirmed and right:
        ledger_doubles.leave_out_added(ledger, before)
        ledger_changes.recount(ledger)
        payee_checks.queue(of=turn.organisation_id, person_id=turn.person_id)
    correction = _correction(turn, correction_id)
    correction.state = "added"
    correction.added, correction.added_pence = len(right), sum(paid.pence for paid in right.values())
    correction.still_refused = len(wrong)
    correction.added_before = sum(place in known for place in others)
    correction.unknown = corrected.unknown + len(others) - correction.added_before
    correction.upload.state = "read"
    audit.note(None, "corrected rows added", ledger, rows=len(right), pence=correction.added_pence)


def _places(ledger: Ledger, record: type[Payment] | type[LeftOut] | type[Refusal]) -> set[Place]:
    mine = (record.organisation_id == ledger.organisation_id, record.ledger_id == ledger.id)
    found = db.session.execute(select(record.sheet, record.row).where(*mine, record.row.is_not(None)))
    return {(sheet, int(row or 0)) for sheet, row in found}


def _forget_refusals(ledger: Ledger, places: set[Place]) -> None:
    mine = (Refusal.organisation_id == ledger.organisation_id, Refusal.ledger_id == ledger.id)
    for name in {sheet for sheet, _ in places}:
        rows = sorted(row for sheet, row in places if sheet == name)
        for start in range(0, len(rows), bulk.CHUNK):
            some = Refusal.row.in_(rows[start : start + bulk.CHUNK])
            db.session.execute(
                delete(Refusal).where(*mine, Refusal.sheet == name, some),
                execution_options={"synchronize_session": False},
            )


def _payments(ledger: Ledger, payees: Mapping[str, int], rows: Mapping[Place, PaymentRow]) -> Iterator[tuple[Any, ...]]:
    owner = (ledger.organisation_id, ledger.id)
    for name in sorted({sheet for sheet, _ in rows}):
        placed = (paid._replace(row=row, is_repeat=False) for (sheet, row), paid in rows.items() if sheet == name)
        yield from ledger_lines.payment_lines(owner, payees, name, placed)


def _refusals(ledger: Ledger, rows: Mapping[Place, RefusedRow]) -> Iterator[tuple[Any, ...]]:
    for place, refused in rows.items():
        yield from ledger_lines.refusal_lines((ledger.organisation_id, ledger.id), place, refused)
