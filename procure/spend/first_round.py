"""The first round of LM3 for any area and twelve months: who received how much, and what is no part of it.

numpy is imported where it is used, as in `tally`.
source  docs/measures/lm3.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from .exclusions import PASS_THROUGH, SALARIES, TRANSFERS, VAT
from .tally import AWAY_DOUBTFUL, NOWHERE, PLACED_DOUBTFUL, PLACED_SURE, Codes, Rows, add_up

HIDDEN, CREDITS = "hidden", "credits"
REASONS = (TRANSFERS, HIDDEN, SALARIES, PASS_THROUGH, CREDITS, VAT)
"""Why money is no part of the first round, in the order in which it is told."""
SIDES = 5


class Received(NamedTuple):
    """A payee of the first round: what it was paid, and what of it surely and perhaps besides reached the area."""

    payee_id: int
    is_person: bool
    pence: int
    received: int
    doubtful: int


@dataclass(frozen=True)
class Round:
    """What counts and what does not; the two add up to every penny of the twelve months, with the VAT told apart.

    parties    suppliers in the order in which they are asked, then everybody else by id
    suppliers  how many of them may be asked: who are no person, and received something or perhaps did
    left_out   reason > (pence, payees), every reason of REASONS
    """

    parties: Sequence[Received]
    suppliers: int
    left_out: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Payer:
    """What must be known of the payees of some rows, by the id that speaks for all their names.

    names    all of them
    persons  those who are people: they count, and are never asked
    out      (payee, category) > the reason nothing of it counts; "" where it does
    """

    names: Mapping[str, str]
    persons: frozenset[str]
    out: Mapping[tuple[str, str], str]


class Rounds:
    """Reads the rows once, so that each area and period costs only its sums.

    heads  the payee of each row that speaks for all its names
    """

    def __init__(self, rows: Rows, heads: Codes, payer: Payer) -> None:
        import numpy as np

        self._np = np
        self._payer = payer
        categories = rows.cuts["category"]
        self._ids: Sequence[str] = heads.values
        self._months: Sequence[date] = rows.months.values
        self._pence = np.asarray(rows.pence, dtype=np.int64)
        self._spots = np.asarray(rows.spots, dtype=np.int64)
        self._head = np.asarray(heads.at, dtype=np.int64)
        self._month = np.asarray(rows.months.at, dtype=np.int64)
        joint = self._head * max(1, len(categories.values)) + np.asarray(categories.at, dtype=np.int64)
        met, each = np.unique(joint, return_inverse=True)
        width = max(1, len(categories.values))
        codes = {"": 0, **{reason: place for place, reason in enumerate(REASONS, start=1)}}
        whys = [codes[payer.out[heads.values[at // width], categories.values[at % width]]] for at in met.tolist()]
        self._why = np.asarray(whys, dtype=np.int64)[each] if whys else self._head
        if rows.vat:
            self._why[-rows.vat :] = codes[VAT]  # it never counts, whatever the anchor's rule says

    def of(self, sides: Sequence[int], first: date, last: date) -> Round:
        """The first round of the months from the first to the last; `sides` as `Tally.cells` takes them."""
        np = self._np
        is_within = np.asarray([first <= month <= last for month in self._months] or [False], dtype=bool)
        chosen = np.flatnonzero(is_within[self._month])
        side = np.asarray(sides or [0], dtype=np.int64)[self._spots[chosen]]
        head, pence, why = self._head[chosen], self._pence[chosen], self._why[chosen]
        counted = why == 0
        size = len(self._ids)
        parts = add_up(head[counted] * SIDES + side[counted], pence[counted], size * SIDES).reshape(-1, SIDES)
        seen = np.bincount(head[counted], minlength=size) > 0
        whole = parts.sum(axis=1)
        left_out = {reason: (0, 0) for reason in REASONS}
        for place, reason in enumerate(REASONS, start=1):
            mine = why == place
            left_out[reason] = int(pence[mine].sum()), len(np.unique(head[mine]))
        gave_back = seen & (whole <= 0)
        left_out[CREDITS] = int(whole[gave_back].sum()), int(gave_back.sum())
        return self._ordered(np.flatnonzero(seen & (whole > 0)), parts, whole, left_out)

    def _ordered(self, heads: Any, parts: Any, whole: Any, left_out: Mapping[str, tuple[int, int]]) -> Round:
        least, most = _received(self._np, parts[heads], whole[heads])
        asked: list[Received] = []
        others: list[Received] = []
        for head, paid, low, high in zip(
            heads.tolist(), whole[heads].tolist(), least.tolist(), most.tolist(), strict=True
        ):
            payee = self._ids[head]
            party = Received(int(payee), payee in self._payer.persons, paid, low, high - low)
            (others if party.is_person or high <= 0 else asked).append(party)
        names = self._payer.names
        asked.sort(key=lambda one: (-one.received, -one.doubtful, names[str(one.payee_id)], one.payee_id))
        others.sort(key=lambda one: one.payee_id)
        return Round([*asked, *others], len(asked), left_out)


def _received(np: Any, parts: Any, whole: Any) -> tuple[Any, Any]:
    """`multiplier.recipient_of` for many payees at once: least and most of each."""
    sure, doubts = parts[:, PLACED_SURE], parts[:, [PLACED_DOUBTFUL, AWAY_DOUBTFUL, NOWHERE]]
    least = np.minimum(np.maximum(0, sure + np.minimum(0, doubts).sum(axis=1)), whole)
    most = np.minimum(np.maximum(0, sure + np.maximum(0, doubts).sum(axis=1)), whole)
    return least, most
