"""Consortia that enterprises formed themselves, as far as their partners told the buyer of a lot.

The buyer reads who told it so and what each says it can do; plan, shares, prices and messages stay in the room.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...extensions import db
from ...models import Consortium, ConsortiumMember, Decision, Enterprise, Interest, Lot, Partner, Proposal
from ..enterprises import offers
from ..errors import ConflictError
from ..ranking.candidates import enterprises_of
from . import teams
from .teams import Member, Row

MADE_BY = "formed by the enterprises themselves"


@dataclass(frozen=True)
class Formed:
    """A consortium whose lead told the buyer that it is interested.

    members   partners who told the buyer so too, the lead first
    unnamed   how many accepted partners did not, and stay unnamed
    subject   the proposal that decisions about this very set are kept with; None where nothing was decided
    """

    consortium: Consortium
    members: tuple[Member, ...]
    rows: tuple[Row, ...]
    unnamed: int
    subject: int | None
    decision: Decision | None
    seen: int

    @property
    def key(self) -> str:
        """This consortium with these partners, so that a decision is never about others than were looked at."""
        return f"{self.consortium.id}:{'-'.join(str(one.enterprise.organisation_id) for one in self.members)}"

    @property
    def name(self) -> str:
        return self.consortium.name


def formed_for(lot: Lot) -> list[Formed]:
    """The consortia the buyer of a lot was told of, oldest first."""
    decided = teams.decided_sets(lot)
    told = _told(lot)
    known = enterprises_of({one.organisation_id for members in told.values() for one in members})
    return [_formed(lot, members, known, decided) for members in told.values()]


def proposal_of(lot: Lot, key: str) -> Proposal:
    """What a decision about a formed consortium is kept with: its partners as the buyer saw them.

    errors  ConflictError where its partners changed meanwhile, or it ended
    """
    found = next((one for one in formed_for(lot) if one.key == key), None)
    if found is None:
        raise ConflictError(
            "The members of this consortium changed while you were looking. Look again before you decide"
        )
    if found.subject is not None and (known := db.session.get(Proposal, found.subject)) is not None:
        return known
    proposal = Proposal(
        organisation_id=lot.organisation_id,
        lot_id=lot.id,
        lot_version=lot.version,
        kind="consortium",
        rank=0,
        explanation={"name": found.name},
        engine=MADE_BY,
        is_current=False,
    )
    proposal.partners = [
        Partner(
            enterprise_id=member.enterprise.organisation_id,
            enterprise_version=member.enterprise.version,
            is_lead=member.is_lead,
            units={str(row.need.id): row.units[place] for row in found.rows if row.units[place]},
        )
        for place, member in enumerate(found.members)
    ]
    db.session.add(proposal)
    db.session.flush()
    return proposal


def _told(lot: Lot) -> dict[int, list[ConsortiumMember]]:
    """Consortium > the accepted partners who told the buyer that they bid with it, where its lead did."""
    query = (
        select(ConsortiumMember)
        .join(Consortium, Consortium.id == ConsortiumMember.consortium_id)
        .join(
            Interest,
            (Interest.consortium_id == Consortium.id) & (Interest.organisation_id == ConsortiumMember.organisation_id),
        )
        .where(
            Consortium.lot_id == lot.id,
            Consortium.dissolved_at.is_(None),
            ConsortiumMember.state == "accepted",
            Interest.lot_id == lot.id,
            Interest.state == "interested",
        )
        .options(selectinload(ConsortiumMember.consortium).selectinload(Consortium.members))
        .order_by(ConsortiumMember.consortium_id, ConsortiumMember.is_lead.desc(), ConsortiumMember.id)
    )
    grouped: dict[int, list[ConsortiumMember]] = {}
    for member in db.session.scalars(query):
        grouped.setdefault(member.consortium_id, []).append(member)
    return {key: members for key, members in grouped.items() if members[0].is_lead}


def _formed(
    lot: Lot,
    told: list[ConsortiumMember],
    known: dict[int, Enterprise],
    decided: dict[frozenset[int], Decision],
) -> Formed:
    consortium = told[0].consortium
    inside = [known[one.organisation_id] for one in told]
    latest = decided.get(frozenset(one.organisation_id for one in told))
    return Formed(
        consortium=consortium,
        members=tuple(Member(enterprise, 0.0, one.is_lead, ()) for one, enterprise in zip(told, inside, strict=True)),
        rows=tuple(
            Row(need, tuple(float(min(need.units, offers.units_for(need, one))) for one in inside))
            for need in lot.needs
        ),
        unnamed=sum(one.state == "accepted" for one in consortium.members) - len(told),
        subject=latest.proposal_id if latest else None,
        decision=latest if latest is not None and latest.action != "undo" else None,
        seen=latest.id if latest else 0,
    )
