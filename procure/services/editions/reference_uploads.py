"""A register an administrator sends through the page: kept until a job has loaded it."""

import os
from dataclasses import replace
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import event

from ... import jobs
from ...extensions import db
from ...models import Edition, Job
from ...registers import UnreadableFileError
from ..actors import Actor
from ..errors import NotFoundError
from ..uploads import plain_name
from . import reference_editions as editions
from . import reference_loading

KIND = "load reference data"
_CHUNK = 1 << 20


def receive(told: editions.Told, stream: IO[bytes], *, by: Actor) -> tuple[Edition, Job]:
    """Keep a file and have it loaded. Wake the job after the commit.

    errors  UnreadableFileError that says what a file of the wrong kind seems to be; nothing is kept then
    """
    waiting = folder() / f"reference-{os.urandom(8).hex()}"
    try:
        with open(waiting, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as kept:
            while chunk := stream.read(_CHUNK):
                kept.write(chunk)
        edition = editions.begin(replace(told, filename=plain_name(told.filename)), [waiting], by=by)
        waiting.rename(path_of(edition.id))
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    job = jobs.queue_job(KIND, organisation_id=None, subject_id=edition.id, person_id=by.person_id)
    return edition, job


@jobs.work(KIND, counts="% read")
def load_edition(turn: jobs.Turn) -> None:
    """Load the edition the job is about; the file is thrown away once it is in force or refused."""
    number = int(turn.subject_id or 0)
    path = path_of(number)
    try:
        if not path.exists():
            raise UnreadableFileError(editions.STOPPED)
        reference_loading.load(number, [path], _percent(turn))
    except UnreadableFileError as error:
        db.session.rollback()
        editions.fail(number, str(error))
    except NotFoundError:
        db.session.rollback()
    _throw_away_after_commit(path)


def _throw_away_after_commit(path: Path) -> None:
    """The file must outlive a commit that fails: the job would begin again with it."""
    session, waiting = db.session(), [path]

    def throw_away(_session: object) -> None:
        for each in waiting:
            each.unlink(missing_ok=True)

    event.listen(session, "after_commit", throw_away, once=True)
    event.listen(session, "after_rollback", lambda _session: waiting.clear(), once=True)


def _percent(turn: jobs.Turn) -> reference_loading.Progress:
    """Tell the page when another hundredth was read, and not thousands of times."""
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        percent = done * 100 // total if total else 100
        if percent > told:
            told = percent
            turn.report(percent, 100)

    return tell


def forget_files() -> None:
    """Throw away files whose load ended without its job, such as one that was cancelled."""
    waiting = {f"reference-{number}" for number in editions.loading_ids()}
    for path in folder().glob("reference-*"):
        number = path.name.removeprefix("reference-")
        if number.isdigit() and path.name not in waiting:
            path.unlink(missing_ok=True)


def open_jobs() -> dict[int, Job]:
    """Edition > the job that loads it, while it does."""
    found = db.session.scalars(jobs.open_jobs(KIND, Job.organisation_id.is_(None)).order_by(Job.id))
    return {job.subject_id: job for job in found if job.subject_id is not None}


def path_of(edition_id: int) -> Path:
    """Where an uploaded file waits."""
    return folder() / f"reference-{edition_id}"


def folder() -> Path:
    return Path(current_app.config["UPLOAD_FOLDER"])
