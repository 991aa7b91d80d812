"""Every page of this journey, gathered on its blueprint."""

from . import consortia, lots, member_files, members, profile, registering
from .blueprint import journey

__all__ = ["consortia", "journey", "lots", "member_files", "members", "profile", "registering"]
