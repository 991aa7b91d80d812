"""Which quarters of which anchors a place may see, and which it knew before: what protects those counted with them."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import or_, select

from ...extensions import db
from ...models import CountedAnchor, PastWatch, PublicPage, PublishedTotal, Watch, now
from ...models.place_totals import SHOWN_LEVELS
from ...spend.disclosure import Given, tell


def held_back(anchors: Collection[int]) -> frozenset[tuple[int, date]]:
    """(anchor, quarter) that no place may see by itself: a published total, and others in it, depend on that."""
    found = db.session.execute(
        select(CountedAnchor.organisation_id, CountedAnchor.quarter).where(
            CountedAnchor.organisation_id.in_(anchors), CountedAnchor.known_at.is_(None)
        )
    )
    return frozenset((anchor, quarter) for anchor, quarter in found)


def known_in(quarter: date, anchors: Sequence[int], *, place_id: int) -> frozenset[int]:
    """Anchors whose figures of a quarter somebody else sees or once saw: a place, everybody, or they are the place."""
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
    open_to_all = select(PublicPage.organisation_id).where(PublicPage.organisation_id.in_(anchors))
    return frozenset((*db.session.scalars(shown), *db.session.scalars(open_to_all), *({place_id} & set(anchors))))


def let_be_known(anchor_id: int) -> list[date]:
    """An anchor shows its figures from now on: the quarters in published totals that it can show.

    A quarter stays held back where its total would not be told any more of those alone who would be left unknown.
    """
    totals = db.session.scalars(
        select(PublishedTotal)
        .join(CountedAnchor, CountedAnchor.total_id == PublishedTotal.id)
        .where(CountedAnchor.organisation_id == anchor_id, CountedAnchor.known_at.is_(None))
        .order_by(PublishedTotal.id)
        .with_for_update(of=PublishedTotal)
        .execution_options(populate_existing=True)
    )
    shown = []
    for total in totals.unique():
        db.session.refresh(total, ["counted"])
        if _may_be_known(total, anchor_id):
            mine = next(each for each in total.counted if each.organisation_id == anchor_id)
            mine.known_at = now()
            shown.append(total.quarter)
    db.session.flush()
    return shown


def stays_back(anchor_id: int) -> frozenset[date]:
    """Quarters in published totals that an anchor could not show now without giving away others; see `let_be_known`."""
    totals = db.session.scalars(
        select(PublishedTotal)
        .join(CountedAnchor, CountedAnchor.total_id == PublishedTotal.id)
        .where(CountedAnchor.organisation_id == anchor_id, CountedAnchor.known_at.is_(None))
        .order_by(PublishedTotal.id)
    )
    return frozenset(total.quarter for total in totals.unique() if not _may_be_known(total, anchor_id))


def hold(anchor_id: int) -> None:
    """Let no total be told in which this anchor is counted before the commit."""
    query = select(Watch.id).where(Watch.anchor_id == anchor_id).order_by(Watch.id).with_for_update()
    db.session.execute(query).all()


def _may_be_known(total: PublishedTotal, anchor_id: int) -> bool:
    """Whether what was told, less what this anchor added, may still be told of the others nobody knows."""
    others = {
        each.organisation_id: Given(each.local_pence, each.elsewhere_pence, each.doubtful_pence)
        for each in total.counted
        if each.known_at is None and each.organisation_id != anchor_id
    }
    told = tell(others)
    return told is not None and (told.parts is not None or total.local_pence is None)
