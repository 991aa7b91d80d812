"""See routes.py, searching.py and health.py."""

from . import health, routes, searching
from .journey import journey

__all__ = ["health", "journey", "routes", "searching"]
