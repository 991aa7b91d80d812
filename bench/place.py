"""How fast the pages of a place, LM3, the shift list and an anchor's home answer at hundreds of thousands of payments.

    PYTHONPATH=. .venv/bin/python bench/place.py [--payments 500000] [--databases sqlite,postgres] [--runs 5]

One place, whose area is the districts its anchors call local, watches three anchors with so many payments each, made
up as in bench/local_share.py, but the suppliers of the first, whose own pages are asked for too, are more alike: so it
has nearly as many monthly sums as payments. Two of the three show what their figures are made of. After the job that
keeps sums ready, every page as a browser asks for it: the first time in a fresh process, and the median of the runs
after that.

first  what the first reader after a restart waits, without what the process loads once for all pages
"""

import argparse
import json
import os
import random
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import select, update

from bench.local_share import HEADLINE, fill, make_postcodes, officer_of, pages, timed
from procure import Procure, create_app
from procure.extensions import db
from procure.models import LocalArea, Payee, Watch, now
from procure.services.actors import Actor
from procure.services.multiplier import multiplier_answers
from procure.services.place import place_baselines
from procure.services.shares import areas, spend_periods, spend_stamps, spend_sums
from procure.services.shift import shift
from procure.spend import Spending
from tests import factories
from tests.conftest import Visitor, close, settings_for
from tests.databases import throwaway

TAILS, ENTERPRISES, ANSWERS = (0.25, 0.6, 0.6), 200, 40
PLACE = ("/monitoring", "/monitoring?by=month", "/monitoring/map", "/monitoring/map?show=enterprises",
         "/monitoring/anchors", "/monitoring/anchors/{anchor}", "/monitoring/together", "/monitoring/targets",
         "/monitoring/resilience", "/monitoring/lots", "/monitoring/enterprises")  # fmt: skip
ANCHOR = ("/spending", "/spending/payees", "/spending/lm3", "/spending/lm3?period=2022-23", "/spending/lm3/suppliers",
          "/spending/lm3/suppliers?q=limited", "/spending/lm3/suppliers/{payee}", "/spending/shift",
          "/spending/shift/stays")  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--payments", type=int, default=500_000)
    asked.add_argument("--databases", default="sqlite,postgres")
    asked.add_argument("--runs", type=int, default=5)
    told = asked.parse_args()
    for name in told.databases.split(","):
        with tempfile.TemporaryDirectory() as folder:
            if name == "sqlite":
                found = run({}, Path(folder), told.payments, told.runs)
            else:
                with throwaway() as url:
                    found = run({"DATABASE_URL": url}, Path(folder), told.payments, told.runs)
        print(json.dumps({"database": name, **found}, indent=1))


def run(changes: dict[str, str], folder: Path, payments: int, runs: int) -> dict[str, Any]:
    app = a_new_app(changes, folder)
    with app.app_context():
        upgrade(directory=str(app.config["MIGRATIONS_FOLDER"]))
        place, anchors = build(payments)
        emails = officer_of(place, "place", "admin"), officer_of(anchors[0], "anchor", "admin")
        payee = int(db.session.scalar(select(Payee.id).where(Payee.organisation_id == anchors[0]).limit(1)) or 0)
        job_seconds = [refresh(anchor) for anchor in anchors]
        list_seconds, _ = timed(lambda: (shift.work_out(anchors[0]), db.session.commit()))
        rows = spend_stamps.count_rows(anchors[0])
        close(app)
    names = {"anchor": anchors[0], "payee": payee}
    asked = [(emails[0], PLACE), (emails[1], ANCHOR)]
    addresses = [(email, tuple(each.format(**names) for each in told)) for email, told in asked]
    first = {}
    for email, told in addresses:
        app = a_new_app(changes, folder)
        first |= first_reads(app, email, told)
        with app.app_context():
            close(app)
    app = a_new_app(changes, folder)
    found = {address: taken for email, told in addresses for address, taken in pages(app, email, runs, told).items()}
    with app.app_context():
        close(app)
    return {
        "payments_of_each_anchor": payments,
        "monthly_sums_of_each": rows,
        "our_job_seconds_by_anchor": job_seconds,
        "shift_list_seconds": list_seconds,
        "load": [round(each, 1) for each in os.getloadavg()],
        "pages_ms": {address: {"first": first[address], **taken} for address, taken in found.items()},
    }


def a_new_app(changes: dict[str, str], folder: Path) -> Procure:
    return create_app(settings_for(folder, **changes), TESTING=True, RATELIMIT_ENABLED=False).furnish()


def refresh(anchor: int) -> dict[str, float]:
    """Seconds of the job that keeps an anchor's sums ready, by the clock and of our processor."""
    began, busy = time.perf_counter(), time.process_time()
    spend_sums.refresh(anchor)
    db.session.commit()
    return {
        "clock": round(time.perf_counter() - began, 1),
        "processor": round(time.process_time() - busy, 1),
    }


def first_reads(app: Procure, email: str, addresses: tuple[str, ...]) -> dict[str, float]:
    """Milliseconds of the first reading of each page by an app that has kept nothing yet."""
    visitor, found = Visitor(app).sign_in(email), {}
    for address in addresses:
        began = time.perf_counter()
        answer = visitor.get(address)
        found[address] = round((time.perf_counter() - began) * 1000, 1)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
    return found


def build(payments: int) -> tuple[int, list[int]]:
    """A place with an area and a baseline, and its anchors; some payees of the first wait for a person."""
    chance = random.Random(1)
    postcodes = make_postcodes(chance)
    place = factories.an_organisation("Bench place", is_place=True)
    db.session.add(LocalArea(organisation_id=place, name="The place", outcodes=list(HEADLINE), is_headline=True))
    db.session.commit()
    for number in range(ENTERPRISES):
        factories.an_enterprise(postcode=chance.choice(postcodes), capabilities=(f"Category {number % 120} works",))
    anchors = [fill(f"Anchor {number}", postcodes, payments, tail) for number, tail in enumerate(TAILS)]
    for number, anchor in enumerate(anchors):
        level = "detail" if number < 2 else "figures"
        db.session.add(Watch(place_id=place, anchor_id=anchor, agreed_at=now(), level=level))
    db.session.execute(
        update(Payee)
        .where(Payee.organisation_id == anchors[0], Payee.state == "unlinked", Payee.id % 10 == 0)
        .values(state="review")
    )
    by = Actor(factories.a_person(), "Ann", "ann@example.org", place, "Bench place")
    place_baselines.choose(date(2022, 1, 1), 4, seen=0, by=by)
    db.session.commit()
    ask_some(anchors[0])
    return place, anchors


def ask_some(anchor: int) -> None:
    """Answers of some suppliers that are paid much, so that LM3 has both kinds."""
    officer = Actor(factories.a_person(), "Bea", "bea@example.org", anchor, "Anchor", frozenset({"anchor:finance"}))
    area, period = areas.headline(anchor), spend_periods.find_period(None, of=anchor)
    assert area is not None
    assert period is not None
    said = Spending(staff=50, suppliers=40, local_staff=60, local_suppliers=None)
    payees = db.session.scalars(select(Payee).where(Payee.organisation_id == anchor).order_by(Payee.id).limit(ANSWERS))
    for payee in payees.all():
        multiplier_answers.answer_by_officer(payee, area, period.year, said, "By phone", seen=0, by=officer)
    db.session.commit()


if __name__ == "__main__":
    main()
