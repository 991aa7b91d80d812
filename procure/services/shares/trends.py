"""How a local share changed between two financial years, restated on old and new boundaries and definitions."""

from dataclasses import dataclass
from datetime import date, datetime

from ...models import LocalArea, PastArea
from ...spend import Share
from ...spend.restated import Change, restate
from ..reference.locations import Boundaries, boundaries
from . import areas, spend_sums
from .spend_cells import Sums


@dataclass(frozen=True)
class Trend:
    """The change of one area's share between two financial years, and what it was told by.

    past         the definition before the present one; None where there never was another
    has_before   whether an earlier edition of the postcode directory put postcodes elsewhere
    as_of        when the oldest sum it rests on was worked out, where something changed since
    """

    change: Change
    past: PastArea | None
    has_before: bool
    boundaries: Boundaries
    as_of: datetime | None


def trend(area: LocalArea, first_year: int, last_year: int) -> Trend:
    """What changed from one financial year to another, named by the years they begin in."""
    of, edges = area.organisation_id, boundaries()
    past = areas.before(of).get(area.id)
    new, old = areas.shape(area), areas.shape(past or area)
    has_before = edges.changed_by_id is not None and old.needs_directory
    then, redrawn, now = spend_sums.sums_for_each(of, [old, old, new], before=[has_before, False, False])
    change = restate(_year(then, first_year), _year(then, last_year), _year(redrawn, last_year), _year(now, last_year))
    stale = [sums.as_of for sums in (then, redrawn, now) if sums.as_of is not None]
    return Trend(change, past, has_before, edges, min(stale, default=None))


def _year(sums: Sums, year: int) -> Share:
    lines = sums.cut("whole", date(year, 4, 1), date(year + 1, 3, 1))
    return sum((share for _, share, _ in lines), Share())
