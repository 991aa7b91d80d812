"""What needs an anchor's people now."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import func, select

from ...extensions import db
from ...models import Decision, Interest, Lot
from ..actors import Actor
from ..ledgers import ledgers
from ..payees import payee_checks
from ..place import watching
from ..shares import areas, shares

FINANCE = ("anchor:finance", "anchor:admin")
BUYERS = ("anchor:buyer", "anchor:admin")
LOTS_SHOWN = 5


@dataclass(frozen=True)
class Task:
    """Something that waits for a person; `about` is the id of the thing, and pence what it is worth."""

    kind: Literal["ledger", "payees", "check", "watch", "interest", "draft", "add ledger", "area", "add lot"]
    words: str
    about: int | None = None
    pence: int | None = None
    due_on: date | None = None


def tasks_of(actor: Actor) -> list[Task]:
    """What waits for this person in their anchor: most money first, then by deadline."""
    of = actor.acting_for
    found: list[Task] = []
    if actor.may(*FINANCE):
        found += _finance_tasks(of)
    if actor.may(*BUYERS):
        found += _buyer_tasks(of)
    return sorted(found, key=lambda task: (-(task.pence or 0), task.due_on or date.max, task.words))


def _finance_tasks(of: int) -> list[Task]:
    found = [
        Task("ledger", f"Check and confirm {ledger.upload.filename}", ledger.id, ledger.total_pence)
        for ledger in ledgers.waiting(of)
    ]
    number, pence = shares.pence_to_settle(of)
    if number:
        found.append(
            Task("payees", f"Settle who {number:,} payees are" if number > 1 else "Settle who 1 payee is", None, pence)
        )
    if not payee_checks.open_job(of) and (stale := payee_checks.count_stale(of)):
        found.append(
            Task("check", f"Check {stale:,} payee{'s' if stale > 1 else ''} against enterprises that registered since")
        )
    found += [Task("watch", f"{watch.place.name} asks to see your local share") for watch in watching.asking(of)]
    if not found and not shares.confirmed_pence(of):
        found.append(Task("add ledger", "Add your first ledger to see where your money goes"))
    if areas.headline(of) is None:
        found.append(Task("area", "Say what local means for you"))
    return found


def _buyer_tasks(of: int) -> list[Task]:
    decided = select(Decision.id).where(
        Decision.organisation_id == of,
        Decision.lot_id == Interest.lot_id,
        Decision.enterprise_id == Interest.organisation_id,
    )
    interested = db.session.execute(
        select(Lot.id, Lot.title, Lot.value_pence, Lot.deadline_on, func.count(Interest.id))
        .join(Interest, Interest.lot_id == Lot.id)
        .where(
            Lot.organisation_id == of,
            Lot.state.in_(("open", "invited")),
            Interest.state == "interested",
            ~decided.exists(),
        )
        .group_by(Lot.id, Lot.title, Lot.value_pence, Lot.deadline_on)
        .order_by(Lot.deadline_on, Lot.id)
        .limit(LOTS_SHOWN)
    )
    found = [
        Task("interest", f"{title}: {number} {'enterprise is' if number == 1 else 'enterprises are'} interested", *rest)
        for lot, title, pence, due, number in interested
        for rest in [(lot, pence, due)]
    ]
    drafts = db.session.scalars(
        select(Lot).where(Lot.organisation_id == of, Lot.state == "draft").order_by(Lot.id).limit(LOTS_SHOWN)
    ).all()
    if not found and not drafts and not db.session.scalar(select(Lot.id).where(Lot.organisation_id == of).limit(1)):
        return [Task("add lot", "Add your first lot to see who nearby could do it")]
    return found + [
        Task("draft", f"Finish the draft lot {lot.title}", lot.id, lot.value_pence, lot.deadline_on) for lot in drafts
    ]
