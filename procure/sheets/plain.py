"""Separated text without any quotation mark: a line is a row, and a block of lines can be turned at once."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from typing import cast

from procure.sheets.table import BrokenRow, Chunk, Row

_BLOCK_CHARACTERS = 1 << 16  # few enough that the cells stay in the processor's cache


def read_plain(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    for line in lines:
        yield split_line(line.rstrip("\r\n"), delimiter)


def split_line(line: str, delimiter: str) -> Row:
    """The cells of a line. One longer than any spreadsheet's makes it a broken row, as `csv` would."""
    cells = line.split(delimiter) if line else []
    most = csv.field_size_limit()
    if len(line) > most and max(map(len, cells)) > most:
        return BrokenRow(["a cell that is too long"])
    return cast("Row", cells)


def mark_line(delimiter: str, cells: Row) -> int:
    return hash(delimiter.join(cast("list[str]", cells)))


def read_chunks(stream: io.TextIOWrapper, delimiter: str, skipped: int, after: int) -> Iterator[Chunk]:
    """The rows after the first so many. `skipped` lines come before the first row."""
    stream.seek(0)
    for _ in islice(stream, skipped + after):
        pass
    while block := stream.read(_BLOCK_CHARACTERS):
        block += stream.readline()
        if "\r" in block:
            block = block.replace("\r\n", "\n").replace("\r", "\n")
        lines = block.removesuffix("\n").split("\n")
        yield Chunk(
            len(lines),
            _turn(block, lines, delimiter),
            partial(_mark, lines),
            partial(_split, lines, delimiter),
        )


def _mark(lines: list[str]) -> list[int]:
    return list(map(hash, lines))


def _split(lines: list[str], delimiter: str) -> list[Row]:
    return [split_line(line, delimiter) for line in lines]


def _turn(block: str, lines: list[str], delimiter: str) -> list[list[str]] | None:
    """The columns of a block, if each line has the same number of cells: then each line's end is as many cells on."""
    width = lines[0].count(delimiter) + 1
    if max(map(len, lines)) > csv.field_size_limit() or width == 1:
        return None
    ended = block if block.endswith("\n") else block + "\n"
    cells = ended.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    step = width + 1
    if len(cells) != step * len(lines) + 1 or cells[width::step] != ["\n"] * len(lines):
        return None
    return [cells[at:-1:step] for at in range(width)]
