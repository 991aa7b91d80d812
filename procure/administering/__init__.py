"""See routes.py, health.py, reference.py and learning.py."""

from . import health, learning, reference, routes
from .journey import journey

__all__ = ["health", "journey", "learning", "reference", "routes"]
