"""Which payees' names stay out of published files: a rule, and people's decisions, which win."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from ...extensions import db
from ...models import MonthlySpend, Payee, Redaction, now
from ...spend.private_names import reason_to_redact
from .. import audit, own
from ..actors import Actor
from ..errors import ConflictError

BY_A_PERSON = "Hidden by one of your officers"
SAID_TO_BE_A_PERSON = "One of your officers said that it is a person"
RECOGNISED = "It looks like a person’s name"
MOST_SHOWN = 100


@dataclass(frozen=True)
class PaidName:
    """A name confirmed ledgers paid: what the rule says of it, and what a person said (None: nothing yet)."""

    payee_id: int
    name: str
    payments: int
    pence: int
    by_rule: str | None
    decision: bool | None

    @property
    def is_hidden(self) -> bool:
        return bool(self.by_rule) if self.decision is None else self.decision


def decisions(of: int) -> dict[str, bool]:
    """Name > whether it is hidden, where somebody decided."""
    found = select(Redaction.name, Redaction.is_hidden).where(Redaction.organisation_id == of)
    return {name: is_hidden for name, is_hidden in db.session.execute(found)}


def persons(of: int) -> dict[str, bool]:
    """Name > whether one of the officers said that it is a person's; False where only we think so."""
    origin = aliased(Payee)
    found = db.session.execute(
        select(Payee.name, origin.name, Payee.state == "person")
        .outerjoin(origin, and_(origin.id == Payee.split_of_id, origin.organisation_id == of))
        .where(Payee.organisation_id == of, Payee.kind == "person")
        .order_by(Payee.state == "person")
    )
    return {name: bool(is_said) for *names, is_said in found for name in names if name}


def redactor(of: int, *, by_rule: bool = True) -> Callable[[str], str | None]:
    """Why a payee's name must be hidden, or None. `by_rule` False leaves only what people decided."""
    decided, people = decisions(of), persons(of)
    known: dict[str, str | None] = {}

    def judge(name: str) -> str | None:
        is_hidden = decided.get(name)
        if is_hidden is not None:
            return BY_A_PERSON if is_hidden else None
        if people.get(name):
            return SAID_TO_BE_A_PERSON
        return _by_rule(name, people) if by_rule else None

    def remembered(name: str) -> str | None:
        if name not in known:
            known[name] = judge(name)
        return known[name]

    return remembered


def _why(name: str, people: Mapping[str, bool]) -> str | None:
    return SAID_TO_BE_A_PERSON if people.get(name) else _by_rule(name, people)


def _by_rule(name: str, people: Mapping[str, bool]) -> str | None:
    return reason_to_redact(name) or (RECOGNISED if name in people else None)


def paid_names(of: int, search: str = "") -> list[PaidName]:
    """Names that are hidden or were decided on, or all that hold the searched text; most money first."""
    pence = func.sum(MonthlySpend.pence)
    found = db.session.execute(
        select(Payee.id, Payee.name, func.sum(MonthlySpend.payments), pence)
        .join(MonthlySpend, MonthlySpend.payee_id == Payee.id)
        .where(Payee.organisation_id == of, MonthlySpend.organisation_id == of)
        .group_by(Payee.id, Payee.name)
        .order_by(pence.desc(), Payee.id)
    )
    decided, people, wanted = decisions(of), persons(of), search.casefold()
    names = (
        PaidName(number, name, int(payments), int(paid), _why(name, people), decided.get(name))
        for number, name, payments, paid in found
    )
    if wanted:
        return [each for each in names if wanted in each.name.casefold()]
    return [each for each in names if each.by_rule or each.decision is not None]


def decide(payee_id: int, is_hidden: bool | None, *, by: Actor) -> str:
    """Hide or show a payee's name in published files; None gives the decision back to the rule. Returns the name.

    errors  NotFoundError; ConflictError where somebody else decided at the same moment
    """
    of = by.acting_for
    payee = own.find(Payee, payee_id, of=of)
    mine = (Redaction.organisation_id == of, Redaction.name == payee.name)
    if is_hidden is None:
        db.session.execute(delete(Redaction).where(*mine))
    else:
        _keep(payee.name, is_hidden, by)
    words = {True: "name hidden in published files", False: "name shown in published files"}
    audit.note(by, words.get(is_hidden, "name left to the rule in published files"), payee)  # type: ignore[arg-type]
    return payee.name


def _keep(name: str, is_hidden: bool, by: Actor) -> None:
    facts = {"is_hidden": is_hidden, "decided_by_id": by.person_id, "decided_at": now()}
    changed: Any = db.session.execute(
        update(Redaction).where(Redaction.organisation_id == by.acting_for, Redaction.name == name).values(**facts)
    )
    if changed.rowcount:
        return
    db.session.add(Redaction(organisation_id=by.acting_for, name=name, **facts))
    try:
        db.session.flush()
    except IntegrityError as fault:
        db.session.rollback()
        raise ConflictError("Somebody else decided about this name just now. Look again") from fault
