"""The demonstration place in the database: loaded once into an empty one, the same every time."""

from .loading import is_empty, load
from .totals import summary

__all__ = ["is_empty", "load", "summary"]
