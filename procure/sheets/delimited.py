"""Comma, semicolon and tab separated text in any encoding seen in the wild, as one table."""

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import BinaryIO, cast

from procure.sheets.container import looks_like_wide_text, refuse_test_virus
from procure.sheets.plain import mark_line, read_chunks, read_plain
from procure.sheets.table import BrokenRow, Row, Table

_CHUNK = 1 << 20
_SAMPLE_LINES = 300
_DELIMITERS = ",;\t|"
_MOST_LINES_IN_A_CELL = 500
_BROKEN_SHOWN = 5_000
_DOS_POUND = re.compile(rb"\x9c\s?[0-9]")  # the code page of DOS keeps its pound sign there
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Script:
    """How bytes become text. has_quotes tells whether any cell can span lines."""

    encoding: str
    has_quotes: bool


def read_table(stream: BinaryIO) -> tuple[Table, Script]:
    """The one table of a text file. The stream must be seekable; only one walk can be under way at a time."""
    script = recognise_script(stream)
    lines = io.TextIOWrapper(stream, encoding=script.encoding, errors="replace", newline="")
    lines.seek(0)
    sample = list(islice(lines, _SAMPLE_LINES))
    declared = sample[0].strip().lower() if sample else ""
    skipped = 1 if declared.startswith("sep=") and len(declared) == 5 else 0
    delimiter = declared[4] if skipped else recognise_delimiter(sample)

    packed = _lines_in_quotes(sample) if script.has_quotes and not skipped else []
    if packed:
        delimiter = recognise_delimiter(packed)

    # Some systems put a space after each separator, which would hide the quotation mark behind it.
    has_spaces = any(f'{delimiter} "' in line for line in sample)

    def walk() -> Iterator[Row]:
        lines.seek(0)
        for _ in islice(lines, skipped):
            pass
        if packed:
            return _read_packed(lines, delimiter)
        return _read_quoted(lines, delimiter, has_spaces) if script.has_quotes else read_plain(lines, delimiter)

    if script.has_quotes:
        return Table(name=None, walk=walk, is_text=True), script
    in_chunks, mark = partial(read_chunks, lines, delimiter, skipped), partial(mark_line, delimiter)
    return Table(name=None, walk=walk, is_text=True, in_chunks=in_chunks, mark=mark), script


def recognise_script(stream: BinaryIO) -> Script:
    """A byte order mark, else UTF-8 if every byte agrees, else the Windows code page of Western Europe."""
    stream.seek(0)
    head = stream.read(4_096)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked is None and looks_like_wide_text(head):
        marked = "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, has_quotes, has_dos_pound, carry = True, False, False, b""
    while chunk := stream.read(_CHUNK):
        refuse_test_virus(carry + chunk)
        carry = chunk[-80:]
        has_quotes = has_quotes or b'"' in chunk
        has_dos_pound = has_dos_pound or (b"\x9c" in chunk and bool(_DOS_POUND.search(chunk)))
        if is_utf8 and not (chunk.isascii() and not decoder.getstate()[0]):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
    # A character cut off by the end of the file is no reason to doubt all that came before it.
    fallback = "utf-8" if is_utf8 else "cp850" if has_dos_pound else "cp1252"
    return Script(marked or fallback, has_quotes)


def recognise_delimiter(lines: list[str]) -> str:
    """The separator that splits the sample into the most cells, row after row alike."""

    def evenness(delimiter: str) -> float:
        try:
            widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter) if any(cells))
        except csv.Error:  # without its true separator, a line may look like one endless cell
            return 0.0
        several = [(count, width) for width, count in widths.items() if width > 1]
        if not several:
            return 0.0
        count, width = max(several)
        return count / widths.total() * min(width, 8)

    return max(_DELIMITERS, key=lambda delimiter: (evenness(delimiter), -_DELIMITERS.index(delimiter)))


def _lines_in_quotes(sample: list[str]) -> list[str]:
    """What the lines hold where each is one quoted cell with all the others inside, as a csv saved twice is."""
    try:
        rows = [cells for cells in csv.reader(sample, strict=True) if cells]
    except csv.Error:
        return []
    inner = [cells[0] for cells in rows if len(cells) == 1 and any(sign in cells[0] for sign in _DELIMITERS)]
    is_packed = len(inner) > 1 and len(inner) == len(rows) and all(line[:1] in '"\r\n' for line in sample)
    return inner if is_packed else []


def _read_packed(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    for cells in _read_quoted(lines, ",", False):
        whole = len(cells) == 1 and isinstance(cells[0], str) and not isinstance(cells, BrokenRow)
        yield cast("Row", next(csv.reader([str(cells[0])], delimiter=delimiter), [])) if whole else cells


def _read_quoted(lines: Iterable[str], delimiter: str, has_spaces: bool) -> Iterator[Row]:
    """Rows of text with quotation marks. A row whose marks never close gives back the lines it swallowed."""
    source, returned, taken, is_cut_off = iter(lines), deque[str](), list[str](), False

    def feed() -> Iterator[str]:
        nonlocal is_cut_off
        while len(taken) <= _MOST_LINES_IN_A_CELL:
            line = returned.popleft() if returned else next(source, None)
            if line is None:
                is_cut_off = bool(taken)
                return
            taken.append(line)
            yield line

    while True:
        try:
            for cells in csv.reader(feed(), delimiter=delimiter, skipinitialspace=has_spaces):
                if is_cut_off or (len(taken) > 1 and _is_broken(taken, len(cells), delimiter)):
                    break
                taken.clear()
                yield cast("Row", cells)
        except csv.Error:  # a cell longer than the limit, most often because a mark was left open
            pass
        if not taken:
            return
        yield BrokenRow(taken[0].rstrip("\r\n")[:_BROKEN_SHOWN].split(delimiter))
        returned.extendleft(reversed(taken[1:]))
        taken.clear()
        is_cut_off = False


def _is_broken(taken: list[str], width: int, delimiter: str) -> bool:
    """Whether several lines made one row only because a quotation mark was left open."""
    if len(taken) > _MOST_LINES_IN_A_CELL:
        return True
    try:
        for _ in csv.reader(taken, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    return any(line.count(delimiter) >= max(2, width - 1) for line in taken[1:-1])


def refuse_endless_cells(most_characters: int) -> None:
    """Have csv stop at a cell that no spreadsheet could hold; its line alone is refused."""
    csv.field_size_limit(most_characters)
