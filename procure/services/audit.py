"""Write the audit trail. Every service that changes state calls this in the same transaction."""

from typing import Any

from flask import g, has_request_context

from ..extensions import db
from ..models import AuditEntry, Record
from .actors import Actor


def note(actor: Actor | None, action: str, subject: Record, **detail: Any) -> None:
    """Add one entry: who (None is the system), what was done, to what, and the facts worth keeping."""
    subject_id = getattr(subject, "id", None) or getattr(subject, "organisation_id", None)
    organisation_id = actor.organisation_id if actor and actor.organisation_id else None
    db.session.add(
        AuditEntry(
            organisation_id=organisation_id or getattr(subject, "organisation_id", None),
            person_id=actor.person_id if actor else None,
            action=action,
            subject_kind=subject.__tablename__,
            subject_id=subject_id,
            detail=detail,
            request_id=g.get("request_id") if has_request_context() else None,
        )
    )
