"""The geometry of a map of circles: where each district lies, and a circle whose area stands for its amount."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

WIDTH, HEIGHT, MARGIN = 640, 520, 46
LARGEST, SMALLEST = 42.0, 3.0
"""Radius of the largest circle; and of one so small that it could not be seen, which is then no longer in scale."""
LEAST_LABELLED = 13.0


@dataclass(frozen=True)
class Circle:
    """One district: its name, its amount, and its circle. has_room: the name fits inside, else it stands beside it."""

    name: str
    amount: int
    x: float
    y: float
    radius: float

    @property
    def has_room(self) -> bool:
        return self.radius >= LEAST_LABELLED

    @property
    def label_x(self) -> float:
        """The middle of the name where it stands inside, its beginning where it stands beside."""
        return self.x if self.has_room else round(self.x + self.radius + 3, 1)


@dataclass(frozen=True)
class BubbleMap:
    """Circles, the largest first so that small ones lie on top; and districts that lie nobody knows where."""

    circles: tuple[Circle, ...]
    unplaced: tuple[str, ...]
    scale: tuple[tuple[int, float], ...]
    """Amounts to read sizes by, with the radius of each."""

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return HEIGHT


def draw_bubbles(amounts: Sequence[tuple[str, int]], centres: Mapping[str, tuple[float, float]]) -> BubbleMap:
    """A map of amounts above nothing, north at the top.

    centres  name > (latitude, longitude)
    """
    shown = [(name, amount) for name, amount in amounts if amount > 0 and name in centres]
    unplaced = tuple(name for name, amount in amounts if amount > 0 and name not in centres)
    if not shown:
        return BubbleMap((), unplaced, ())
    points = _flat({name: centres[name] for name, _ in shown})
    most = max(amount for _, amount in shown)
    circles = [
        Circle(name, amount, *points[name], _radius(amount, most))
        for name, amount in sorted(shown, key=lambda pair: (-pair[1], pair[0]))
    ]
    return BubbleMap(tuple(circles), unplaced, tuple((part, _radius(part, most)) for part in (most, most // 4)))


def _radius(amount: int, most: int) -> float:
    """The area of the circle is in proportion to the amount."""
    return round(max(SMALLEST, LARGEST * sqrt(amount / most)), 1)


def _flat(centres: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Points in pixels, as near to true distances as a small map needs: degrees of longitude shrink with latitude."""
    middle = sum(latitude for latitude, _ in centres.values()) / len(centres)
    shrink = cos(radians(middle))
    xs = {name: longitude * shrink for name, (_, longitude) in centres.items()}
    ys = {name: -latitude for name, (latitude, _) in centres.items()}
    left, top = min(xs.values()), min(ys.values())
    wide, high = max(xs.values()) - left, max(ys.values()) - top
    scale = min((WIDTH - 2 * MARGIN) / (wide or 1), (HEIGHT - 2 * MARGIN) / (high or 1))
    across, down = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return {
        name: (round(across + (xs[name] - left) * scale, 1), round(down + (ys[name] - top) * scale, 1))
        for name in centres
    }
