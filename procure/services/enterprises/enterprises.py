"""Enterprises: how they come in, and who speaks for them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.engine import CursorResult

from ...extensions import db
from ...models import Enterprise, Membership, Organisation, Person, now
from ...models.organisations import ENTERPRISE
from .. import audit
from ..actors import Actor, themselves
from ..errors import ConflictError, NotFoundError, RefusedError
from ..payees import payee_checks
from ..people import memberships

QUESTIONS = 6
MOVED_ON = "Somebody else changed this profile while you were typing"


def find(organisation_id: int) -> Enterprise:
    """The profile of an enterprise that stands.

    errors  NotFoundError
    """
    enterprise = db.session.scalar(
        select(Enterprise)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(
            Enterprise.organisation_id == organisation_id,
            Organisation.is_enterprise.is_(True),
            Organisation.suspended_at.is_(None),
        )
    )
    if enterprise is None:
        raise NotFoundError
    return enterprise


def register(name: str, person: Person) -> Enterprise:
    """A new enterprise whose first administrator is this person; the profile is theirs from the start."""
    enterprise = add_profile(name, postcode=None)
    enterprise.claimed_at = now()
    memberships.add_membership(person, enterprise.organisation, ENTERPRISE, "admin", by=themselves(person))
    audit.note(themselves(person), "enterprise registered", enterprise, person=person.id)
    return enterprise


def add_profile(name: str, *, postcode: str | None, registered_by_id: int | None = None, **facts: Any) -> Enterprise:
    """A new organisation that supplies, with its profile.

    Anchors look for it among their payees: after the commit, wake them with `payee_checks.wake_waiting`.
    """
    organisation = Organisation(name=name.strip(), is_enterprise=True, postcode=postcode)
    db.session.add(organisation)
    db.session.flush()
    enterprise = Enterprise(organisation_id=organisation.id, registered_by_id=registered_by_id, **facts)
    enterprise.organisation = organisation
    db.session.add(enterprise)
    db.session.flush()
    payee_checks.queue_everywhere()
    return enterprise


def change(enterprise: Enterprise, facts: Mapping[str, Any], *, version: int) -> None:
    """Write facts to a profile that nobody changed since this version of it was read.

    errors  ConflictError when somebody did; nothing is written
    """
    result = db.session.execute(
        update(Enterprise)
        .where(Enterprise.organisation_id == enterprise.organisation_id, Enterprise.version == version)
        .values(**facts, version=Enterprise.version + 1, updated_at=now()),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    if not result.rowcount:
        raise ConflictError(MOVED_ON)
    db.session.refresh(enterprise)


def take_over(*, by: Actor) -> Enterprise:
    """The enterprise's own people take over the profile that a support network made.

    errors  RefusedError when they have it already
    """
    enterprise = find(by.acting_for)
    if not claim(enterprise, by=by):
        raise RefusedError("This profile is already yours")
    return enterprise


def claim(enterprise: Enterprise, *, by: Actor) -> bool:
    """Note that its own people speak for it from now on; False where they did before."""
    result = db.session.execute(
        update(Enterprise)
        .where(Enterprise.organisation_id == enterprise.organisation_id, Enterprise.claimed_at.is_(None))
        .values(claimed_at=now()),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(result, CursorResult)
    if result.rowcount:
        audit.note(by, "profile taken over", enterprise)
        db.session.refresh(enterprise)
    return bool(result.rowcount)


def has_own_people(organisation_id: int) -> bool:
    """Whether anybody of the enterprise itself can sign in for it."""
    return bool(
        db.session.scalar(
            select(func.count(Membership.id))
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.organisation_id == organisation_id,
                Membership.kind == ENTERPRISE,
                Membership.ended_at.is_(None),
                Person.suspended_at.is_(None),
            )
        )
    )


def same_number(company_number: str | None, charity_number: str | None, *, but: int | None) -> Enterprise | None:
    """Another enterprise that gave the same company or charity number."""
    given = []
    if company_number:
        given.append(Enterprise.company_number == company_number)
    if charity_number:
        given.append(Enterprise.charity_number == charity_number)
    if not given:
        return None
    others = select(Enterprise).where(or_(*given)).order_by(Enterprise.organisation_id)
    if but is not None:
        others = others.where(Enterprise.organisation_id != but)
    return db.session.scalar(others.limit(1))
