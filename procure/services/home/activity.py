"""What happened lately in an organisation, a few lines of its audit trail: the same thing many times is one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import select

from ...extensions import db
from ...models import AuditEntry, Ledger, Lot, Person, Upload

LOOKED_AT = 400
SYSTEM = "The system"


@dataclass(frozen=True)
class Event:
    """Something that somebody did, once or many times in a row.

    at        when last
    subject   the kind and id of what it was done to; None where that were several things
    title     what the subject is called; None where it has no name here, or is gone
    """

    action: str
    person: str
    at: datetime
    times: int
    subject: tuple[str, int] | None = None
    title: str | None = None


def lately(of: int, most: int = 8) -> list[Event]:
    """The latest events, newest first; people's signing in and settings are left out."""
    rows = db.session.execute(
        select(
            AuditEntry.action, AuditEntry.at, AuditEntry.person_id, AuditEntry.subject_kind, AuditEntry.subject_id,
            Person.name,
        )
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .where(AuditEntry.organisation_id == of, AuditEntry.subject_kind != "person")
        .order_by(AuditEntry.id.desc())
        .limit(LOOKED_AT)
    )  # fmt: skip
    runs = groupby(rows, key=lambda row: (row.action, row.person_id, row.subject_kind, row.at.date()))
    events = [_event(list(run)) for _, run in islice(runs, most)]
    titles = _titles(of, events)
    return [_named(event, titles) for event in events]


def _event(run: Sequence[Any]) -> Event:
    about = {(row.subject_kind, row.subject_id) for row in run if row.subject_id is not None}
    subject = about.pop() if len(about) == 1 else None
    return Event(run[0].action, run[0].name or SYSTEM, run[0].at, len(run), subject)


def _named(event: Event, titles: dict[tuple[str, int], str]) -> Event:
    if event.subject is None:
        return event
    return Event(event.action, event.person, event.at, event.times, event.subject, titles.get(event.subject))


def _titles(of: int, events: Sequence[Event]) -> dict[tuple[str, int], str]:
    """What lots and ledgers of these events are called. Payees are not named: they may be people."""
    named: dict[str, Any] = {
        "lot": select(Lot.id, Lot.title).where(Lot.organisation_id == of),
        "ledger": select(Ledger.id, Upload.filename)
        .join(Upload, Upload.id == Ledger.upload_id)
        .where(Ledger.organisation_id == of, Upload.organisation_id == of),
    }
    found: dict[tuple[str, int], str] = {}
    for kind, query in named.items():
        ids = {event.subject[1] for event in events if event.subject and event.subject[0] == kind}
        if ids:
            column = query.selected_columns[0]
            found |= {(kind, row[0]): row[1] for row in db.session.execute(query.where(column.in_(sorted(ids))))}
    return found
