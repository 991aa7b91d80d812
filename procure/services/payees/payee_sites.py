"""Where a payee works as officers declared it: with a reason, for their own organisation, and never lost."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from ...extensions import db
from ...models import Payee, PayeeSite, now
from ...models.payee_places import SITE_KINDS
from ...places import parse_postcode
from .. import audit, own
from ..actors import Actor
from ..errors import ConflictError, RefusedError

CHANGED = "Somebody changed where this payee is while you were looking at it. Look at it again"


def in_force(payee: Payee) -> dict[str, PayeeSite]:
    """The sites that stand for a payee, by kind; a merged name has those of the payee it was merged into."""
    found = db.session.scalars(_of(payee).where(PayeeSite.ended_at.is_(None)).order_by(PayeeSite.id))
    return {site.kind: site for site in found}


def history(payee: Payee) -> list[PayeeSite]:
    """Every site ever declared for a payee, the latest first."""
    return list(db.session.scalars(_of(payee).order_by(PayeeSite.id.desc())))


def _of(payee: Payee) -> Any:
    return select(PayeeSite).where(
        PayeeSite.organisation_id == payee.organisation_id, PayeeSite.payee_id == payee.head_id
    )


def declare(payee: Payee, kind: str, postcode: str, reason: str, *, seen: int, by: Actor) -> PayeeSite:
    """Say where a payee delivers or trades; it takes the place of the site of this kind that stood.

    seen    id of the site of this kind the person saw standing; 0 for none
    errors  RefusedError for a postcode that is none or a reason that is missing; ConflictError where somebody
            declared another meanwhile
    """
    known = parse_postcode(postcode)
    if kind not in SITE_KINDS:
        raise RefusedError("Choose a delivery site or a trading address")
    if known is None:
        raise RefusedError("Enter a full UK postcode, like B18 7QH")
    if not reason.strip():
        raise RefusedError("Say how you know, like From the contract, or They told us by phone")
    _expect(payee, kind, seen)
    if seen:
        _end(seen, payee.organisation_id, by)
    site = PayeeSite(
        organisation_id=payee.organisation_id,
        payee_id=payee.head_id,
        kind=kind,
        postcode=known,
        reason=reason.strip(),
        declared_by_id=by.person_id,
        replaced_id=seen or None,
    )
    _add(site)
    audit.note(by, "payee site declared", site, payee=payee.head_id, kind=kind, postcode=known, reason=site.reason)
    return site


def take_back(site_id: int, *, of: int, by: Actor) -> PayeeSite:
    """End a site; the one it had replaced stands again.

    errors  NotFoundError; ConflictError where it was taken back or replaced already
    """
    site = own.find(PayeeSite, site_id, of=of)
    _end(site.id, of, by)
    if site.replaced_id:
        db.session.execute(
            update(PayeeSite)
            .where(PayeeSite.id == site.replaced_id, PayeeSite.organisation_id == of)
            .values(ended_at=None, ended_by_id=None),
            execution_options={"synchronize_session": False},
        )
    db.session.expire_all()
    audit.note(by, "payee site taken back", site, payee=site.payee_id, kind=site.kind, postcode=site.postcode)
    return site


def _expect(payee: Payee, kind: str, seen: int) -> None:
    standing = in_force(payee).get(kind)
    if (standing.id if standing else 0) != seen:
        raise ConflictError(CHANGED)


def _end(site_id: int, of: int, by: Actor) -> None:
    ended: Any = db.session.execute(
        update(PayeeSite)
        .where(
            PayeeSite.id == site_id,
            PayeeSite.organisation_id == of,
            PayeeSite.ended_at.is_(None),
        )
        .values(ended_at=now(), ended_by_id=by.person_id),
        execution_options={"synchronize_session": False},
    )
    if not ended.rowcount:
        raise ConflictError(CHANGED)
    db.session.expire_all()


def _add(site: PayeeSite) -> None:
    """The database itself allows one site of a kind at a time, so of two people who declare at once one is told."""
    try:
        with db.session.begin_nested():
            db.session.add(site)
            db.session.flush()
    except IntegrityError as error:
        raise ConflictError(CHANGED) from error
