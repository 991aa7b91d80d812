"""Load the demonstration place: people and enterprises as rows, ledgers through the same reading as any upload."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from ... import demo, jobs
from ...extensions import db
from ...models import Ledger, Lot, Organisation, Person
from ..actors import Actor
from ..errors import ConflictError
from ..ledgers import ledgers
from ..publishing import public_figures, public_pages
from ..ranking import proposals
from ..shift import shift
from . import aims, people, respending, supply, wanted

Say = Callable[[str], None]
FORMATS = {"hospital": "xlsx", "council": "csv", "university": "ods"}
"""Each anchor's finance system exports another format."""


def is_empty() -> bool:
    """Whether nobody and nothing is in the database yet."""
    return not db.session.scalar(select(Organisation.id).limit(1)) and not db.session.scalar(select(Person.id).limit(1))


def load(say: Say) -> None:
    """Fill an empty database with the demonstration place; commits as it goes.

    say     told what is being done, a line at a time
    errors  ConflictError when the database is not empty
    """
    if not is_empty():
        raise ConflictError("The database is not empty. The demonstration goes only into an empty one")
    place = demo.demo_place()
    say(f"{place.name}: {len(place.anchors)} anchors, {len(place.enterprises)} enterprises")
    keys = people.add_organisations(place)
    supply.add_enterprises(place, keys)
    actors = people.add_people(place, keys)
    supply.add_consortia(place, keys)
    db.session.commit()
    _read_ledgers(place, actors, say)
    aims.add_aims(actors)
    _publish(place, actors)
    say(f"{len(place.lots)} lots: who could do them, alone or together")
    lots = wanted.add_lots(place, keys)
    _propose(lots, place.demo_day)
    wanted.add_answers(place, keys, lots, actors)
    wanted.add_bids(place, keys, lots, actors)
    db.session.commit()
    demo.write_examples(place, Path(current_app.config["EXAMPLES_FOLDER"]))


def _read_ledgers(place: demo.Place, actors: dict[str, Actor], say: Say) -> None:
    for anchor in place.anchors:
        mine = [ledger for ledger in place.ledgers if ledger.anchor == anchor.key]
        say(f"{anchor.name}: {len(mine)} ledgers, {sum(len(ledger.payments) for ledger in mine):,} payments")
        officer = actors[f"{anchor.key}-finance"]
        for ledger in mine:
            _read(ledger, officer)
        jobs.run_all()  # one look at the payees, which the first confirmed ledger asked for
        shift.queue(by=officer)
        say(f"{respending.add_answers(officer)} suppliers told what they spend here")
        db.session.commit()
        jobs.run_all()


def _publish(place: demo.Place, actors: dict[str, Actor]) -> None:
    """Every anchor's page for everybody, so that the start page has something to show."""
    for anchor in place.anchors:
        officer = actors[f"{anchor.key}-finance"]
        _, content = public_pages.preview(officer.acting_for)
        if content is None:
            raise ValueError(f"the demonstration anchor {anchor.key} has nothing to publish")
        public_pages.publish(public_figures.share_of(content["whole"]).total, by=officer)
    db.session.commit()


def _read(ledger: demo.Ledger, officer: Actor) -> None:
    """Upload, read and confirm one ledger, as its finance officer would."""
    suffix = FORMATS[ledger.anchor]
    book = demo.sheet_bytes(demo.ledger_rows(ledger), suffix, sheet="Spend")
    receipt = ledgers.receive(f"{ledger.key}.{suffix}", BytesIO(book), by=officer)
    db.session.commit()
    assert receipt.job_id is not None
    assert receipt.ledger_id is not None
    if not jobs.run_job(receipt.job_id):
        raise ValueError(f"the demonstration ledger {ledger.key} was not read")
    total = db.session.scalar(
        select(Ledger.total_pence).where(Ledger.id == receipt.ledger_id, Ledger.organisation_id == officer.acting_for)
    )
    if total != ledger.total_pence:
        raise ValueError(f"the demonstration ledger {ledger.key} was read as {total} pence, not {ledger.total_pence}")
    ledgers.confirm(receipt.ledger_id, total, by=officer)
    db.session.commit()


def _propose(lots: dict[str, Lot], on: date) -> None:
    """Rank suppliers for every lot; a ranking bears the day its lot was opened, because decisions followed it."""
    for lot in lots.values():
        if lot.state in proposals.PROPOSING or lot.state == "awarded":
            for made in proposals.propose(lot, on=on):
                made.created_at = lot.opened_at or made.created_at
    db.session.commit()
