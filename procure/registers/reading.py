"""A file > its publisher's layout > records and refusals, row by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from .areas import AUTHORITIES, LSOA_CENTROIDS, ONS_AREAS, OUTCODES
from .charities import CHARITIES, CHARITY_NAMES, NORTHERN_IRISH_CHARITIES, SCOTTISH_CHARITIES
from .codes import CPV_FLAT, CPV_PUBLISHED, PROCLASS, SIC_FLAT, SIC_PUBLISHED
from .companies import BASIC_COMPANY_DATA
from .deprivation import IMD_2019, IMD_2025, IMD_2025_PACKAGE
from .files import Member, UnreadableFileError, members, rows_of
from .layouts import Layout, picker
from .mutuals import MUTUALS
from .postcodes import CODE_POINT_OPEN, NSPL, ONSPD
from .records import Record, RowRefused

LAYOUTS = (
    BASIC_COMPANY_DATA,
    CHARITIES,
    CHARITY_NAMES,
    SCOTTISH_CHARITIES,
    NORTHERN_IRISH_CHARITIES,
    MUTUALS,
    ONSPD,
    NSPL,
    CODE_POINT_OPEN,
    IMD_2019,
    IMD_2025,
    IMD_2025_PACKAGE,
    *ONS_AREAS,
    AUTHORITIES,
    OUTCODES,
    LSOA_CENTROIDS,
    CPV_FLAT,
    CPV_PUBLISHED,
    SIC_FLAT,
    SIC_PUBLISHED,
    PROCLASS,
)
KINDS = tuple(dict.fromkeys(layout.kind for layout in LAYOUTS))
PROGRESS_ROWS = 5_000


@dataclass(frozen=True)
class Refused:
    """A row that was not kept."""

    row: int
    """The heading is row 1; where a file has several tables, their rows are counted on."""
    reason: str


@dataclass(frozen=True)
class Kept:
    """A row that became records."""

    row: int
    records: tuple[Record, ...]


Progress = Callable[[int, int], None]
"""Told how many bytes of how many were read."""


def recognise(first_row: Sequence[str]) -> Layout | None:
    """The publisher's layout a first row belongs to, whatever its kind."""
    return next((layout for layout in LAYOUTS if layout.positions(first_row) is not None), None)


def layout_of(path: Path, kind: str) -> Layout:
    """The layout of this kind that a file has.

    raises  UnreadableFileError that says what the file seems to be
    """
    with members(path) as tables:
        return _chosen(tables, kind)[0]


def _chosen(tables: Sequence[Member], kind: str) -> tuple[Layout, list[Member]]:
    """The layout of the first table of this kind, and every table that has it.

    An archive may hold a table whole and again in parts; then only the whole is taken.
    """
    if not tables:
        raise UnreadableFileError("The archive holds no table. Give the archive as the publisher offers it, or a csv")
    seen = [(_layout_of_member(table, kind), table) for table in tables]
    fitting = [(layout, table) for layout, table in seen if layout is not None and layout.kind == kind]
    if not fitting:
        other = next((layout for layout, _ in seen if layout is not None), None)
        raise UnreadableFileError(_what_it_is(other, kind, tables[0]))
    layout = fitting[0][0]
    same = [table for found, table in fitting if found is layout]
    whole = [table for table in same if "multi_csv" not in table.name.lower()]
    return layout, whole or same


def _layout_of_member(table: Member, kind: str) -> Layout | None:
    with rows_of(table) as (rows, _):
        first = next(rows, [])
        fits = [layout for layout in LAYOUTS if layout.positions(first) is not None]
        return next((layout for layout in fits if layout.kind == kind), fits[0] if fits else None)


def _what_it_is(other: Layout | None, kind: str, table: Member) -> str:
    wanted = " or ".join(layout.title for layout in LAYOUTS if layout.kind == kind)
    if other is not None:
        return f"This seems to be {other.title}, not {kind}. Load it as {other.kind}, or choose another file"
    with rows_of(table) as (rows, _):
        headings = ", ".join(cell.strip()[:30] for cell in next(rows, [])[:6])
    return f"This is none of the files we know for {kind}: {wanted}. Its first row begins: {headings}"


def read_file(path: Path, kind: str, progress: Progress | None = None) -> Iterator[Kept | Refused]:
    """Every row of a file, kept or refused.

    raises  UnreadableFileError where the file is of another kind, damaged or empty
    """
    with members(path) as tables:
        layout, wanted = _chosen(tables, kind)
        total = sum(table.size for table in wanted)
        before, row = 0, 0
        for table in wanted:
            with rows_of(table) as (rows, done):
                for outcome in _read_rows(layout, rows, row):
                    row = outcome.row
                    if progress and row % PROGRESS_ROWS == 0:
                        progress(min(before + done(), total), total)
                    yield outcome
            before += table.size
        if progress:
            progress(total, total)


def _read_rows(layout: Layout, rows: Iterator[list[str]], before: int) -> Iterator[Kept | Refused]:
    first = next(rows, [])
    positions = layout.positions(first)
    if positions is None:
        raise UnreadableFileError("A table of the archive has other headings than the first. Load it by itself")
    width = len(first)
    pick, read = picker(positions, width), layout.read
    number = before
    if layout.has_headings:
        number += 1
    else:
        rows = chain([first], rows)
    for row in rows:
        number += 1
        if len(row) != width:
            if not any(row):
                continue
            if len(row) < width or any(row[width:]):
                yield Refused(number, f"The row has {len(row)} cells and the heading {width}")
                continue
            del row[width:]
        row.append("")
        try:
            yield Kept(number, tuple(read(pick(row))))
        except RowRefused as refused:
            yield Refused(number, str(refused))
