"""Capabilities files: read behind the page, looked at by an adviser, then confirmed to members or discarded."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import IO, Any, BinaryIO

from sqlalchemy import select

from ... import jobs
from ...extensions import db
from ...models import Enterprise, Job, Upload
from ...sheets import CapabilitiesReading, EnterpriseRow, Problem, RefusedRow, read_capabilities, write_refusals
from .. import audit, filled_forms
from ..actors import Actor
from . import member_rows, networks

KIND = "capabilities"
WORK = "read capabilities"


def receive(filename: str, stream: IO[bytes], *, by: Actor) -> tuple[Upload, Job]:
    """Keep a capabilities file and queue its reading; wake the job after the commit.

    errors  RefusedError where the organisation sends too much
    """
    return filled_forms.receive(KIND, filename, stream, by=by)


def find_upload(upload_id: int, *, of: int) -> Upload:
    """A capabilities file of this network.

    errors  NotFoundError
    """
    return filled_forms.find(KIND, upload_id, of=of)


def job_of(upload: Upload) -> Job | None:
    """The job that reads a file."""
    return jobs.newest_job(WORK, upload.id, organisation_id=upload.organisation_id)


def waiting_for(network_id: int) -> list[Upload]:
    """Files that somebody must still confirm or discard, newest first."""
    return list(
        db.session.scalars(
            select(Upload)
            .where(Upload.organisation_id == network_id, Upload.kind == KIND, Upload.state.in_(("received", "read")))
            .order_by(Upload.id.desc())
        )
    )


@jobs.work(WORK)
def _read(turn: jobs.Turn) -> None:
    filled_forms.read(turn, lambda path, name: _told(read_capabilities(path, filename=name, progress=turn.report)))


def confirm(upload_id: int, *, by: Actor) -> list[Enterprise]:
    """Make a member of every enterprise that was read and is new, once.

    errors  NotFoundError, ConflictError where it was confirmed or discarded meanwhile
    """
    upload = find_upload(upload_id, of=by.acting_for)
    filled_forms.move(upload, "confirmed", by=by)
    made = []
    for told in upload.reading.get("enterprises", []):
        if _why_known(told) is None:
            facts = member_rows.facts_of(told)
            made.append(networks.register_member(told["name"], told["postcode"], by=by, **facts))
    audit.note(by, "capabilities file confirmed", upload, members=len(made))
    return made


def discard(upload_id: int, *, by: Actor) -> None:
    """Throw a reading away before it makes members.

    errors  NotFoundError, ConflictError where it was confirmed or discarded meanwhile
    """
    upload = find_upload(upload_id, of=by.acting_for)
    filled_forms.move(upload, "discarded", by=by)
    audit.note(by, "capabilities file discarded", upload)


def new_and_known(upload: Upload) -> tuple[list[dict[str, Any]], list[tuple[dict[str, Any], str]]]:
    """The rows that would become members, and those that need not, each with why."""
    new, known = [], []
    seen: set[tuple[str, str | None]] = set()
    for told in upload.reading.get("enterprises", []):
        key = (told["name"].strip().lower(), told["postcode"])
        why = "It stands in this file twice" if key in seen else _why_known(told)
        seen.add(key)
        if why:
            known.append((told, why))
        else:
            new.append(told)
    return new, known


def _why_known(told: Mapping[str, Any]) -> str | None:
    return networks.known_already(
        told["name"], told["postcode"], (told["company_number"] or None, told["charity_number"] or None)
    )


def _told(reading: CapabilitiesReading) -> dict[str, Any]:
    """The reading as plain JSON: what is kept until somebody confirms it."""
    return {
        "sheets": [
            {
                "sheet": sheet.sheet,
                "header_row": sheet.header_row,
                "columns": dict(sheet.columns),
                "headings": list(sheet.headings),
                "enterprises": len(sheet.enterprises),
                "refused": sheet.refused,
                "refused_rows": [_refused(row) for row in sheet.refused_rows],
                "non_data": [asdict(line) for line in sheet.non_data],
            }
            for sheet in reading.sheets
        ],
        "warnings": list(reading.warnings),
        "enterprises": [_row(row) for row in reading.enterprises],
    }


def _row(row: EnterpriseRow) -> dict[str, Any]:
    told = asdict(row)
    for certificate in told["certificates"]:
        expires_on = certificate["expires_on"]
        certificate["expires_on"] = expires_on.isoformat() if isinstance(expires_on, date) else None
    return told


def _refused(row: RefusedRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "cells": [str(cell) for cell in row.cells],
        "problems": [{"column": one.column, "value": str(one.value), "message": one.message} for one in row.problems],
    }


@dataclass(frozen=True)
class _RefusedSheet:
    """The refused rows of one sheet as they were kept."""

    sheet: str | None
    headings: tuple[str, ...]
    refused_rows: tuple[RefusedRow, ...]


def write_refused(stream: BinaryIO, upload: Upload) -> None:
    """The refused rows of a file as an xlsx, each with what to do."""
    write_refusals(stream, [_kept_sheet(told) for told in upload.reading.get("sheets", [])])


def _kept_sheet(told: Mapping[str, Any]) -> _RefusedSheet:
    rows = tuple(
        RefusedRow(row["row"], tuple(row["cells"]), tuple(_problems(told["sheet"], row)))
        for row in told["refused_rows"]
    )
    return _RefusedSheet(told["sheet"], tuple(told["headings"]), rows)


def _problems(sheet: str | None, row: Mapping[str, Any]) -> Iterable[Problem]:
    for one in row["problems"]:
        yield Problem(sheet, row["row"], one["column"], one["value"], one["message"])
