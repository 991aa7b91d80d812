"""Every page of this journey, gathered on its blueprint."""

from . import (
    again,
    alerts,
    consortia,
    ladder,
    lots,
    member_files,
    members,
    profile,
    registering,
    workspace,
    workspace_papers,
)
from .blueprint import journey

__all__ = [
    "again",
    "alerts",
    "consortia",
    "journey",
    "ladder",
    "lots",
    "member_files",
    "members",
    "profile",
    "registering",
    "workspace",
    "workspace_papers",
]
