"""What a report says, as plain data: sections of words, charts and tables whose cells know what they are."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from .words import count, percent, pounds

Cell = str | int | float | None
TEXT, PENCE, SHARE, COUNT, RATIO = "text", "pence", "share", "count", "ratio"
NUMERIC: Final = frozenset({PENCE, SHARE, COUNT, RATIO})
UNITS: Final = {PENCE: "pounds", SHARE: "share from 0 to 1", COUNT: "number", RATIO: "number"}


@dataclass(frozen=True)
class Column:
    """A column of a table. kind: text, pence, share (from 0 to 1), count, or ratio (such as LM3)."""

    heading: str
    kind: str = TEXT


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column names the row. An unknown cell is None."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ends_in_total: bool = False


@dataclass(frozen=True)
class ChartBar:
    """A bar: its label, what its parts stand for with their amounts, and the words at its end."""

    label: str
    parts: tuple[tuple[str, int], ...]
    words: str


@dataclass(frozen=True)
class Chart:
    """Bars of parts; a table of the same section has the same figures. description: what a listener is told."""

    title: str
    description: str
    bars: tuple[ChartBar, ...]


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, points, a chart and tables, in that order."""

    title: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report. facts: what stands at its head, such as the area and the editions it rests on."""

    title: str
    organisation: str
    made_on: str
    summary: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    @property
    def tables(self) -> list[Table]:
        return [table for section in self.sections for table in section.tables]


def shown(cell: Cell, kind: str) -> str:
    """A cell as people read it, the same in every kind of file. Unknown is None; "" is a cell that says nothing."""
    if cell == "":
        return ""
    if kind == PENCE:
        return pounds(None if cell is None else int(cell))
    if kind == SHARE:
        return percent(None if cell is None else float(cell))
    if kind == COUNT:
        return count(None if cell is None else int(cell))
    if kind == RATIO:
        return count(None) if cell is None else f"{float(cell):.2f}"
    return "" if cell is None else str(cell)


def as_data(report: Report) -> dict[str, Any]:
    """The report as JSON can hold it."""
    return asdict(report)


def from_data(data: Mapping[str, Any]) -> Report:
    """The report that `as_data` gave, also after it was stored as JSON."""
    return Report(
        title=data["title"],
        organisation=data["organisation"],
        made_on=data["made_on"],
        summary=data["summary"],
        facts=tuple((name, value) for name, value in data["facts"]),
        sections=tuple(map(_section, data["sections"])),
    )


def _section(data: Mapping[str, Any]) -> Section:
    chart = data["chart"]
    return Section(
        title=data["title"],
        words=tuple(data["words"]),
        points=tuple(data["points"]),
        chart=chart and Chart(chart["title"], chart["description"], tuple(map(_bar, chart["bars"]))),
        tables=tuple(map(_table, data["tables"])),
    )


def _bar(data: Mapping[str, Any]) -> ChartBar:
    return ChartBar(data["label"], tuple((kind, amount) for kind, amount in data["parts"]), data["words"])


def _table(data: Mapping[str, Any]) -> Table:
    return Table(
        caption=data["caption"],
        columns=tuple(Column(**column) for column in data["columns"]),
        rows=tuple(tuple(row) for row in data["rows"]),
        ends_in_total=data["ends_in_total"],
    )
