"""Section 32: whether a supplier or a consortium counts as a supported employment provider."""

from collections.abc import Mapping
from dataclasses import dataclass

SUPPORTED_PERCENT = 30
"""Procurement Act 2023, section 32: of the combined workforce where several organisations perform the contract."""


@dataclass(frozen=True)
class Workforce:
    """People in the organisation or the part of it that does the work, and how many are disabled or disadvantaged."""

    people: int
    supported: int


@dataclass(frozen=True)
class SupportedShare:
    """The combined share, whether it reaches 30%, and who would help most if it does not."""

    people: int
    supported: int
    is_reached: bool
    best_to_add: str | None


def supported_share(members: Mapping[str, Workforce], others: Mapping[str, Workforce]) -> SupportedShare:
    """Whether these members together reach 30%; if not, whom of the others to add to come closest to it or past it."""
    people = sum(one.people for one in members.values())
    supported = sum(one.supported for one in members.values())
    if people and supported * 100 >= SUPPORTED_PERCENT * people:
        return SupportedShare(people, supported, True, None)
    gains = {name: (supported + one.supported) / (people + one.people) for name, one in others.items() if one.people}
    best = max(sorted(gains), key=gains.__getitem__, default=None)
    if best is not None and people and gains[best] <= supported / people:
        best = None
    return SupportedShare(people, supported, False, best)
