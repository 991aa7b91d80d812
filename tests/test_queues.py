"""Several processes on one server: Redis or PostgreSQL wakes the worker, and Redis counts wrong passwords for all."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from procure import Procure, create_app

from . import databases, factories
from .conftest import SERVICES_REQUIRED, Visitor, close, settings_for
from .demo_site import ROOT, environment

REDIS = os.environ.get("PROCURE_TEST_REDIS", "redis://127.0.0.1:6379/15")
BEFORE_THE_REAPER = 8
"""Seconds; the reaper calls again after ten, so a job begun sooner was woken by the queue."""
PATIENCE = 60


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A Redis of the tests' own, emptied before and after."""
    try:
        import redis

        server: Any = redis.Redis.from_url(REDIS)
        server.flushdb()
    except Exception as error:  # no library or no server: the reason is the same for the reader
        if SERVICES_REQUIRED:
            raise
        pytest.skip(f"needs Redis at PROCURE_TEST_REDIS ({type(error).__name__})")
    yield REDIS
    server.flushdb()


@pytest.fixture
def queue_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "redis":
        yield request.getfixturevalue("redis_url")
        return
    with databases.throwaway() as url:
        yield url


@pytest.mark.parametrize("queue_url", ["redis", "postgresql"], indirect=True)
def test_the_queue_of_a_server_wakes_a_worker_in_another_process(
    migrated: Path, tmp_path: Path, queue_url: str
) -> None:
    shutil.copy(migrated, tmp_path / "procure.sqlite")
    app = create_app(settings_for(tmp_path, QUEUE_URL=queue_url), TESTING=True).furnish()
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"],
        cwd=ROOT,
        env=environment(tmp_path, QUEUE_URL=queue_url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_until_ready(worker)
        _upload(app)
        assert _wait_while(app, "queued", seconds=BEFORE_THE_REAPER) != "queued"
        assert _wait_while(app, "queued", "running", seconds=PATIENCE) == "done"
    finally:
        worker.terminate()
        worker.communicate(timeout=PATIENCE)
        app.extensions["queue"].storage.close()
        with app.app_context():
            close(app)


def _wait_until_ready(worker: "subprocess.Popen[str]") -> None:
    assert worker.stderr is not None
    for line in worker.stderr:
        if "Ready for jobs" in line:
            return
    raise AssertionError("the worker stopped while it was starting")


def _wait_while(app: Procure, *states: str, seconds: float) -> str:
    """The state of the job once it is none of these, or when the time is over."""
    end = time.monotonic() + seconds
    while (state := _state(app)) in states and time.monotonic() < end:
        time.sleep(0.1)
    return state


def _upload(app: Procure) -> None:
    with app.app_context():
        anchor = factories.an_anchor()
        factories.a_member(anchor, "anchor", "finance", "finance@example.org")
    officer = Visitor(app).sign_in("finance@example.org")
    ledger = BytesIO(b"Supplier,Date,Amount\nCanal Side Catering CIC,01/04/2026,100.00\n")
    assert officer.post("/spending/ledgers/new", {"ledger": (ledger, "spend.csv")}).status_code == 302


def _state(app: Procure) -> str:
    from sqlalchemy import select

    from procure.extensions import db
    from procure.models import Job

    with app.app_context():
        return str(db.session.scalar(select(Job.state).order_by(Job.id).limit(1)))


def test_wrong_passwords_are_counted_together_by_every_process(migrated: Path, tmp_path: Path, redis_url: str) -> None:
    shutil.copy(migrated, tmp_path / "procure.sqlite")
    apps = [create_app(settings_for(tmp_path, REDIS_URL=redis_url), TESTING=True).furnish() for _ in range(2)]
    try:
        answers = [
            Visitor(apps[turn % 2]).post("/sign-in", {"email": "a@example.org", "password": "wrong"}).status_code
            for turn in range(12)
        ]
    finally:
        for app in apps:
            with app.app_context():
                close(app)
    assert answers[:10] == [401] * 10
    assert answers[10:] == [429] * 2
