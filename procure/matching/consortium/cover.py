"""The answer to a lot: who covers it, who else could, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Requirement:
    """One thing the lot asks of a consortium.

    kind   need, turnover, insurance, certificate_each, certificate_any, min_local, max_members, excluded_pair;
           capacity_pence only where somebody is lost
    id     the need, the certificate or the pair; None for the others
    short  units missing, where a need is short
    """

    kind: str
    id: str | tuple[str, str] | None = None
    message: str = ""
    short: float | None = None


@dataclass(frozen=True)
class Member:
    """An enterprise in a consortium, the units it carries by need, and its share of the lot's value (0 to 1)."""

    id: str
    units: Mapping[str, float]
    share: float
    lead: bool = False


@dataclass(frozen=True)
class Proposal:
    """A consortium and how well it serves: mean fit of the units carried, less 0.02 for each further member."""

    objective: float
    members: tuple[Member, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(member.id for member in self.members)


@dataclass(frozen=True)
class Nearest:
    """Members who meet every requirement except those they lack.

    is_proved  whether nobody lacks fewer; False where only the strongest were looked at, or time was up
    """

    members: tuple[Member, ...]
    lacks: tuple[Requirement, ...]
    is_proved: bool = True


@dataclass(frozen=True)
class Cover:
    """The certified best consortium for a lot, or the proof that there is none.

    best         None where no consortium exists
    if_lost      by member: what those who are left would break; empty where they can carry on
    certificate  requirements that clash, not one of which is needless; None where a consortium exists
    is_proved    False where the caller's time was up before the proof was finished
    source       docs/measures/consortium.md
    """

    best: Proposal | None
    alternatives: tuple[Proposal, ...] = ()
    if_lost: Mapping[str, tuple[Requirement, ...]] | None = None
    certificate: tuple[Requirement, ...] | None = None
    nearest: Nearest | None = None
    seconds: float = 0.0
    is_proved: bool = True

    @property
    def is_feasible(self) -> bool:
        return self.best is not None
