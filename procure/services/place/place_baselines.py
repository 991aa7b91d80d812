"""The quarters from which a place counts what has shifted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ...extensions import db
from ...models import PlaceBaseline
from .. import audit, standing
from ..actors import Actor
from ..errors import ConflictError, RefusedError

MOST_QUARTERS = 8
USUAL = 4
"""A year, so that seasons do not look like change."""


@dataclass(frozen=True)
class Window:
    """Some quarters in a row, by the first day of each."""

    quarters: tuple[date, ...]

    @property
    def first(self) -> date:
        return self.quarters[0]

    @property
    def last(self) -> date:
        return self.quarters[-1]

    def overlaps(self, other: "Window") -> bool:
        return bool(set(self.quarters) & set(other.quarters))


def later(quarter: date, steps: int) -> date:
    """The first day of the quarter so many quarters later, or earlier below nothing."""
    place = quarter.year * 4 + (quarter.month - 1) // 3 + steps
    return date(place // 4, place % 4 * 3 + 1, 1)


def months_of(quarter: date) -> list[date]:
    """The first days of its three months."""
    return [date(quarter.year, quarter.month + step, 1) for step in range(3)]


def window(first: date, quarters: int) -> Window:
    return Window(tuple(later(first, step) for step in range(quarters)))


def latest(quarters: Iterable[date], length: int) -> Window | None:
    """So many quarters, the last of which is the latest given; None where none is given."""
    last = max(quarters, default=None)
    return None if last is None else window(later(last, 1 - length), length)


def in_force(place_id: int) -> PlaceBaseline | None:
    return db.session.scalar(
        select(PlaceBaseline).where(PlaceBaseline.organisation_id == place_id, PlaceBaseline.ended_at.is_(None))
    )


def history(place_id: int) -> list[PlaceBaseline]:
    """Every baseline a place ever chose, the latest first."""
    return list(
        db.session.scalars(
            select(PlaceBaseline).where(PlaceBaseline.organisation_id == place_id).order_by(PlaceBaseline.id.desc())
        )
    )


def choose(first: date, quarters: int, *, seen: int, by: Actor) -> PlaceBaseline:
    """Count from these quarters on.

    first   first day of the first quarter
    seen    id of the baseline the person saw standing; 0 for none
    errors  RefusedError for quarters that are none or not over; ConflictError where another stands by now
    """
    if first.day != 1 or first.month not in (1, 4, 7, 10) or not 1 <= quarters <= MOST_QUARTERS:
        raise RefusedError("Choose a quarter to begin with, and one to eight quarters")
    if later(first, quarters) > date.today():
        raise RefusedError("These quarters are not over yet. Choose earlier ones")
    stands = in_force(by.acting_for)
    if (stands.id if stands else 0) != seen:
        raise ConflictError(standing.CHANGED)
    new = standing.replace(PlaceBaseline(first_quarter=first, quarters=quarters), seen or None, by=by)
    audit.note(by, "baseline chosen", new, first=first.isoformat(), quarters=quarters)
    return new


def take_back(baseline_id: int, *, by: Actor) -> PlaceBaseline:
    """Take a baseline back; the one it had replaced stands again.

    errors  NotFoundError, ConflictError
    """
    baseline = standing.take_back(PlaceBaseline, baseline_id, by=by)
    audit.note(by, "baseline taken back", baseline, first=baseline.first_quarter.isoformat())
    return baseline
