"""Every page of this journey, gathered on its blueprint."""

from . import alerts, consortia, ladder, lots, member_files, members, profile, registering, workspace, workspace_papers
from .blueprint import journey

__all__ = [
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
