"""The geometry of charts, so that templates only draw. Every chart stands beside the table of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..papers.bars import Bar, BarChart, Part, stacked_bars
from ..papers.words import percent_range
from ..spend import Share

__all__ = [
    "Bar",
    "BarChart",
    "Column",
    "ColumnChart",
    "Part",
    "month_columns",
    "share_bars",
    "stacked_bars",
    "year_columns",
]

FILLED = 0.7
"""How much of its step a column fills; the rest is the space around it."""
LEAST_HEIGHT = 2.0


@dataclass(frozen=True)
class Frame:
    """The paper of small columns, in pixels: what is left free above and below is for words."""

    width: int
    height: int
    widest: float
    above: int = 0
    below: int = 0


MONTHS = Frame(width=320, height=56, widest=28)
YEARS = Frame(width=320, height=110, widest=110, above=18, below=20)


def share_bars(rows: Sequence[tuple[str, Share]]) -> BarChart:
    """Bars of local share: local, not placed, elsewhere, with the range in words."""
    return stacked_bars(
        [
            (
                name,
                (("local", share.local), ("unplaced", share.unplaced), ("elsewhere", share.elsewhere)),
                percent_range(share.low, share.high),
            )
            for name, share in rows
        ]
    )


@dataclass(frozen=True)
class Column:
    """One month or year: its place, and what stands above it and below it, if anything."""

    x: float
    y: float
    width: float
    height: float
    words: str
    when: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class ColumnChart:
    """Small columns in time, with a line at nothing; what is less than nothing hangs below it."""

    columns: tuple[Column, ...]
    zero: float
    frame: Frame

    @property
    def width(self) -> int:
        return self.frame.width

    @property
    def height(self) -> int:
        return self.frame.height


def month_columns(amounts: Sequence[tuple[date, int]]) -> ColumnChart:
    """Amounts by month, oldest first; a month that is not given leaves a gap."""
    return _columns(
        [(12 * month.year + month.month, min(0, each), max(0, each), "", "") for month, each in amounts], MONTHS
    )


def year_columns(values: Sequence[tuple[int, float, float, str]]) -> ColumnChart:
    """Columns for (year, lowest, highest, words), oldest first; a year that is missing leaves a gap.

    A single value is given as lowest 0 and highest the value, or the other way round below nothing.
    """
    return _columns([(year, low, high, words, str(year)) for year, low, high, words in values], YEARS)


def _columns(values: Sequence[tuple[int, float, float, str, str]], frame: Frame) -> ColumnChart:
    """Columns for (place in time, lowest, highest, words, when)."""
    room = frame.height - frame.above - frame.below
    if not values:
        return ColumnChart((), frame.above + room, frame)
    first, last = values[0][0], values[-1][0]
    step = min(frame.width / (last - first + 1), frame.widest)
    most, least = max(0.0, *(each[2] for each in values)), min(0.0, *(each[1] for each in values))
    span = (most - least) or 1.0
    zero = round(frame.above + room * (most / span), 1)
    drawn = [
        Column(
            x=round((place - first) * step + step * (1 - FILLED) / 2, 1),
            y=round(zero - room * (high / span), 1),
            width=round(step * FILLED, 1),
            height=round(max(LEAST_HEIGHT, room * ((high - low) / span)), 1),
            words=words,
            when=when,
        )
        for place, low, high, words, when in values
    ]
    return ColumnChart(tuple(drawn), zero, frame)
