"""Files people give us: stored under a random name, known by their digest, handed back only to their owners."""

import hashlib
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import func, select

from ..config import UPLOADS_PER_MINUTE
from ..extensions import db
from ..models import Upload, now
from . import audit, own
from .actors import Actor
from .errors import RefusedError

CHUNK = 1 << 20
QUOTA_BYTES = 10 * 1024**3


def accept(kind: str, filename: str, stream: IO[bytes], *, by: Actor) -> Upload:
    """Keep a file for the person's organisation.

    kind    ledger, lots or capabilities
    errors  RefusedError when the organisation sends too many or has no room left
    """
    _check_room(by.acting_for)
    stored = secrets.token_hex(16)
    path = folder() / stored
    digest, size = hashlib.sha256(), 0
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as kept:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            kept.write(chunk)
    upload = Upload(
        organisation_id=by.acting_for,
        kind=kind,
        filename=plain_name(filename),
        stored_name=stored,
        sha256=digest.hexdigest(),
        size_bytes=size,
        uploaded_by_id=by.person_id,
    )
    db.session.add(upload)
    db.session.flush()
    audit.note(by, "file uploaded", upload, kind=kind, sha256=upload.sha256, bytes=size)
    return upload


def find(upload_id: int, *, of: int) -> Upload:
    """An upload of this organisation.

    errors  NotFoundError
    """
    return own.find(Upload, upload_id, of=of)


def same_file(upload: Upload) -> Upload | None:
    """An earlier upload of the same kind and bytes by the same organisation that was not thrown away."""
    return db.session.scalar(
        select(Upload)
        .where(
            Upload.organisation_id == upload.organisation_id,
            Upload.kind == upload.kind,
            Upload.sha256 == upload.sha256,
            Upload.id != upload.id,
            Upload.state.in_(("received", "read")),
        )
        .order_by(Upload.id)
        .limit(1)
    )


def path_of(upload: Upload) -> Path:
    return folder() / upload.stored_name


def folder() -> Path:
    return Path(current_app.config["UPLOAD_FOLDER"])


def plain_name(filename: str) -> str:
    """The last part of a name, without control characters, at most 200 long; for showing, never for opening."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(mark for mark in last if mark.isprintable()).strip()
    return shown[-200:] or "file"


def _check_room(organisation_id: int) -> None:
    mine = Upload.organisation_id == organisation_id
    minute_ago = now() - timedelta(minutes=1)
    recent = db.session.scalar(select(func.count(Upload.id)).where(mine, Upload.uploaded_at > minute_ago)) or 0
    if recent >= UPLOADS_PER_MINUTE:
        raise RefusedError("Your organisation sent many files in the last minute. Wait a minute, then try again")
    used = db.session.scalar(select(func.sum(Upload.size_bytes)).where(mine, Upload.state != "discarded")) or 0
    if used >= QUOTA_BYTES:
        raise RefusedError("Your organisation has used its 10 GB. Discard old ledgers, or ask your administrator")
