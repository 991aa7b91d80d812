"""Roles in organisations, and the invitations that give them."""

import secrets

from sqlalchemy import func, select, update
from sqlalchemy.orm import contains_eager

from ...config import INVITATION_LIFE
from ...extensions import db
from ...models import Invitation, Membership, Organisation, Person, now
from ...models.organisations import ROLE_NAMES, ROLES
from .. import audit, mail
from ..actors import Actor, themselves
from ..errors import ConflictError, NotFoundError, RefusedError
from ..tokens import digest

INSTALLATION = "installation:admin"


def memberships_of(person_id: int) -> list[Membership]:
    """Live roles in organisations that are not suspended, by organisation name."""
    return list(
        db.session.scalars(
            select(Membership)
            .join(Organisation)
            .where(
                Membership.person_id == person_id, Membership.ended_at.is_(None), Organisation.suspended_at.is_(None)
            )
            .options(contains_eager(Membership.organisation))
            .order_by(Organisation.name, Organisation.id, Membership.kind, Membership.role)
        )
    )


def actor_for(person: Person, organisation_id: int | None) -> Actor:
    """The person acting for the organisation asked for, or the first they belong to."""
    memberships = memberships_of(person.id)
    permissions = {INSTALLATION} if person.is_installation_admin else set()
    of_one = [one for one in memberships if one.organisation_id == organisation_id] or memberships[:1]
    if not of_one:
        return Actor(person.id, person.name, person.email, permissions=frozenset(permissions))
    organisation = of_one[0].organisation
    permissions |= {one.permission for one in memberships if one.organisation_id == organisation.id}
    return Actor(person.id, person.name, person.email, organisation.id, organisation.name, frozenset(permissions))


def add_membership(person: Person, organisation: Organisation, kind: str, role: str, *, by: Actor | None) -> Membership:
    """Give a person a role, or give it back.

    errors  RefusedError when that kind of organisation has no such role
    """
    if kind not in organisation.kinds or role not in ROLES[kind]:
        raise RefusedError(f"{organisation.name} has no role {role} as {kind}")
    membership = db.session.scalar(
        select(Membership).where(
            Membership.person_id == person.id,
            Membership.organisation_id == organisation.id,
            Membership.kind == kind,
            Membership.role == role,
        )
    )
    if membership is None:
        membership = Membership(person_id=person.id, organisation_id=organisation.id, kind=kind, role=role)
        db.session.add(membership)
    membership.ended_at = None
    db.session.flush()
    audit.note(by, "role given", membership, person=person.id, role=membership.permission)
    return membership


def end_membership(membership_id: int, *, by: Actor) -> Membership:
    """Take a role away at once; the last administrator stays.

    errors  NotFoundError, RefusedError
    """
    membership = db.session.scalar(
        select(Membership).where(
            Membership.id == membership_id,
            Membership.organisation_id == by.acting_for,
            Membership.ended_at.is_(None),
        )
    )
    if membership is None:
        raise NotFoundError
    if membership.role == "admin" and _admins(by.acting_for, membership.kind) < 2:
        raise RefusedError("This is the last administrator. Give somebody else the role first")
    membership.ended_at = now()
    audit.note(by, "role taken away", membership, person=membership.person_id, role=membership.permission)
    return membership


def _admins(organisation_id: int, kind: str) -> int:
    return (
        db.session.scalar(
            select(func.count(Membership.id))
            .join(Person)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.kind == kind,
                Membership.role == "admin",
                Membership.ended_at.is_(None),
                Person.suspended_at.is_(None),
            )
        )
        or 0
    )


def invite(organisation: Organisation, email: str, kind: str, role: str, *, by: Actor | None, base_url: str) -> str:
    """Invite an address to one role; returns the link, which is mailed too.

    errors  RefusedError when there is no such role
    """
    if kind not in organisation.kinds or role not in ROLES[kind]:
        raise RefusedError(f"{organisation.name} has no role {role} as {kind}")
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        organisation_id=organisation.id,
        email=email.strip().lower(),
        kind=kind,
        role=role,
        token_hash=digest(token),
        invited_by_id=by.person_id if by else None,
        expires_at=now() + INVITATION_LIFE,
    )
    db.session.add(invitation)
    db.session.flush()
    link = f"{base_url}/invitations/{token}"
    mail.post(
        invitation.email,
        f"Join {organisation.name} on Procure",
        f"You are invited to join {organisation.name} on Procure as {ROLE_NAMES[f'{kind}:{role}']}.\n\n"
        f"Open this link within 7 days. It works once:\n{link}\n\nIf you did not expect this, do nothing.\n",
        key=f"invitation-{invitation.id}",
    )
    audit.note(by, "invitation sent", invitation, role=f"{kind}:{role}")
    return link


def find_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, if it can still be used and its organisation still stands."""
    return db.session.scalar(
        select(Invitation)
        .join(Organisation)
        .where(
            Invitation.token_hash == digest(token),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now(),
            Organisation.suspended_at.is_(None),
        )
    )


def accept_invitation(invitation: Invitation, person: Person) -> Membership:
    """Use an invitation, once, for the invited address only.

    errors  RefusedError for another address, ConflictError when it was used meanwhile
    """
    if person.email != invitation.email:
        raise RefusedError("This invitation was sent to another email address")
    changed = db.session.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .values(accepted_at=now())
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise ConflictError("This invitation was already used")
    return add_membership(person, invitation.organisation, invitation.kind, invitation.role, by=themselves(person))
