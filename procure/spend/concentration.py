"""How much of the money a few suppliers get.

source  docs/measures/local-share.md
"""

from collections.abc import Iterable
from dataclasses import dataclass

SMALL_HHI, LARGE_HHI = 0.1, 0.2
"""Above the first a market is called concentrated, above the second highly so: CMA, Merger Assessment Guidelines."""


@dataclass(frozen=True)
class Concentration:
    """How money divides among suppliers with more than nothing, after credits.

    suppliers  how many there are
    pence      what they got together
    tops       (how many of the largest, their share from 0 to 1), for 1, 10 and 50; fewer where there are fewer
    hhi        the Herfindahl-Hirschman index: the sum of squared shares, from near 0 (many equal) to 1 (only one)
    """

    suppliers: int
    pence: int
    tops: tuple[tuple[int, float], ...]
    hhi: float | None

    @property
    def words(self) -> str:
        """The index in plain words."""
        if self.hhi is None:
            return "There is no money to divide"
        if self.hhi < SMALL_HHI:
            return "The money is spread over many suppliers"
        return (
            "A few suppliers have most of the money"
            if self.hhi > LARGE_HHI
            else "Some suppliers have much of the money"
        )

    @property
    def equal_suppliers(self) -> float | None:
        """So many suppliers of equal size would give the same index."""
        return 1 / self.hhi if self.hhi else None


def concentration(totals: Iterable[int]) -> Concentration:
    """From what each supplier got in pence; those with nothing or less are left out."""
    paid = sorted((pence for pence in totals if pence > 0), reverse=True)
    whole = sum(paid)
    tops = tuple((top, sum(paid[:top]) / whole) for top in (1, 10, 50)) if whole else ()
    return Concentration(len(paid), whole, tops, sum((pence / whole) ** 2 for pence in paid) if whole else None)
