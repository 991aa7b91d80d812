"""How fast typed payments are stored by our services, beside the barest way each database has. One command:

    PYTHONPATH=. .venv/bin/python bench/storing_payments.py [--rows 1000000] [--runs 3] [--server postgresql://...]

Ours     what the job does with a file it has read, then what confirming does: `ledger_reading.store` finds or adds the
         payees, writes every payment and refusal; `rollups.add` writes the monthly sums; one commit.
bare     the same payments as tuples of values that need no change, payees known, into the same table with the same
         indexes and constraints: one `executemany` (SQLite) or one `COPY` of rows (PostgreSQL), one commit.
bare+    the same, and the payees by another `executemany` or `COPY`, and the sums by one INSERT from a SELECT.

Each side starts from its own copy of an empty database as the migrations leave it, in a process of its own, in turn,
with the same pragmas. The clock stands while rows are made. The sums of money are compared afterwards.
"""

import argparse
import gc
import json
import os
import random
import secrets
import shutil
import sqlite3
import statistics
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import func, select

from procure import Procure, create_app
from procure.extensions import db
from procure.jobs import Turn
from procure.models import Ledger, MonthlySpend, Organisation, Payee, Payment, Upload
from procure.services import rollups
from procure.services.ledgers import ledger_lines, ledger_reading
from procure.sheets import LedgerReading, PaymentRow, SheetReading

SUPPLIERS = 20_000
SUMS = """INSERT INTO monthly_spend
    (organisation_id, ledger_id, payee_id, month, category, postcode, department, size_band, payments, pence,
     vat_pence, vat_within_pence)
    SELECT organisation_id, ledger_id, payee_id, {month}, coalesce(category, ''), coalesce(supplier_postcode, ''),
    coalesce(department, ''), CASE WHEN pence < 0 THEN 1 WHEN pence < 50000 THEN 2 WHEN pence < 500000 THEN 3
    WHEN pence < 2500000 THEN 4 WHEN pence < 10000000 THEN 5 WHEN pence < 100000000 THEN 6 ELSE 7 END,
    count(*), sum(pence), 0, 0 FROM payment WHERE ledger_id = 1 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"""
MONTHS = {"sqlite": "substr(paid_on, 1, 8) || '01'", "postgres": "date_trunc('month', paid_on)::date"}


class Made(NamedTuple):
    """The rows as our reader gives them, and as the bare statements take them."""

    payments: list[PaymentRow]
    tuples: list[tuple[Any, ...]]
    names: list[str]


def make(rows: int, dates_as_text: bool) -> Made:
    """Payments of a year; a few suppliers have many, most have few."""
    chance = random.Random(20)
    suppliers = [f"Supplier number {number} Limited" for number in range(SUPPLIERS)]
    days = [date(2024, 4, 1) + timedelta(days=number) for number in range(360)]
    payments = []
    for row in range(rows):
        which = int(chance.paretovariate(0.6)) % SUPPLIERS
        payments.append(
            PaymentRow(
                row + 2, suppliers[which], chance.randrange(100, 10_000_000), days[row * 360 // rows],
                f"Expense type {which % 40}", f"Invoice {row} for goods and services", f"T{row:08d}",
                f"Area {row % 200}", f"B{which % 40 + 1} {which % 9 + 1}QH", f"{which:06d}", None, None, None, False,
            )
        )  # fmt: skip
    names = sorted({paid.supplier for paid in payments})
    ids = {name: place + 1 for place, name in enumerate(names)}
    tuples = list(ledger_lines.payment_lines((1, 1), ids, "", payments))
    if dates_as_text:
        at = ledger_lines.PAYMENT_COLUMNS.index("paid_on")
        tuples = [(*line[:at], line[at].isoformat(), *line[at + 1 :]) for line in tuples]
    return Made(payments, tuples, names)


def reading_of(payments: list[PaymentRow]) -> LedgerReading:
    days = [paid.paid_on for paid in payments]
    sheet = SheetReading(
        sheet=None, header_row=1, columns={}, why=(), headings=(), payments=payments, problems=(), problems_total=0,
        refused=0, refused_rows=(), non_data=(), counts={"payment": len(payments), "heading": 1},
        rows=len(payments) + 1, total_pence=sum(paid.pence for paid in payments), first_date=min(days),
        last_date=max(days),
    )  # fmt: skip
    return LedgerReading("ledger.csv", (sheet,))


def ours(app: Procure, made: Made) -> Iterator[None]:
    """Stops once when ready, so that the caller can start the clock."""
    reading = reading_of(made.payments)
    with app.app_context():
        db.session.scalar(select(Ledger.id))
        db.session.rollback()
        yield
        ledger_reading.store(Turn(1, 1, 1, None, 1), reading, {})
        rollups.add(db.session.scalars(select(Ledger).where(Ledger.organisation_id == 1)).one())
        db.session.commit()
        yield


def payee_rows(made: Made) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Columns that a payee cannot do without, and the payees."""
    given = {
        column.name: json.dumps(column.default.arg(None)) if callable(column.default.arg) else column.default.arg
        for column in Payee.__table__.columns
        if column.default is not None and not column.nullable
    }
    return ("organisation_id", "name", *given), [(1, name, *given.values()) for name in made.names]


def bare_sqlite(path: Path, made: Made, is_whole: bool) -> Iterator[None]:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    yield
    connection.execute("BEGIN IMMEDIATE")
    columns, payees = payee_rows(made)
    marks = ", ".join("?" * len(columns))
    add_payees = f"INSERT INTO payee ({', '.join(columns)}) VALUES ({marks})"
    if not is_whole:
        connection.executemany(add_payees, payees)
        connection.execute("COMMIT")
        yield
        connection.execute("BEGIN IMMEDIATE")
    else:
        connection.executemany(add_payees, payees)
    names = ", ".join(f'"{name}"' for name in ledger_lines.PAYMENT_COLUMNS)
    marks = ", ".join("?" * len(ledger_lines.PAYMENT_COLUMNS))
    connection.executemany(f"INSERT INTO payment ({names}) VALUES ({marks})", made.tuples)
    if is_whole:
        connection.execute(SUMS.format(month=MONTHS["sqlite"]))
    connection.execute("COMMIT")
    yield


def bare_postgres(url: str, made: Made, is_whole: bool) -> Iterator[None]:
    connection = psycopg.connect(url)
    yield
    _copy(connection, "payee", *payee_rows(made))
    if not is_whole:
        connection.commit()
        yield
    _copy(connection, "payment", ledger_lines.PAYMENT_COLUMNS, made.tuples)
    if is_whole:
        connection.execute(SUMS.format(month=MONTHS["postgres"]))
    connection.commit()
    yield


def _copy(connection: Any, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


class Figure(NamedTuple):
    seconds: float
    processor_seconds: float


def timed(steps: Iterator[None], steps_before: int) -> Figure:
    for _ in range(steps_before):
        next(steps)
    started, worked = time.perf_counter(), time.process_time()
    next(steps)
    return Figure(time.perf_counter() - started, time.process_time() - worked)


def alone(work: Callable[[], Figure]) -> Figure:
    """Do it in a process of its own that shares the rows made before."""
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(tell, json.dumps(work()).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(listen) as told:
        figure = Figure(*json.loads(told.read()))
    os.waitpid(child, 0)
    return figure


@contextmanager
def app_on(folder: Path, url: str | None = None) -> Iterator[Procure]:
    settings = {"PROCURE_INSTANCE_PATH": str(folder), "SECRET_KEY": "for a bench only, long enough to pass"}
    app = create_app({**settings, **({"DATABASE_URL": url} if url else {})}).furnish()
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def prepare(app: Procure) -> None:
    """A migrated database with one anchor and one ledger that waits to be read."""
    with app.app_context():
        upgrade(directory=str(app.config["MIGRATIONS_FOLDER"]))
        db.session.add(Organisation(id=1, name="Anchor", is_anchor=True))
        db.session.flush()
        facts = {"organisation_id": 1, "kind": "ledger", "filename": "ledger.csv"}
        db.session.add(Upload(id=1, stored_name="stored", sha256="0" * 64, size_bytes=1, **facts))
        db.session.flush()
        db.session.add(Ledger(id=1, organisation_id=1, upload_id=1))
        db.session.commit()


def check(app: Procure, made: Made, has_sums: bool) -> None:
    with app.app_context():
        wanted = (len(made.payments), sum(paid.pence for paid in made.payments))
        stored = db.session.execute(
            select(func.count(Payment.id), func.sum(Payment.pence)).where(Payment.organisation_id == 1)
        ).one()
        assert (stored[0], int(stored[1])) == wanted, stored
        if has_sums:
            sums = db.session.execute(
                select(func.sum(MonthlySpend.payments), func.sum(MonthlySpend.pence)).where(
                    MonthlySpend.organisation_id == 1
                )
            ).one()
            assert (int(sums[0]), int(sums[1])) == wanted, sums


SIDES = ("ours", "bare", "bare+")


def run_sqlite(template: Path, side: str, made: Made) -> Figure:
    with tempfile.TemporaryDirectory(dir=template.parent.parent) as name:
        folder = Path(name)
        shutil.copy(template, folder / "procure.sqlite")
        with app_on(folder) as app:

            def work() -> Figure:
                if side == "ours":
                    return timed(ours(app, made), 1)
                steps = bare_sqlite(folder / "procure.sqlite", made, side == "bare+")
                return timed(steps, 1 if side == "bare+" else 2)

            figure = alone(work)
            check(app, made, side != "bare")
        return figure


def run_postgres(server: str, template: str, side: str, made: Made, folder: Path) -> Figure:
    with database(server, template) as url, app_on(folder, url) as app:

        def work() -> Figure:
            if side == "ours":
                return timed(ours(app, made), 1)
            return timed(bare_postgres(url, made, side == "bare+"), 1 if side == "bare+" else 2)

        figure = alone(work)
        check(app, made, side != "bare")
        return figure


@contextmanager
def database(server: str, template: str | None = None) -> Iterator[str]:
    name = f"procure_bench_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def report(name: str, figures: dict[str, list[Figure]]) -> None:
    middle = {side: statistics.median(each.seconds for each in runs) for side, runs in figures.items()}
    for side, runs in figures.items():
        worked = statistics.median(each.processor_seconds for each in runs)
        spread = ", ".join(f"{each.seconds:.1f}" for each in runs)
        print(
            f"{name:9s} {side:6s} {middle[side]:7.2f} s  processor {worked:7.2f} s  "
            f"ours/{side} {middle['ours'] / middle[side]:.2f}  ({spread})",
            flush=True,
        )


def measure(name: str, runs: int, run: Callable[[str], Figure]) -> None:
    figures: dict[str, list[Figure]] = {side: [] for side in SIDES}
    for _ in range(runs):
        for side in SIDES:
            figures[side].append(run(side))
    report(name, figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    parser.add_argument("--folder", type=Path, help="where the SQLite files go; a temporary folder if not given")
    parser.add_argument("--server", default="postgresql://postgres@127.0.0.1:5432/postgres")
    given = parser.parse_args()
    print(f"{given.rows:,} payments, load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        if given.only != "postgres":
            (folder / "template").mkdir()
            with app_on(folder / "template") as app:
                prepare(app)
            made = make(given.rows, dates_as_text=True)
            gc.freeze()
            template = folder / "template" / "procure.sqlite"
            measure("SQLite", given.runs, lambda side: run_sqlite(template, side, made))
        if given.only != "sqlite":
            with database(given.server) as url:
                with app_on(folder, url) as app:
                    prepare(app)
                made = make(given.rows, dates_as_text=False)
                gc.freeze()
                source = url.rsplit("/", 1)[1]
                measure("PostgreSQL", given.runs, lambda side: run_postgres(given.server, source, side, made, folder))


if __name__ == "__main__":
    main()
