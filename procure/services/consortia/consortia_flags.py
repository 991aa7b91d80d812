"""What competition law asks a joint bid to look at: partners in two bids, and partners who could bid alone.

The lead learns that a partner is in another bid for the lot, never whose, how many are in it or what it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from ...extensions import db
from ...models import Consortium, ConsortiumMember, Enterprise, Lot, now
from ..enterprises import offers
from ..lots import gates
from .consortia_rooms import accepted_in, membership_in

INSIDE_ALREADY = (
    "You are in another bid for this lot already. If you take part in this one too, you must tell the buyer so in "
    "both, and pass nothing from one to the other."
)


@dataclass(frozen=True)
class Flag:
    """A caution about one partner, and what to do about it."""

    organisation_id: int
    kind: str
    """rival (in another bid for the same lot) or alone (could do it by itself)."""
    sentence: str


def flags_for(consortium: Consortium, lot: Lot, partners: Mapping[int, Enterprise], *, viewer: int) -> tuple[Flag, ...]:
    """Cautions this viewer may read: its own, and for the lead those of every partner."""
    is_lead = membership_in(consortium, viewer).is_lead
    seen = [one for one in accepted_in(consortium) if is_lead or one.organisation_id == viewer]
    rivals = in_other_bids(consortium, [one.organisation_id for one in seen])
    flags = []
    for member in seen:
        own, name = member.organisation_id == viewer, member.organisation.name
        if member.organisation_id in rivals:
            flags.append(Flag(member.organisation_id, "rival", _rival_words(name, own=own)))
        knows_all = own or member.shares_details_at is not None
        if could_alone(lot, partners[member.organisation_id], knows_all=knows_all):
            flags.append(Flag(member.organisation_id, "alone", _alone_words(name, own=own, knows_all=knows_all)))
    return tuple(flags)


def before_joining(lot: Lot, enterprise: Enterprise) -> tuple[str, ...]:
    """What an enterprise should know of itself before it takes part in one more bid for a lot."""
    is_inside = bool(_in_bids_for(lot.id, [enterprise.organisation_id], besides=0))
    return (
        *((INSIDE_ALREADY,) if is_inside else ()),
        *((_alone_words("", own=True, knows_all=True),) if could_alone(lot, enterprise, knows_all=True) else ()),
    )


def in_other_bids(consortium: Consortium, organisations: list[int]) -> frozenset[int]:
    """Which of these are accepted partners of another living consortium for the same lot."""
    if consortium.lot_id is None:
        return frozenset()
    return _in_bids_for(consortium.lot_id, organisations, besides=consortium.id)


def _in_bids_for(lot_id: int, organisations: list[int], *, besides: int) -> frozenset[int]:
    query = (
        select(ConsortiumMember.organisation_id)
        .join(Consortium, Consortium.id == ConsortiumMember.consortium_id)
        .where(
            Consortium.lot_id == lot_id,
            Consortium.id != besides,
            Consortium.dissolved_at.is_(None),
            ConsortiumMember.state == "accepted",
            ConsortiumMember.organisation_id.in_(organisations),
        )
    )
    return frozenset(db.session.scalars(query))


def could_alone(lot: Lot, enterprise: Enterprise, *, knows_all: bool) -> bool:
    """Whether an enterprise could do all of a lot by what it says.

    knows_all  whether pounds and gates may be asked too; where not, only the work it says it can do counts
    """
    if not lot.needs or any(offers.units_for(need, enterprise) < need.units for need in lot.needs):
        return False
    if not knows_all:
        return True
    pounds = offers.pounds_for_term(enterprise, lot)
    if pounds is not None and lot.value_pence is not None and pounds < lot.value_pence:
        return False
    answers = gates.check_gates(lot.gates, enterprise, is_shared=True, on=now().date())
    return all(answer.state == "met" for answer in answers)


def _rival_words(name: str, *, own: bool) -> str:
    if own:
        return (
            "You are in another bid for this lot too. Leave one of them, or tell the buyer in both, and pass nothing "
            "from one to the other."
        )
    return f"{name} is in another bid for this lot too. Agree with them which bid they stay in, or tell the buyer."


def _alone_words(name: str, *, own: bool, knows_all: bool) -> str:
    if own:
        return (
            "By what you told us, you could bid for this lot alone. Say why bidding together is better for the buyer."
        )
    if knows_all:
        return f"{name} could bid for this lot alone. Say why bidding together is better for the buyer."
    return f"{name} says it can do all the work by itself. Ask whether it could bid alone before you give your reason."
