"""The views of this journey, each beside its own noun."""

from . import accuracy, feeds, measures, names, public, reports, statutory
from .journey import journey

__all__ = ["accuracy", "feeds", "journey", "measures", "names", "public", "reports", "statutory"]
