"""One round of asking the engine: what is asked, what it answers, and what of that is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from ...extensions import db
from ...matching.payees import Candidate, Identification, Query, agree_by_supplier, identify
from ...matching.payees.names import read
from ...models import Enterprise, Ledger, MonthlySpend, Organisation, Payee, Payment, RegisteredBody, now
from . import payee_index, payee_parameters
from .payee_changes import follow_heads
from .payee_index import Known
from .payee_parameters import Weights

BATCH = 200
CANDIDATES_KEPT = 3
LEAST_REGISTER = 50
"""With fewer registered enterprises and no register, the engine cannot tell rare words from common ones: it links
equal names only."""
EVEN_ODDS = 0.5
"""With so few enterprises, a name less likely than this is not put before a person either."""
LEAST_PROBABILITY = 0.02
"""Candidates less likely than this are not worth a person's time."""
PLACES = 6
"""Decimal places of a probability that are kept: the last digits depend on the machine."""
KINDS = {"person": "person", "public body": "public_body"}
"""What the engine calls a name's kind > what a payee's kind is called."""
SAID_OF_KIND = {"person": "The name is a person’s", "public_body": "The name is a public body’s"}


@dataclass(frozen=True)
class Question:
    """What the engine is asked: payees by id, whom they may be, by which parameters, and when we looked at them."""

    payees: tuple[tuple[int, Query], ...]
    known: Known
    weights: Weights
    asked_at: datetime

    @property
    def checked_with(self) -> str:
        return _standing(self.known.editions, self.weights.lesson_id)


def standing() -> str:
    """The editions and the lesson in force now, as `Payee.checked_with` keeps them."""
    lesson = payee_parameters.lesson_in_force()
    return _standing(payee_index.key_of(payee_index.editions_in_force()), lesson.id if lesson else None)


def _standing(editions: str, lesson_id: int | None) -> str:
    return f"{editions or 'none'}/{lesson_id or 0}"


def is_stale() -> tuple[ColumnElement[bool], ...]:
    """Whether no person decided about a payee, and what is in force now has not answered it."""
    newest = db.session.scalar(select(func.max(Enterprise.named_at)))
    is_old = [Payee.checked_at.is_(None), Payee.checked_with.is_distinct_from(standing())]
    if newest is not None:
        is_old.append(Payee.checked_at < newest)
    return Payee.decided_at.is_(None), or_(*is_old)


def stale(of: int) -> Any:
    """Payees with confirmed money that no person decided about and that what is in force now has not answered."""
    whole = aliased(Payee)  # a part of a name is asked about by the name as written
    written = func.coalesce(whole.name, Payee.name)
    return (
        select(Payee.id, written, func.max(MonthlySpend.postcode).label("postcode"))
        .join(MonthlySpend, and_(MonthlySpend.payee_id == Payee.id, MonthlySpend.organisation_id == of))
        .outerjoin(whole, and_(whole.id == Payee.split_of_id, whole.organisation_id == of))
        .where(Payee.organisation_id == of, *is_stale())
        .group_by(Payee.id, written)
        .order_by(Payee.id)
    )


def gather(*, of: int) -> Question:
    """The payees to check, and whom to check them against."""
    asked_at = now()
    asked = db.session.execute(stale(of)).all()
    companies = _one_of(Payment.company_number, of) if asked else {}
    suppliers = _one_of(Payment.supplier_id, of) if asked else {}
    queries = tuple(
        (payee, Query(name, postcode or None, _numbers(companies.get(payee)), suppliers.get(payee)))
        for payee, name, postcode in asked
    )
    return Question(queries, payee_index.known(), payee_parameters.weights(), asked_at)


def _numbers(company: str | None) -> tuple[str, ...]:
    return (f"company:{company}",) if company else ()


def _one_of(given: Any, of: int) -> dict[int, str]:
    """Payee > the company's or the supplier's number on its payments, where all that give one give the same."""
    found = db.session.execute(
        select(Payment.payee_id, func.min(given))
        .join(Ledger, and_(Ledger.id == Payment.ledger_id, Ledger.organisation_id == of))
        .where(Payment.organisation_id == of, Ledger.state == "confirmed", given.is_not(None))
        .group_by(Payment.payee_id)
        .having(func.min(given) == func.max(given))
    )
    return {payee: number for payee, number in found}


def answer(question: Question, report: Callable[[int, int], None] | None = None) -> list[tuple[int, Identification]]:
    """Payee id and what the engine thinks, for every payee asked about.

    Writes nothing. Reads the registers only where this machine has no index of them yet: see `register_for`.
    """
    register = payee_index.register_for(question.known) if question.payees else None
    if register is None:
        nobody = Identification("", (), "none", "No enterprise is registered yet")
        return [(payee, nobody) for payee, _ in question.payees]
    is_small = not question.known.editions and len(question.known.rows) < LEAST_REGISTER
    answers: list[Identification] = []
    for start in range(0, len(question.payees), BATCH):
        part = question.payees[start : start + BATCH]
        queries = [query for _, query in part]
        found = identify(queries, register, top=CANDIDATES_KEPT, parameters=question.weights.parameters)
        if is_small:
            found = [_with_caution(one) for one in found]
        answers.extend(found)
        if report:
            report(len(answers), len(question.payees))
    agreed = agree_by_supplier([query for _, query in question.payees], answers)
    return [(payee, one) for (payee, _), one in zip(question.payees, agreed, strict=True)]


def _with_caution(found: Identification) -> Identification:
    """The same answer, but a link between names that differ is left to a person, and less than even odds to nobody."""
    if found.decision == "review" and found.candidates[0].probability < EVEN_ODDS:
        return replace(found, decision="none", reason="No registered enterprise has a name like this")
    if found.decision != "accept" or read(found.query).text == read(found.candidates[0].name).text:
        return found
    return replace(found, decision="review", reason="Few enterprises are registered yet, so a person should look")


def keep(question: Question, answers: Sequence[tuple[int, Identification]], *, of: int) -> None:
    """Store what the engine thinks, except where a person decided meanwhile."""
    targets = {
        entity: question.known.target(entity)
        for entity in {each.entity for _, found in answers for each in found.candidates}
    }
    gone = _gone(targets)
    there = {entity: to for entity, to in targets.items() if entity not in gone}
    rows = [{"payee": payee, **_kept(found, there)} for payee, found in answers]
    if rows:
        given: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "payee"}
        statement = (
            update(Payee)
            .where(Payee.id == bindparam("payee"), Payee.organisation_id == of, Payee.decided_at.is_(None))
            .values(**given, checked_at=question.asked_at, checked_with=question.checked_with)
        )
        db.session.connection().execute(statement, rows)
        db.session.expire_all()
    follow_heads(of)


def _gone(targets: dict[str, tuple[int | None, int | None]]) -> set[str]:
    """Entities that are no longer there to be linked to."""
    still = set(db.session.scalars(select(Organisation.id).where(Organisation.is_enterprise)))
    bodies = [body for _, body in targets.values() if body]
    listed: set[int] = set()
    for start in range(0, len(bodies), BATCH):
        listed.update(
            db.session.scalars(select(RegisteredBody.id).where(RegisteredBody.id.in_(bodies[start : start + BATCH])))
        )
    return {
        entity
        for entity, (enterprise, body) in targets.items()
        if (enterprise not in still if enterprise else body not in listed)
    }


def _kept(found: Identification, targets: dict[str, tuple[int | None, int | None]]) -> dict[str, Any]:
    """What a payee row says after the engine answered."""
    best = found.candidates[0] if found.candidates else None
    kind = KINDS.get(found.kind)
    linked: tuple[int | None, int | None] = (None, None)
    if best and found.decision == "accept":
        linked = targets.get(best.entity, linked)
        if kind and linked[1]:  # a person or a public body is no company or charity; an enterprise here said who it is
            linked = (None, None)
    is_linked = linked != (None, None)
    waits = found.decision == "review" and kind is None
    return {
        "state": "accepted" if is_linked else "review" if waits else "unlinked",
        "enterprise_id": linked[0],
        "body_id": linked[1],
        "kind": kind,
        "probability": round(best.probability, PLACES) if best else None,
        "reason": found.reason if is_linked or kind is None else SAID_OF_KIND[kind],
        "candidates": [
            _described(each, *targets[each.entity]) for each in found.candidates if _is_shown(each, targets)
        ],
    }


def _is_shown(candidate: Candidate, targets: dict[str, tuple[int | None, int | None]]) -> bool:
    return candidate.probability >= LEAST_PROBABILITY and candidate.entity in targets


def _described(candidate: Candidate, enterprise_id: int | None, body_id: int | None) -> dict[str, Any]:
    return {
        **({"enterprise_id": enterprise_id} if enterprise_id else {"body_id": body_id}),
        "name": candidate.name,
        "probability": round(candidate.probability, PLACES),
        "reasons": [
            {"sentence": signal.sentence, "weight": signal.weight} for signal in candidate.signals if signal.sentence
        ],
    }
