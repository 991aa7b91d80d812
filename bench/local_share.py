"""How fast pages about local share answer at millions of payments, beside a plain query and DuckDB. One command:

    PYTHONPATH=. .venv/bin/python bench/local_share.py [--payments 5000000] [--databases sqlite,postgres] [--runs 5]

plain    one query over the payments: each placed by the postcode of its line, else of its payee's registered office,
         and summed local, elsewhere and unplaced by month and by category, for the headline area of postcode districts
duckdb   the same query over the same payments, in memory; skipped where it is not installed
ours     the job that keeps the sums of four areas ready, then every page about local share as a browser asks for it,
         each the median of the runs after one that warms up; and one page where all sums are out of date

Payments are made up, the same every time; two in three tell their VAT, which stays out of what counts. The clock stands
while they are made and stored. All ways must agree to the penny by month and by category; the bench fails where they
do not.
"""

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert, select, text, update

from procure import Procure, create_app
from procure.extensions import db
from procure.models import Ledger, LocalArea, MonthlySpend, Payee, Person, PostcodePlace, RegisteredBody, Upload
from procure.services import rollups
from procure.services.shares import areas, shares, spend_stamps, spend_sums
from tests import factories
from tests.conftest import Visitor, close, settings_for
from tests.databases import throwaway

SUPPLIERS, MONTHS, CATEGORIES, DEPARTMENTS = 20_000, 60, 120, 40
DISTRICTS = [f"B{number}" for number in range(1, 49)] + [f"M{number}" for number in range(1, 35)]
HEADLINE = tuple(DISTRICTS[:24])
BATCH = 20_000
PAGES = (
    "/spending", "/spending/local-share", "/spending/local-share/areas", "/spending/local-share/by/category",
    "/spending/local-share/by/bought", "/spending/local-share/by/department", "/spending/local-share/by/kind",
    "/spending/local-share/by/decile", "/spending/local-share/by/size", "/spending/local-share/suppliers",
    "/spending/local-share/change",
    "/spending/local-share/left-out",
)  # fmt: skip
COLUMNS = (
    "organisation_id", "ledger_id", "payee_id", "sheet", "row", "supplier", "pence", "paid_on", "category",
    "department", "supplier_postcode", "is_repeat", "vat_pence",
)  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--payments", type=int, default=5_000_000)
    asked.add_argument("--databases", default="sqlite,postgres")
    asked.add_argument("--runs", type=int, default=5)
    told = asked.parse_args()
    for name in told.databases.split(","):
        if name == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                print(json.dumps({"database": name, **run({}, Path(folder), told.payments, told.runs)}, indent=1))
        else:
            with throwaway() as url, tempfile.TemporaryDirectory() as folder:
                changes = {"DATABASE_URL": url}
                print(json.dumps({"database": name, **run(changes, Path(folder), told.payments, told.runs)}, indent=1))


def run(changes: dict[str, str], folder: Path, payments: int, runs: int) -> dict[str, Any]:
    app = create_app(settings_for(folder, **changes), TESTING=True, RATELIMIT_ENABLED=False).furnish()
    with app.app_context():
        upgrade(directory=str(app.config["MIGRATIONS_FOLDER"]))
        of, email = build(payments)
        plain_seconds, expected = timed(plain)
        duck = duckdb_seconds(expected)
        job_seconds, _ = timed(lambda: (spend_sums.refresh(of), db.session.commit()))
        rows, cells = spend_stamps.count_rows(of), db.session.execute(text("SELECT COUNT(*) FROM spend_cell")).scalar()
        check(of, expected)
        db.session.rollback()
    found = {
        "payments": payments,
        "monthly_sums": rows,
        "cells": cells,
        "plain_query_seconds": plain_seconds,
        "duckdb_seconds": duck,
        "our_job_seconds": job_seconds,
        "our_pages_ms": pages(app, email, runs),
    }
    with app.app_context():
        move_something(of)
    found["a_page_while_out_of_date_ms"] = pages(app, email, runs, PAGES[1:2])
    with app.app_context():
        close(app)
    return found


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return round(time.perf_counter() - began, 3), result


def build(payments: int) -> tuple[int, str]:
    """An anchor with its payees, ledgers and payments, and an officer who may read them."""
    of = fill("Bench", make_postcodes(random.Random(1)), payments)
    return of, officer_of(of, "anchor", "finance")


def officer_of(of: int, kind: str, role: str) -> str:
    """The address of somebody new with this role."""
    person = factories.a_member(of, kind, role)
    return str(db.session.scalar(select(Person.email).where(Person.id == person)))


def make_postcodes(chance: random.Random) -> list[str]:
    """A postcode directory, and a register of companies in its postcodes."""
    postcodes = [f"{district} {chance.randrange(1, 10)}{a}{b}" for district in DISTRICTS for a in "AB" for b in "ABDEF"]
    db.session.execute(
        insert(PostcodePlace),
        [
            {
                "postcode": postcode, "latitude": 52.4 + chance.random() / 5, "longitude": -2 + chance.random() / 5,
                "ward": f"E0500{chance.randrange(100, 180):04d}", "authority": f"E0800{chance.randrange(20, 40):04d}",
                "region": "E12000005", "edition_id": 1,
            }
            for postcode in sorted(set(postcodes))
        ],
    )  # fmt: skip
    bodies = [
        {
            "id": number, "register": "companies", "number": f"{number:08d}", "name": f"Body {number}",
            "name_key": f"body {number}", "form": "company", "postcode": chance.choice(postcodes),
            "address_key": f"{number} street|", "sic": [], "is_listed": True, "edition_id": 1,
        }
        for number in range(1, SUPPLIERS + 1)
    ]  # fmt: skip
    db.session.execute(insert(RegisteredBody), bodies)
    db.session.commit()
    return postcodes


def fill(name: str, postcodes: list[str], payments: int, tail: float = 0.6) -> int:
    """An anchor with confirmed ledgers of so many payments; `tail` as in `batches`."""
    of = factories.an_anchor(name, outcodes=HEADLINE)
    payees = make_payees(of)
    add_areas(of)
    ledgers = []
    for number in range(MONTHS):
        upload = Upload(
            organisation_id=of, kind="ledger", filename="a", stored_name=f"{name}{number}", sha256="", size_bytes=1
        )
        db.session.add(upload)
        db.session.flush()
        ledgers.append(Ledger(organisation_id=of, upload_id=upload.id, state="confirmed"))
        db.session.add(ledgers[-1])
    db.session.commit()
    names = [ledger.id for ledger in ledgers]
    statement = text(f"INSERT INTO payment ({', '.join(COLUMNS)}) VALUES ({', '.join(':' + name for name in COLUMNS)})")
    for batch in batches(of, names, payees, postcodes, payments, tail):
        db.session.execute(statement, batch)
    db.session.commit()
    for ledger in ledgers:
        rollups.add(ledger)
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    return of


def make_payees(of: int) -> list[int]:
    told = [
        {
            "organisation_id": of, "name": f"Supplier {number} Limited", "candidates": [], "version": 0,
            "state": "accepted" if number % 4 else "unlinked", "body_id": number if number % 4 else None,
        }
        for number in range(1, SUPPLIERS + 1)
    ]  # fmt: skip
    db.session.execute(insert(Payee), told)
    db.session.commit()
    return list(db.session.scalars(select(Payee.id).where(Payee.organisation_id == of).order_by(Payee.id)))


def add_areas(of: int) -> None:
    plain: dict[str, Any] = {"organisation_id": of, "outcodes": []}
    wards = [f"E0500{number:04d}" for number in range(100, 140)]
    db.session.add(LocalArea(**plain, name="Wards", kind="wards", codes=wards))
    db.session.add(LocalArea(**plain, name="Near", kind="circle", latitude=52.5, longitude=-1.9, miles=4))
    db.session.add(
        LocalArea(organisation_id=of, outcodes=list(HEADLINE), name="Based or branched", counts_branches=True)
    )


def batches(
    of: int, ledgers: list[int], payees: list[int], postcodes: list[str], payments: int, tail: float
) -> Iterator[Any]:
    """Payments whose suppliers are as unequal as in published ledgers, at .6; the less, the more they are alike."""
    chance = random.Random(2)
    batch: list[dict[str, Any]] = []
    for number in range(payments):
        payee = min(int(chance.paretovariate(tail)) - 1, len(payees) * 40) % len(payees)
        month = number * MONTHS // payments
        day = date(2021 + month // 12, month % 12 + 1, 1) + timedelta(days=chance.randrange(28))
        pence = int(chance.lognormvariate(11, 1.7)) - 2_000
        batch.append(
            {
                "organisation_id": of, "ledger_id": ledgers[month], "payee_id": payees[payee], "sheet": "",
                "row": number + 2, "supplier": "", "pence": pence,
                "paid_on": day.isoformat() if db.engine.dialect.name == "sqlite" else day,
                "category": f"Category {(payee * 7 + chance.randrange(3)) % CATEGORIES}",
                "department": f"Department {(payee + chance.randrange(2)) % DEPARTMENTS}",
                "supplier_postcode": postcodes[payee % len(postcodes)] if payee % 10 == 0 else None,
                "is_repeat": False, "vat_pence": pence // 5 if number % 3 else None,
            }
        )  # fmt: skip
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def question(is_sqlite: bool) -> str:
    """The plain query; the district of a postcode is what stands before its space."""
    month = "substr(p.paid_on, 1, 7)" if is_sqlite else "to_char(p.paid_on, 'YYYY-MM')"
    where = "coalesce(p.supplier_postcode, b.postcode)"
    district = f"substr({where}, 1, instr({where}, ' ') - 1)" if is_sqlite else f"split_part({where}, ' ', 1)"
    listed = ", ".join(f"'{code}'" for code in HEADLINE)
    local = f"sum(CASE WHEN {district} IN ({listed}) THEN p.pence ELSE 0 END)"
    return (
        f"SELECT {month}, p.category, {local}, sum(CASE WHEN {where} IS NULL THEN p.pence ELSE 0 END), sum(p.pence)"
        " FROM payment p JOIN payee y ON y.id = p.payee_id LEFT JOIN registered_body b ON b.id = y.body_id"
        f" AND y.state = 'accepted' GROUP BY {month}, p.category"
    )


def plain() -> dict[tuple[str, str], tuple[int, int, int]]:
    rows = db.session.execute(text(question(db.engine.dialect.name == "sqlite")))
    return {(row[0], row[1]): (int(row[2]), int(row[3]), int(row[4])) for row in rows}


def duckdb_seconds(expected: dict[tuple[str, str], tuple[int, int, int]]) -> float | None:
    """The same question asked of DuckDB; None where it is not installed."""
    try:
        import duckdb
    except ImportError:
        return None
    engine = duckdb.connect()
    for table, columns, kinds in (
        (
            "payment",
            "payee_id, pence, paid_on, category, supplier_postcode",
            "BIGINT, BIGINT, VARCHAR, VARCHAR, VARCHAR",
        ),
        ("payee", "id, body_id, state", "BIGINT, BIGINT, VARCHAR"),
        ("registered_body", "id, postcode", "BIGINT, VARCHAR"),
    ):
        names, types = columns.split(", "), kinds.split(", ")
        engine.execute(
            f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in zip(names, types, strict=True))})"
        )
        with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
            for row in db.session.execute(
                text(f"SELECT {columns} FROM {table}"), execution_options={"yield_per": BATCH}
            ):
                file.write("\x1f".join("" if cell is None else str(cell) for cell in row) + "\n")
        engine.execute(f"COPY {table} FROM '{file.name}' (DELIMITER '\x1f', HEADER false, NULLSTR '')")
        os.unlink(file.name)
    asked = question(is_sqlite=True)
    engine.execute(asked).fetchall()
    seconds, rows = timed(lambda: engine.execute(asked).fetchall())
    found = {(row[0], row[1]): (int(row[2]), int(row[3]), int(row[4])) for row in rows}
    if found != expected:
        raise SystemExit("DuckDB and the plain query do not agree")
    return seconds


def check(of: int, expected: dict[tuple[str, str], tuple[int, int, int]]) -> None:
    """What is kept equals the plain query by month and by category, to the penny."""
    found = shares.local_spend(of, areas.shape(areas.list_areas(of)[0]))
    if found.as_of is not None:
        raise SystemExit("the sums are out of date")
    for at, cut in ((0, [(f"{day:%Y-%m}", share) for day, share in found.months]), (1, found.categories)):
        sums: dict[str, list[int]] = {}
        for key, parts in expected.items():
            total = sums.setdefault(key[at], [0, 0, 0])
            for place, pence in enumerate(parts):
                total[place] += pence
        if {key: [share.local, share.unplaced, share.total] for key, share in cut} != sums:
            raise SystemExit("the plain query and the kept sums do not agree")


def pages(app: Procure, email: str, runs: int, addresses: tuple[str, ...] = PAGES) -> dict[str, Any]:
    """Milliseconds of each page through the whole app, by the clock and of our processor, medians after a warm-up."""
    visitor, found = Visitor(app).sign_in(email), {}
    for address in addresses:
        taken, worked = [], []
        for _ in range(runs + 1):
            began, busy = time.perf_counter(), time.process_time()
            answer = visitor.get(address)
            taken.append((time.perf_counter() - began) * 1000)
            worked.append((time.process_time() - busy) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}")
        found[address] = {
            "clock": round(statistics.median(taken[1:]), 1),
            "processor": round(statistics.median(worked[1:]), 1),
        }
    return found


def move_something(of: int) -> None:
    """One more change of a ledger, so that every kept sum is out of date."""
    first = select(MonthlySpend.ledger_id).where(MonthlySpend.organisation_id == of).limit(1).scalar_subquery()
    db.session.execute(
        update(Ledger)
        .where(Ledger.id == first, Ledger.organisation_id == of)
        .values(sums_version=Ledger.sums_version + 1)
    )
    db.session.commit()


if __name__ == "__main__":
    main()
