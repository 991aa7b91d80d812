"""The views of this journey, each beside its own noun."""

from . import aims, anchors, area, home, maps, resilience, supply, together
from .journey import journey

__all__ = ["aims", "anchors", "area", "home", "journey", "maps", "resilience", "supply", "together"]
