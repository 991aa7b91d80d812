"""The geometry and words of a figure that is a range on a fixed scale, such as LM3 from 1 to 3."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LABEL_WIDTH, VALUE_WIDTH = 640, 190, 110
BAR_HEIGHT, GAP, TOP = 22, 14, 24
LEAST_WIDTH = 3.0
"""An exact figure still shows as a line."""


@dataclass(frozen=True)
class Interval:
    """One labelled range: where it begins and how wide it is, in pixels."""

    label: str
    y: int
    x: float
    width: float
    text: str

    @property
    def middle(self) -> int:
        return self.y + BAR_HEIGHT // 2 + 5


@dataclass(frozen=True)
class IntervalChart:
    """Ranges below each other on one scale, with its marks."""

    intervals: tuple[Interval, ...]
    marks: tuple[tuple[float, str], ...]
    height: int
    width: int = WIDTH
    bar: int = BAR_HEIGHT
    top: int = TOP


def times(low: float, high: float) -> str:
    """A range of LM3 in words: 1.81 to 1.99; one figure where both ends read the same."""
    first, last = f"{low:.2f}", f"{high:.2f}"
    return first if first == last else f"{first} to {last}"


def interval_chart(
    rows: Sequence[tuple[str, float, float]], scale: Sequence[float] = (1, 1.5, 2, 2.5, 3)
) -> IntervalChart:
    """Ranges as bars.

    rows   (label, low, high), all within the scale
    scale  the marks, lowest first
    """
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    step = room / (scale[-1] - scale[0])

    def at(value: float) -> float:
        return round(LABEL_WIDTH + (value - scale[0]) * step, 1)

    drawn = [
        Interval(
            label,
            TOP + index * (BAR_HEIGHT + GAP),
            at(low),
            max(LEAST_WIDTH, round(at(high) - at(low), 1)),
            times(low, high),
        )
        for index, (label, low, high) in enumerate(rows)
    ]
    marks = tuple((at(mark), f"{mark:.2f}") for mark in scale)
    return IntervalChart(tuple(drawn), marks, TOP + max(1, len(rows)) * (BAR_HEIGHT + GAP))
