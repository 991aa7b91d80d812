"""The geometry of shares on one axis from 0% to 100%: a bar an anchor, its baseline below, its target as a mark."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT = 640, 4, 24
ROW, TITLE, BAR, THIN = 58, 16, 14, 7
LEAST_WIDTH = 3.0
"""A range of one value is still drawn as a bar that can be seen."""


@dataclass(frozen=True)
class Range:
    """A part of the axis, from the lowest to the highest share, both 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True)
class Entry:
    """One line of the chart; what is not known is None."""

    name: str
    words: str
    now: Range | None
    before: Range | None = None
    target: float | None = None


@dataclass(frozen=True)
class Bar:
    x: float
    y: int
    width: float
    height: int


@dataclass(frozen=True)
class Line:
    """What is drawn of an entry; `target` is where on the axis its mark stands, with the points of the mark."""

    name: str
    words: str
    title_y: int
    now: Bar | None
    before: Bar | None
    target_x: float | None
    mark: str
    top: int
    bottom: int


@dataclass(frozen=True)
class AxisChart:
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def bottom(self) -> int:
        return len(self.lines) * ROW + 4

    @property
    def height(self) -> int:
        return self.bottom + 22


def draw_axis(entries: Sequence[Entry]) -> AxisChart:
    """Lines in the order given."""
    ticks = tuple((_x(step / 5), f"{step * 20}%") for step in range(6))
    return AxisChart(tuple(_line(number, entry) for number, entry in enumerate(entries)), ticks)


def _line(number: int, entry: Entry) -> Line:
    start = number * ROW
    top = start + TITLE + 6
    target_x = None if entry.target is None else _x(entry.target)
    return Line(
        name=entry.name,
        words=entry.words,
        title_y=start + TITLE,
        now=_bar(entry.now, top, BAR),
        before=_bar(entry.before, top + BAR + 3, THIN),
        target_x=target_x,
        mark="" if target_x is None else _diamond(target_x, top + BAR // 2),
        top=top,
        bottom=top + BAR + 3 + THIN,
    )


def _x(share: float) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, max(0.0, share)), 1)


def _bar(found: Range | None, y: int, height: int) -> Bar | None:
    if found is None:
        return None
    left, right = _x(found.low), _x(found.high)
    return Bar(left, y, round(max(LEAST_WIDTH, right - left), 1), height)


def _diamond(x: float, y: int) -> str:
    return f"{x},{y - 9} {x + 6:.1f},{y} {x},{y + 9} {x - 6:.1f},{y}"
