"""Files that leave the site: tables as CSV, XLSX or JSON with their definition, and originals as attachments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from urllib.parse import quote

from flask import Response, current_app, request, send_file, url_for

from ..sheets import export
from ..sheets.described import Field, Table, write_json
from .definitions import About, about
from .filters import LONDON

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
KIND_WORDS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}


def asked_kind() -> str | None:
    """The kind of file the address asks for, or None where it asks for the page."""
    kind = request.args.get("download")
    return kind if kind in KINDS else None


def send_table(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    kind: str,
    *,
    note: str = "",
    units: Sequence[str | None] | None = None,
) -> Response:
    """A table as a file that opens safely in a spreadsheet program, or as JSON.

    The definition of the table goes with it: on a sheet of its own in a workbook, at the head of the JSON. A CSV stays
    bare, so that every program reads it.

    note   what only this table needs said, such as which area is meant
    units  of the columns in order, where `definitions` does not tell
    """
    spool = SpooledTemporaryFile(max_size=4_000_000)  # noqa: SIM115 - the response closes it
    stream = cast(BinaryIO, spool)
    if kind == "csv":
        export.write_csv(stream, headings, rows)
    else:
        table = _described(name, headings, note, units)
        write = write_json if kind == "json" else _write_workbook
        write(stream, table, rows)
    spool.seek(0)
    response = send_file(spool, mimetype=KINDS[kind])  # type: ignore[arg-type]
    return attach(response, f"{name}.{kind}")


def _described(name: str, headings: Sequence[str], note: str, units: Sequence[str | None] | None) -> Table:
    said: About = about(name)
    if note:
        said = replace(said, definition=f"{said.definition} {note}")
    given = units or [None] * len(headings)
    fields = [Field(words, unit or said.unit_of(words)) for words, unit in zip(headings, given, strict=True)]
    method = url_for("open_data.show_measure", name=said.measure) if said.measure else None
    address = f"{current_app.config['BASE_URL']}{method}" if method else None
    return Table(name, said.definition, address, datetime.now(LONDON).date(), tuple(fields))


def _write_workbook(stream: BinaryIO, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    book = export.open_workbook(stream)
    export.write_sheet(book, "Rows", [field.name for field in table.fields], rows)
    export.write_sheet(book, "About", ("What", "In words"), _about_lines(table))
    book.close()


def _about_lines(table: Table) -> Iterator[tuple[str, Any]]:
    yield "Table", table.name
    yield "Definition", table.definition
    yield "Made on", table.made_on
    if table.method:
        yield "How it is worked out", table.method
    for field in table.fields:
        if field.unit:
            yield f"Unit of {field.name}", field.unit


def send_original(path: Path, filename: str) -> Response:
    """A file as somebody gave it to us: always a download, never shown by the browser."""
    response = send_file(path, mimetype="application/octet-stream", conditional=False)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return attach(response, filename)


def attach(response: Response, filename: str) -> Response:
    """Name the download, whatever letters the name has."""
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
