"""The shift list: which of the pounds that left could come home, each counted once.

source  docs/measures/shift-list.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Final

UNTOLD: Final = (0.0, 1.0)
"""What somebody who has not told spends in the area again, as parts of 1: at least, at most."""


@dataclass(frozen=True)
class Able:
    """An enterprise of the area that could do the work of a row.

    probability    that an officer who looks agrees it could, 0 to 1
    capacity_pence the most it says it could take on in a year; None where it has not said
    """

    enterprise: int
    probability: float
    capacity_pence: int | None


@dataclass(frozen=True)
class Bought:
    """What one payee was paid for one category in a year, in pence; credits are negative.

    key      tells rows apart and breaks ties
    local    placed in the area, at an address that is not shared
    doubtful not placed, or placed at an address that many share
    left     placed elsewhere, surely
    able     who could do it, if anybody
    """

    key: str
    local: int
    doubtful: int
    left: int
    is_influenceable: bool
    able: tuple[Able, ...] = ()

    @property
    def may_come_home(self) -> bool:
        return self.is_influenceable and self.left > 0 and bool(self.able)


@dataclass(frozen=True)
class Carried:
    """What one enterprise would carry of one row, in pence, and that times its probability."""

    enterprise: int
    pence: int
    expected: int


@dataclass(frozen=True)
class Home:
    """What of one row could come home when no capacity is given out twice, in pence.

    low       what enterprises that said how much they can take have left for this row
    high      the same, and all of the row where somebody has not said how much it can take
    expected  `low`, each part times the probability of who carries it
    carried   who carries `low`; a sum of rows does not tell
    """

    low: int = 0
    high: int = 0
    expected: int = 0
    carried: tuple[Carried, ...] = ()

    def __add__(self, other: "Home") -> "Home":
        return Home(self.low + other.low, self.high + other.high, self.expected + other.expected)


@dataclass(frozen=True)
class Reckoning:
    """Every penny of a year in one of five parts, which add up to the total.

    stays          left, and cannot be influenced; rows whose credits outweigh what was paid are in it
    with_somebody  left, can be influenced, and somebody here could do it
    with_nobody    left, can be influenced, and nobody here is known to do it
    home           of `with_somebody`, what could come home
    """

    local: int = 0
    doubtful: int = 0
    stays: int = 0
    with_somebody: int = 0
    with_nobody: int = 0
    home: Home = Home()

    @property
    def left(self) -> int:
        return self.stays + self.with_somebody + self.with_nobody

    @property
    def total(self) -> int:
        return self.local + self.doubtful + self.left


@dataclass(frozen=True)
class Change:
    """How far a figure would move up, from the least to the most."""

    low: float
    high: float


def give_out(rows: Sequence[Bought]) -> dict[str, Home]:
    """What of each row could come home, by its key, when an enterprise's capacity is given out once.

    The largest rows are served first, each by its likeliest enterprises first; ties go by key and id. So the sum is
    never more than the enterprises could carry; another order may carry somewhat more.
    source  docs/measures/shift-list.md
    """
    remaining: dict[int, int] = {}
    homes = {row.key: Home() for row in rows}
    for row in sorted((row for row in rows if row.may_come_home), key=lambda row: (-row.left, row.key)):
        open_pence, carries, expected = row.left, [], 0.0
        for able in by_likelihood(row.able):
            if able.capacity_pence is None:
                continue
            has = remaining.setdefault(able.enterprise, max(0, able.capacity_pence))
            carried = min(has, open_pence)
            remaining[able.enterprise] = has - carried
            open_pence -= carried
            expected += carried * able.probability
            if carried:
                carries.append(Carried(able.enterprise, carried, round(carried * able.probability)))
        low = row.left - open_pence
        is_unsaid = any(able.capacity_pence is None for able in row.able)
        homes[row.key] = Home(low, row.left if is_unsaid else low, round(expected), tuple(carries))
    return homes


def by_likelihood(able: Sequence[Able]) -> list[Able]:
    """The likeliest first, ties by id."""
    return sorted(able, key=lambda one: (-one.probability, one.enterprise))


def reckon(rows: Sequence[Bought]) -> Reckoning:
    """The five parts of these rows, to the penny, and what could come home."""
    homes = give_out(rows)
    sums = Reckoning()
    for row in rows:
        part = part_of(row)
        sums = replace(
            sums,
            local=sums.local + row.local,
            doubtful=sums.doubtful + row.doubtful,
            home=sums.home + homes[row.key],
            **{part: getattr(sums, part) + row.left},
        )
    return sums


def part_of(row: Bought) -> str:
    """Which part of the reckoning the money of a row that left belongs to."""
    if not row.is_influenceable or row.left <= 0:
        return "stays"
    return "with_somebody" if row.able else "with_nobody"


def share_change(low_pence: int, high_pence: int, total_pence: int) -> Change | None:
    """By how much the local share would grow, as parts of 1, if this much of the total came home.

    Money that comes home was surely elsewhere and is surely local then, so both ends of the share move alike. None
    where the total is not above zero.
    """
    if total_pence <= 0:
        return None
    return Change(low_pence / total_pence, high_pence / total_pence)


def spent_again(home: Home, told: Mapping[int, tuple[float, float]]) -> tuple[int, int]:
    """Of what comes home, what its carriers spend here again: least of what is expected, most of all.

    told  enterprise > the part it spends in the area again, 0 to 1, at least and at most; who did not tell spends
          nothing of it here at least, and all of it at most. So does whoever carries what nobody said it can carry
    """
    least = fsum(one.expected * told.get(one.enterprise, UNTOLD)[0] for one in home.carried)
    most = fsum(one.pence * told.get(one.enterprise, UNTOLD)[1] for one in home.carried)
    return round(least), round(most) + home.high - sum(one.pence for one in home.carried)


def multiplier_change(low_pence: int, high_pence: int, total_pence: int, again: tuple[int, int]) -> Change | None:
    """By how much LM3 would grow if this much of the total (R1) came home: R2 grows by it, R3 by what of it is
    spent here again.

    again   that, in pence, at least and at most: see `spent_again`
    source  docs/measures/shift-list.md
    """
    return share_change(low_pence + again[0], high_pence + again[1], total_pence)
