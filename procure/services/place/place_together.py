"""All anchors of a place together, quarter by quarter: those shown, and the totals told of those only counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...models import PublishedTotal
from ...spend import Share
from ...spend.disclosure import LEAST_GIVERS
from .places import AnchorShare


@dataclass(frozen=True)
class Quarter:
    """One quarter of all anchors: their share, how many are shown and counted, and how old what was told is."""

    quarter: date
    share: Share | None
    """Where only a whole was told, all of it stands as not placed. None for fewer than three anchors."""
    shown: int
    counted: int
    told: tuple[PublishedTotal, ...]

    @property
    def anchors(self) -> int:
        return self.shown + self.counted

    @property
    def is_whole_only(self) -> bool:
        """Whether some of the money was told without its parts, which widens the range."""
        return any(total.local_pence is None for total in self.told)


def quarters(anchors: Sequence[AnchorShare], totals: Sequence[PublishedTotal]) -> list[Quarter]:
    """Oldest first.

    anchors  those shown, with quarters as periods
    totals   what the place was told of the others
    """
    every = sorted({quarter for each in anchors for quarter in each.periods} | {total.quarter for total in totals})
    return [_quarter(quarter, anchors, totals) for quarter in every]


def _quarter(quarter: date, anchors: Sequence[AnchorShare], totals: Sequence[PublishedTotal]) -> Quarter:
    shown = [each.periods[quarter] for each in anchors if quarter in each.periods]
    told = tuple(total for total in totals if total.quarter == quarter)
    counted = sum(total.contributors for total in told)
    share = sum((*shown, *map(share_told, told)), Share())
    return Quarter(quarter, share if len(shown) + counted >= LEAST_GIVERS else None, len(shown), counted, told)


def share_told(total: PublishedTotal) -> Share:
    """The share of a published total; a whole without its parts is not placed."""
    if total.local_pence is None:
        return Share(unplaced=total.total_pence)
    return Share(total.local_pence, total.elsewhere_pence or 0, total.doubtful_pence or 0)
