"""Every page of this journey, gathered on its blueprint."""

from . import deciding, editing, enterprises, lots, uploading
from .blueprint import journey

__all__ = ["deciding", "editing", "enterprises", "journey", "lots", "uploading"]
