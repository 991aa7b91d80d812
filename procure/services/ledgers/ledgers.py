"""Spend ledgers of an anchor: received, read, confirmed or discarded. Only confirmed money counts."""

from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from sqlalchemy import delete, select, union, update

from ... import jobs
from ...extensions import db
from ...models import (
    CorrectedRows,
    Job,
    Ledger,
    LedgerMonth,
    LeftOut,
    Organisation,
    Payee,
    Payment,
    Refusal,
    Upload,
    now,
)
from .. import audit, rollups, uploads
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from ..payees import payee_checks, payee_groups, payee_splitting
from . import ledger_doubles, ledger_reading
from .ledger_changes import LIVE_STATES, find, move

__all__ = [
    "LIVE_STATES",
    "Receipt",
    "confirm",
    "discard",
    "earlier_ledger",
    "find",
    "job_of",
    "missing_months",
    "read_again",
    "receive",
    "remove_files",
    "throw_away",
    "try_again",
    "waiting",
    "waiting_upload",
]


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
    job = ledger_reading.queue(ledger, by)
    return Receipt(upload.id, ledger.id, job.id)


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
    """Drop a file that waits. Its bytes go once the caller has committed: see `remove_files`."""
    upload = waiting_upload(upload_id, of=by.acting_for)
    _mark_upload(upload.id, by.acting_for)
    audit.note(by, "file thrown away", upload)
    return upload


def remove_files(*discarded: Upload) -> None:
    """Delete the bytes of discarded uploads. After the commit: bytes cannot be rolled back."""
    for upload in discarded:
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
    return jobs.newest_job(ledger_reading.KIND, ledger.id, organisation_id=ledger.organisation_id)


def try_again(ledger_id: int, *, by: Actor) -> Job:
    """Read once more a ledger whose work was given up.

    errors  NotFoundError; ConflictError where it is being read or was read
    """
    ledger = find(ledger_id, of=by.acting_for)
    job = job_of(ledger)
    if ledger.state != "reading" or (job and job.is_open):
        raise ConflictError("This ledger is being read, or has been read already")
    audit.note(by, "ledger read again", ledger)
    return ledger_reading.queue(ledger, by)


def confirm(
    ledger_id: int, seen_pence: int, *, by: Actor, counts_twice: bool = False, seen_doubles: int = 0
) -> Job | None:
    """Let a ledger's money count, and start to find out who its payees are.

    seen_pence    the total the officer saw and agreed to
    counts_twice  the officer says that the same file, confirmed before, is other spending
    seen_doubles  how many payments that stand in another confirmed ledger the officer saw, and keeps
    returns       the job that checks the payees, to be woken after the commit
    errors        NotFoundError; RefusedError; ConflictError where it moved on or its total changed
    """
    ledger = find(ledger_id, of=by.acting_for)
    _one_at_a_time(by.acting_for)
    payee_splitting.apply(by.acting_for, ledger.id)
    twin = earlier_ledger(ledger.upload)
    if twin and twin.is_confirmed and not counts_twice:
        raise RefusedError(
            "The same file was confirmed before, so its money counts already. Go back and choose to count it twice"
        )
    if not ledger.payments_count:
        raise RefusedError("There is no payment in this ledger to confirm. Discard it and upload another file")
    doubles = ledger_doubles.find_paid(ledger)
    if doubles.payments != seen_doubles and not counts_twice:
        raise RefusedError(
            f"{doubles.payments:,} of these payments look the same as payments that count already. Go back and choose "
            "to leave them out or to keep them"
        )
    seen = Ledger.total_pence == seen_pence
    move(ledger, ("unconfirmed",), seen, state="confirmed", decided_by_id=by.person_id, decided_at=now())
    rollups.add(ledger)
    audit.note(by, "ledger confirmed", ledger, pence=ledger.total_pence, payments=ledger.payments_count)
    return payee_checks.queue(of=by.acting_for, person_id=by.person_id)


def _one_at_a_time(organisation_id: int) -> None:
    """Two ledgers that hold the same payments are never confirmed side by side, each blind to the other."""
    db.session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())


def discard(ledger_id: int, *, by: Actor) -> list[Upload]:
    """Take a ledger and its money away, wherever it counted. Bytes go after the commit: see `remove_files`.

    A worker that reads it just now finds its job cancelled and stores nothing.

    returns  the file of the ledger, then those of corrected rows
    errors   NotFoundError; ConflictError where somebody discarded it first
    """
    ledger = find(ledger_id, of=by.acting_for)
    was, job = ledger.state, job_of(ledger)
    if job is not None:
        jobs.cancel(job)
    move(ledger, LIVE_STATES, state="discarded", decided_by_id=by.person_id, decided_at=now())
    files = [ledger.upload, *_corrections(ledger)]
    rollups.remove(ledger)
    for record in (Payment, LeftOut, Refusal, CorrectedRows):
        db.session.execute(delete(record).where(record.organisation_id == by.acting_for, record.ledger_id == ledger.id))
    _forget_unpaid_payees(by.acting_for)
    for upload in files:
        _mark_upload(upload.id, by.acting_for)
    audit.note(by, "ledger discarded", ledger, was=was, pence=ledger.total_pence)
    return files


def _corrections(ledger: Ledger) -> list[Upload]:
    mine = (CorrectedRows.organisation_id == ledger.organisation_id, CorrectedRows.ledger_id == ledger.id)
    return list(
        db.session.scalars(
            select(Upload)
            .join(CorrectedRows, CorrectedRows.upload_id == Upload.id)
            .where(Upload.organisation_id == ledger.organisation_id, *mine)
            .order_by(Upload.id)
        )
    )


def _mark_upload(upload_id: int, organisation_id: int) -> None:
    db.session.execute(
        update(Upload)
        .where(Upload.id == upload_id, Upload.organisation_id == organisation_id)
        .values(state="discarded")
    )


def _forget_unpaid_payees(organisation_id: int) -> None:
    """Names no payment bears any more go too, unless a person decided about them or about names that follow them."""
    paid: Any = union(
        select(Payment.payee_id).where(Payment.organisation_id == organisation_id),
        select(LeftOut.payee_id).where(LeftOut.organisation_id == organisation_id),
        payee_groups.followed(organisation_id),
    )
    db.session.execute(
        delete(Payee).where(
            Payee.organisation_id == organisation_id,
            Payee.decided_at.is_(None),
            Payee.split_by.is_(None),
            Payee.id.not_in(paid),
        ),
        execution_options={"synchronize_session": False},
    )


def missing_months(of: int) -> list[date]:
    """Months between the first and the last with confirmed spend that have none."""
    months = set(db.session.scalars(select(LedgerMonth.month).where(LedgerMonth.organisation_id == of).distinct()))
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
