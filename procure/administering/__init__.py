"""See routes.py, reference.py and learning.py."""

from . import learning, reference, routes
from .journey import journey

__all__ = ["journey", "learning", "reference", "routes"]
