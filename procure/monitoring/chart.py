"""The geometry of local shares over time: one panel an anchor, one upright bar a period from lowest to highest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..spend import Share

WIDTH, LEFT, RIGHT = 640, 44, 8
TITLE, PANEL, BETWEEN = 32, 90, 16
LEAST_HEIGHT = 3.0
"""A range of one value is still drawn as a line that can be seen."""
MOST_LABELS = 8


@dataclass(frozen=True)
class Mark:
    """One period's range."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Panel:
    """One anchor's ranges; top and bottom are where 100% and 0% lie."""

    name: str
    title_y: int
    top: int
    bottom: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class RangeChart:
    """Panels that share one axis of time; labels are (x, words)."""

    panels: tuple[Panel, ...]
    labels: tuple[tuple[float, str], ...]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def left(self) -> int:
        return LEFT

    @property
    def height(self) -> int:
        return len(self.panels) * (TITLE + PANEL + BETWEEN) + 20


def draw_ranges(
    rows: Sequence[tuple[str, Mapping[date, Share]]], periods: Sequence[date], words: Sequence[str]
) -> RangeChart:
    """Panels for (name, period > share); a period without a share above zero is left empty.

    words  what each period is called, in the same order
    """
    step = (WIDTH - LEFT - RIGHT) / max(1, len(periods))
    every = -(-len(periods) // MOST_LABELS) or 1
    labels = tuple(
        (round(LEFT + step * (place + 0.5), 1), words[place]) for place in range(len(periods)) if place % every == 0
    )
    panels = []
    for number, (name, shares) in enumerate(rows):
        start = number * (TITLE + PANEL + BETWEEN)
        bottom = start + TITLE + PANEL
        marks = [
            mark
            for place, period in enumerate(periods)
            if (mark := _mark(shares.get(period), LEFT + step * place, step, bottom))
        ]
        panels.append(Panel(name, start + 14, start + TITLE, bottom, tuple(marks)))
    return RangeChart(tuple(panels), labels)


def _mark(share: Share | None, x: float, step: float, bottom: int) -> Mark | None:
    if share is None or share.low is None or share.high is None:
        return None
    low, high = (min(1.0, max(0.0, end)) for end in (share.low, share.high))
    height = max(LEAST_HEIGHT, (high - low) * PANEL)
    return Mark(
        round(x + step * 0.2, 1), round(bottom - low * PANEL - height, 1), round(step * 0.6, 1), round(height, 1)
    )
