"""How much of what was paid stayed in an area: a range, because some money cannot be placed."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from procure.places import UNKNOWN_PLACE, Area, Location

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Payment:
    """What one payee was paid, in pence net of VAT, and where that payee is.

    pence           credits are negative
    place           whatever is known of the payee's place
    shared_address  the place is a formation agent's or another address that many firms share, so it says
                    little about where the work and the wages are
    branches        its other known places, each with whether that is a shared address; they count only for areas
                    that count branches
    """

    pence: int
    place: Location = UNKNOWN_PLACE
    shared_address: bool = False
    branches: tuple[tuple[Location, bool], ...] = ()


@dataclass(frozen=True)
class Share:
    """Net spend in pence, split three ways; a part may be negative where credits outweigh payments.

    local_shared and elsewhere_shared are the portions of local and elsewhere at shared addresses.
    source    docs/measures/local-share.md
    """

    local: int = 0
    elsewhere: int = 0
    unplaced: int = 0
    local_shared: int = 0
    elsewhere_shared: int = 0

    @property
    def total(self) -> int:
        """Every penny given, placed or not."""
        return self.local + self.elsewhere + self.unplaced

    @property
    def low(self) -> float | None:
        """The share if nothing doubtful was local; None where the total is not above zero."""
        return (self.local - self.local_shared) / self.total if self.total > 0 else None

    @property
    def high(self) -> float | None:
        """The share if everything doubtful was local; None where the total is not above zero."""
        possible = self.local + self.unplaced + self.elsewhere_shared
        return possible / self.total if self.total > 0 else None

    @property
    def doubtful(self) -> int:
        """What is placed at shared addresses, local or not."""
        return self.local_shared + self.elsewhere_shared

    def __add__(self, other: "Share") -> "Share":
        return Share(
            self.local + other.local,
            self.elsewhere + other.elsewhere,
            self.unplaced + other.unplaced,
            self.local_shared + other.local_shared,
            self.elsewhere_shared + other.elsewhere_shared,
        )


def verdict(payment: Payment, area: Area) -> tuple[bool | None, bool]:
    """Whether a payment is local, elsewhere (False) or unplaced (None), and whether that is doubtful.

    For an area that counts branches, any of the payee's places in it makes the payment local; it is doubtful only
    where all of its places there are.
    source    docs/measures/local-share.md
    """
    is_local = area.holds(payment.place)
    is_doubtful = payment.shared_address or area.is_unsure(payment.place)
    if not area.counts_branches or (is_local and not is_doubtful):
        return is_local, is_doubtful
    inside = [shared or area.is_unsure(place) for place, shared in payment.branches if area.holds(place)]
    if inside:
        return True, all(inside)
    return is_local, is_doubtful


def local_share(payments: Iterable[Payment], area: Area) -> Share:
    """Split net spend into local, elsewhere and unplaced.

    payments  any order; a payment that lacks the field the area is defined by is unplaced
    area      what counts as local
    returns   a Share whose three parts add up to every penny given
    source    docs/measures/local-share.md
    """
    return local_shares(payments, [area])[0]


def local_shares(payments: Iterable[Payment], areas: Sequence[Area]) -> list[Share]:
    """The share in each of several areas, from one reading of the payments, which are never kept."""
    tallies = [(_Tally(), area) for area in areas]
    for payment in payments:
        for tally, area in tallies:
            tally.add(payment, area)
    return [tally.share() for tally, _ in tallies]


def shares_by(key: Callable[[Payment], Key], payments: Iterable[Payment], area: Area) -> dict[Key, Share]:
    """The share of every group of payments, groups in the order they first appear; their sums are the whole."""
    tallies: dict[Key, _Tally] = {}
    for payment in payments:
        tallies.setdefault(key(payment), _Tally()).add(payment, area)
    return {group: tally.share() for group, tally in tallies.items()}


class _Tally:
    """Running sums, so that a ledger of any length is read once and never kept."""

    def __init__(self) -> None:
        self.pence: dict[bool | None, int] = {True: 0, False: 0, None: 0}
        self.shared: dict[bool | None, int] = {True: 0, False: 0, None: 0}

    def add(self, payment: Payment, area: Area) -> None:
        is_local, is_doubtful = verdict(payment, area)
        self.pence[is_local] += payment.pence
        if is_doubtful:
            self.shared[is_local] += payment.pence

    def share(self) -> Share:
        return Share(self.pence[True], self.pence[False], self.pence[None], self.shared[True], self.shared[False])
