"""What an anchor's spend is made of: who shares its money year by year, and how much of it stays in each district.

numpy is imported where it is used, as in `tally`.
source  docs/measures/resilience.md, docs/measures/disclosure.md
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .cuts import quarter_of
from .disclosure import NOTHING, Paid
from .kinds import PERSON, PUBLIC, VCSE
from .tally import Rows, add_up

LARGEST = 10


@dataclass(frozen=True)
class Makeup:
    """How one anchor's spend of a year divides among payees; None where telling would show what one of them got.

    concentration  the sum of the squares of the payees' shares, from near 0 (many alike) to 1 (one gets all)
    largest        the share of the ten largest payees
    vcse           the share of charities and social enterprises, as far as evidence tells
    """

    year: int
    pence: int
    payees: int
    concentration: float | None
    largest: float | None
    vcse: float | None


class Makings:
    """What counts of some rows, without quarters held back; payees are those that speak for all their names.

    groups  payee > its kind, one of `kinds.KINDS`
    """

    def __init__(self, rows: Rows, held_back: Collection[date], groups: Mapping[str, str]) -> None:
        import numpy as np

        self._groups = groups
        heads = rows.cuts["supplier"]
        self._ids: Sequence[str] = heads.values
        self._years = [month.year for month in rows.months.values]
        is_open = np.asarray([quarter_of(each) not in held_back for each in rows.months.values] or [True], dtype=bool)
        counts = np.asarray([not rule for rule in rows.excluded.values] or [True], dtype=bool)
        month, out = np.asarray(rows.months.at, dtype=np.int64), np.asarray(rows.excluded.at, dtype=np.int64)
        chosen = np.flatnonzero(is_open[month] & counts[out])
        self._month = month[chosen]
        self._head = np.asarray(heads.at, dtype=np.int64)[chosen]
        self._spot = np.asarray(rows.spots, dtype=np.int64)[chosen]
        self._pence = np.asarray(rows.pence, dtype=np.int64)[chosen]

    def years(self) -> list[Makeup]:
        """Year by calendar year, oldest first."""
        found: dict[int, dict[str, int]] = {}
        for year, payee, pence in self._sums(self._years, self._month):
            found.setdefault(year, {})[payee] = pence
        return [_makeup(year, found[year], self._groups) for year in sorted(found)]

    def districts(self, names: Sequence[str | None]) -> dict[str, Paid]:
        """Money by district; `names` says for each spot in which of them money certainly stayed, None for none."""
        found: dict[str, list[int]] = {}
        for district, _, pence in self._sums(names, self._spot):
            if district:
                found.setdefault(district, []).append(pence)
        return {district: paid_to(found[district]) for district in sorted(found)}

    def _sums(self, values: Sequence[Any], at: Any) -> Iterator[tuple[Any, str, int]]:
        """(value, payee, pence) of every value and payee that meet."""
        import numpy as np

        listed = list(dict.fromkeys(values))
        place = {value: number for number, value in enumerate(listed)}
        codes = np.asarray([place[value] for value in values] or [0], dtype=np.int64)[at]
        width = max(1, len(self._ids))
        met, each = np.unique(codes * width + self._head, return_inverse=True)
        sums = add_up(each, self._pence, len(met))
        for key, pence in zip(met.tolist(), sums.tolist(), strict=True):
            yield listed[key // width], self._ids[key % width], pence


def paid_to(amounts: Sequence[int]) -> Paid:
    """What some payees got; those who got nothing in the end are not counted."""
    given = [pence for pence in amounts if pence]
    return Paid(sum(given), len(given), max(given, key=lambda pence: (abs(pence), pence))) if given else NOTHING


def _makeup(year: int, payees: Mapping[str, int], groups: Mapping[str, str]) -> Makeup:
    positive = {payee: pence for payee, pence in payees.items() if pence > 0}
    whole = sum(positive.values())
    suppliers = [pence for payee, pence in positive.items() if groups[payee] not in (PUBLIC, PERSON)]
    vcse = paid_to([pence for payee, pence in positive.items() if groups[payee] == VCSE])
    rest = paid_to([pence for payee, pence in positive.items() if groups[payee] != VCSE])
    supplied = sum(suppliers)
    tells = paid_to(suppliers).is_safe and len(suppliers) > LARGEST
    return Makeup(
        year,
        whole,
        len(suppliers),
        math.fsum((pence / supplied) ** 2 for pence in suppliers) if tells else None,
        sum(sorted(suppliers, reverse=True)[:LARGEST]) / supplied if tells else None,
        vcse.pence / whole if vcse.is_safe and rest.is_safe else None,
    )
