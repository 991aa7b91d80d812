"""Documents of a consortium: kept under random names, handed to accepted partners only, and gone with their owner."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import IO

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from ...extensions import db
from ...models import ConsortiumMember, RoomDocument, now
from .. import audit, uploads
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from .consortia_rooms import living_bid, membership_in, open_to

KINDS = {
    "agreement": "Agreement between the members",
    "authority": "Letter that lets the lead sign for all",
    "evidence": "Insurance or certificate",
    "policy": "Policy or method statement",
    "other": "Something else",
}
WANTED = ("agreement", "authority")
"""What every joint bid needs: who answers for what, and that the lead may sign. rules: docs/decisions.md"""
MOST_BYTES = 10 * 1024 * 1024
MOST_DOCUMENTS = 100
CHUNK = 1 << 18
STARTS = {
    "pdf": (b"%PDF-",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "odt": (b"PK\x03\x04",),
    "ods": (b"PK\x03\x04",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "txt": (),
    "csv": (),
}
"""Endings we take, and how the bytes of such a file begin; plain text may begin as it likes."""
TYPES = "PDF, Word, Excel, OpenDocument, PNG, JPEG, CSV or plain text"


def documents_in(consortium_id: int, *, of: int) -> list[RoomDocument]:
    """The documents that stand, newest first; those of partners who have gone went with them."""
    query = select_standing(consortium_id, of).options(joinedload(RoomDocument.organisation))
    return list(db.session.scalars(query.order_by(RoomDocument.id.desc())))


def find(consortium_id: int, document_id: int, *, of: int) -> RoomDocument:
    """One document of this room.

    errors  NotFoundError
    """
    document = db.session.scalar(select_standing(consortium_id, of).where(RoomDocument.id == document_id))
    if document is None:
        raise NotFoundError
    return document


def add(consortium_id: int, kind: str, filename: str, stream: IO[bytes], *, by: Actor) -> RoomDocument:
    """Keep a file for the partners.

    errors  NotFoundError; RefusedError, in words to act on, for a file we do not take or a room that is full
    """
    consortium = living_bid(consortium_id, by)
    if kind not in KINDS:
        raise RefusedError("Choose what the document is")
    count = select(func.count(RoomDocument.id)).where(open_to(RoomDocument, consortium.id, by.acting_for))
    if (db.session.scalar(count.where(RoomDocument.removed_at.is_(None))) or 0) >= MOST_DOCUMENTS:
        raise RefusedError(f"This room holds {MOST_DOCUMENTS} documents already. Take one away first")
    name = uploads.plain_name(filename)
    stored, digest, size = _keep(name, stream)
    document = RoomDocument(
        consortium_id=consortium.id,
        organisation_id=by.acting_for,
        kind=kind,
        filename=name,
        stored_name=stored,
        sha256=digest,
        size_bytes=size,
        person_id=by.person_id,
    )
    db.session.add(document)
    db.session.flush()
    audit.note(by, "document put into a consortium", document, consortium=consortium.id, sha256=digest, bytes=size)
    return document


def take_away(consortium_id: int, document_id: int, *, by: Actor) -> RoomDocument:
    """Take a document out: its owner may, and the lead. The file itself is deleted after the commit.

    errors  NotFoundError, RefusedError for anybody else, ConflictError where it has gone already
    """
    consortium = living_bid(consortium_id, by)
    document = find(consortium_id, document_id, of=by.acting_for)
    if document.organisation_id != by.acting_for and not membership_in(consortium, by.acting_for).is_lead:
        raise RefusedError(f"This document is {document.organisation.name}'s. Ask them or the lead to take it away")
    if document.removed_at is not None:
        raise ConflictError("This document was already taken away")
    document.removed_at = now()
    db.session.flush()
    audit.note(by, "document taken out of a consortium", document, consortium=consortium_id)
    return document


def path_of(document: RoomDocument) -> Path:
    return uploads.folder() / document.stored_name


def _keep(name: str, stream: IO[bytes]) -> tuple[str, str, int]:
    """Store a file, looked at on the way: stored name, digest, size."""
    ending = name.rsplit(".", 1)[-1].casefold() if "." in name else ""
    if ending not in STARTS:
        raise RefusedError(f"We take {TYPES}. Save the document as one of these and add it again")
    stored = secrets.token_hex(16)
    path, digest, size = uploads.folder() / stored, hashlib.sha256(), 0
    try:
        with open(path, "xb", opener=lambda where, flags: os.open(where, flags, 0o600)) as kept:
            while chunk := stream.read(CHUNK):
                if size == 0:
                    _check_start(ending, chunk)
                size += len(chunk)
                if size > MOST_BYTES:
                    raise RefusedError("The document is larger than 10 MB. Make it smaller, or split it")
                digest.update(chunk)
                kept.write(chunk)
        if size == 0:
            raise RefusedError("The document is empty. Choose the file again")
    except RefusedError:
        path.unlink(missing_ok=True)
        raise
    return stored, digest.hexdigest(), size


def _check_start(ending: str, chunk: bytes) -> None:
    starts = STARTS[ending]
    is_so = chunk.startswith(starts) if starts else b"\x00" not in chunk
    if not is_so:
        raise RefusedError(f"The name ends in .{ending}, but the file is something else. Save it again as .{ending}")


def select_standing(consortium_id: int, of: int) -> Select[RoomDocument]:
    """The documents of a room this partner is in, without those of partners who have gone."""
    owners = select(ConsortiumMember.organisation_id).where(
        ConsortiumMember.consortium_id == consortium_id, ConsortiumMember.state == "accepted"
    )
    return select(RoomDocument).where(
        open_to(RoomDocument, consortium_id, of),
        RoomDocument.removed_at.is_(None),
        RoomDocument.organisation_id.in_(owners),
    )
