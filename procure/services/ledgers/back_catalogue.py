"""A folder of old spend files, read one after the other as if somebody had uploaded each. Resumable at any moment.

Each file is received and read through the same doors as an upload, and commits by itself, so that a run that is
killed goes on where it stopped: what is already here is known by its digest.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from ... import jobs
from ...config import UPLOADS_PER_MINUTE
from ...extensions import db
from ...models import Job, Ledger, Organisation, Upload, now
from ...models.work import OPEN_STATES
from .. import spend_marks
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from ..payees import payee_checks
from . import ledger_doubles, ledgers

WAIT_SECONDS = 2.0
READ, CONFIRMED, LEFT, REFUSED, SKIPPED, FAILED = "read", "confirmed", "left to confirm", "refused", "skipped", "failed"
CHUNK = 1 << 20
Pause = Callable[[float], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one file, and what its ledger holds."""

    file: str
    outcome: str
    payments: int = 0
    refused: int = 0
    total_pence: int = 0
    reason: str | None = None


@dataclass(frozen=True)
class Import:
    """A run over a folder on behalf of an anchor.

    confirms  let the money of each ledger count, unless some of it seems to count already
    pause     how to wait, in seconds
    """

    folder: Path
    by: Actor
    confirms: bool
    pause: Pause = time.sleep


def find_anchor(name_or_id: str) -> Organisation:
    """The anchor of this name, or else of this id.

    errors  NotFoundError; RefusedError where several have the name
    """
    anchors = select(Organisation).where(Organisation.is_anchor).order_by(Organisation.id)
    found = list(db.session.scalars(anchors.where(Organisation.name == name_or_id.strip())))
    if not found and name_or_id.isascii() and name_or_id.isdigit() and len(name_or_id) < 10:
        found = list(db.session.scalars(anchors.where(Organisation.id == int(name_or_id))))
    if not found:
        raise NotFoundError
    if len(found) > 1:
        numbers = ", ".join(str(each.id) for each in found)
        raise RefusedError(f"Several anchors are called {name_or_id}. Give one of their numbers: {numbers}")
    return found[0]


def by_command(anchor: Organisation) -> Actor:
    """Who acts when a command is run for an anchor: no person, so the audit trail says the system."""
    return Actor(None, "flask sheets import", "", anchor.id, anchor.name, frozenset({"anchor:finance"}))


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder and its folders, by name; hidden files and a spreadsheet program's locks are left out."""
    found = (path for path in folder.rglob("*") if path.is_file())
    shown = (path for path in found if not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts))
    return sorted(shown, key=lambda path: path.relative_to(folder).as_posix())


def import_file(path: Path, run: Import) -> Outcome:
    """Receive and read one file, and confirm it if asked. Commits at every step."""
    name = path.relative_to(run.folder).as_posix()
    try:
        found = _known(_digest(path), run.by.acting_for)
        ledger_id = found[0] if found else _receive(path, run)
    except (OSError, RefusedError) as fault:
        db.session.rollback()
        why = f"The file could not be opened: {fault.strerror}" if isinstance(fault, OSError) else str(fault)
        return Outcome(name, FAILED, reason=why)
    was = found[1] if found else "reading"
    if was == "reading":
        _read(ledger_id, run)
    ledger = ledgers.find(ledger_id, of=run.by.acting_for)
    if ledger.state == "reading":
        return Outcome(name, FAILED, reason="We tried three times and could not read this. Run the import again")
    if was in ("confirmed", "refused") or (was == "unconfirmed" and not run.confirms):
        told = f"Refused before. {ledger.upload.reason}" if was == "refused" else f"Already here as {_known_as(ledger)}"
        return _said(ledger, name, SKIPPED, told)
    if ledger.state == "refused":
        return _said(ledger, name, REFUSED, ledger.upload.reason)
    return _confirm(ledger, name, run) if run.confirms else _said(ledger, name, READ)


def check_payees(run: Import) -> None:
    """Find out who the payees of the confirmed ledgers are, then add up where the money went, where that waits."""
    for open_job in (payee_checks.open_job, spend_marks.open_job):
        job = open_job(run.by.acting_for)
        if job is not None:
            _finish(job.id, run)


def _known_as(ledger: Ledger) -> str:
    return f"{ledger.upload.filename} (ledger {ledger.id})"


def _said(ledger: Ledger, name: str, outcome: str, reason: str | None = None) -> Outcome:
    return Outcome(name, outcome, ledger.payments_count, ledger.refused_count, ledger.total_pence, reason)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _known(sha256: str, of: int) -> tuple[int, str] | None:
    """A live ledger made of the same bytes, and its state; a confirmed one first."""
    row = db.session.execute(
        select(Ledger.id, Ledger.state)
        .join(Upload, Upload.id == Ledger.upload_id)
        .where(
            Ledger.organisation_id == of,
            Upload.organisation_id == of,
            Upload.sha256 == sha256,
            Ledger.state.in_(ledgers.LIVE_STATES),
        )
        .order_by((Ledger.state == "confirmed").desc(), (Ledger.state == "refused"), Ledger.id)
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def _receive(path: Path, run: Import) -> int:
    """Keep the file and queue its reading; the ledger's id."""
    _wait_for_room(run)
    with path.open("rb") as stream:
        receipt = ledgers.receive(path.name, stream, by=run.by)
    if receipt.ledger_id is None:
        db.session.rollback()
        raise RefusedError("Somebody uploaded the same file just now")
    db.session.commit()
    return receipt.ledger_id


def _wait_for_room(run: Import) -> None:
    """A folder is many files: take no more a minute than anybody may."""
    mine = Upload.organisation_id == run.by.acting_for
    while True:
        recent = select(func.count(Upload.id)).where(mine, Upload.uploaded_at > now() - timedelta(minutes=1))
        count = db.session.scalar(recent) or 0
        db.session.rollback()
        if count < UPLOADS_PER_MINUTE:
            return
        run.pause(WAIT_SECONDS)


def _read(ledger_id: int, run: Import) -> None:
    ledger = ledgers.find(ledger_id, of=run.by.acting_for)
    job = ledgers.job_of(ledger)
    if job is None or not job.is_open:
        job = ledgers.try_again(ledger_id, by=run.by)
        db.session.commit()
    _finish(job.id, run)


def _finish(job_id: int, run: Import) -> None:
    """Do a job, or wait for the worker that does it; one whose worker died is freed and done here."""
    state = select(Job.state).where(Job.id == job_id, Job.organisation_id == run.by.acting_for)
    db.session.rollback()  # a job we hold in memory would be taken with the fence it had when we read it
    while not jobs.run_job(job_id):
        found = db.session.scalar(state)
        db.session.rollback()
        if found not in OPEN_STATES:
            return
        if found == "running":
            run.pause(WAIT_SECONDS)
            jobs.reap()


def _confirm(ledger: Ledger, name: str, run: Import) -> Outcome:
    """Let the money count, unless a person should look first."""
    doubles = ledger_doubles.find_paid(ledger)
    if doubles.payments:
        told = f"{doubles.payments:,} of these payments look the same as payments in ledgers that were confirmed before"
        return _said(ledger, name, LEFT, told)
    try:
        ledgers.confirm(ledger.id, ledger.total_pence, by=run.by)
        db.session.commit()
    except (RefusedError, ConflictError) as fault:
        db.session.rollback()
        return _said(ledgers.find(ledger.id, of=run.by.acting_for), name, LEFT, str(fault))
    return _said(ledgers.find(ledger.id, of=run.by.acting_for), name, CONFIRMED)
