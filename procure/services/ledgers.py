"""Spend ledgers of an anchor: received, read, confirmed or discarded. Only confirmed money counts."""

from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from sqlalchemy import delete, func, select, update

from .. import jobs
from ..extensions import db
from ..models import Job, Ledger, MonthlySpend, Payee, Payment, Refusal, Upload, now
from . import audit, ledger_reading, payee_checks, rollups, uploads
from .actors import Actor
from .errors import ConflictError, NotFoundError, RefusedError

LIVE_STATES = ("reading", "unconfirmed", "confirmed", "refused")
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


@dataclass(frozen=True)
class Receipt:
    """What became of an uploaded file: it is being read, or it waits because we have had it before."""

    upload_id: int
    ledger_id: int | None = None
    job_id: int | None = None


def receive(filename: str, stream: IO[bytes], *, by: Actor) -> Receipt:
    """Keep a file and start to read it, unless the same file is already here.

    errors  RefusedError when the organisation sends too many or has no room left
    """
    upload = uploads.accept("ledger", filename, stream, by=by)
    if earlier_ledger(upload):
        return Receipt(upload.id)
    return _start(upload, by)


def read_again(upload_id: int, *, by: Actor) -> Receipt:
    """Read a file we have had before, because the officer says it is not the same spending.

    errors  NotFoundError; ConflictError where it is read already
    """
    upload = waiting_upload(upload_id, of=by.acting_for)
    return _start(upload, by)


def _start(upload: Upload, by: Actor) -> Receipt:
    ledger = Ledger(organisation_id=by.acting_for, upload_id=upload.id)
    db.session.add(ledger)
    db.session.flush()
    job = _queue(ledger, by)
    return Receipt(upload.id, ledger.id, job.id)


def _queue(ledger: Ledger, by: Actor) -> Job:
    return jobs.queue_job(
        ledger_reading.KIND, organisation_id=by.acting_for, subject_id=ledger.id, person_id=by.person_id
    )


def find(ledger_id: int, *, of: int) -> Ledger:
    """A ledger of this organisation that was not discarded.

    errors  NotFoundError
    """
    ledger = db.session.scalar(
        select(Ledger).where(Ledger.id == ledger_id, Ledger.organisation_id == of, Ledger.state.in_(LIVE_STATES))
    )
    if ledger is None:
        raise NotFoundError
    return ledger


def waiting_upload(upload_id: int, *, of: int) -> Upload:
    """A file that waits for the officer's word because we have had it before.

    errors  NotFoundError; ConflictError where somebody answered already
    """
    upload = uploads.find(upload_id, of=of)
    if upload.kind != "ledger":
        raise NotFoundError
    taken = db.session.scalar(select(Ledger.id).where(Ledger.organisation_id == of, Ledger.upload_id == upload.id))
    if taken or upload.state != "received":
        raise ConflictError("Somebody has already decided about this file")
    return upload


def throw_away(upload_id: int, *, by: Actor) -> Upload:
    """Drop a file that waits. Its bytes go once the caller has committed: see `remove_file`."""
    upload = waiting_upload(upload_id, of=by.acting_for)
    _mark_upload(upload.id, by.acting_for)
    audit.note(by, "file thrown away", upload)
    return upload


def remove_file(upload: Upload) -> None:
    """Delete the bytes of a discarded upload. After the commit: bytes cannot be rolled back."""
    uploads.path_of(upload).unlink(missing_ok=True)


def earlier_ledger(upload: Upload) -> Ledger | None:
    """A live ledger of the same organisation made of the same bytes; a confirmed one first."""
    return db.session.scalar(
        select(Ledger)
        .join(Upload, Upload.id == Ledger.upload_id)
        .where(
            Ledger.organisation_id == upload.organisation_id,
            Upload.organisation_id == upload.organisation_id,
            Upload.sha256 == upload.sha256,
            Upload.id != upload.id,
            Ledger.state.in_(("reading", "unconfirmed", "confirmed")),
        )
        .order_by((Ledger.state == "confirmed").desc(), Ledger.id)
        .limit(1)
    )


def job_of(ledger: Ledger) -> Job | None:
    """The latest work on this ledger."""
    return db.session.scalar(
        select(Job)
        .where(
            Job.organisation_id == ledger.organisation_id,
            Job.kind == ledger_reading.KIND,
            Job.subject_id == ledger.id,
        )
        .order_by(Job.id.desc())
        .limit(1)
    )


def correct_columns(ledger_id: int, sheet: str, columns: dict[str, int], *, by: Actor) -> Job:
    """Read a ledger again with the columns a person chose.

    columns  field > position counted from 0
    errors   NotFoundError; ConflictError where it is no longer waiting
    """
    ledger = find(ledger_id, of=by.acting_for)
    mapping = {**ledger.mapping, sheet: columns}
    _move(ledger, ("unconfirmed", "refused"), state="reading", mapping=mapping)
    audit.note(by, "ledger columns corrected", ledger, sheet=sheet, columns=columns)
    return _queue(ledger, by)


def try_again(ledger_id: int, *, by: Actor) -> Job:
    """Read once more a ledger whose work was given up.

    errors  NotFoundError; ConflictError where it is being read or was read
    """
    ledger = find(ledger_id, of=by.acting_for)
    job = job_of(ledger)
    if ledger.state != "reading" or (job and job.is_open):
        raise ConflictError("This ledger is being read, or has been read already")
    audit.note(by, "ledger read again", ledger)
    return _queue(ledger, by)


def confirm(ledger_id: int, seen_pence: int, *, by: Actor, counts_twice: bool = False) -> Job | None:
    """Let a ledger's money count, and start to find out who its payees are.

    seen_pence    the total the officer saw and agreed to
    counts_twice  the officer says that the same file, confirmed before, is other spending
    returns       the job that checks the payees, to be woken after the commit
    errors        NotFoundError; RefusedError; ConflictError where it moved on or its total changed
    """
    ledger = find(ledger_id, of=by.acting_for)
    twin = earlier_ledger(ledger.upload)
    if twin and twin.is_confirmed and not counts_twice:
        raise RefusedError(
            "The same file was confirmed before, so its money counts already. Go back and choose to count it twice"
        )
    if not ledger.payments_count:
        raise RefusedError("There is no payment in this ledger to confirm. Discard it and upload another file")
    seen = Ledger.total_pence == seen_pence
    _move(ledger, ("unconfirmed",), seen, state="confirmed", decided_by_id=by.person_id, decided_at=now())
    rollups.add(ledger)
    audit.note(by, "ledger confirmed", ledger, pence=ledger.total_pence, payments=ledger.payments_count)
    return payee_checks.queue(of=by.acting_for, person_id=by.person_id)


def discard(ledger_id: int, *, by: Actor) -> Upload:
    """Take a ledger and its money away, wherever it counted. Its bytes go after the commit: see `remove_file`.

    A worker that reads it just now finds its job cancelled and stores nothing.

    errors  NotFoundError; ConflictError where somebody discarded it first
    """
    ledger = find(ledger_id, of=by.acting_for)
    upload, was, job = ledger.upload, ledger.state, job_of(ledger)
    if job is not None:
        jobs.cancel(job)
    _move(ledger, LIVE_STATES, state="discarded", decided_by_id=by.person_id, decided_at=now())
    rollups.remove(ledger)
    for record in (Payment, Refusal):
        db.session.execute(delete(record).where(record.organisation_id == by.acting_for, record.ledger_id == ledger.id))
    _forget_unpaid_payees(by.acting_for)
    _mark_upload(upload.id, by.acting_for)
    audit.note(by, "ledger discarded", ledger, was=was, pence=ledger.total_pence)
    return upload


def _move(ledger: Ledger, from_states: tuple[str, ...], *conditions: Any, **values: Any) -> None:
    """Change a ledger that is still in one of these states."""
    result: Any = db.session.execute(
        update(Ledger)
        .where(
            Ledger.id == ledger.id,
            Ledger.organisation_id == ledger.organisation_id,
            Ledger.state.in_(from_states),
            *conditions,
        )
        .values(**values),
        execution_options={"synchronize_session": False},
    )
    if not result.rowcount:
        raise ConflictError("This ledger changed while you were looking at it. Look at it again before you go on")
    db.session.expire(ledger)


def _mark_upload(upload_id: int, organisation_id: int) -> None:
    db.session.execute(
        update(Upload)
        .where(Upload.id == upload_id, Upload.organisation_id == organisation_id)
        .values(state="discarded")
    )


def _forget_unpaid_payees(organisation_id: int) -> None:
    """Names no payment bears any more go too, unless a person decided about them."""
    paid = select(Payment.payee_id).where(Payment.organisation_id == organisation_id)
    db.session.execute(
        delete(Payee).where(
            Payee.organisation_id == organisation_id, Payee.decided_at.is_(None), Payee.id.not_in(paid)
        ),
        execution_options={"synchronize_session": False},
    )


def reasons(ledger: Ledger) -> list[tuple[str, str | None, int]]:
    """Why rows were refused: message, column and how often, the commonest first."""
    found = db.session.execute(
        select(Refusal.message, Refusal.column, func.count(Refusal.id))
        .where(Refusal.organisation_id == ledger.organisation_id, Refusal.ledger_id == ledger.id)
        .group_by(Refusal.message, Refusal.column)
        .order_by(func.count(Refusal.id).desc(), Refusal.message, Refusal.column)
        .limit(20)
    )
    return [(message, column, number) for message, column, number in found]


def missing_months(of: int) -> list[date]:
    """Months between the first and the last with confirmed spend that have none."""
    months = set(db.session.scalars(select(MonthlySpend.month).where(MonthlySpend.organisation_id == of).distinct()))
    if not months:
        return []
    month, last, missing = min(months), max(months), []
    while month < last:
        if month not in months:
            missing.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return missing


def waiting(of: int) -> list[Ledger]:
    """Ledgers that wait for the officer, the largest first."""
    return list(
        db.session.scalars(
            select(Ledger)
            .where(Ledger.organisation_id == of, Ledger.state == "unconfirmed")
            .order_by(Ledger.total_pence.desc(), Ledger.id)
        )
    )
