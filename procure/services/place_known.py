"""Which quarters of which anchors a place may see, and which it knew before: what protects those counted with them."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import or_, select

from ..extensions import db
from ..models import CountedAnchor, PastWatch, PublishedTotal, Watch, now
from ..models.place_totals import SHOWN_LEVELS
from ..spend.disclosure import LEAST_GIVERS


def held_back(anchors: Collection[int]) -> frozenset[tuple[int, date]]:
    """(anchor, quarter) that no place may see by itself: a published total, and others in it, depend on that."""
    found = db.session.execute(
        select(CountedAnchor.anchor_id, CountedAnchor.quarter).where(
            CountedAnchor.anchor_id.in_(anchors), CountedAnchor.known_at.is_(None)
        )
    )
    return frozenset((anchor, quarter) for anchor, quarter in found)


def known_in(quarter: date, anchors: Sequence[int], *, place_id: int) -> frozenset[int]:
    """Anchors whose figures of a quarter some place sees or once saw, and the place authority's own, if it is one."""
    began = datetime.combine(quarter, time.min, UTC)
    shown = (
        select(Watch.anchor_id)
        .outerjoin(PastWatch, PastWatch.watch_id == Watch.id)
        .where(
            Watch.anchor_id.in_(anchors),
            or_(
                Watch.agreed_at.is_not(None) & Watch.level.in_(SHOWN_LEVELS),
                PastWatch.level.in_(SHOWN_LEVELS) & (PastWatch.until > began),
            ),
        )
    )
    return frozenset(db.session.scalars(shown)) | ({place_id} & set(anchors))


def let_be_known(anchor_id: int) -> list[date]:
    """An anchor shows its figures from now on: the quarters in published totals that it can show.

    A quarter stays held back where fewer than three others would be left in its total whose figures nobody knows.
    """
    totals = db.session.scalars(
        select(PublishedTotal)
        .join(CountedAnchor, CountedAnchor.total_id == PublishedTotal.id)
        .where(CountedAnchor.anchor_id == anchor_id, CountedAnchor.known_at.is_(None))
        .order_by(PublishedTotal.id)
        .with_for_update(of=PublishedTotal)
        .execution_options(populate_existing=True)
    )
    shown = []
    for total in totals.unique():
        db.session.refresh(total, ["counted"])
        unknown = [each for each in total.counted if each.known_at is None]
        mine = next(each for each in unknown if each.anchor_id == anchor_id)
        if len(unknown) - 1 >= LEAST_GIVERS:
            mine.known_at = now()
            shown.append(total.quarter)
    db.session.flush()
    return shown
