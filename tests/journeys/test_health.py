"""Whether the installation is well: said to its administrator, to a machine, and to a visitor before it is ready."""

import errno
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from procure import create_app, jobs
from procure.extensions import db
from procure.models import Job, now

from .. import factories
from ..conftest import close, settings_for
from ..demo_site import ROOT, environment


def a_job_that_waits(minutes: int, state: str = "queued") -> None:
    job = jobs.queue_job("read ledger", organisation_id=factories.an_anchor(), subject_id=1, person_id=None)
    asked = now() - timedelta(minutes=minutes)
    db.session.execute(update(Job).where(Job.id == job.id).values(created_at=asked, state=state))
    db.session.commit()


def test_an_administrator_reads_that_all_is_well(signed_in_as: Any) -> None:
    page = signed_in_as(None).get("/administering/health").text
    assert "All is well" in page
    assert "No job waits" in page


@pytest.mark.parametrize(
    ("minutes", "state", "words"),
    [
        (20, "queued", "1 job waiting, the oldest for 20 minutes. See that a worker runs"),
        (20, "parked", "1 job given up in the last 7 days. Look at the list of jobs"),
    ],
)
def test_a_job_that_nobody_does_needs_the_administrator(
    signed_in_as: Any, make: Any, minutes: int, state: str, words: str
) -> None:
    make(a_job_that_waits, minutes, state)
    page = signed_in_as(None).get("/administering/health").text
    assert "1 thing needs you" in page
    assert words in page


def test_a_job_that_was_asked_for_just_now_worries_nobody(signed_in_as: Any, make: Any) -> None:
    make(a_job_that_waits, 1)
    assert "All is well" in signed_in_as(None).get("/administering/health").text


def test_a_machine_learns_without_signing_in_that_pages_work_though_no_worker_runs(client: Any, make: Any) -> None:
    make(a_job_that_waits, 60)
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json == {"is_up": True, "database": True, "disk": True, "worker": False}


@pytest.mark.parametrize("version", [None, "0001", "9999"], ids=["empty", "earlier", "later"])
def test_a_database_of_another_version_is_said_on_every_page_and_to_the_machine(
    migrated: Path, tmp_path: Path, version: str | None
) -> None:
    app = create_app(settings_for(tmp_path), TESTING=True).furnish()
    if version:
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("create table alembic_version (version_num varchar(32))")
            connection.exec_driver_sql(f"insert into alembic_version values ('{version}')")
    visitor = app.test_client()
    for page in ("/", "/sign-in", "/spending/ledgers"):
        answer = visitor.get(page)
        assert answer.status_code == 503
        assert "brought up to date" in answer.text
        assert answer.headers["Retry-After"] == "60"
    assert visitor.get("/health").status_code == 503
    assert visitor.get("/static/procure.css", buffered=True).status_code == 200
    with app.app_context():
        close(app)


@pytest.mark.parametrize(
    "words",
    [["demo", "summary"], ["jobs", "run-all"], ["serve"], ["reference", "list"], ["demo", "load"]],
    ids=" ".join,
)
def test_a_command_says_in_one_line_that_the_database_is_empty(tmp_path: Path, words: list[str]) -> None:
    done = run(tmp_path, *words)
    assert done.returncode == 2
    assert done.stderr.strip() == "Error: The database is empty. Run: flask --app wsgi db upgrade"


def test_a_command_says_in_one_line_that_the_database_is_none(tmp_path: Path) -> None:
    (tmp_path / "procure.sqlite").write_text("this is a shopping list, and no database at all")
    done = run(tmp_path, "demo", "summary")
    assert done.returncode == 2
    assert done.stderr.strip() == "Error: The database cannot be opened: file is not a database"


def test_every_fault_of_the_settings_is_told_at_once_in_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "demo", "summary", BASE_URL="http://procure.example.org", SECRET_KEY="short", PORT="x")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    for fault in ("Procure cannot start", "PORT must be", "BASE_URL must start with https", "SECRET_KEY must have"):
        assert fault in done.stderr


def run(folder: Path, *words: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
    return subprocess.run(command, cwd=ROOT, env=environment(folder, **changes), capture_output=True, text=True)


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("insert", {}, Exception("database or disk is full")),
    ],
    ids=["upload", "database"],
)
def test_a_full_disk_is_said_as_such(app: Any, fault: Exception) -> None:
    def fail() -> None:
        raise fault

    fail.who = frozenset({"anyone"})  # type: ignore[attr-defined]
    app.add_url_rule("/full", "full", fail)
    answer = app.test_client().get("/full")
    assert answer.status_code == 507
    assert "The disk of this service is full" in answer.text
