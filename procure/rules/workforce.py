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


def fewest_to_reach(members: Mapping[str, Workforce], others: Mapping[str, Workforce]) -> tuple[str, ...] | None:
    """The fewest of the others that bring the members to 30%, most helpful first; None where nobody can.

    Each one adds its supported people less 30% of its people, so taking the largest first is exact.
    """
    lacking = -sum(map(_surplus, members.values()))
    if lacking <= 0 and any(one.people for one in members.values()):
        return ()
    added: list[str] = []
    for name in sorted(others, key=lambda one: (-_surplus(others[one]), one)):
        if _surplus(others[name]) <= 0:
            return None
        added.append(name)
        lacking -= _surplus(others[name])
        if lacking <= 0:
            return tuple(added)
    return None


def _surplus(one: Workforce) -> int:
    """Supported people above 30%, in hundredths of a person."""
    return 100 * one.supported - SUPPORTED_PERCENT * one.people


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
