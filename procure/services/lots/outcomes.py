"""What became of the lots an enterprise answered or was invited to: all it reads of how a buyer decided."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from ...extensions import db
from ...models import Decision, Interest, Lot

OVER = ("awarded", "closed")
MOST = 10
WORDS = {
    "won": "The buyer awarded this lot to you.",
    "together": "The buyer awarded this lot to you and the other members of your consortium.",
    "other": "The buyer awarded this lot to somebody else.",
    "closed": "The buyer closed this lot without an award so far.",
}


@dataclass(frozen=True)
class Outcome:
    """How one lot ended for one enterprise."""

    lot: Lot
    kind: str
    """won, together, other or closed."""

    @property
    def words(self) -> str:
        return WORDS[self.kind]


def outcome_of(lot: Lot, *, of: int) -> Outcome | None:
    """How a lot ended for this enterprise; None while it is not over."""
    return None if lot.state not in OVER else _outcome(lot, _awards({lot.id}, of=of).get(lot.id))


def outcomes_for(organisation_id: int) -> list[Outcome]:
    """Lots that are over, which this enterprise was interested in or heard of by an invitation; the latest first."""
    answered = select(Interest.lot_id).where(
        Interest.organisation_id == organisation_id, Interest.state == "interested"
    )
    asked = select(Decision.lot_id).where(
        Decision.enterprise_id == organisation_id, Decision.action.in_(("invite", "award"))
    )
    lots = db.session.scalars(
        select(Lot)
        .where(Lot.state.in_(OVER), or_(Lot.id.in_(answered), Lot.id.in_(asked)))
        .options(selectinload(Lot.organisation))
        .order_by(Lot.deadline_on.desc().nulls_last(), Lot.id.desc())
        .limit(MOST)
    ).all()
    awards = _awards({lot.id for lot in lots}, of=organisation_id)
    return [_outcome(lot, awards.get(lot.id)) for lot in lots]


def _awards(lots: set[int], *, of: int) -> dict[int, Decision]:
    """Lot > the award to this enterprise, alone or with partners."""
    query = select(Decision).where(Decision.lot_id.in_(lots), Decision.enterprise_id == of, Decision.action == "award")
    return {one.lot_id: one for one in db.session.scalars(query)}


def _outcome(lot: Lot, award: Decision | None) -> Outcome:
    if lot.state == "closed":
        return Outcome(lot, "closed")
    if award is None:
        return Outcome(lot, "other")
    return Outcome(lot, "won" if award.proposal_id is None else "together")
