"""What people corrected about columns, remembered for an organisation and a set of headings."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from ...extensions import db
from ...models import RememberedColumns, now
from .. import audit
from ..actors import Actor

HEADING_ROW = "heading_row"
"""Stands among the columns where a person said in which row the headings stand, counted from 1; 0 for nowhere."""


def digest(headings: Sequence[str]) -> str:
    """The mark of a set of headings in their order; capitals, spacing and blank ones at the end do not matter."""
    plain = "\x1f".join(" ".join(heading.split()).casefold() for heading in headings).rstrip("\x1f")
    return hashlib.sha256(plain.encode()).hexdigest()


def find(headings: Sequence[str], *, of: int) -> RememberedColumns | None:
    """What this organisation told us about these headings."""
    return db.session.scalar(
        select(RememberedColumns).where(
            RememberedColumns.organisation_id == of, RememberedColumns.digest == digest(headings)
        )
    )


def find_heading_row(rows: Sequence[Sequence[str]], *, of: int) -> tuple[int, dict[str, Any]] | None:
    """The first of these rows that this organisation told us to be headings, from 1, and what else it told us."""
    kept = {
        each.digest: each.columns
        for each in db.session.scalars(select(RememberedColumns).where(RememberedColumns.organisation_id == of))
        if HEADING_ROW in each.columns
    }
    for place, row in enumerate(rows if kept else (), 1):
        columns = kept.get(digest(row))
        if columns is not None:
            return place, {**columns, HEADING_ROW: place}
    return None


def tells_heading_rows(*, of: int) -> bool:
    """Whether this organisation ever told us in which row headings stand."""
    told = db.session.scalars(select(RememberedColumns.columns).where(RememberedColumns.organisation_id == of))
    return any(HEADING_ROW in columns for columns in told)


def remember(sheet: dict[str, Any], columns: dict[str, int], *, by: Actor) -> None:
    """Keep what a person chose otherwise than we did, in place of what we remembered before.

    sheet    a sheet of a ledger as `ledger_reading.described` tells it
    columns  field > position, as the person left the page: those we chose by ourselves are not remembered;
             HEADING_ROW where the person pointed at it
    """
    ours = {each["field"]: each["index"] for each in sheet["columns"] if each["field"] not in sheet.get("told", {})}
    chosen = {field: place for field, place in columns.items() if ours.get(field) != place}
    if not chosen:
        forget(sheet["headings"], by=by)
        return
    kept = find(sheet["headings"], of=by.acting_for)
    if kept is None:
        kept = RememberedColumns(organisation_id=by.acting_for, digest=digest(sheet["headings"]))
        db.session.add(kept)
    kept.columns, kept.decided_by_id, kept.decided_at = chosen, by.person_id, now()
    db.session.flush()


def forget(headings: Sequence[str], *, by: Actor) -> bool:
    """Choose by ourselves again under these headings; whether anything was remembered."""
    kept = find(headings, of=by.acting_for)
    if kept is None:
        return False
    audit.note(by, "columns forgotten", kept, columns=kept.columns)
    db.session.execute(
        delete(RememberedColumns).where(
            RememberedColumns.organisation_id == by.acting_for, RememberedColumns.id == kept.id
        )
    )
    return True
