"""Which place authorities see how much of which anchors: asked for, agreed to, changed, withdrawn."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select, update

from ...extensions import db
from ...models import LocalArea, Organisation, PastWatch, Watch, now
from ...models.place_totals import LEVELS, SHOWN_LEVELS
from .. import audit, bulk
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError
from ..shares import place_known
from . import report_withdrawals

ANSWERED = "Somebody in your organisation answered this already"


def watchers_of(anchor_id: int) -> list[Watch]:
    """Place authorities that asked an anchor, those that wait first."""
    return list(
        db.session.scalars(
            select(Watch)
            .join(Organisation, Organisation.id == Watch.place_id)
            .where(Watch.anchor_id == anchor_id)
            .order_by(Watch.agreed_at.is_not(None), Organisation.name, Watch.id)
        )
    )


def asking(anchor_id: int) -> list[Watch]:
    """Those that wait for an answer, or for one about their place as it is now."""
    again = overtaken(anchor_id)
    return [watch for watch in watchers_of(anchor_id) if watch.agreed_at is None or watch.id in again]


def is_overtaken() -> ColumnElement[bool]:
    """Whether the place became another since an anchor agreed to show its figures in it.

    A yes is to figures in one area. Figures in two areas, one taken off the other, tell what lies between, down to one
    street and one payee; so a place with another definition sees them once the anchor agrees to that too.
    """
    redefined = select(LocalArea.id).where(
        LocalArea.organisation_id == Watch.place_id, LocalArea.is_headline, LocalArea.defined_at > Watch.agreed_at
    )
    return Watch.level.in_(SHOWN_LEVELS) & redefined.exists()


def overtaken(anchor_id: int) -> frozenset[int]:
    """Ids of the watches for which an anchor must agree again."""
    return frozenset(db.session.scalars(select(Watch.id).where(Watch.anchor_id == anchor_id, is_overtaken())))


def find(place_id: int, *, of: int) -> Watch:
    """What a place authority asked this anchor.

    errors  NotFoundError
    """
    watch = db.session.scalar(select(Watch).where(Watch.place_id == place_id, Watch.anchor_id == of))
    if watch is None:
        raise NotFoundError
    return watch


def agreed_anchors(place_id: int, levels: Sequence[str] = SHOWN_LEVELS) -> list[Organisation]:
    """Anchors whose own figures a place authority may see now, by name.

    levels  ("detail",) for those that also show what these are made of, ("totals",) for those only counted in sums
    """
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Watch, Watch.anchor_id == Organisation.id)
            .where(
                Watch.place_id == place_id,
                Watch.agreed_at.is_not(None),
                Watch.level.in_(levels),
                ~is_overtaken(),
                Organisation.suspended_at.is_(None),
            )
            .order_by(Organisation.name, Organisation.id)
        )
    )


def hold(place_id: int) -> frozenset[int]:
    """The anchors shown to a place now, none of which can withdraw before the commit."""
    query = select(Watch.id).where(Watch.place_id == place_id).order_by(Watch.id).with_for_update()
    db.session.execute(query).all()
    return frozenset(anchor.id for anchor in agreed_anchors(place_id))


def agreed_anchor(anchor_id: int, *, place_id: int) -> Organisation:
    """One of them.

    errors  NotFoundError, the same for an anchor that did not agree and one that does not exist
    """
    found = next((anchor for anchor in agreed_anchors(place_id) if anchor.id == anchor_id), None)
    if found is None:
        raise NotFoundError
    return found


def ask(anchor_id: int, *, by: Actor) -> Organisation:
    """Ask an anchor to share its totals; asking twice is asking once.

    errors  NotFoundError
    """
    anchor = db.session.scalar(
        select(Organisation).where(
            Organisation.id == anchor_id, Organisation.is_anchor, Organisation.suspended_at.is_(None)
        )
    )
    if anchor is None:
        raise NotFoundError
    bulk.insert_missing(Watch, [{"place_id": by.acting_for, "anchor_id": anchor.id}])
    audit.note(by, "share asked for", anchor)
    return anchor


def agree(place_id: int, *, by: Actor, level: str = "figures") -> Watch:
    """Let a place authority that asked see this anchor, as much as the level says; or change how much.

    level   one of LEVELS
    errors  NotFoundError; ConflictError where it was agreed like this already
    """
    if level not in LEVELS:
        raise RefusedError("Choose what the place authority may see")
    watch = _mine(place_id, by)
    is_news = Watch.agreed_at.is_(None) | (Watch.level != level) | is_overtaken()
    _change(watch, is_news, agreed_at=now(), level=level)
    if level in SHOWN_LEVELS:
        place_known.let_be_known(by.acting_for)
    else:
        report_withdrawals.empty(watch, by=by)
    audit.note(by, "share agreed", watch, place=place_id, level=level)
    return watch


def withdraw(place_id: int, *, by: Actor) -> Watch:
    """Stop showing this anchor to a place authority, and counting it, at once. Totals told before stay as told;
    reports that may hold its figures are emptied.

    errors  NotFoundError; ConflictError where it was not agreed
    """
    watch = _mine(place_id, by)
    _change(watch, Watch.agreed_at.is_not(None), agreed_at=None)
    report_withdrawals.empty(watch, by=by)
    audit.note(by, "share withdrawn", watch, place=place_id)
    return watch


def _mine(place_id: int, by: Actor) -> Watch:
    """What stands between a place authority and this anchor, held until the commit.

    errors  NotFoundError
    """
    watch = db.session.scalar(
        select(Watch)
        .where(Watch.place_id == place_id, Watch.anchor_id == by.acting_for)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if watch is None:
        raise NotFoundError
    return watch


def _change(watch: Watch, condition: ColumnElement[bool], **values: Any) -> None:
    """Change what an anchor answered, and keep until when it showed more."""
    level, since = watch.level, watch.agreed_at
    result: Any = db.session.execute(
        update(Watch).where(Watch.id == watch.id, condition).values(**values),
        execution_options={"synchronize_session": False},
    )
    if not result.rowcount:
        raise ConflictError(ANSWERED)
    if since is not None:
        db.session.add(PastWatch(watch_id=watch.id, level=level, since=since))
        db.session.flush()
    db.session.expire(watch)
