"""What the figures of anchors are made of, where they agreed to show it: by district and kind, never by payee."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...spend.disclosure import withheld
from ..shares.spend_details import Detail


@dataclass(frozen=True)
class DistrictMoney:
    """What shown anchors certainly paid in one district of the area, and how many of them."""

    district: str
    pence: int
    anchors: int


@dataclass(frozen=True)
class MoneyMap:
    """Money by district, most first; other districts together, where one alone would show what a payee got."""

    rows: tuple[DistrictMoney, ...]
    other_pence: int
    other_districts: int
    as_of: datetime | None = None
    """When the oldest of it was worked out, where something changed since."""

    @property
    def pence(self) -> int:
        return sum(row.pence for row in self.rows) + self.other_pence


def money_by_district(details: Sequence[Detail]) -> MoneyMap:
    """Certain local money of anchors that agreed to show it, by postcode district of the area their detail is of."""
    sums: dict[str, list[int]] = defaultdict(list)
    others: dict[str, int] = defaultdict(int)
    for each in details:
        hidden = withheld(each.districts)
        for district, cell in each.districts.items():
            if district in hidden:
                others[district] += cell.pence
            else:
                sums[district].append(cell.pence)
    rows = [DistrictMoney(district, sum(pence), len(pence)) for district, pence in sums.items()]
    rows.sort(key=lambda row: (-row.pence, row.district))
    return MoneyMap(tuple(rows), sum(others.values()), len(others), oldest(details))


class Dated(Protocol):
    """Figures that know when they were worked out, where something changed since."""

    @property
    def as_of(self) -> datetime | None: ...


def oldest(figures: Iterable[Dated]) -> datetime | None:
    """When the oldest of some figures was worked out; None where all are as the world is."""
    return min((each.as_of for each in figures if each.as_of is not None), default=None)
