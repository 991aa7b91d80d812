"""Every page of this journey, gathered on its blueprint."""

from . import barriers, beside, deciding, editing, enterprises, law, lots, replaying, uploading
from .blueprint import journey

__all__ = [
    "barriers",
    "beside",
    "deciding",
    "editing",
    "enterprises",
    "journey",
    "law",
    "lots",
    "replaying",
    "uploading",
]
