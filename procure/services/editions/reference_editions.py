"""Editions of reference data: begun, in force, replaced or failed; and the administrator's way to add one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Select, select, update

from ...extensions import db
from ...models import Edition, EditionRefusal, Person, now
from ...registers import LAYOUTS, Layout, Refused, UnreadableFileError, layout_of
from .. import audit
from ..actors import Actor
from ..errors import NotFoundError

MOST_REFUSALS_KEPT = 50_000
"""Refused rows kept with their reasons; more are only counted."""
STOPPED = "The load stopped before it was finished. Load the file again"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Told:
    """What somebody who hands in a register says of it; without a licence, the publisher's usual one."""

    kind: str
    filename: str
    edition_on: date | None = None
    licence: str | None = None


def begin(told: Told, paths: Sequence[Path], *, by: Actor | None) -> Edition:
    """A new edition that waits to be loaded.

    paths   the file, or the parts of it that the publisher offers one by one
    errors  UnreadableFileError that says what a file of the wrong kind seems to be
    """
    layout = _one_layout(told.kind, paths)
    edition = Edition(
        kind=told.kind,
        series=layout.series,
        title=layout.title,
        edition_on=told.edition_on,
        licence=told.licence or layout.licence,
        filename=told.filename,
        sha256=_digest(paths),
        loaded_by_id=by.person_id if by else None,
    )
    db.session.add(edition)
    db.session.flush()
    audit.note(by, "reference load asked", edition, kind=told.kind, file=told.filename, sha256=edition.sha256)
    return edition


def _one_layout(kind: str, paths: Sequence[Path]) -> Layout:
    layouts = [layout_of(path, kind) for path in paths]
    if len({layout.series for layout in layouts}) > 1:
        names = " and ".join(dict.fromkeys(layout.title for layout in layouts))
        raise UnreadableFileError(f"These are different registers: {names}. Load each by itself")
    return layouts[0]


def _digest(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def finish(edition: Edition, kept: int, refusals: Sequence[Refused], refused: int) -> None:
    """Put an edition in force in the place of its predecessor.

    refusals  the first of them, at most MOST_REFUSALS_KEPT; refused counts all
    """
    same = (Edition.series == edition.series, Edition.id != edition.id)
    db.session.execute(update(Edition).where(*same, Edition.state == "ready").values(state="replaced"))
    db.session.execute(
        update(Edition)
        .where(*same, Edition.state == "loading", Edition.id < edition.id)
        .values(state="failed", reason=STOPPED)
    )
    edition.state, edition.reason, edition.loaded_at = "ready", None, now()
    edition.rows, edition.refused = kept, refused
    if refusals:
        db.session.bulk_insert_mappings(
            EditionRefusal.__mapper__,
            [{"edition_id": edition.id, "row": each.row, "reason": each.reason} for each in refusals],
        )
    db.session.flush()
    audit.note(None, "reference loaded", edition, kind=edition.kind, rows=kept, refused=refused)


def fail(edition_id: int, reason: str) -> None:
    """Say why an edition was not loaded; what was in force stays."""
    edition = find(edition_id)
    edition.state, edition.reason = "failed", reason
    db.session.flush()
    audit.note(None, "reference load failed", edition, kind=edition.kind, reason=reason)


def find(edition_id: int) -> Edition:
    """An edition.

    errors  NotFoundError
    """
    edition = db.session.get(Edition, edition_id)
    if edition is None:
        raise NotFoundError
    return edition


def of_kind(kind: str) -> list[Layout]:
    """The publishers' files that are read as this kind."""
    return [layout for layout in LAYOUTS if layout.kind == kind]


def loading_ids() -> set[int]:
    return set(db.session.scalars(select(Edition.id).where(Edition.state == "loading")))


def in_force() -> list[Edition]:
    """The edition in force of every series that has one, by kind and title."""
    return list(
        db.session.scalars(select(Edition).where(Edition.state == "ready").order_by(Edition.kind, Edition.title))
    )


def select_editions() -> Select[Edition, str]:
    """Every load there was, the newest first, with who asked for it."""
    return select(Edition, Person.name).outerjoin(Person, Person.id == Edition.loaded_by_id).order_by(Edition.id.desc())


def select_refusals(edition_id: int) -> Select[EditionRefusal]:
    """An edition's refused rows, in the file's order."""
    return select(EditionRefusal).where(EditionRefusal.edition_id == edition_id).order_by(EditionRefusal.row)
