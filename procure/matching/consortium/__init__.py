"""The exact best set of enterprises that covers a lot, or why there is none."""

from .cover import Cover, Member, Nearest, Proposal, Requirement
from .files import cover_to_json, instance_from_json
from .instance import Enterprise, Gates, Instance, Need
from .solve import best_cover

__all__ = [
    "Cover",
    "Enterprise",
    "Gates",
    "Instance",
    "Member",
    "Nearest",
    "Need",
    "Proposal",
    "Requirement",
    "best_cover",
    "cover_to_json",
    "instance_from_json",
]
