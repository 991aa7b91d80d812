"""A worker is killed while it reads a ledger: the ledger's rows are all there or none, and the work is done in the end.

The worker is a process of its own, killed with SIGKILL at a random moment, on the database of a whole installation.
"""

import contextlib
import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from procure import Procure, jobs
from procure.extensions import db
from procure.models import Job, Ledger, Payment, Refusal, now
from procure.services.actors import Actor
from procure.services.ledgers import ledgers

from .. import factories
from ..conftest import settings_for

ROOT = Path(__file__).resolve().parents[2]
ROWS = 6_000
PATIENCE_SECONDS = 90


@pytest.fixture
def start_worker(app: Procure, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start a worker on the app's own database and queue; whatever is left of it ends with the test."""
    started: list[subprocess.Popen[bytes]] = []
    settings = settings_for(tmp_path, DATABASE_URL=str(app.config["SQLALCHEMY_DATABASE_URI"]))

    log = (tmp_path / "worker.log").open("ab")

    def start() -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"],
            cwd=ROOT,
            env={**os.environ, **settings},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)
    log.close()


def kill(worker: subprocess.Popen[bytes]) -> None:
    """End a worker and the process that reads for it, without a chance to tidy up."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def a_ledger(officer: Actor, number: int) -> tuple[int, int]:
    """A queued ledger of ROWS payments and one refused row; its id and its total in pence."""
    lines = [f"Supplier {row % 500},{row}.{row % 100:02d},01/04/2026,{number}" for row in range(1, ROWS + 1)]
    text = "\n".join(["Supplier,Amount,Date,Transaction Number", *lines, "Broken,x,01/04/2026,"])
    receipt = ledgers.receive("ledger.csv", io.BytesIO(text.encode()), by=officer)
    db.session.commit()
    assert receipt.ledger_id
    assert receipt.job_id
    jobs.wake(receipt.job_id)
    return receipt.ledger_id, sum(row * 100 + row % 100 for row in range(1, ROWS + 1))


def state_of(ledger: int) -> tuple[str, str, int, int, int]:
    """State of the ledger and of its job; payments, pence and refused rows that are stored."""
    kept = db.session.scalar(select(Ledger.state).where(Ledger.id == ledger))
    job = db.session.scalar(select(Job.state).where(Job.subject_id == ledger).order_by(Job.id.desc()).limit(1))
    payments, pence = db.session.execute(
        select(func.count(Payment.id), func.sum(Payment.pence)).where(Payment.ledger_id == ledger)
    ).one()
    refused = db.session.scalar(select(func.count(Refusal.id)).where(Refusal.ledger_id == ledger))
    db.session.rollback()
    return str(kept), str(job), int(payments), int(pence or 0), int(refused or 0)


def let_the_lease_run_out() -> None:
    """The dead worker's last heartbeat moves a minute back, so that the test need not wait for it."""
    db.session.execute(update(Job).where(Job.state == "running").values(heartbeat_at=now() - timedelta(minutes=1)))
    db.session.commit()


def wait_for(make: Any, ledger: int, *states: str) -> None:
    """Wait until the ledger's job is in one of these states."""
    end = time.monotonic() + PATIENCE_SECONDS
    while make(state_of, ledger)[1] not in states:
        assert time.monotonic() < end, make(state_of, ledger)
        time.sleep(0.05)


def check_whole_or_nothing(state: tuple[str, str, int, int, int], pence: int) -> bool:
    """Whether the ledger is stored; anything between all and nothing fails."""
    if state[0] == "reading":
        assert state[2:] == (0, 0, 0), state
        return False
    assert state == ("unconfirmed", "done", ROWS, pence, 1), state
    return True


def kill_and_resume(make: Any, start_worker: Any, rng: random.Random, number: int, kills: int, longest: float) -> int:
    """One ledger, killed up to `kills` times at random moments, then done; how often the kill hit the work."""
    officer = make(an_officer)
    ledger, pence = make(a_ledger, officer, number)
    hits = 0
    for _ in range(kills):
        worker = start_worker()
        wait_for(make, ledger, "running", "done")
        time.sleep(rng.uniform(0, longest))
        kill(worker)
        state = make(state_of, ledger)
        if check_whole_or_nothing(state, pence):
            break
        hits += 1
        make(let_the_lease_run_out)
    worker = start_worker()
    wait_for(make, ledger, "done")
    assert check_whole_or_nothing(make(state_of, ledger), pence)
    kill(worker)
    return hits


def an_officer() -> Actor:
    anchor = factories.an_anchor()
    return Actor(factories.a_person(), "Ann", "ann@example.org", anchor, "Anchor", frozenset({"anchor:finance"}))


def test_a_killed_worker_leaves_all_rows_or_none_and_the_work_resumes(make: Any, start_worker: Any) -> None:
    assert kill_and_resume(make, start_worker, random.Random(1), 1, kills=2, longest=0.6) > 0


@pytest.mark.long
def test_forty_kills_lose_and_double_nothing(make: Any, start_worker: Any) -> None:
    rng = random.Random(2)
    hits = sum(kill_and_resume(make, start_worker, rng, number, kills=2, longest=1.2) for number in range(20))
    assert hits >= 10
