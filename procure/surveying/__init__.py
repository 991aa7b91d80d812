"""See routes.py."""

from .routes import journey

__all__ = ["journey"]
