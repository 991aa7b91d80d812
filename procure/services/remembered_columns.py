"""What people corrected about columns, remembered for an organisation and a set of headings."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from ..extensions import db
from ..models import RememberedColumns, now
from . import audit
from .actors import Actor


def digest(headings: Sequence[str]) -> str:
    """The mark of a set of headings in their order; capitals and spacing do not matter."""
    plain = "\x1f".join(" ".join(heading.split()).casefold() for heading in headings)
    return hashlib.sha256(plain.encode()).hexdigest()


def find(headings: Sequence[str], *, of: int) -> RememberedColumns | None:
    """What this organisation told us about these headings."""
    return db.session.scalar(
        select(RememberedColumns).where(
            RememberedColumns.organisation_id == of, RememberedColumns.digest == digest(headings)
        )
    )


def remember(sheet: dict[str, Any], columns: dict[str, int], *, by: Actor) -> None:
    """Keep what a person chose otherwise than we did, in place of what we remembered before.

    sheet    a sheet of a ledger as `ledger_reading.described` tells it
    columns  field > position, as the person left the page: those we chose by ourselves are not remembered
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
