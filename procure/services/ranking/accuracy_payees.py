"""How often payees were linked rightly: what was proposed beside what officers then said. Sums over all anchors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from ...extensions import db
from ...matching.accuracy import Bin, calibration, expected_calibration_error
from ...models import Organisation, Payee, PayeeDecision

SAYS_WHO = ("linked", "rejected", "person", "public_body")
SHOWN_FIRST = 5


@dataclass(frozen=True)
class PayeeFigures:
    """What officers said of the payees they looked at; the sure ones are rarely looked at.

    decided     standing decisions that say who a payee is, or that it is nobody registered
    linked      of these, decisions that named somebody
    first       of `linked`, those who stood first among the candidates
    in_five     of `linked`, those among the first five
    was_sure    decisions about links the engine had made without a person
    overruled   of `was_sure`, those that named somebody else or nobody
    waiting     payees that wait for a person now: there the engine abstains
    payees      payees the engine was asked about
    """

    decided: int
    linked: int
    first: int
    in_five: int
    was_sure: int
    overruled: int
    bins: tuple[Bin, ...]
    ece: float | None
    waiting: int
    payees: int
    least: int

    @property
    def is_enough(self) -> bool:
        return self.decided >= self.least

    @property
    def first_share(self) -> float | None:
        return self.first / self.linked if self.linked else None

    @property
    def in_five_share(self) -> float | None:
        return self.in_five / self.linked if self.linked else None


@dataclass(frozen=True)
class _Said:
    """One decision: whom it named, who was proposed, and how sure the engine was of the first."""

    named: tuple[str, int] | None
    proposed: tuple[tuple[str, int], ...]
    probability: float | None
    was_sure: bool

    @property
    def is_first(self) -> bool:
        return bool(self.proposed) and self.named == self.proposed[0]


def mark() -> tuple[int, ...]:
    """Changes whenever a decision is made or undone, or a payee is added or sent to a person."""
    anchors = _anchors()
    rows = db.session.execute(
        select(func.coalesce(func.max(PayeeDecision.id), 0), func.count(PayeeDecision.undone_at)).where(
            PayeeDecision.organisation_id.in_(anchors)
        )
    ).one()
    payees = db.session.execute(
        select(func.count(Payee.id), func.count(Payee.id).filter(Payee.state == "review")).where(
            Payee.organisation_id.in_(anchors)
        )
    ).one()
    return (*rows, *payees)


def measure(least: int) -> PayeeFigures:
    said = _said()
    linked = [one for one in said if one.named is not None]
    sure = [one for one in said if one.was_sure]
    told = [(one.probability, one.is_first) for one in said if one.probability is not None and one.proposed]
    probabilities, right = [one for one, _ in told], [one for _, one in told]
    states = _states()
    return PayeeFigures(
        decided=len(said),
        linked=len(linked),
        first=sum(one.is_first for one in linked),
        in_five=sum(one.named in one.proposed[:SHOWN_FIRST] for one in linked),
        was_sure=len(sure),
        overruled=sum(not one.is_first for one in sure),
        bins=tuple(calibration(probabilities, right)),
        ece=expected_calibration_error(probabilities, right),
        waiting=states.get("review", 0),
        payees=sum(states.values()),
        least=least,
    )


def _anchors() -> Select[Any]:
    return select(Organisation.id).where(Organisation.is_anchor)


def _said() -> list[_Said]:
    """Decisions that stand; one taken over from another anchor says nothing new."""
    rows = db.session.execute(
        select(
            PayeeDecision.kind, PayeeDecision.enterprise_id, PayeeDecision.body_id, PayeeDecision.candidates,
            PayeeDecision.probability, PayeeDecision.seen,
        ).where(
            PayeeDecision.organisation_id.in_(_anchors()),
            PayeeDecision.kind.in_(SAYS_WHO),
            PayeeDecision.undone_at.is_(None),
            PayeeDecision.was_offered.is_(False),
        )
    )  # fmt: skip
    found = []
    for kind, enterprise, body, candidates, probability, seen in rows:
        named = _who({"enterprise_id": enterprise, "body_id": body}) if kind == "linked" else None
        if kind == "linked" and named is None:
            continue  # whoever was named is gone
        proposed = tuple(one for each in candidates or () if (one := _who(each)) is not None)
        found.append(_Said(named, proposed, probability, str(seen).startswith("accepted")))
    return found


def _who(told: Mapping[str, Any]) -> tuple[str, int] | None:
    """An enterprise here, or a body of a register."""
    for kind in ("enterprise_id", "body_id"):
        if told.get(kind):
            return kind, int(told[kind])
    return None


def _states() -> dict[str, int]:
    """State > payees the engine was asked about."""
    rows = db.session.execute(
        select(Payee.state, func.count())
        .where(Payee.organisation_id.in_(_anchors()), Payee.checked_at.is_not(None))
        .group_by(Payee.state)
    )
    return {state: number for state, number in rows}
