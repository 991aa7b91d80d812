"""The one way in which spend is summed into cells: many rows at once, for one area after another.

numpy is imported where it is used: a page that adds up nothing does not load it.
source  docs/measures/local-share.md
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from .cuts import TIMELESS
from .shares import Share

PLACED_SURE, PLACED_DOUBTFUL, AWAY_SURE, AWAY_DOUBTFUL, NOWHERE = range(5)
_MOST_EXACT = 2**53
"""Up to here a sum of whole numbers is exact in floating point."""


class Cell(NamedTuple):
    """One cell of a cut; month is None where the cut is kept for all months together."""

    cut: str
    month: date | None
    key: str
    share: Share
    payments: int


@dataclass(frozen=True)
class Codes:
    """One fact of every row, as places in a list of its values."""

    at: "array[int]"
    values: Sequence[Any]


@dataclass(frozen=True)
class Rows:
    """Spend, column by column; every column has one entry for each row.

    months    first days of months
    spots     who was paid where: what an area says of a spot is said of all its rows
    excluded  the rule that leaves the row out; "" where it counts
    cuts      name of a cut > the key of each row, which is text
    vat       how many rows at the end are not payments but the VAT of payments before them
    """

    pence: "array[int]"
    payments: "array[int]"
    months: Codes
    spots: "array[int]"
    excluded: Codes
    cuts: dict[str, Codes]
    vat: int = 0

    def __len__(self) -> int:
        return len(self.pence)


def side_of(is_local: bool | None, is_doubtful: bool) -> int:
    """A verdict about a spot as one number."""
    if is_local is None:
        return NOWHERE
    return (PLACED_SURE if is_local else AWAY_SURE) + is_doubtful


class Tally:
    """Groups the rows once, so that each further area costs only its sums."""

    def __init__(self, rows: Rows) -> None:
        import numpy as np

        self._np = np
        self._pence = np.asarray(rows.pence, dtype=np.int64)
        self._payments = np.asarray(rows.payments, dtype=np.int64)
        self._spots = np.asarray(rows.spots, dtype=np.int64)
        months = np.asarray(rows.months.at, dtype=np.int64)
        out = np.asarray(rows.excluded.at, dtype=np.int64)
        is_counted = np.asarray([not value for value in rows.excluded.values] or [True], dtype=bool)[out]
        counted, left_out = np.flatnonzero(is_counted), np.flatnonzero(~is_counted)
        nothing = Codes(array("q", bytes(8 * len(rows))), ("",))
        wanted = {"whole": (counted, nothing)}
        wanted |= {cut: (counted, codes) for cut, codes in rows.cuts.items()}
        wanted["excluded"] = (left_out, rows.excluded)
        self._groups = [
            (cut, chosen, *self._grouped(chosen, months, rows.months.values, codes, cut in TIMELESS))
            for cut, (chosen, codes) in wanted.items()
        ]

    def _grouped(self, chosen: Any, months: Any, names: Sequence[date], codes: Codes, is_timeless: bool) -> Any:
        """(month, key) of each group, and the group of each chosen row."""
        np = self._np
        width = max(1, len(codes.values))
        keys = np.asarray(codes.at, dtype=np.int64)[chosen]
        joint = keys if is_timeless else months[chosen] * width + keys
        found, group = np.unique(joint, return_inverse=True)
        told = [
            (None if is_timeless else names[int(each) // width], str(codes.values[int(each) % width]))
            for each in found.tolist()
        ]
        return told, group

    def cells(self, sides: Sequence[int]) -> Iterator[Cell]:
        """Every cell of every cut for one area; the parts of a cell are what the shares of its rows add up to.

        sides  for each spot, what `side_of` says
        """
        np = self._np
        side = np.asarray(sides, dtype=np.int64)[self._spots] if len(sides) else np.zeros(0, dtype=np.int64)
        for cut, chosen, told, group in self._groups:
            pence = add_up(group * 5 + side[chosen], self._pence[chosen], len(told) * 5).reshape(-1, 5).tolist()
            payments = add_up(group, self._payments[chosen], len(told)).tolist()
            for (month, key), parts, number in zip(told, pence, payments, strict=True):
                yield Cell(cut, month, key, _share(parts), number)


def add_up(into: Any, amounts: Any, length: int) -> Any:
    """Whole numbers added up by where they belong, from 0 to below `length`: exact, however large."""
    import numpy as np

    if float(np.abs(amounts).sum(dtype=np.float64)) < _MOST_EXACT / 2:
        return np.rint(np.bincount(into, weights=amounts, minlength=length)).astype(np.int64)
    sums = np.zeros(length, dtype=np.int64)
    np.add.at(sums, into, amounts)
    return sums


def _share(parts: Sequence[int]) -> Share:
    return Share(
        local=parts[PLACED_SURE] + parts[PLACED_DOUBTFUL],
        elsewhere=parts[AWAY_SURE] + parts[AWAY_DOUBTFUL],
        unplaced=parts[NOWHERE],
        local_shared=parts[PLACED_DOUBTFUL],
        elsewhere_shared=parts[AWAY_DOUBTFUL],
    )
