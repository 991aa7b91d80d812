"""Whether the installation is well: its database, its disk, its worker, its jobs and its mail.

Nothing here tells what anybody stored: only whether things work, and what whoever runs them can do.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from ..extensions import db
from ..models import Job, OutgoingMail, now

LEAST_ROOM = 256 * 1024**2
"""Bytes; a ledger and its rows need a hundredth of it."""
LONGEST_WAIT = timedelta(minutes=5)
"""A worker takes a job within seconds, unless it does another; reading the largest register is not longer than this."""
LATELY = timedelta(days=7)
UPGRADE = "flask --app wsgi db upgrade"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; the advice is for whoever runs the site, where it is not well."""

    name: str
    is_well: bool
    words: str
    advice: str = ""


def findings() -> list[Finding]:
    """Everything, in the order in which it keeps people from working."""
    return [_database(), _room(), _worker(), _given_up(), _mail()]


def schema_fault() -> str | None:
    """Why this version cannot work with this database as it stands; None where it can."""
    head = _newest(str(current_app.config["MIGRATIONS_FOLDER"]))
    stands = _stands_at()
    if stands == head:
        return None
    if stands is None:
        return f"The database is empty. Run: {UPGRADE}"
    if stands in _known(str(current_app.config["MIGRATIONS_FOLDER"])):
        return f"The database is of an earlier version ({stands}, and this is {head}). Run: {UPGRADE}"
    return f"The database is of a later version ({stands}) than this one ({head}). Install the later version"


def _stands_at() -> str | None:
    from alembic.migration import MigrationContext

    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@lru_cache
def _newest(folder: str) -> str:
    return str(_script(folder).get_current_head())


@lru_cache
def _known(folder: str) -> frozenset[str]:
    return frozenset(one.revision for one in _script(folder).walk_revisions())


def _script(folder: str) -> Any:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(folder)


def _database() -> Finding:
    fault = schema_fault()
    if fault:
        return Finding("Database", False, fault)
    return Finding("Database", True, "It answers, and it is of this version")


def _room() -> Finding:
    free = shutil.disk_usage(Path(current_app.instance_path)).free
    words = f"{free / 1024**3:,.1f} GB are free"
    return Finding("Disk", free >= LEAST_ROOM, words, "Make room, or move the instance folder to a larger disk")


def _worker() -> Finding:
    waiting, since = db.session.execute(
        select(func.count(Job.id), func.min(Job.created_at)).where(*_of_everybody(), Job.state == "queued")
    ).one()
    if not waiting:
        return Finding("Worker", True, "No job waits")
    is_well = now() - since < LONGEST_WAIT
    minutes = int((now() - since).total_seconds() // 60)
    words = f"{_count(waiting, 'job')} waiting, the oldest for {_count(minutes, 'minute')}"
    return Finding("Worker", is_well, words, "See that a worker runs: flask --app wsgi jobs work")


def _given_up() -> Finding:
    number = (
        db.session.scalar(
            select(func.count(Job.id)).where(
                *_of_everybody(), Job.state.in_(("failed", "parked")), Job.created_at > now() - LATELY
            )
        )
        or 0
    )
    words = f"{_count(number, 'job')} given up in the last {LATELY.days} days"
    return Finding("Jobs", not number, words, "Look at the list of jobs, and at the log of the worker at that time")


def _mail() -> Finding:
    if not current_app.config["SMTP_URL"]:
        return Finding("Mail", True, "No mail server is set: messages stand in the outbox")
    number = (
        db.session.scalar(
            select(func.count(OutgoingMail.id)).where(
                OutgoingMail.sent_at.is_(None), OutgoingMail.last_error.is_not(None)
            )
        )
        or 0
    )
    words = f"{_count(number, 'message')} could not be sent so far"
    return Finding("Mail", not number, words, "Look at the outbox for the reason, and check SMTP_URL")


def _of_everybody() -> tuple[Any, ...]:
    """Jobs of every organisation and of the installation itself: they are counted, not read."""
    return (or_(Job.organisation_id.is_(None), Job.organisation_id > 0),)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def in_short() -> dict[str, bool]:
    """What a machine that watches the site may know without signing in: name > whether it is well."""
    return {"database": _is_well(_database), "disk": _is_well(_room), "worker": _is_well(_worker)}


def _is_well(look: Callable[[], Finding]) -> bool:
    try:
        return look().is_well
    except (OSError, SQLAlchemyError):  # what cannot be asked is not well
        db.session.rollback()
        return False
