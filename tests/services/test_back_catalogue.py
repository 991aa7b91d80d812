"""A folder of old spend files: each read once, whatever happens on the way."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from procure import Procure
from procure.extensions import db
from procure.models import AuditEntry, Job, Ledger, MonthlySpend, Organisation, Payment, Upload, now
from procure.services.errors import NotFoundError, RefusedError
from procure.services.ledgers import back_catalogue, ledgers
from procure.services.ledgers.back_catalogue import Import, import_file

from .. import factories
from ..conftest import settings_for

ROOT = Path(__file__).resolve().parents[2]


def a_csv(month: int, rows: int = 2, pence: int = 1_050) -> str:
    lines = [
        f"Supplier {row},{pence / 100:.2f},{row % 28 + 1:02d}/{month:02d}/2026,{month}-{row}" for row in range(rows)
    ]
    return "\n".join(["Supplier,Amount,Date,Transaction Number", *lines]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two months, one of them twice, and a page that is no ledger."""
    folder = tmp_path / "old files"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "april.csv").write_text(a_csv(4))
    (folder / "2026" / "may.csv").write_text(a_csv(5, rows=3))
    (folder / "april again.csv").write_text(a_csv(4))
    (folder / "page.csv").write_text("<!doctype html><html><body>Not here</body></html>")
    (folder / ".hidden.csv").write_text(a_csv(6))
    (folder / "~$lock.xlsx").write_text("x")
    return folder


def run_over(folder: Path, anchor: int, *, confirms: bool = False) -> dict[str, Any]:
    organisation = db.session.get(Organisation, anchor)
    assert organisation
    waited: list[float] = []
    run = Import(folder, back_catalogue.by_command(organisation), confirms, waited.append)
    told = {path.relative_to(folder).as_posix(): import_file(path, run) for path in back_catalogue.files_in(folder)}
    back_catalogue.check_payees(run)
    return told


def outcomes(told: dict[str, Any]) -> dict[str, str]:
    return {name: each.outcome for name, each in told.items()}


def test_every_file_is_read_once_and_what_is_no_ledger_says_so(make: Any, folder: Path) -> None:
    def story() -> None:
        told = run_over(folder, factories.an_anchor())
        assert outcomes(told) == {
            "2026/april.csv": "read",
            "2026/may.csv": "read",
            "april again.csv": "skipped",
            "page.csv": "refused",
        }
        assert (told["2026/may.csv"].payments, told["2026/may.csv"].total_pence) == (3, 3_150)
        assert "web page" in told["page.csv"].reason
        assert db.session.scalar(select(func.count(Payment.id))) == 5
        assert db.session.scalar(select(func.count(MonthlySpend.id))) == 0

    make(story)


def test_a_second_run_adds_nothing(make: Any, folder: Path) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        run_over(folder, anchor)
        assert set(outcomes(run_over(folder, anchor)).values()) == {"skipped"}
        assert db.session.scalar(select(func.count(Payment.id))) == 5
        assert db.session.scalar(select(func.count(Upload.id))) == 3

    make(story)


def test_confirmed_money_counts_once(make: Any, folder: Path) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        run_over(folder, anchor)
        told = run_over(folder, anchor, confirms=True)
        assert outcomes(told)["2026/april.csv"] == "confirmed"
        assert outcomes(told)["april again.csv"] == "skipped"
        run_over(folder, anchor, confirms=True)
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 5_250
        assert db.session.scalar(select(func.count(Job.id)).where(Job.state != "done")) == 0

    make(story)


def test_a_file_that_overlaps_a_confirmed_one_is_left_to_a_person(make: Any, tmp_path: Path) -> None:
    def story() -> None:
        folder = tmp_path / "overlap"
        folder.mkdir()
        (folder / "a.csv").write_text(a_csv(4))
        (folder / "b.csv").write_text(a_csv(4, rows=3))
        anchor = factories.an_anchor()
        assert outcomes(run_over(folder, anchor)) == {"a.csv": "read", "b.csv": "read"}
        told = run_over(folder, anchor, confirms=True)
        assert outcomes(told) == {"a.csv": "confirmed", "b.csv": "left to confirm"}
        assert "2 of these payments" in told["b.csv"].reason
        assert db.session.scalar(select(func.sum(MonthlySpend.pence))) == 2_100

    make(story)


def test_a_run_that_died_before_reading_goes_on(make: Any, folder: Path) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        organisation = db.session.get(Organisation, anchor)
        assert organisation
        with (folder / "2026" / "april.csv").open("rb") as stream:
            receipt = ledgers.receive("april.csv", stream, by=back_catalogue.by_command(organisation))
        long_ago = now() - timedelta(minutes=5)
        died = {"state": "running", "fence": 1, "attempts": 1, "heartbeat_at": long_ago}
        db.session.execute(update(Job).where(Job.id == receipt.job_id).values(**died))
        db.session.commit()
        assert outcomes(run_over(folder, anchor))["2026/april.csv"] == "read"
        assert db.session.scalar(select(func.count(Ledger.id)).where(Ledger.state == "unconfirmed")) == 2

    make(story)


def test_what_a_command_does_is_noted_as_the_systems(make: Any, folder: Path) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        run_over(folder, anchor)
        entries = db.session.execute(select(AuditEntry.person_id, AuditEntry.organisation_id)).all()
        assert set(entries) == {(None, anchor)}

    make(story)


def test_a_file_that_cannot_be_opened_does_not_stop_the_others(make: Any, folder: Path) -> None:
    def story() -> None:
        anchor = db.session.get(Organisation, factories.an_anchor())
        assert anchor
        run = Import(folder, back_catalogue.by_command(anchor), False)
        gone = import_file(folder / "gone.csv", run)
        assert (gone.outcome, gone.reason) == ("failed", "The file could not be opened: No such file or directory")

    make(story)


def test_more_files_than_a_minute_may_bring_wait_their_turn(make: Any, folder: Path) -> None:
    def story() -> None:
        anchor = db.session.get(Organisation, factories.an_anchor())
        assert anchor
        facts = {"organisation_id": anchor.id, "kind": "ledger", "filename": "x", "sha256": "x", "size_bytes": 1}
        db.session.add_all(Upload(stored_name=f"x{number}", **facts) for number in range(30))
        db.session.commit()
        waited: list[float] = []

        def wait(seconds: float) -> None:
            waited.append(seconds)
            db.session.execute(update(Upload).values(uploaded_at=now() - timedelta(minutes=2)))
            db.session.commit()

        run = Import(folder, back_catalogue.by_command(anchor), False, wait)
        assert import_file(folder / "2026" / "april.csv", run).outcome == "read"
        assert len(waited) == 1

    make(story)


def test_an_anchor_is_found_by_name_or_number(make: Any) -> None:
    def story() -> None:
        one = factories.an_anchor("Riverside Trust")
        factories.an_enterprise("Canal Kitchen CIC")
        assert back_catalogue.find_anchor("Riverside Trust").id == one
        assert back_catalogue.find_anchor(str(one)).id == one
        for name in ("Canal Kitchen CIC", "", "9" * 30, "Riverside"):
            with pytest.raises(NotFoundError):
                back_catalogue.find_anchor(name)
        factories.an_anchor("Riverside Trust")
        with pytest.raises(RefusedError, match=str(one)):
            back_catalogue.find_anchor("Riverside Trust")

    make(story)


def test_the_command_prints_a_summary(app: Procure, make: Any, folder: Path) -> None:
    make(factories.an_anchor, "Riverside Trust")
    words = ["sheets", "import", str(folder), "--organisation", "Riverside Trust", "--confirm"]
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["organisation"], told["payments"], told["total_pence"]) == ("Riverside Trust", 5, 5_250)
    assert list(told["files"][0]) == ["file", "outcome", "payments", "refused", "total_pence", "reason"]
    assert "Reading" in done.stderr
    wrong = app.test_cli_runner().invoke(args=["sheets", "import", str(folder), "--organisation", "Nobody"])
    assert wrong.exit_code == 2
    assert "no anchor called Nobody" in wrong.stderr


def test_a_run_killed_again_and_again_reads_every_payment_once(app: Procure, make: Any, tmp_path: Path) -> None:
    folder, rows, months = tmp_path / "many", 400, 5
    folder.mkdir()
    for month in range(1, months + 1):
        (folder / f"{month:02d}.csv").write_text(a_csv(month, rows))
    anchor = make(factories.an_anchor)
    settings = settings_for(tmp_path, DATABASE_URL=str(app.config["SQLALCHEMY_DATABASE_URI"]))
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "sheets", "import", str(folder)]
    process = None
    for patience in (2.0, 2.6, 3.2, 300.0):
        make(_let_the_dead_rest)
        process = subprocess.Popen(
            [*command, "--organisation", str(anchor), "--confirm"],
            cwd=ROOT,
            env={**os.environ, **settings},
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    assert process is not None
    assert process.returncode == 0
    counts = make(lambda: (db.session.scalar(select(func.count(Payment.id))), _counted()))
    assert counts == (rows * months, rows * months * 1_050)


def _counted() -> int | None:
    return db.session.scalar(select(func.sum(MonthlySpend.pence)))


def _let_the_dead_rest() -> None:
    """As if a minute had passed: a job whose worker was killed may be taken over. On a slow machine every kill may
    hit the same file; a third one would put the file aside, which is told elsewhere."""
    time.sleep(0.2)
    long_ago = now() - timedelta(minutes=5)
    db.session.execute(update(Job).where(Job.state == "running").values(heartbeat_at=long_ago, attempts=1))
    db.session.commit()
