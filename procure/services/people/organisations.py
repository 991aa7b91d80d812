"""Organisations of an installation: added, invited, suspended."""

from typing import Any

from sqlalchemy import Select, func, select, update

from ...extensions import db
from ...models import AuditEntry, Enterprise, Invitation, Job, Membership, Organisation, OutgoingMail, Person, now
from ...models.organisations import ANCHOR, ENTERPRISE, NETWORK, PLACE
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, NotFoundError, RefusedError


def select_organisations() -> Select:
    """Every organisation with how many people act for it."""
    people = (
        select(Membership.organisation_id, func.count(Membership.person_id.distinct()).label("people"))
        .where(Membership.ended_at.is_(None))
        .group_by(Membership.organisation_id)
        .subquery()
    )
    return (
        select(Organisation, func.coalesce(people.c.people, 0).label("people"))
        .outerjoin(people, people.c.organisation_id == Organisation.id)
        .order_by(Organisation.name, Organisation.id)
    )


def select_mail() -> Select:
    return select(OutgoingMail).order_by(OutgoingMail.id.desc())


def select_jobs() -> Select:
    """Every job of the installation: kinds and states only, nothing of what they read."""
    return (
        select(Job.id, Job.kind, Job.state, Job.attempts, Job.created_at, Job.finished_at, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Job.organisation_id)
        .order_by(Job.id.desc())
    )


def select_audit() -> Select:
    """Who did what, when: without the details, which may hold an organisation's facts."""
    return (
        select(
            AuditEntry.at,
            AuditEntry.action,
            AuditEntry.subject_kind,
            AuditEntry.subject_id,
            Person.name,
            Organisation.name,
        )
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .outerjoin(Organisation, Organisation.id == AuditEntry.organisation_id)
        .order_by(AuditEntry.id.desc())
    )


def find(organisation_id: int) -> Organisation:
    """An organisation.

    errors  NotFoundError
    """
    organisation = db.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFoundError
    return organisation


def add(name: str, kinds: list[str], sector: str | None, *, by: Actor | None) -> Organisation:
    """A new organisation of one kind or more.

    errors  RefusedError when an anchor has no sector, ConflictError when the name is taken
    """
    if ANCHOR in kinds and not sector:
        raise RefusedError("Say which kind of buyer the anchor is")
    if db.session.scalar(select(Organisation.id).where(func.lower(Organisation.name) == name.strip().lower())):
        raise ConflictError("An organisation with this name is here already")
    organisation = Organisation(
        name=name.strip(),
        is_anchor=ANCHOR in kinds,
        is_enterprise=ENTERPRISE in kinds,
        is_place=PLACE in kinds,
        is_network=NETWORK in kinds,
        sector=sector if ANCHOR in kinds else None,
    )
    db.session.add(organisation)
    db.session.flush()
    if organisation.is_enterprise:
        db.session.add(Enterprise(organisation_id=organisation.id))
    audit.note(by, "organisation added", organisation, kinds=list(organisation.kinds))
    return organisation


def suspend(organisation: Organisation, *, by: Actor) -> None:
    """Nobody acts for it from the next request on; nothing is deleted."""
    _set_suspended(organisation, now(), by)


def restore(organisation: Organisation, *, by: Actor) -> None:
    _set_suspended(organisation, None, by)


def _set_suspended(organisation: Organisation, moment: Any, by: Actor) -> None:
    db.session.execute(update(Organisation).where(Organisation.id == organisation.id).values(suspended_at=moment))
    audit.note(by, "organisation suspended" if moment else "organisation restored", organisation)


def people_of(organisation_id: int) -> list[Membership]:
    """Live roles in an organisation, by name."""
    return list(
        db.session.scalars(
            select(Membership)
            .join(Person)
            .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
            .order_by(Person.name, Person.id, Membership.kind, Membership.role)
        )
    )


def open_invitations(organisation_id: int) -> list[Invitation]:
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.organisation_id == organisation_id,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > now(),
            )
            .order_by(Invitation.id)
        )
    )


def revoke(invitation_id: int, *, of: int, by: Actor) -> None:
    """Make an invitation useless.

    errors  NotFoundError
    """
    invitation = db.session.scalar(
        select(Invitation).where(
            Invitation.id == invitation_id, Invitation.organisation_id == of, Invitation.accepted_at.is_(None)
        )
    )
    if invitation is None:
        raise NotFoundError
    invitation.revoked_at = now()
    audit.note(by, "invitation withdrawn", invitation)
