"""The geometry of charts, so that templates only draw. Every chart stands beside the table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..papers.bars import Bar, BarChart, Part, stacked_bars

__all__ = ["Bar", "BarChart", "Column", "ColumnChart", "Part", "month_columns", "stacked_bars"]

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
