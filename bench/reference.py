"""How long a company register takes to load, and in how much memory.

    python bench/reference.py [--rows 1000000] [--postgres URL]

Writes a register of generated companies in the exact published layout (55 columns, stray spaces in the headings, one
company in ten with a former name), loads it twice in a process of its own, and prints seconds, processor seconds and
peak memory of each load, and whether the second left every row and id as it was.
"""

import argparse
import csv
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SPACED = frozenset(
    {"CompanyNumber", "RegAddress.AddressLine2", "PreviousName_2.CONDATE", "ConfStmtLastMadeUpDate"}
    | {f"PreviousName_{number}.CompanyName" for number in range(1, 11)}
)
HEADINGS = [
    "CompanyName", "CompanyNumber", "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1",
    "RegAddress.AddressLine2", "RegAddress.PostTown", "RegAddress.County", "RegAddress.Country", "RegAddress.PostCode",
    "CompanyCategory", "CompanyStatus", "CountryOfOrigin", "DissolutionDate", "IncorporationDate",
    "Accounts.AccountRefDay", "Accounts.AccountRefMonth", "Accounts.NextDueDate", "Accounts.LastMadeUpDate",
    "Accounts.AccountCategory", "Returns.NextDueDate", "Returns.LastMadeUpDate", "Mortgages.NumMortCharges",
    "Mortgages.NumMortOutstanding", "Mortgages.NumMortPartSatisfied", "Mortgages.NumMortSatisfied",
    *(f"SICCode.SicText_{number}" for number in range(1, 5)),
    "LimitedPartnerships.NumGenPartners", "LimitedPartnerships.NumLimPartners", "URI",
    *(f"PreviousName_{number}.{part}" for number in range(1, 11) for part in ("CONDATE", "CompanyName")),
    "ConfStmtNextDueDate", "ConfStmtLastMadeUpDate",
]  # fmt: skip
WORDS = (
    "north", "star", "green", "bright", "river", "bridge", "mill", "stone", "oak", "cedar",
    "harbour", "castle", "summit", "union", "royal", "prime",
)  # fmt: skip
TRADES = (
    "care", "catering", "building", "cleaning", "transport", "energy", "training", "design",
    "repairs", "holdings", "consulting", "foods",
)  # fmt: skip
CATEGORIES = ("Private Limited Company",) * 18 + ("Community Interest Company", "Limited Liability Partnership")


def write_register(path: Path, rows: int) -> None:
    """A register of so many companies."""
    draw = random.Random(4)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        file.write(",".join(f" {name}" if name in SPACED else name for name in HEADINGS) + "\n")
        for number in range(rows):
            name = f"{draw.choice(WORDS)} {draw.choice(WORDS)} {draw.choice(TRADES)} {number} limited".upper()
            area = draw.choice(("B", "M", "LS", "NE", "CF", "PR", "EC"))
            postcode = f"{area}{draw.randint(1, 20)} {draw.randint(1, 9)}{draw.choice('ABDEFG')}{draw.choice('HJLNP')}"
            street = f"{draw.randint(1, 200)} {draw.choice(WORDS)} street".upper()
            if number % 20 == 0:
                street, postcode = f"SUITE {number % 400} 71-75 SHELTON STREET", "WC2H 9JQ"
            row = dict.fromkeys(HEADINGS, "")
            row |= {
                "CompanyName": name,
                "CompanyNumber": f"{number + 1:08d}",
                "RegAddress.AddressLine1": street,
                "RegAddress.PostTown": "BIRMINGHAM",
                "RegAddress.Country": "ENGLAND",
                "RegAddress.PostCode": postcode,
                "CompanyCategory": draw.choice(CATEGORIES),
                "CompanyStatus": "Active",
                "CountryOfOrigin": "United Kingdom",
                "IncorporationDate": "01/04/2015",
                "Accounts.AccountCategory": "MICRO ENTITY",
                "SICCode.SicText_1": "62020 - Information technology consultancy activities",
                "URI": f"http://business.data.gov.uk/id/company/{number + 1:08d}",
                "ConfStmtNextDueDate": "14/04/2027",
            }
            if number % 10 == 0:
                row["PreviousName_1.CONDATE"] = "02/02/2018"
                row["PreviousName_1.CompanyName"] = f"FORMER {name}"
            writer.writerow(row.values())


def load_once(path: Path) -> dict[str, object]:
    """Load in this process and tell what it took, and a digest of everything that is kept."""
    from procure import create_app
    from procure.extensions import db
    from procure.services.editions import reference_editions, reference_loading

    app = create_app().furnish()
    with app.app_context():
        began, processor = time.monotonic(), time.process_time()
        edition = reference_editions.begin(reference_editions.Told("companies", path.name), [path], by=None)
        number = edition.id
        db.session.commit()
        reference_loading.load(number, [path])
        db.session.commit()
        took = {"seconds": round(time.monotonic() - began, 1), "processor": round(time.process_time() - processor, 1)}
        memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return {**took, "peak_mb": memory, **_kept(db)}


def _kept(db: object) -> dict[str, object]:
    from sqlalchemy import text

    digest, counts = hashlib.sha256(), {}
    for table, order in (("registered_body", "id"), ("registered_name", "id"), ("shared_office", "address_key")):
        number = 0
        rows = db.session.execute(  # type: ignore[attr-defined]
            text(f"SELECT * FROM {table} ORDER BY {order}"), execution_options={"yield_per": 5_000}
        )
        for row in rows:
            number += 1
            digest.update(json.dumps([str(cell) for cell in row]).encode())
        counts[table] = number
    return {**counts, "digest": digest.hexdigest()[:16]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--postgres", help="an empty database to load into beside SQLite")
    parser.add_argument("--folder", type=Path, help="where to put the file and the SQLite database")
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        print(json.dumps(load_once(asked.once)))
        return
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        register = Path(folder) / "BasicCompanyDataAsOneFile.csv"
        write_register(register, asked.rows)
        print(f"{asked.rows:,} companies, {register.stat().st_size / 1e6:,.0f} MB")
        for name, url in (("SQLite", None), ("PostgreSQL", asked.postgres)):
            if name == "SQLite" or url:
                compare(name, url, register, Path(folder) / name)


def compare(name: str, url: str | None, register: Path, instance: Path) -> None:
    """Load twice into one database."""
    environment = {**os.environ, "PROCURE_INSTANCE_PATH": str(instance)}
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    upgrade = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    subprocess.run(upgrade, env=environment, check=True, capture_output=True)
    digests = []
    for turn in ("first", "again"):
        command = [sys.executable, __file__, "--once", str(register)]
        answer = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
        digests.append(answer.pop("digest"))
        print(f"{name:10} {turn:6} {answer}")
    print(f"{name:10} the second load left every row and id as it was: {digests[0] == digests[1]}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
