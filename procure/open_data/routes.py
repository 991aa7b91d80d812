"""The views of this journey, each beside its own noun."""

from . import names, statutory
from .journey import journey

__all__ = ["journey", "names", "statutory"]
