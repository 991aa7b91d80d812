"""Lots files: read behind the page, looked at by a person, then confirmed to drafts or discarded."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from sqlalchemy import or_, select

from ... import jobs
from ...extensions import db
from ...models import Job, Lot, Upload
from ...sheets import LotRow, LotsReading, RefusedRow, read_lots
from ...social_value import measure_named, quantity_named
from .. import audit, filled_forms
from ..actors import Actor
from ..enterprises.offers import district_of
from . import lot_samples
from .lot_facts import AskFacts, GateFacts, LotFacts, NeedFacts, faults_in
from .tenders import add_lot, usual_social_value_percent

KIND = "lots"
WORK = "read lots"
UNKNOWN_MEASURE = "name local jobs, apprenticeships, real Living Wage, spend with VCSEs or carbon"


def receive(filename: str, stream: IO[bytes], *, by: Actor) -> tuple[Upload, Job]:
    """Keep a lots file and queue its reading; wake the job after the commit.

    errors  RefusedError where the organisation sends too much
    """
    return filled_forms.receive(KIND, filename, stream, by=by)


def find_upload(upload_id: int, *, of: int) -> Upload:
    """A lots file of this anchor.

    errors  NotFoundError
    """
    return filled_forms.find(KIND, upload_id, of=of)


@jobs.work(WORK)
def _read(turn: jobs.Turn) -> None:
    filled_forms.read(turn, _read_file)


def _read_file(path: Path, name: str) -> dict[str, Any]:
    reading = read_lots(path, filename=name)
    return _told(reading, lot_samples.rows_of(path, reading))


def confirm(upload_id: int, *, by: Actor) -> list[Lot]:
    """Make a draft of every lot that was read, once.

    errors  NotFoundError, ConflictError where it was confirmed or discarded meanwhile
    """
    upload = find_upload(upload_id, of=by.acting_for)
    filled_forms.move(upload, "confirmed", by=by)
    usual = usual_social_value_percent(of=by.acting_for)
    lots = [add_lot(_facts(told, usual), by=by, upload_id=upload.id) for told in upload.reading.get("lots", [])]
    audit.note(by, "lots file confirmed", upload, lots=len(lots))
    return lots


def discard(upload_id: int, *, by: Actor) -> None:
    """Throw a reading away before it makes lots.

    errors  NotFoundError, ConflictError where it was confirmed or discarded meanwhile
    """
    upload = find_upload(upload_id, of=by.acting_for)
    filled_forms.move(upload, "discarded", by=by)
    audit.note(by, "lots file discarded", upload)


@dataclass(frozen=True)
class Double:
    """A row of a file that would make a second lot: of one already here, or of another row."""

    row: int
    title: str
    words: str
    lot: Lot | None


def doubles_in(upload: Upload) -> list[Double]:
    """Rows whose lot seems to be there already, by its reference, or by its title, value and deadline."""
    here: dict[tuple[Any, ...], Lot] = {}
    mine = select(Lot).where(
        Lot.organisation_id == upload.organisation_id,
        Lot.state != "withdrawn",
        or_(Lot.upload_id.is_(None), Lot.upload_id != upload.id),
    )
    for lot in db.session.scalars(mine.order_by(Lot.id)):
        for mark in _marks(lot.reference, lot.title, lot.value_pence, lot.deadline_on):
            here.setdefault(mark, lot)
    found: list[Double] = []
    seen: dict[tuple[Any, ...], int] = {}
    for told in upload.reading.get("lots", []):
        marks = _marks(told["reference"], told["title"], told["value_pence"], _day(told["deadline"]))
        there = next((here[mark] for mark in marks if mark in here), None)
        before = next((seen[mark] for mark in marks if mark in seen), None)
        if there is not None:
            found.append(Double(told["row"], told["title"], "is in your list already", there))
        elif before is not None:
            found.append(Double(told["row"], told["title"], f"seems to be the same as row {before}", None))
        for mark in marks:
            seen.setdefault(mark, told["row"])
    return found


def _marks(reference: str | None, title: str, pence: int | None, deadline: date | None) -> list[tuple[Any, ...]]:
    """By what one lot is known again."""
    named = " ".join((reference or "").casefold().split())
    called = (" ".join(title.casefold().split()), pence, deadline)
    return [*([("reference", named)] if named else []), ("title", *called)]


def facts_in(upload: Upload) -> list[tuple[int, LotFacts]]:
    """Each kept row with the lot it would make, for people to look at."""
    return [(told["row"], _facts(told, 0)) for told in upload.reading.get("lots", [])]


def lots_of(upload: Upload) -> list[Lot]:
    """The lots that were made of a file, in its order."""
    made = select(Lot).where(Lot.upload_id == upload.id, Lot.organisation_id == upload.organisation_id)
    return list(db.session.scalars(made.order_by(Lot.id)))


def _told(reading: LotsReading, rows: lot_samples.Rows) -> dict[str, Any]:
    """The reading as plain JSON, with samples of each column: what is kept until somebody confirms it."""
    sheets, kept, refused = [], [], []
    for sheet in reading.sheets:
        sound = 0
        for row in sheet.lots:
            faults = [fault.advice for fault in faults_in(_facts(_row(row), 0))]
            faults += [
                f"{ask.measure}: {UNKNOWN_MEASURE}" for ask in row.social_value if not measure_named(ask.measure)
            ]
            if faults:
                refused.append(_refusal(sheet.sheet, row.row, [row.title], [(None, row.title, ". ".join(faults))]))
            else:
                kept.append({"sheet": sheet.sheet, **_row(row)})
                sound += 1
        refused += [_refused(sheet.sheet, row) for row in sheet.refused_rows]
        sheets.append(
            {
                "sheet": sheet.sheet,
                "header_row": sheet.header_row,
                "columns": dict(sheet.columns),
                "samples": lot_samples.samples_in(sheet, rows),
                "unused": lot_samples.unused(sheet),
                "lots": sound,
                "refused": sheet.refused + len(sheet.lots) - sound,
                "non_data": [asdict(line) for line in sheet.non_data],
            }
        )
    return {
        "sheets": sheets,
        "warnings": list(reading.warnings),
        "lots": kept,
        "refused": sorted(refused, key=lambda one: (one["sheet"] or "", one["row"])),
        "total_pence": sum(lot["value_pence"] or 0 for lot in kept),
    }


def _row(row: LotRow) -> dict[str, Any]:
    told = asdict(row)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def _refused(sheet: str | None, row: RefusedRow) -> dict[str, Any]:
    problems = [(problem.column, problem.value, problem.message) for problem in row.problems]
    return _refusal(sheet, row.row, row.cells, problems)


def _refusal(
    sheet: str | None, row: int, cells: Iterable[str], problems: Iterable[tuple[str | None, str, str]]
) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "row": row,
        "cells": list(cells),
        "problems": [{"column": column, "value": value, "message": message} for column, value, message in problems],
    }


def _facts(told: Mapping[str, Any], usual_weight: int) -> LotFacts:
    """One kept row as the facts of a lot; where it names no weight of social value, the usual one."""
    weight = told["social_value_weight_percent"]
    return LotFacts(
        title=told["title"],
        description=told["description"] or "",
        reference=told["reference"],
        cpv=(list(told["cpv"]) or [None])[0],
        value_pence=told["value_pence"],
        starts_on=_day(told["starts_on"]),
        ends_on=_day(told["ends_on"]),
        deadline_on=_day(told["deadline"]),
        postcode=told["postcode"] or district_of(told["place"]),
        social_value_percent=usual_weight if weight is None else weight,
        needs=tuple(
            NeedFacts(need["name"], need["units"], need["unit"], need["value_pence"], need["cpv"])
            for need in told["needs"]
        ),
        gates=_gates(told),
        asks=_asks(told),
    )


def _gates(told: Mapping[str, Any]) -> tuple[GateFacts, ...]:
    gates = []
    if told["turnover_pence"]:
        gates.append(GateFacts("turnover", "Turnover", told["turnover_pence"]))
    if told["insurance_pence"]:
        gates.append(GateFacts("insurance", "Public liability", told["insurance_pence"]))
    gates += [GateFacts("certificate_each", name) for name in told["certificates_each"]]
    gates += [GateFacts("certificate_any", name) for name in told["certificates_any"]]
    return tuple(gates)


def _asks(told: Mapping[str, Any]) -> tuple[AskFacts, ...]:
    """Each measure once; the words were checked when the file was read."""
    asked: dict[str, AskFacts] = {}
    for ask in told["social_value"]:
        spoken = ask["measure"]
        if measure := measure_named(spoken):
            asked.setdefault(measure, AskFacts(measure, quantity_named(spoken, ask["quantity"])))
    return tuple(asked.values())


def _day(written: str | date | None) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) else written
