"""Deciding who a payee is, and taking it back. Every decision is kept; nobody overwrites what they did not see."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select, update

from ...extensions import db
from ...models import Payee, PayeeDecision, Redaction, now
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, NotFoundError
from . import payee_learning
from .payee_changes import Target, as_it_was, change, follow_heads, is_live, read_seen, remember, restored
from .payees import DECIDED_STATES, find

STATE_OF = {"linked": "confirmed", "rejected": "rejected", "person": "person", "public_body": "public_body"}
"""The state that each kind of decision gives."""


NOBODY = Target()


@dataclass(frozen=True)
class _Word:
    """A decision about to be made: its kind, and what it says."""

    kind: str
    target: Target = NOBODY
    was_offered: bool = False


def link(payee_id: int, target: Target, seen: str, *, by: Actor, was_offered: bool = False) -> Payee:
    """Settle that a payee is this enterprise or registered body.

    seen    what the person saw: `Payee.seen`
    errors  NotFoundError; ConflictError where somebody settled it first
    """
    if not is_live(target):
        raise NotFoundError
    payee = _settle(payee_id, seen, _Word("linked", target, was_offered), by)
    audit.note(by, "payee linked", payee, enterprise=target.enterprise_id, body=target.body_id, was=seen)
    return payee


def reject(payee_id: int, seen: str, *, by: Actor) -> Payee:
    """Settle that a payee is none of the registered ones.

    errors  NotFoundError; ConflictError where somebody settled it first
    """
    payee = _settle(payee_id, seen, _Word("rejected"), by)
    audit.note(by, "payee not registered", payee, was=seen)
    return payee


def call_person(payee_id: int, seen: str, *, by: Actor) -> Payee:
    """Settle that a payee is a private individual: never linked, and its names stay out of published files.

    errors  NotFoundError; ConflictError where somebody settled it first
    """
    payee = _settle(payee_id, seen, _Word("person"), by)
    db.session.execute(
        delete(Redaction).where(
            Redaction.organisation_id == payee.organisation_id,
            Redaction.is_hidden.is_(False),
            Redaction.name.in_(select(Payee.name).where(*_group(payee))),
        ),
        execution_options={"synchronize_session": False},
    )
    audit.note(by, "payee is a person", payee, was=seen)
    return payee


def call_public_body(payee_id: int, seen: str, *, by: Actor) -> Payee:
    """Settle that a payee is a council, a trust, a school or another public body.

    errors  NotFoundError; ConflictError where somebody settled it first
    """
    payee = _settle(payee_id, seen, _Word("public_body"), by)
    audit.note(by, "payee is a public body", payee, was=seen)
    return payee


def undo(payee_id: int, seen: str, *, by: Actor) -> Payee:
    """Take a person's decision back: what we thought before stands again, until the next check.

    errors  NotFoundError; ConflictError where it was taken back already
    """
    payee = find(payee_id, of=by.acting_for)
    if read_seen(seen)[0] not in DECIDED_STATES:
        raise ConflictError("There is no decision to take back")
    decision = standing(payee)
    values = restored(decision.before if decision else {}, payee)
    change(payee, seen, **values, checked_at=None)
    _take_back(payee, by)
    follow_heads(payee.organisation_id, payee.id)
    audit.note(by, "payee decision taken back", payee, was=seen)
    return payee


def standing(payee: Payee) -> PayeeDecision | None:
    """The decision about who this payee is that stands now."""
    return db.session.scalar(
        select(PayeeDecision)
        .where(
            PayeeDecision.organisation_id == payee.organisation_id,
            PayeeDecision.payee_id == payee.id,
            PayeeDecision.kind.in_(STATE_OF),
            PayeeDecision.undone_at.is_(None),
        )
        .order_by(PayeeDecision.id.desc())
        .limit(1)
    )


def _settle(payee_id: int, seen: str, word: _Word, by: Actor) -> Payee:
    payee = find(payee_id, of=by.acting_for)
    if payee.merged_into_id is not None:
        raise ConflictError("This name was merged into another payee. Decide about that payee instead")
    target = word.target
    _take_back(payee, by)
    remember(
        payee,
        word.kind,
        seen,
        by,
        enterprise_id=target.enterprise_id,
        body_id=target.body_id,
        was_offered=word.was_offered,
        before=as_it_was(payee),
    )
    change(
        payee,
        seen,
        state=STATE_OF[word.kind],
        enterprise_id=target.enterprise_id,
        body_id=target.body_id,
        kind=word.kind if word.kind in ("person", "public_body") else None,
        decided_by_id=by.person_id,
        decided_at=now(),
    )
    payee_learning.queue_if_due(by=by)
    follow_heads(payee.organisation_id, payee.id)
    return payee


def _take_back(payee: Payee, by: Actor) -> None:
    db.session.execute(
        update(PayeeDecision)
        .where(
            PayeeDecision.organisation_id == payee.organisation_id,
            PayeeDecision.payee_id == payee.id,
            PayeeDecision.kind.in_(STATE_OF),
            PayeeDecision.undone_at.is_(None),
        )
        .values(undone_at=now(), undone_by_id=by.person_id),
        execution_options={"synchronize_session": False},
    )


def _group(payee: Payee) -> tuple[Any, ...]:
    mine = Payee.organisation_id == payee.organisation_id
    origin = payee.split_of_id or 0
    return mine, or_(Payee.id.in_((payee.id, origin)), Payee.merged_into_id == payee.id)
