"""Our own forms as files: kept, read behind the page, then confirmed or discarded by a person, once."""

from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select, update
from sqlalchemy.engine import CursorResult

from .. import jobs
from ..extensions import db
from ..models import Job, Upload
from ..sheets import UnreadableSheetError
from . import uploads
from .actors import Actor
from .errors import ConflictError, NotFoundError


def receive(kind: str, filename: str, stream: IO[bytes], *, by: Actor) -> tuple[Upload, Job]:
    """Keep a file and queue its reading as the job "read <kind>"; wake the job after the commit.

    errors  RefusedError where the organisation sends too much
    """
    upload = uploads.accept(kind, filename, stream, by=by)
    job = jobs.queue_job(f"read {kind}", organisation_id=by.acting_for, subject_id=upload.id, person_id=by.person_id)
    return upload, job


def find(kind: str, upload_id: int, *, of: int) -> Upload:
    """A file of this kind and organisation.

    errors  NotFoundError
    """
    upload = uploads.find(upload_id, of=of)
    if upload.kind != kind:
        raise NotFoundError
    return upload


def read(turn: jobs.Turn, tell: Callable[[Path, str], dict[str, Any]]) -> None:
    """Keep what `tell` makes of the path and the name of the file, or why it cannot be read."""
    upload = db.session.scalar(
        select(Upload).where(Upload.id == turn.subject_id, Upload.organisation_id == turn.organisation_id)
    )
    if upload is None or upload.state != "received":
        return
    path, filename, upload_id = uploads.path_of(upload), upload.filename, upload.id
    db.session.rollback()
    values: dict[str, Any]
    try:
        values = {"state": "read", "reading": tell(path, filename)}
    except UnreadableSheetError as error:
        values = {"state": "refused", "reason": error.reason}
    db.session.execute(
        update(Upload)
        .where(Upload.id == upload_id, Upload.organisation_id == turn.organisation_id, Upload.state == "received")
        .values(**values)
    )


def move(upload: Upload, state: str, *, by: Actor) -> None:
    """Confirm or discard a file that was read.

    errors  ConflictError where somebody did so meanwhile
    """
    changed = db.session.execute(
        update(Upload)
        .where(Upload.id == upload.id, Upload.organisation_id == by.acting_for, Upload.state == "read")
        .values(state=state)
    )
    assert isinstance(changed, CursorResult)
    if not changed.rowcount:
        raise ConflictError(f"This file is {upload.state} already. Look at it again")
    db.session.refresh(upload)
