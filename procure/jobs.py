"""Long work behind the page: a row tells its state, a queue wakes a worker, a reaper frees what a dead worker held.

The rows a job writes and its own "done" are one transaction, guarded by a fence: a worker that froze, lost its
turn and woke up again cannot commit. The queue is only an alarm clock: a queued row whose call was lost is found
by the reaper.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import OperationalError

from .extensions import db
from .models import Job, now
from .models.work import OPEN_STATES

LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 5.0
PATIENCE = timedelta(seconds=10)
"""How long a queued job may lie before the reaper calls a worker for it again."""
MOST_ATTEMPTS = 3

log = logging.getLogger(__name__)


class LostTurnError(Exception):
    """Another worker holds this job now; nothing of ours may be kept."""


@dataclass
class Turn:
    """One worker's turn at a job: for whom, about what, and how to say how far it is."""

    job_id: int
    organisation_id: int
    """0 where the installation itself asked."""
    subject_id: int | None
    person_id: int | None
    fence: int
    _reported: int = field(default=0, repr=False)

    def report(self, done: int, total: int | None = None) -> None:
        """Tell the page how far the work is. Call before the first write of the job's own transaction."""
        try:
            with db.engine.begin() as connection:
                connection.execute(
                    update(Job)
                    .where(Job.id == self.job_id, Job.fence == self.fence)
                    .values(progress_done=done, progress_total=total, heartbeat_at=now())
                )
        except OperationalError:  # the work is worth more than its progress bar
            log.warning("the progress of job %s was not written", self.job_id)


Work = Callable[[Turn], None]
_registry: dict[str, Work] = {}
_counted: dict[str, str] = {}


def work(kind: str, counts: str = "rows read") -> Callable[[Work], Work]:
    """Register the function that does this kind of job. It may flush, but never commits.

    counts  what its progress counts, as the page says it: 1,200 rows read
    """

    def register(function: Work) -> Work:
        _registry[kind] = function
        _counted[kind] = counts
        return function

    return register


def say_progress(job: Job) -> str:
    """How far a job is, in words."""
    return f"{job.progress_done:,} {_counted.get(job.kind, 'done')}" if job.progress_done else "Waiting to start"


def queue_job(kind: str, *, organisation_id: int | None, subject_id: int | None, person_id: int | None) -> Job:
    """Add a job to the caller's transaction; call `wake` with its id after the commit."""
    if kind not in _registry:
        raise ValueError(f"no work is registered for {kind!r}")
    job = Job(kind=kind, organisation_id=organisation_id, subject_id=subject_id, person_id=person_id)
    db.session.add(job)
    db.session.flush()
    return job


def queue_once(kind: str, *, organisation_id: int, person_id: int | None) -> Job | None:
    """Queue a job that is about everything an organisation has; None where one of its kind waits for it already."""
    waiting = open_jobs(kind, Job.organisation_id == organisation_id, Job.state == "queued")
    if db.session.scalar(waiting.limit(1)):
        return None
    return queue_job(kind, organisation_id=organisation_id, subject_id=None, person_id=person_id)


def open_jobs(kind: str, *whose: ColumnElement[bool]) -> Select[Job]:
    """The jobs of this kind that wait or run, in no order."""
    return select(Job).where(Job.kind == kind, Job.state.in_(OPEN_STATES), *whose)


def open_job(kind: str, *, organisation_id: int) -> Job | None:
    """The newest job of this kind that waits or runs."""
    mine = open_jobs(kind, Job.organisation_id == organisation_id)
    return db.session.scalar(mine.order_by(Job.id.desc()).limit(1))


def newest_job(kind: str, subject_id: int, *, organisation_id: int) -> Job | None:
    """The last job of this kind about a subject, whatever became of it."""
    about = (Job.organisation_id == organisation_id, Job.kind == kind, Job.subject_id == subject_id)
    return db.session.scalar(select(Job).where(*about).order_by(Job.id.desc()).limit(1))


def wake(job_id: int) -> None:
    """Call a worker. If the queue is away the job stays queued and the reaper calls again."""
    call = current_app.extensions.get("call_worker")
    if call is None:
        return
    try:
        call(job_id)
    except Exception:  # the queue is another program: whatever it raises, the row is safe
        log.exception("the queue did not take the call for job %s", job_id)


def run_job(job_id: int) -> bool:
    """Take a queued job and do it. False where another worker has it or it is no longer wanted."""
    turn = _take(job_id)
    if turn is None:
        return False
    kind = db.session.scalar(select(Job.kind).where(Job.id == job_id))
    db.session.rollback()
    with _heartbeat(turn):
        return _do(turn, _registry[str(kind)])


def _do(turn: Turn, function: Work) -> bool:
    """Commit or roll back before the heartbeat stops: it may be waiting for the pen we hold."""
    try:
        function(turn)
        _finish(turn)
        db.session.commit()
    except LostTurnError:
        db.session.rollback()
        log.warning("job %s was taken over by another worker", turn.job_id)
        return False
    except Exception:
        db.session.rollback()
        log.exception("job %s failed", turn.job_id)
        try:
            _hand_back(turn)
        except OperationalError:
            db.session.rollback()
            log.warning("job %s was not handed back: the reaper frees it", turn.job_id)
        return False
    return True


def run_all() -> int:
    """Do every queued job in this process, oldest first; how many were done."""
    done = 0
    while job_id := db.session.scalar(select(Job.id).where(Job.state == "queued").order_by(Job.id).limit(1)):
        db.session.rollback()
        done += run_job(job_id)
    db.session.rollback()
    return done


def reap() -> list[int]:
    """Free jobs whose worker stopped breathing, park the hopeless, and call workers for what is waiting."""
    stale = now() - LEASE
    is_dead = (Job.state == "running", Job.heartbeat_at < stale)
    db.session.execute(
        update(Job)
        .where(*is_dead, Job.attempts >= MOST_ATTEMPTS)
        .values(state="parked", finished_at=now(), message="The work stopped three times. Tell your administrator.")
    )
    db.session.execute(update(Job).where(*is_dead).values(state="queued", fence=Job.fence + 1, heartbeat_at=None))
    waiting = db.session.scalars(
        select(Job.id).where(Job.state == "queued", or_(Job.created_at < now() - PATIENCE, Job.attempts > 0))
    ).all()
    db.session.commit()
    for job_id in waiting:
        wake(job_id)
    return list(waiting)


def cancel(job: Job) -> bool:
    """Stop a job that has not finished; its worker's commit will fail."""
    changed = _change(
        update(Job)
        .where(Job.id == job.id, Job.organisation_id == job.organisation_id, Job.state.in_(OPEN_STATES))
        .values(state="cancelled", fence=Job.fence + 1, finished_at=now())
    )
    return changed == 1


def _take(job_id: int) -> Turn | None:
    changed = _change(
        update(Job)
        .where(Job.id == job_id, Job.state == "queued")
        .values(state="running", attempts=Job.attempts + 1, fence=Job.fence + 1, heartbeat_at=now())
    )
    if not changed:
        db.session.rollback()
        return None
    fresh = select(Job).where(Job.id == job_id).execution_options(populate_existing=True)
    job = db.session.scalars(fresh).one()
    turn = Turn(job.id, job.organisation_id or 0, job.subject_id, job.person_id, job.fence)
    db.session.commit()
    return turn


def _finish(turn: Turn) -> None:
    changed = _change(
        update(Job)
        .where(Job.id == turn.job_id, Job.fence == turn.fence, Job.state == "running")
        .values(state="done", finished_at=now(), message=None)
    )
    if not changed:
        raise LostTurnError(turn.job_id)


def _hand_back(turn: Turn) -> None:
    mine = (Job.id == turn.job_id, Job.fence == turn.fence, Job.state == "running")
    again = "Something went wrong on our side. We will try again."
    _change(update(Job).where(*mine, Job.attempts < MOST_ATTEMPTS).values(state="queued", message=again))
    _change(
        update(Job)
        .where(*mine, Job.attempts >= MOST_ATTEMPTS)
        .values(state="parked", finished_at=now(), message="We tried three times and could not do this.")
    )
    db.session.commit()


def _change(statement: Any) -> int:
    result = db.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return result.rowcount


@contextmanager
def _heartbeat(turn: Turn) -> Iterator[None]:
    """Keep the lease alive from a second connection while the work runs."""
    stop = threading.Event()
    engine = db.engine

    def beat() -> None:
        while not stop.wait(HEARTBEAT_SECONDS):
            try:
                with engine.begin() as connection:
                    connection.execute(
                        update(Job).where(Job.id == turn.job_id, Job.fence == turn.fence).values(heartbeat_at=now())
                    )
            except Exception:  # a missed beat is no fault while the main transaction holds SQLite's only pen
                log.debug("a heartbeat of job %s was missed", turn.job_id)

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def init_queue(app: Flask) -> None:
    """Open the queue that QUEUE_URL names and teach it the one task it knows."""
    queue = _open_queue(app.config["QUEUE_URL"])

    def run(job_id: int) -> None:
        with app.app_context():
            run_job(job_id)

    app.extensions["queue"] = queue
    app.extensions["call_worker"] = queue.task(name="procure.run_job")(run)


def _open_queue(url: str) -> Any:
    from huey import PostgresHuey, RedisHuey, SqliteHuey

    if url.startswith("sqlite:///"):
        return SqliteHuey("procure", filename=url.removeprefix("sqlite:///"), results=False)
    if url.startswith(("redis://", "rediss://")):
        return RedisHuey("procure", url=url, results=False)
    if url.startswith(("postgres://", "postgresql://")):
        return PostgresHuey("procure", dsn=url, results=False)
    raise ValueError(f"QUEUE_URL must start with sqlite:///, redis:// or postgresql://, not {url!r}")
