"""What a place authority sees of anchors that agreed: their shares, never a payee."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from ...models import Organisation
from ...places import Area
from ...spend import Share
from ..shares import place_known, shares, spend_rules
from . import watching

STEPS = ("quarter", "month")


@dataclass(frozen=True)
class AnchorShare:
    """One anchor's local share in the place's own area, whole and over time."""

    anchor: Organisation
    whole: Share
    periods: dict[date, Share]
    months: tuple[tuple[date, Share], ...] = ()
    """Oldest first, whatever the periods are."""
    as_of: datetime | None = None
    """As of a shown share."""
    left_out: str = "nothing"
    """What the anchor leaves out of its spend, in words."""

    @property
    def by_month(self) -> "AnchorShare":
        """The same with months as periods."""
        return replace(self, periods=dict(self.months))


@dataclass(frozen=True)
class ShownShare:
    """What a place sees of one anchor, month by month, oldest first.

    as_of  when it was worked out, where something changed since; None where it is as the world is
    """

    months: tuple[tuple[date, Share], ...]
    as_of: datetime | None = None

    @property
    def whole(self) -> Share:
        return sum((share for _, share in self.months), Share())

    @property
    def quarters(self) -> list[tuple[date, Share]]:
        sums: dict[date, Share] = {}
        for month, share in self.months:
            quarter = shares.quarter_of(month)
            sums[quarter] = sums.get(quarter, Share()) + share
        return sorted(sums.items())


def shown_spend(anchors: Sequence[int], area: Area) -> dict[int, ShownShare]:
    """Anchor > its share as a place may see it: without the quarters that are held back for others' sake."""
    hidden = place_known.held_back(anchors)
    found = {}
    for anchor in anchors:
        kept = shares.local_spend(anchor, area)
        months = ((month, share) for month, share in kept.months if (anchor, shares.quarter_of(month)) not in hidden)
        found[anchor] = ShownShare(tuple(months), kept.as_of)
    return found


def anchor_shares(place_id: int, area: Area) -> list[AnchorShare]:
    """The share of every anchor that shows its figures, by name, with quarters as periods."""
    anchors = watching.agreed_anchors(place_id)
    found = shown_spend([anchor.id for anchor in anchors], area)
    return [
        AnchorShare(
            anchor,
            mine.whole,
            dict(mine.quarters),
            mine.months,
            mine.as_of,
            spend_rules.words_in_force(anchor.id),
        )
        for anchor in anchors
        for mine in [found[anchor.id]]
    ]


def periods_of(anchors: Sequence[AnchorShare]) -> list[date]:
    """Every period some anchor has spend in, oldest first."""
    return sorted({period for anchor in anchors for period in anchor.periods})
