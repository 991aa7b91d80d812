"""Files that leave the site: lists as CSV or XLSX, neutralised, and originals as attachments."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from urllib.parse import quote

from flask import Response, send_file

from ..sheets import export

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def send_table(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], kind: str) -> Response:
    """A list as a file that opens safely in a spreadsheet program."""
    spool = SpooledTemporaryFile(max_size=4_000_000)  # noqa: SIM115 - the response closes it
    write = export.write_csv if kind == "csv" else export.write_xlsx
    write(cast(BinaryIO, spool), headings, rows)
    spool.seek(0)
    response = send_file(spool, mimetype=KINDS[kind])  # type: ignore[arg-type]
    return attach(response, f"{name}.{kind}")


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
