"""How resilient the economy of a place is: what our own data measure, and what the council enters, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ...extensions import db
from ...models import ResilienceValue
from ...spend import Share
from ...spend.makeup import Makeup
from ...spend.resilience import CHARACTERISTICS
from .. import audit, standing
from ..actors import Actor
from ..errors import NotFoundError, RefusedError
from ..shares.spend_details import Detail
from .place_together import Quarter
from .places import AnchorShare

FIRST_YEAR = 1990


@dataclass(frozen=True)
class Year:
    """What our data measure of one calendar year; what is not known or may not be told is None.

    share          local share of anchors shown and counted, where three or more are in a quarter
    shown          local share of the anchors that are shown alone
    concentration  of each anchor that shows what its figures are made of: (name, its makeup)
    """

    year: int
    share: Share | None
    shown: Share | None
    makeup: tuple[tuple[str, Makeup], ...]


def measured(
    anchors: Sequence[AnchorShare], together: Sequence[Quarter], detailed: Sequence[tuple[str, Detail]]
) -> list[Year]:
    """Year by year, oldest first.

    anchors   those shown, with quarters as periods
    detailed  name and detail of anchors that show what their figures are made of
    """
    shown = [(quarter.year, share) for each in anchors for quarter, share in each.periods.items()]
    told = [(each.quarter.year, each.share) for each in together if each.share is not None]
    makeup = [(name, one) for name, detail in detailed for one in detail.years]
    years = sorted({year for year, _ in shown} | {year for year, _ in told} | {one.year for _, one in makeup})
    return [
        Year(
            year,
            _sum([share for when, share in told if when == year]),
            _sum([share for when, share in shown if when == year]),
            tuple((name, one) for name, one in makeup if one.year == year),
        )
        for year in years
    ]


def _sum(found: Sequence[Share]) -> Share | None:
    return sum(found[1:], found[0]) if found else None


def entered(place_id: int) -> dict[str, dict[tuple[str, str], list[ResilienceValue]]]:
    """Characteristic > (indicator, unit) > the values that stand, oldest year first."""
    found: dict[str, dict[tuple[str, str], list[ResilienceValue]]] = {key: {} for key in CHARACTERISTICS}
    for value in db.session.scalars(
        select(ResilienceValue)
        .where(ResilienceValue.organisation_id == place_id, ResilienceValue.ended_at.is_(None))
        .order_by(ResilienceValue.indicator, ResilienceValue.year)
    ):
        found[value.characteristic].setdefault((value.indicator, value.unit), []).append(value)
    return found


def history(place_id: int, characteristic: str) -> list[ResilienceValue]:
    """Everything entered for a characteristic, the latest first, with what was replaced or taken back.

    errors  NotFoundError
    """
    if characteristic not in CHARACTERISTICS:
        raise NotFoundError
    return list(
        db.session.scalars(
            select(ResilienceValue)
            .where(ResilienceValue.organisation_id == place_id, ResilienceValue.characteristic == characteristic)
            .order_by(ResilienceValue.id.desc())
        )
    )


def enter(
    characteristic: str, indicator: str, source: str, year: int, value: float, unit: str, *, by: Actor
) -> ResilienceValue:
    """Enter a figure; one of the same indicator and year that stood is replaced.

    errors  NotFoundError, RefusedError, ConflictError where another was entered at the same moment
    """
    if characteristic not in CHARACTERISTICS:
        raise NotFoundError
    if not FIRST_YEAR <= year <= date.today().year:
        raise RefusedError(f"Enter a year from {FIRST_YEAR} to this year")
    stands = db.session.scalar(
        select(ResilienceValue.id).where(
            ResilienceValue.organisation_id == by.acting_for,
            ResilienceValue.characteristic == characteristic,
            ResilienceValue.indicator == indicator,
            ResilienceValue.year == year,
            ResilienceValue.ended_at.is_(None),
        )
    )
    new = ResilienceValue(
        characteristic=characteristic, indicator=indicator, source=source, year=year, value=value, unit=unit
    )
    standing.replace(new, stands, by=by)
    audit.note(by, "resilience value entered", new, characteristic=characteristic, year=year, value=value)
    return new


def take_back(value_id: int, *, by: Actor) -> ResilienceValue:
    """Take a figure back; the one it had replaced stands again.

    errors  NotFoundError, ConflictError
    """
    value = standing.take_back(ResilienceValue, value_id, by=by)
    audit.note(by, "resilience value taken back", value, characteristic=value.characteristic, year=value.year)
    return value
