"""The geometry of a small chart of one figure by year: a column a year from nothing, or a range."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, TOP, BOTTOM = 320, 110, 18, 20
LEAST_HEIGHT = 2.0


@dataclass(frozen=True)
class Column:
    """One year: its place, what stands above it and below it."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    words: str
    year: str


@dataclass(frozen=True)
class YearChart:
    columns: tuple[Column, ...]
    zero: float

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return HEIGHT


def draw_years(values: Sequence[tuple[int, float, float, str]]) -> YearChart:
    """Columns for (year, lowest, highest, words), oldest first; a year that is missing leaves a gap.

    A single value is given as lowest 0 and highest the value, or the other way round below nothing.
    """
    if not values:
        return YearChart((), HEIGHT - BOTTOM)
    first, last = values[0][0], values[-1][0]
    step = min(WIDTH / (last - first + 1), 110.0)
    most = max(0.0, *(high for _, _, high, _ in values))
    least = min(0.0, *(low for _, low, _, _ in values))
    scale = (HEIGHT - TOP - BOTTOM) / ((most - least) or 1)
    zero = round(TOP + most * scale, 1)
    columns = []
    for year, low, high, words in values:
        x = (year - first) * step
        height = max(LEAST_HEIGHT, (high - low) * scale)
        columns.append(
            Column(
                x=round(x + step * 0.2, 1),
                y=round(zero - high * scale, 1),
                width=round(step * 0.6, 1),
                height=round(height, 1),
                middle=round(x + step / 2, 1),
                words=words,
                year=str(year),
            )
        )
    return YearChart(tuple(columns), zero)
