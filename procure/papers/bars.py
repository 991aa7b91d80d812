"""The geometry of stacked bars: where each part begins and how wide it is, so that others only draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH, BAR_HEIGHT, GAP = 640, 22, 12
LABEL_WIDTH = 190
LINE_HEIGHT = 15
LONGEST_LINE, LONGEST_IN_CAPITALS = 27, 20
"""Letters of 13 pixels that fit beside a bar."""


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

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The label in one line or two, each with its base line; what does not fit is cut, and stands in the table."""
        longest = LONGEST_IN_CAPITALS if self.label.isupper() else LONGEST_LINE
        words = wrap(self.label, longest, max_lines=2, placeholder="…") or [""]
        first = self.middle - (len(words) - 1) * LINE_HEIGHT // 2
        return [(first + place * LINE_HEIGHT, line) for place, line in enumerate(words)]


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
