"""What every decision about a payee shares: it is changed once by who saw it, remembered, and can be taken back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select, update

from ...extensions import db
from ...models import Enterprise, Organisation, Payee, PayeeDecision, RegisteredBody
from ..actors import Actor
from ..errors import ConflictError

MOVED_ON = "Somebody settled this payee while you were looking at it. Look at it again"
ENGINE_STATES = ("unlinked", "accepted", "review")


@dataclass(frozen=True)
class Target:
    """Whom a payee is said to be: an enterprise here, or a body of a public register."""

    enterprise_id: int | None = None
    body_id: int | None = None


def change(payee: Payee, seen: str, **values: Any) -> None:
    """Change a payee that is still as the person saw it; until the commit nobody else can.

    errors  ConflictError where it moved on
    """
    state, version = read_seen(seen)
    result: Any = db.session.execute(
        update(Payee)
        .where(
            Payee.id == payee.id,
            Payee.organisation_id == payee.organisation_id,
            Payee.state == state,
            Payee.version == version,
        )
        .values(**values, version=Payee.version + 1),
        execution_options={"synchronize_session": False},
    )
    if not result.rowcount:
        raise ConflictError(MOVED_ON)
    db.session.expire(payee)


def remember(payee: Payee, kind: str, seen: str, by: Actor, **facts: Any) -> PayeeDecision:
    """Keep a decision about a payee as it is now, before it is changed."""
    decision = PayeeDecision(
        organisation_id=payee.organisation_id,
        payee_id=payee.id,
        name=payee.name,
        kind=kind,
        candidates=payee.candidates,
        probability=payee.probability,
        seen=seen,
        decided_by_id=by.person_id,
        **facts,
    )
    db.session.add(decision)
    return decision


def as_it_was(payee: Payee) -> dict[str, Any]:
    """What undoing a decision about a payee restores."""
    return {
        "state": payee.state,
        "enterprise_id": payee.enterprise_id,
        "body_id": payee.body_id,
        "kind": payee.kind,
    }


def restored(before: dict[str, Any], payee: Payee) -> dict[str, Any]:
    """What a payee becomes when a decision is taken back: what the engine thought, or waiting to be settled."""
    clean: dict[str, Any] = {"enterprise_id": None, "body_id": None, "kind": None}
    target = Target(before.get("enterprise_id"), before.get("body_id"))
    waits = "review" if payee.candidates else "unlinked"
    state = before.get("state", waits)
    if state not in ENGINE_STATES or (state == "accepted" and not is_live(target)):
        state = waits
    if state == "accepted":
        clean.update(enterprise_id=target.enterprise_id, body_id=target.body_id)
    if state == "unlinked":
        clean["kind"] = before.get("kind")
    return {"state": state, **clean, "decided_by_id": None, "decided_at": None}


def follow_heads(of: int, head_id: int | None = None) -> None:
    """Names merged into a payee take over what it is; all of them, or those of one payee."""
    heads = select(Payee).where(Payee.organisation_id == of).subquery()
    taken = ("state", "enterprise_id", "body_id", "kind", "probability", "reason")
    db.session.execute(
        update(Payee)
        .where(
            Payee.organisation_id == of,
            Payee.merged_into_id.is_not(None) if head_id is None else Payee.merged_into_id == head_id,
        )
        .values(
            {name: select(heads.c[name]).where(heads.c.id == Payee.merged_into_id).scalar_subquery() for name in taken}
        ),
        execution_options={"synchronize_session": False},
    )
    db.session.expire_all()


def is_live(target: Target) -> bool:
    """Whether the target can be linked to: registered here and not suspended, or on a register."""
    if target.enterprise_id is not None:
        condition = and_(Organisation.id == target.enterprise_id, Organisation.suspended_at.is_(None))
        found = (
            select(func.count())
            .select_from(Enterprise)
            .join(Organisation, Organisation.id == Enterprise.organisation_id)
        )
        return bool(db.session.scalar(found.where(condition)))
    return bool(db.session.scalar(select(func.count(RegisteredBody.id)).where(RegisteredBody.id == target.body_id)))


def read_seen(seen: str) -> tuple[str, int]:
    """State and version as a form tells them."""
    state, _, version = seen.rpartition("_")
    if not version.isascii() or not version.isdigit() or len(version) > 9:
        return seen, 0
    return state, int(version)
