"""Support networks: the enterprises they registered, with their consent, and who of them fits which lot."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import contains_eager, selectinload

from ...extensions import db
from ...models import Enterprise, Invitation, Lot, Organisation, now
from ...models.organisations import ENTERPRISE
from .. import audit
from ..actors import Actor
from ..enterprises import enterprises, offers
from ..enterprises.enterprises import QUESTIONS
from ..errors import ConflictError, NotFoundError, RefusedError
from ..people import memberships
from ..ranking import matches


@dataclass(frozen=True)
class Fitting:
    """How many open lots fit a member, and the best of them."""

    lots: int
    best: Lot | None


NO_FIT = Fitting(0, None)


def members_of(network_id: int) -> Select[Any]:
    """Enterprises this network registered, by name."""
    return (
        select(Enterprise)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Enterprise.registered_by_id == network_id, Organisation.suspended_at.is_(None))
        .options(contains_eager(Enterprise.organisation), selectinload(Enterprise.capabilities))
        .order_by(Organisation.name, Organisation.id)
    )


def find_member(enterprise_id: int, *, of: int) -> Enterprise:
    """One member of this network.

    errors  NotFoundError
    """
    enterprise: Enterprise | None = db.session.scalar(members_of(of).where(Enterprise.organisation_id == enterprise_id))
    if enterprise is None:
        raise NotFoundError
    return enterprise


def counts_of(network_id: int) -> dict[str, int]:
    """How many members there are, how many have gaps in their profile and how many speak for themselves."""
    mine = Enterprise.organisation_id.in_(
        members_of(network_id).with_only_columns(Enterprise.organisation_id).order_by(None)
    )
    row = db.session.execute(
        select(
            func.count(),
            func.count().filter(Enterprise.answered < QUESTIONS),
            func.count().filter(Enterprise.claimed_at.is_not(None)),
        )
        .select_from(Enterprise)
        .where(mine)
    ).one()
    return {"members": row[0], "incomplete": row[1], "claimed": row[2]}


def fitting_lots(members: Iterable[Enterprise]) -> dict[int, Fitting]:
    """Member > the open lots that fit it, by the same rule as on its own page."""
    everybody = list(members)
    lots = [lot for lot in matches.open_lots() if any(matches.may_meet(lot, member) for member in everybody)]
    ranked = matches.ranked_for(lots, [member.organisation_id for member in everybody])
    found = {}
    for member in everybody:
        fits = []
        for lot in lots:
            match = ranked[lot.id].get(member.organisation_id)
            probability = match.probability if match else 0.0
            if matches.is_fitting(probability, any(offers.units_for(need, member) for need in lot.needs)):
                fits.append((probability, lot))
        best = min(fits, key=lambda fit: (-fit[0], fit[1].id), default=None)
        found[member.organisation_id] = Fitting(len(fits), best[1] if best else None)
    return found


def register_member(name: str, postcode: str | None, *, by: Actor, **facts: Any) -> Enterprise:
    """A profile the network makes for a member. Its turnover, insurance and contact stay hidden until it agrees."""
    enterprise = enterprises.add_profile(name, postcode=postcode, registered_by_id=by.acting_for, **facts)
    audit.note(by, "member registered", enterprise, name=name)
    return enterprise


def known_already(name: str, postcode: str | None, numbers: tuple[str | None, str | None]) -> str | None:
    """Why an enterprise need not be registered: somebody has its number, or its name at its postcode. None where new.

    numbers  company and charity number
    """
    if (same := enterprises.same_number(*numbers, but=None)) is not None:
        return f"{same.organisation.name} already has a profile with this company or charity number"
    query = select(Organisation.name).where(
        Organisation.is_enterprise.is_(True), func.lower(Organisation.name) == name.strip().lower()
    )
    if postcode:
        query = query.where(Organisation.postcode == postcode)
    known = db.session.scalar(query.order_by(Organisation.id).limit(1))
    return f"{known} already has a profile" if known else None


def is_waiting(enterprise: Enterprise) -> Invitation | None:
    """The invitation to claim that its contact has not used yet."""
    return db.session.scalar(
        select(Invitation)
        .where(
            Invitation.organisation_id == enterprise.organisation_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now(),
        )
        .order_by(Invitation.id.desc())
        .limit(1)
    )


def invite_claim(enterprise_id: int, email: str, *, by: Actor) -> None:
    """Ask the member's own people to take the profile over; an earlier invitation stops working.

    errors  NotFoundError, ConflictError where they have it already, RefusedError without an address
    """
    enterprise = find_member(enterprise_id, of=by.acting_for)
    if enterprise.claimed_at is not None or enterprises.has_own_people(enterprise_id):
        raise ConflictError(f"{enterprise.organisation.name} speaks for itself already")
    if not email:
        raise RefusedError("Enter the email address of somebody at the enterprise")
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.organisation_id == enterprise_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    )
    memberships.invite(
        enterprise.organisation, email, ENTERPRISE, "admin", by=by, base_url=current_app.config["BASE_URL"]
    )
    audit.note(by, "member invited to claim", enterprise)
