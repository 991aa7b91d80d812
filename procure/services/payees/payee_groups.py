"""Names that are one payee: merged by a person, shown as one, and taken apart again. No payment moves."""

from dataclasses import dataclass

from sqlalchemy import Select, or_, select, update

from ...extensions import db
from ...models import Organisation, Payee, PayeeDecision, now
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from .payee_changes import as_it_was, change, follow_heads, remember, restored
from .payee_settling import STATE_OF, standing
from .payees import DECIDED_STATES, find


@dataclass(frozen=True)
class Shown:
    """A payee as a page showed it."""

    payee_id: int
    seen: str


def merge(one: Shown, other: Shown, *, by: Actor) -> Payee:
    """Say that two names are one payee. Where a person decided about one of them, that decision is for both.

    returns  the payee that speaks for both
    errors   NotFoundError; RefusedError where they were settled as two different ones; ConflictError
    """
    one_at_a_time(by.acting_for)
    head, name = find(one.payee_id, of=by.acting_for), find(other.payee_id, of=by.acting_for)
    if head.id == name.id or head.head_id == name.head_id:
        raise ConflictError("These names are one payee already")
    if head.merged_into_id is not None or name.merged_into_id is not None:
        raise ConflictError("One of these names was merged into another payee meanwhile. Look at it again")
    head_seen, name_seen = one.seen, other.seen
    if name.state in DECIDED_STATES and head.state not in DECIDED_STATES:
        head, name, head_seen, name_seen = name, head, name_seen, head_seen
    elif name.state in DECIDED_STATES and not _agree(head, name):
        raise RefusedError(
            f"{head.name} and {name.name} were settled differently. Undo one of the two decisions, then merge them"
        )
    remember(name, "merged", name_seen, by, into_id=head.id, before=as_it_was(name))
    change(head, head_seen)
    change(name, name_seen, merged_into_id=head.id, decided_by_id=by.person_id, decided_at=now())
    db.session.execute(
        update(Payee)
        .where(Payee.organisation_id == by.acting_for, Payee.merged_into_id == name.id)
        .values(merged_into_id=head.id, version=Payee.version + 1),
        execution_options={"synchronize_session": False},
    )
    follow_heads(by.acting_for, head.id)
    audit.note(by, "payees merged", name, into=head.id)
    return head


def take_out(payee_id: int, seen: str, *, by: Actor) -> Payee:
    """Undo a merge: the name is a payee of its own again, with the names that were merged into it before.

    seen    of the name itself
    errors  NotFoundError; ConflictError where it was taken out already
    """
    one_at_a_time(by.acting_for)
    payee = find(payee_id, of=by.acting_for)
    edges = _merged(payee)
    mine = edges.get(payee.id)
    if payee.merged_into_id is None or mine is None:
        raise ConflictError("This name was taken out already")
    was_in = payee.merged_into_id
    change(payee, seen, merged_into_id=None, checked_at=None, **_own(payee, mine))
    mine.undone_at, mine.undone_by_id = now(), by.person_id
    db.session.execute(
        update(Payee)
        .where(Payee.organisation_id == by.acting_for, Payee.id.in_(_below(payee.id, edges)))
        .values(merged_into_id=payee.id, version=Payee.version + 1),
        execution_options={"synchronize_session": False},
    )
    follow_heads(by.acting_for, payee.id)
    audit.note(by, "payee taken out", payee, was_in=was_in)
    return payee


def followed(of: int) -> Select[int]:
    """Payees that other names were merged into or split from: they must not be forgotten."""
    names = select(Payee.merged_into_id).where(Payee.organisation_id == of, Payee.merged_into_id.is_not(None))
    parts = select(Payee.split_of_id).where(Payee.organisation_id == of, Payee.split_by.is_not(None))
    mine = Payee.organisation_id == of
    return select(Payee.id).where(mine, or_(Payee.id.in_(names), Payee.id.in_(parts)))


def one_at_a_time(organisation_id: int) -> None:
    """Merges and splits of one organisation wait for each other, and for a ledger that is being confirmed."""
    db.session.execute(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update(key_share=True)
    )


def _agree(one: Payee, other: Payee) -> bool:
    said = [(each.state, each.enterprise_id, each.body_id) for each in (one, other)]
    return said[0] == said[1]


def _merged(payee: Payee) -> dict[int, PayeeDecision]:
    """Name (by payee id) > the decision by which it was merged, for every name of the payee's group."""
    group = select(Payee.id).where(
        Payee.organisation_id == payee.organisation_id,
        or_(Payee.id == payee.head_id, Payee.merged_into_id == payee.head_id),
    )
    found = db.session.scalars(
        select(PayeeDecision)
        .where(
            PayeeDecision.organisation_id == payee.organisation_id,
            PayeeDecision.kind == "merged",
            PayeeDecision.undone_at.is_(None),
            PayeeDecision.payee_id.in_(group),
        )
        .order_by(PayeeDecision.id)
    )
    return {each.payee_id: each for each in found if each.payee_id is not None}


def _below(payee_id: int, edges: dict[int, PayeeDecision]) -> set[int]:
    """The names that came into the group through this one."""
    below: set[int] = set()
    waiting = {payee_id}
    while waiting:
        waiting = {name for name, edge in edges.items() if edge.into_id in waiting} - below
        below |= waiting
    return below


def _own(payee: Payee, merged: PayeeDecision) -> dict[str, object]:
    """What a name is by itself: what a person had said of it, or what we had thought."""
    said = standing(payee)
    if said is None:
        return restored(merged.before, payee)
    return {
        "state": STATE_OF[said.kind],
        "enterprise_id": said.enterprise_id,
        "body_id": said.body_id,
        "kind": said.kind if said.kind in ("person", "public_body") else None,
        "decided_by_id": said.decided_by_id,
        "decided_at": said.decided_at,
    }
