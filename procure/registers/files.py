"""Files as publishers offer them - csv, tab, JSON, or zip archives of these - as rows, never held as a whole."""

import codecs
import csv
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

MOST_BYTES = 32 * 1024**3
"""The largest archive loads to about 3 GB; ten times that is no register."""
LONGEST_CELL = 1 << 20
_ENDINGS = (".csv", ".txt", ".tab", ".tsv", ".json")
_CHUNK = 1 << 20
_PEEKED = 4096


class UnreadableFileError(Exception):
    """The file cannot be read as a whole; the text says why and what to do."""


@dataclass(frozen=True)
class Member:
    """One table of a file: the file itself, or a table inside an archive."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


def _old_letters(error: UnicodeError) -> tuple[str, int]:
    """A byte that is not UTF-8 is read as Windows wrote it: older registers mix the two."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("procure-old-letters", _old_letters)


@contextmanager
def members(path: Path) -> Iterator[list[Member]]:
    """The tables of a file, in the archive's order.

    raises  UnreadableFileError
    """
    if not zipfile.is_zipfile(path):
        yield [Member(path.name, path.stat().st_size, lambda: path.open("rb"))]
        return
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [item for item in archive.infolist() if item.filename.lower().endswith(_ENDINGS)]
            if sum(item.file_size for item in listed) > MOST_BYTES:
                raise UnreadableFileError("The archive unpacks to more than any register holds. Check where it is from")
            if any(item.flag_bits & 1 for item in listed):
                raise UnreadableFileError("The archive is locked with a password. Save it without one")
            yield [Member(item.filename, item.file_size, _opener(archive, item)) for item in listed]
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableFileError("The archive is damaged. Download it again") from error


def unpacked_size(path: Path) -> int:
    """Bytes to read in a file, unpacked; raises UnreadableFileError."""
    with members(path) as tables:
        return sum(table.size for table in tables)


def _opener(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(item)


class _Counted(io.RawIOBase):
    """A stream that knows how far it was read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.done += len(chunk)
        return len(chunk)


@contextmanager
def rows_of(member: Member) -> Iterator[tuple[Iterator[list[str]], Callable[[], int]]]:
    """A table's rows, its headings first, and a function that tells how many bytes were read.

    raises  UnreadableFileError, while rows are taken too
    """
    with member.open() as stream:
        counted = _Counted(stream)
        buffered = io.BufferedReader(counted, _CHUNK)
        start = buffered.peek(_PEEKED)[:_PEEKED].removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
        text = io.TextIOWrapper(buffered, encoding="utf-8-sig", errors="procure-old-letters", newline="")
        yield _rows(text, start), lambda: counted.done


def _rows(text: io.TextIOWrapper, start: str) -> Iterator[list[str]]:
    if "\x00" in start:
        raise UnreadableFileError("This is not a text file. Save the table as csv, or give the publisher's archive")
    if start.lstrip()[:1] == "[":
        yield from _json_rows(text)
        return
    if not start.strip():
        raise UnreadableFileError("The file is empty. Download it again")
    heading = start.split("\n", 1)[0]
    is_tabbed = heading.count("\t") > heading.count(",")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, csv.excel_tab, quoting=csv.QUOTE_NONE) if is_tabbed else csv.reader(text)
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableFileError(f"Row {reader.line_num} is broken: {error}. Download the file again") from error


def _json_rows(text: io.TextIOWrapper) -> Iterator[list[str]]:
    """A list of objects as rows; the first object's keys are the headings."""
    headings: list[str] = []
    for item in _json_items(text):
        if not headings:
            headings = list(item)
            yield headings
        yield ["" if (value := item.get(key)) is None else str(value) for key in headings]


def _json_items(text: io.TextIOWrapper) -> Iterator[dict[str, Any]]:
    """The objects of one JSON list, a few at a time."""
    decoder = json.JSONDecoder()
    held, at, is_over = "", 0, False
    while True:
        while at < len(held) and held[at] in " \t\r\n,[":
            at += 1
        if at < len(held) and held[at] == "]":
            return
        try:
            item, at = decoder.raw_decode(held, at) if at < len(held) else (None, at)
        except json.JSONDecodeError:
            item = None
        if isinstance(item, dict):
            yield item
            continue
        if is_over or item is not None or len(held) - at > LONGEST_CELL * 8:
            raise UnreadableFileError(
                "The JSON in this file is cut short or is not a list of records. Download it again"
            )
        chunk = text.read(_CHUNK)
        is_over = not chunk
        held, at = held[at:] + chunk, 0
