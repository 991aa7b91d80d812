"""The geometry of charts, so that templates only draw. Every chart stands beside the table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, BAR_HEIGHT, GAP = 640, 22, 12
LABEL_WIDTH = 190


@dataclass(frozen=True)
class Part:
    """A piece of a bar: what it stands for, where it begins and how wide it is, in pixels."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One labelled bar of parts that add up to its whole."""

    label: str
    y: int
    parts: tuple[Part, ...]
    text: str

    @property
    def middle(self) -> int:
        return self.y + BAR_HEIGHT // 2 + 5


@dataclass(frozen=True)
class BarChart:
    """Horizontal stacked bars."""

    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        return max(1, len(self.bars)) * (BAR_HEIGHT + GAP)

    @property
    def width(self) -> int:
        return WIDTH


def stacked_bars(rows: Sequence[tuple[str, Sequence[tuple[str, float]], str]]) -> BarChart:
    """Bars of equal length whose parts are shares of their whole.

    rows  (label, [(kind, amount), ...], words at the end); amounts below zero count as nothing
    """
    bars = []
    room = WIDTH - LABEL_WIDTH - 130
    for index, (label, parts, text) in enumerate(rows):
        total = sum(max(0.0, amount) for _, amount in parts)
        x, drawn = float(LABEL_WIDTH), []
        for kind, amount in parts:
            width = room * max(0.0, amount) / total if total else 0.0
            drawn.append(Part(kind, round(x, 1), round(width, 1)))
            x += width
        bars.append(Bar(label, index * (BAR_HEIGHT + GAP), tuple(drawn), text))
    return BarChart(tuple(bars))


SPARK_WIDTH, SPARK_HEIGHT = 320, 56


@dataclass(frozen=True)
class Column:
    """One month of a small chart; a credit hangs below the line."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class ColumnChart:
    """Small columns in time, with a line at nothing."""

    columns: tuple[Column, ...]
    zero: float

    @property
    def width(self) -> int:
        return SPARK_WIDTH

    @property
    def height(self) -> int:
        return SPARK_HEIGHT


def month_columns(amounts: Sequence[tuple[date, int]]) -> ColumnChart:
    """Amounts by month, oldest first; a month that is not given leaves a gap."""
    if not amounts:
        return ColumnChart((), SPARK_HEIGHT)
    places = [12 * month.year + month.month for month, _ in amounts]
    step = min(SPARK_WIDTH / (places[-1] - places[0] + 1), SPARK_HEIGHT / 2)
    most, least = max(0, *(each for _, each in amounts)), min(0, *(each for _, each in amounts))
    scale = SPARK_HEIGHT / ((most - least) or 1)
    zero = round(most * scale, 1)
    drawn = []
    for place, (_, amount) in zip(places, amounts, strict=True):
        height = round(abs(amount) * scale, 1)
        x = round((place - places[0]) * step, 1)
        drawn.append(Column(x, zero - height if amount > 0 else zero, round(step * 0.8, 1), height))
    return ColumnChart(tuple(drawn), zero)
