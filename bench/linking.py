"""How fast payees are linked to registers in the database: one index, workers that share it. One command:

    PYTHONPATH=. .venv/bin/python bench/linking.py [--bodies 1000000] [--payees 20000] [--server postgresql://...]

Two anchors share the payees, so that two workers have a job each; every worker is a process that does the queued jobs,
as the product's own. A third of the names lost their ends, the others have a payment reference hung on. Said for each
database: seconds of the clock and of the processor to build the index and to check the payees, the most memory of one
process, and the most of all workers together with shared pages counted once. Answers of both databases are compared.
"""

import argparse
import json
import os
import random
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from flask_migrate import upgrade
from payees_million import generated
from psycopg import sql
from sqlalchemy import insert, select

from procure import Procure, create_app, jobs
from procure.extensions import db
from procure.models import Edition, Ledger, MonthlySpend, Organisation, Payee, RegisteredBody, Upload, now
from procure.services.payees import payee_checks, payee_index

CHUNK = 10_000
WORKERS = 2


def furnished(url: str | None, instance: Path) -> Procure:
    """An app on this database; the queue's calls are not needed, since workers look for queued rows themselves."""
    settings = {"PROCURE_INSTANCE_PATH": str(instance), "SECRET_KEY": "s" * 40}
    return create_app(settings | ({"DATABASE_URL": url} if url else {})).furnish()


def fill(app: Procure, bodies: int, payees: int) -> None:
    """A register of generated companies, and anchors that paid some of them."""
    rows = generated(bodies)
    with app.app_context():
        upgrade(directory=str(app.config["MIGRATIONS_FOLDER"]))
        edition = Edition(
            kind="companies", series="companies", title="Generated", licence="", filename="", sha256="", state="ready",
            rows=bodies, loaded_at=now(),
        )  # fmt: skip
        db.session.add(edition)
        db.session.commit()
        told = (
            {
                "register": "companies", "number": f"{number:08}", "name": row.name, "name_key": row.name.lower(),
                "form": "company", "postcode": f"B{number % 90 + 1} 5AA", "sic": [], "is_listed": True,
                "edition_id": edition.id,
            }
            for number, row in enumerate(rows)
        )  # fmt: skip
        for chunk in _chunks(told):
            db.session.execute(insert(RegisteredBody), chunk)
            db.session.commit()
        chance = random.Random(2)
        for anchor, chosen in enumerate(_halves(chance.sample(rows, payees))):
            names = {
                row.name[: chance.randrange(10, 30)] if n % 3 == 0 else f"{row.name} BACS 0412"
                for n, row in enumerate(chosen)
            }
            _pay(f"Anchor {anchor}", sorted(names))


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _halves(rows: list[Any]) -> list[list[Any]]:
    return [rows[part::WORKERS] for part in range(WORKERS)]


def _pay(name: str, names: list[str]) -> None:
    anchor = Organisation(name=name, is_anchor=True)
    db.session.add(anchor)
    db.session.flush()
    mine = {"organisation_id": anchor.id}
    upload = Upload(**mine, kind="ledger", filename="a", stored_name=name, sha256="", size_bytes=1)
    made = [Payee(**mine, name=each) for each in names]
    db.session.add_all([upload, *made])
    db.session.flush()
    ledger = Ledger(**mine, upload_id=upload.id, state="confirmed")
    db.session.add(ledger)
    db.session.flush()
    spent = {**mine, "ledger_id": ledger.id, "month": date(2026, 1, 1), "category": "", "postcode": "", "payments": 1}
    db.session.execute(insert(MonthlySpend), [{**spent, "payee_id": each.id, "pence": 1} for each in made])
    payee_checks.queue(of=anchor.id, person_id=None)
    db.session.commit()


def work(what: str) -> None:
    """One worker: build the index, or do the queued jobs; says on its last line what it used."""
    app = create_app().furnish()
    with app.app_context():
        if what == "build":
            known = payee_index.known()
            db.session.rollback()
            payee_index.register_for(known)
        else:
            jobs.run_all()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"processor": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}))


def run(what: str, workers: int, url: str | None, instance: Path) -> dict[str, float]:
    """Start workers, watch the memory they share, and sum up."""
    settings = {
        "PROCURE_INSTANCE_PATH": str(instance),
        "SECRET_KEY": "s" * 40,
        **({"DATABASE_URL": url} if url else {}),
    }
    command = [sys.executable, __file__, "--work", what]
    started = time.perf_counter()
    running = [
        subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True)
        for _ in range(workers)
    ]
    together = 0.0
    while any(each.poll() is None for each in running):
        together = max(together, sum(_own_share_mb(each.pid) for each in running))
        time.sleep(1)
    told = [json.loads(each.communicate()[0].splitlines()[-1]) for each in running]
    return {
        "seconds": round(time.perf_counter() - started),
        "processor_seconds": round(sum(each["processor"] for each in told)),
        "peak_mb_of_one": round(max(each["peak_mb"] for each in told)),
        "peak_mb_together": round(together),
    }


def _own_share_mb(process: int) -> float:
    """Memory of a process; pages it shares with others count by their share."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def answers(app: Procure) -> list[tuple[Any, ...]]:
    """Every payee: name, state, the number of the body it was linked to, and the probability."""
    with app.app_context():
        found = db.session.execute(
            select(Payee.name, Payee.state, RegisteredBody.number, Payee.probability)
            .outerjoin(RegisteredBody, RegisteredBody.id == Payee.body_id)
            .order_by(Payee.organisation_id, Payee.id)
        ).all()
        db.session.remove()
        db.engine.dispose()
        return [tuple(row) for row in found]


@contextmanager
def a_database(server: str) -> Iterator[str]:
    """A database of our own on a server, gone afterwards."""
    name = f"linking_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield server.rsplit("/", 1)[0] + f"/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def measured(name: str, url: str | None, bodies: int, payees: int) -> list[tuple[Any, ...]]:
    with tempfile.TemporaryDirectory(prefix="linking") as folder:
        instance = Path(folder)
        app = furnished(url, instance)
        fill(app, bodies, payees)
        print(name, f"index of {bodies:,} bodies:", json.dumps(run("build", 1, url, instance)), flush=True)
        size = sum(each.stat().st_size for each in (instance / "indexes").rglob("*") if each.is_file())
        checked = run("check", WORKERS, url, instance)
        rate = f"{payees / max(1, checked['seconds']):.0f} a second"
        print(name, f"{payees:,} payees, {WORKERS} workers:", json.dumps(checked), rate, f"index {size / 1e6:.0f} MB")
        told = answers(app)
        print(name, dict(Counter(state for _, state, *_ in told)), flush=True)
        return told


def main() -> None:
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("--bodies", type=int, default=1_000_000)
    command.add_argument("--payees", type=int, default=20_000)
    command.add_argument("--server", default="postgresql://postgres@127.0.0.1:5432/postgres")
    command.add_argument("--work", choices=("build", "check"))
    told = command.parse_args()
    if told.work:
        work(told.work)
        return
    one = measured("SQLite", None, told.bodies, told.payees)
    with a_database(told.server) as url:
        other = measured("PostgreSQL", url, told.bodies, told.payees)
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    print(f"{len(differing)} of {len(one):,} answers differ", *differing[:3])


if __name__ == "__main__":
    main()
