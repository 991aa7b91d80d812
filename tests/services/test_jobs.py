"""Long work survives workers that die, freeze or race."""

import sqlite3
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from procure import extensions, jobs
from procure.extensions import db
from procure.models import Job, OutgoingMail, now
from procure.services import mail

from .. import factories

done: list[int] = []


@jobs.work("test: note")
def _note(turn: jobs.Turn) -> None:
    turn.report(1, 2)
    done.append(turn.job_id)
    mail.post("a@example.org", "Done", "Done", key=f"done-{turn.job_id}")


@jobs.work("test: busy")
def _report_while_another_writes(turn: jobs.Turn) -> None:
    with ExitStack() as held:
        if db.engine.dialect.name == "sqlite":
            other = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
            held.callback(other.close)
            other.execute("BEGIN IMMEDIATE")
        turn.report(1, 2)


@jobs.work("test: fail")
def _fail(turn: jobs.Turn) -> None:
    mail.post("a@example.org", "Half", "Half", key=f"half-{turn.job_id}")
    raise RuntimeError("on purpose")


@jobs.work("test: lose")
def _lose(turn: jobs.Turn) -> None:
    """Freeze past the lease: the reaper frees the job while we still hold it."""
    with db.engine.begin() as other:
        other.execute(update(Job).where(Job.id == turn.job_id).values(state="queued", fence=Job.fence + 1))
    mail.post("a@example.org", "Ghost", "Ghost", key=f"ghost-{turn.job_id}")


def a_job(kind: str) -> int:
    organisation = factories.an_anchor()
    job = jobs.queue_job(kind, organisation_id=organisation, subject_id=None, person_id=None)
    db.session.commit()
    return job.id


def facts(job_id: int) -> tuple[str, int, list[str]]:
    job = db.session.scalars(select(Job).where(Job.id == job_id)).one()
    return job.state, job.attempts, list(db.session.scalars(select(OutgoingMail.subject)))


def test_a_job_and_what_it_wrote_are_kept_together(make: Any, run_jobs: Any) -> None:
    job = make(a_job, "test: note")
    assert run_jobs() == 1
    assert make(facts, job) == ("done", 1, ["Done"])


def test_a_job_whose_progress_cannot_be_written_goes_on(make: Any, run_jobs: Any, monkeypatch: Any) -> None:
    """Another job may hold SQLite's only pen for longer than anybody waits."""
    monkeypatch.setattr(extensions, "WORK_BUSY_MILLISECONDS", 10)
    job = make(a_job, "test: busy")
    assert run_jobs() == 1
    assert make(facts, job)[0] == "done"


def test_a_job_that_fails_leaves_nothing_and_is_given_up_after_three_tries(make: Any, run_jobs: Any) -> None:
    job = make(a_job, "test: fail")
    run_jobs()
    assert make(facts, job) == ("parked", 3, [])


def test_a_worker_that_lost_its_turn_cannot_commit(make: Any) -> None:
    job = make(a_job, "test: lose")
    assert make(jobs.run_job, job) is False
    assert make(facts, job) == ("queued", 1, [])


def test_two_workers_never_do_one_job_twice(make: Any) -> None:
    job = make(a_job, "test: note")
    done.clear()
    assert [make(jobs.run_job, job), make(jobs.run_job, job)] == [True, False]
    assert done == [job]


def stop_breathing(job_id: int, attempts: int) -> None:
    long_ago = now() - timedelta(minutes=5)
    db.session.execute(
        update(Job).where(Job.id == job_id).values(state="running", heartbeat_at=long_ago, attempts=attempts)
    )
    db.session.commit()


@pytest.mark.parametrize(("attempts", "state"), [(1, "queued"), (2, "queued"), (3, "parked")])
def test_the_reaper_frees_the_job_of_a_dead_worker(make: Any, attempts: int, state: str) -> None:
    job = make(a_job, "test: note")
    make(stop_breathing, job, attempts)
    make(jobs.reap)
    assert make(facts, job)[0] == state


def test_a_cancelled_job_is_never_done(make: Any, run_jobs: Any) -> None:
    job = make(a_job, "test: note")

    def cancel() -> bool:
        found = db.session.scalars(select(Job).where(Job.id == job)).one()
        stopped = jobs.cancel(found)
        db.session.commit()
        return stopped

    assert make(cancel)
    assert run_jobs() == 0
    assert make(facts, job)[0] == "cancelled"


def test_a_letter_is_written_once_however_often_it_is_asked_for(make: Any) -> None:
    def twice() -> int:
        for _ in range(2):
            mail.post("a@example.org", "Hello", "Hello", key="one")
        db.session.commit()
        return len(db.session.scalars(select(OutgoingMail.id)).all())

    assert make(twice) == 1


def test_a_subject_with_a_line_break_is_refused(make: Any) -> None:
    with pytest.raises(ValueError, match="line break"):
        make(mail.post, "a@example.org", "Hello\r\nBcc: everybody@example.org", "x", key="k")
