"""Sums over anchors that are counted without being shown: told once for each quarter, and then never changed.

No two totals share a quarter of an anchor, so no difference between them tells anything.

source  docs/measures/disclosure.md
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ...extensions import db
from ...models import CountedAnchor, LocalArea, Organisation, PublishedTotal, Watch, now
from ...places import Area
from ...spend.disclosure import LEAST_GIVERS, Given, tell
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from ..shares import areas, place_known, shares
from . import place_baselines

TOO_FEW = "Fewer than three anchors are counted in totals. A sum of fewer would show what one of them paid"
NOTHING_NEW = (
    "No quarter can be told yet. A quarter needs three anchors with money in each of its months, "
    "none of them much larger than the rest, and it must be over"
)
STALE = "The figures of an anchor are being worked out again. Try again in a few minutes"
MEANWHILE = "Somebody else published totals at the same moment. Look at them again"


def totals_of(place_id: int) -> list[PublishedTotal]:
    """What a place was told, oldest quarter first."""
    return list(
        db.session.scalars(
            select(PublishedTotal)
            .where(PublishedTotal.organisation_id == place_id)
            .order_by(PublishedTotal.quarter, PublishedTotal.id)
        )
    )


def publish(*, by: Actor, today: date | None = None) -> list[PublishedTotal]:
    """Tell the place every total that can be told now, in its own area as it stands.

    errors  RefusedError where nothing can be told, with the reason; ConflictError where two publish at once
    """
    area = areas.headline(by.acting_for)
    if area is None:
        raise RefusedError("First say what your place is")
    anchors = _counted(by.acting_for)
    if len(anchors) < LEAST_GIVERS:
        raise RefusedError(TOO_FEW)
    told = [
        total
        for quarter, given in sorted(_given(anchors, areas.shape(area)).items())
        if place_baselines.later(quarter, 1) <= (today or date.today())
        if (total := _total(quarter, given, area, by)) is not None
    ]
    if not told:
        raise RefusedError(NOTHING_NEW)
    _keep(told, by)
    return told


def _counted(place_id: int) -> list[int]:
    """Anchors that agreed to be counted only, held so that none of them changes its answer meanwhile."""
    found = db.session.scalars(
        select(Watch)
        .join(Organisation, Organisation.id == Watch.anchor_id)
        .where(
            Watch.place_id == place_id,
            Watch.agreed_at.is_not(None),
            Watch.level == "totals",
            Organisation.suspended_at.is_(None),
        )
        .order_by(Watch.id)
        .with_for_update(of=Watch)
        .execution_options(populate_existing=True)
    )
    return [watch.anchor_id for watch in found]


def _given(anchors: Sequence[int], area: Area) -> dict[date, dict[int, Given]]:
    """Quarter > anchor > what it adds, of anchors that have money in each month and are in no total yet."""
    taken = {
        (anchor, quarter)
        for anchor, quarter in db.session.execute(
            select(CountedAnchor.organisation_id, CountedAnchor.quarter).where(
                CountedAnchor.organisation_id.in_(anchors)
            )
        )
    }
    found: dict[date, dict[int, Given]] = {}
    for anchor in anchors:
        kept = shares.local_spend(anchor, area)
        if kept.as_of is not None:
            raise RefusedError(STALE)
        months = dict(kept.months)
        for quarter, share in kept.quarters:
            is_whole = all(month in months for month in place_baselines.months_of(quarter))
            if is_whole and (anchor, quarter) not in taken:
                found.setdefault(quarter, {})[anchor] = Given(
                    share.local - share.local_shared,
                    share.elsewhere - share.elsewhere_shared,
                    share.unplaced + share.doubtful,
                )
    return found


def _total(quarter: date, given: dict[int, Given], area: LocalArea, by: Actor) -> PublishedTotal | None:
    known = place_known.known_in(quarter, sorted(given), place_id=by.acting_for)
    told = tell(given, known)
    if told is None:
        return None
    parts = told.parts
    return PublishedTotal(
        organisation_id=by.acting_for,
        quarter=quarter,
        area_name=area.name,
        area_definition=areas.shape(area).definition,
        total_pence=told.total,
        local_pence=parts.local if parts else None,
        elsewhere_pence=parts.elsewhere if parts else None,
        doubtful_pence=parts.doubtful if parts else None,
        contributors=len(given),
        published_by_id=by.person_id,
        counted=[
            CountedAnchor(
                organisation_id=anchor,
                quarter=quarter,
                local_pence=added.local,
                elsewhere_pence=added.elsewhere,
                doubtful_pence=added.doubtful,
                known_at=now() if anchor in known else None,
            )
            for anchor, added in sorted(given.items())
        ],
    )


def _keep(told: Sequence[PublishedTotal], by: Actor) -> None:
    """The database itself allows a quarter of an anchor once, so of two who publish at once one is told."""
    try:
        with db.session.begin_nested():
            db.session.add_all(told)
            db.session.flush()
    except IntegrityError as error:
        raise ConflictError(MEANWHILE) from error
    for total in told:
        audit.note(by, "place total published", total, quarter=total.quarter.isoformat(), anchors=total.contributors)
