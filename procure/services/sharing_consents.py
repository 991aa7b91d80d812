"""What anchors of one place tell each other: nothing until both agreed to it, and nothing more once one withdraws."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import aliased

from ..extensions import db
from ..models import Organisation, SharingConsent, Watch, now
from ..models.consents import CONSENT_KINDS
from . import audit, bulk
from .actors import Actor

LINKS, PURCHASES = CONSENT_KINDS

TRAIL = {
    LINKS: ("payee decisions offered", "payee decisions no longer offered"),
    PURCHASES: ("evidence shared with the place", "evidence no longer shared"),
}
"""Kind of consent > how the audit trail calls giving it and taking it back."""


def given(kind: str, *, of: int) -> SharingConsent | None:
    """What an organisation agreed to; None while it tells nothing of this kind and is told nothing."""
    return db.session.scalar(select(SharingConsent).where(*_one(kind, of)))


def agree(kind: str, is_named: bool, *, by: Actor) -> None:
    """Tell the anchors of our place, and be told; agreeing again changes whether we are named."""
    facts = {"kind": kind, "is_named": is_named, "agreed_by_id": by.person_id, "agreed_at": now()}
    bulk.insert_missing(SharingConsent, [{"organisation_id": by.acting_for, **facts}])
    db.session.execute(
        update(SharingConsent).where(*_one(kind, by.acting_for)).values(is_named=is_named),
        execution_options={"synchronize_session": False},
    )
    kept = given(kind, of=by.acting_for)
    assert kept is not None
    db.session.refresh(kept)
    audit.note(by, TRAIL[kind][0], kept, named=is_named)


def withdraw(kind: str, *, by: Actor) -> None:
    """Tell nothing any more and be told nothing, at once; withdrawing twice is withdrawing once."""
    kept = given(kind, of=by.acting_for)
    if kept is None:
        return
    audit.note(by, TRAIL[kind][1], kept)
    db.session.execute(delete(SharingConsent).where(*_one(kind, by.acting_for)))


def partners(kind: str, *, of: int) -> dict[int, bool]:
    """The other anchors of the same place that agreed too > whether they are named; none unless we agreed."""
    if given(kind, of=of) is None:
        return {}
    ours = aliased(Watch)
    found = db.session.execute(
        select(SharingConsent.organisation_id, SharingConsent.is_named)
        .join(Organisation, Organisation.id == SharingConsent.organisation_id)
        .join(Watch, Watch.anchor_id == SharingConsent.organisation_id)
        .join(ours, ours.place_id == Watch.place_id)
        .where(
            SharingConsent.kind == kind,
            ours.anchor_id == of,
            ours.agreed_at.is_not(None),
            Watch.agreed_at.is_not(None),
            Organisation.suspended_at.is_(None),
            Organisation.id != of,
        )
    )
    return {anchor: is_named for anchor, is_named in found}


def names(sharers: Mapping[int, bool]) -> dict[int, str]:
    """Anchor > its name, for those partners that agreed to be named."""
    named = [anchor for anchor, is_named in sharers.items() if is_named]
    found = select(Organisation.id, Organisation.name).where(Organisation.id.in_(named))
    return {anchor: name for anchor, name in db.session.execute(found)}


def places(*, of: int) -> list[str]:
    """The place authorities through which an anchor has neighbours."""
    return list(
        db.session.scalars(
            select(Organisation.name)
            .join(Watch, Watch.place_id == Organisation.id)
            .where(Watch.anchor_id == of, Watch.agreed_at.is_not(None))
            .order_by(Organisation.name)
        )
    )


def _one(kind: str, of: int) -> tuple[ColumnElement[bool], ...]:
    return SharingConsent.organisation_id == of, SharingConsent.kind == kind
