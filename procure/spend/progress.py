"""How much more money stays in an area than if nothing had changed since a baseline.

source  docs/measures/place-share.md
"""

from dataclasses import dataclass

from .shares import Share


@dataclass(frozen=True)
class Shift:
    """Money that stays now and would not have at the baseline's share, in pence, from lowest to highest.

    Below nothing where less stays than would have.
    """

    low: int
    high: int

    def __add__(self, other: "Shift") -> "Shift":
        return Shift(self.low + other.low, self.high + other.high)


def shifted(before: Share, after: Share) -> Shift | None:
    """Local money after, less what would have been local of the same spending at the share before.

    before, after  the same giver's spend in two periods
    returns        bounds that hold wherever doubtful money of either period went, outwards to the penny; None where
                   one of the periods has no spend above zero
    source         docs/measures/place-share.md
    """
    if before.total <= 0 or after.total <= 0:
        return None
    least_then, most_then = before.local - before.local_shared, _possible(before)
    least_now, most_now = after.local - after.local_shared, _possible(after)
    return Shift(
        least_now + (-most_then * after.total) // before.total,
        most_now - (least_then * after.total) // before.total,
    )


def _possible(share: Share) -> int:
    return share.local + share.unplaced + share.elsewhere_shared
