"""See routes.py and searching.py."""

from . import routes, searching
from .journey import journey

__all__ = ["journey", "routes", "searching"]
