"""What the partners of a consortium cover of a lot, which gates they meet together, and who could fill the gaps.

Partners see of each other whether a gate is met, never an amount: turnover and insurance stay each one's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from ..extensions import db
from ..models import Consortium, Enterprise, Gate, Lot, Need, Organisation, now
from . import gates, matches, offers
from .gates import gate_label

MOST_SUGGESTED = 4
MOST_FOUND = 12


@dataclass(frozen=True)
class Share:
    """What one partner could carry of one need. `is_sure` where it has accepted."""

    name: str
    units: int
    is_sure: bool


@dataclass(frozen=True)
class NeedCovered:
    """One need of the lot, and who could carry how much of it."""

    need: Need
    shares: tuple[Share, ...]

    @property
    def sure(self) -> int:
        return min(self.need.units, sum(share.units for share in self.shares if share.is_sure))

    @property
    def hoped(self) -> int:
        """With those invited who have not answered."""
        return min(self.need.units, sum(share.units for share in self.shares))

    @property
    def short(self) -> int:
        return self.need.units - self.sure

    @property
    def unit(self) -> str:
        return self.need.unit or "units"


@dataclass(frozen=True)
class JointGate:
    """A gate of the lot for the consortium as a whole: met, not_met, expired or unknown, and why."""

    label: str
    state: str
    sentence: str


@dataclass(frozen=True)
class Suggestion:
    """An enterprise outside the consortium that could carry part of a need that is not covered."""

    enterprise_id: int
    name: str
    units: int
    fit: str


def partners_of(consortium: Consortium) -> dict[int, Enterprise]:
    """Profiles of those invited or inside, by organisation."""
    inside = [one.organisation_id for one in consortium.members if one.is_inside]
    query = (
        select(Enterprise)
        .where(Enterprise.organisation_id.in_(inside))
        .options(selectinload(Enterprise.capabilities), selectinload(Enterprise.holdings))
    )
    return {enterprise.organisation_id: enterprise for enterprise in db.session.scalars(query)}


def coverage(consortium: Consortium, lot: Lot) -> tuple[NeedCovered, ...]:
    """Each need in order, with what every partner could carry of it."""
    partners = partners_of(consortium)
    covered = []
    for need in lot.needs:
        shares = [
            Share(member.organisation.name, units, member.state == "accepted")
            for member in consortium.members
            if member.is_inside and (units := offers.units_for(need, partners[member.organisation_id]))
        ]
        covered.append(NeedCovered(need, tuple(shares)))
    return tuple(covered)


def joint_gates(consortium: Consortium, lot: Lot) -> tuple[JointGate, ...]:
    """The gates of the lot for those who have accepted, bidding in the form the lot asks for."""
    partners = partners_of(consortium)
    sure = [partners[one.organisation_id] for one in consortium.members if one.state == "accepted"]
    today = now().date()
    return tuple(_joint_gate(gate, sure, is_joint=lot.form == "joint", on=today) for gate in lot.gates)


def _joint_gate(gate: Gate, partners: Sequence[Enterprise], *, is_joint: bool, on: date) -> JointGate:
    if gate.kind == "turnover":
        return _joint_turnover(gate, partners, is_joint=is_joint)
    states = {
        partner.organisation.name: gates.check_gate(gate, partner, is_shared=True, on=on).state for partner in partners
    }
    if gate.kind == "certificate_any":
        return _held_by_any(gate, states)
    lacking = {name: state for name, state in states.items() if state != "met"}
    if not lacking:
        return JointGate(gate_label(gate), "met", "Every partner holds it")
    state = next((one for one in ("not_met", "expired", "unknown") if one in lacking.values()), "unknown")
    return JointGate(gate_label(gate), state, f"Every partner must hold it. Still to do: {', '.join(lacking)}")


def _held_by_any(gate: Gate, states: dict[str, str]) -> JointGate:
    holders = [name for name, state in states.items() if state == "met"]
    if holders:
        return JointGate(gate_label(gate), "met", f"Held by {', '.join(holders)}")
    state = next((one for one in ("expired", "unknown") if one in states.values()), "not_met")
    return JointGate(gate_label(gate), state, "One partner must hold it, and none is known to")


def _joint_turnover(gate: Gate, partners: Sequence[Enterprise], *, is_joint: bool) -> JointGate:
    known = [partner.turnover_pence for partner in partners if partner.turnover_pence is not None]
    unsaid = [partner.organisation.name for partner in partners if partner.turnover_pence is None]
    reached = sum(known) if is_joint else max(known, default=0)
    how = "Your turnovers are added up" if is_joint else "One partner must reach it alone and lead"
    if reached >= (gate.amount_pence or 0):
        return JointGate(gate_label(gate), "met", f"{how}: reached")
    if unsaid:
        return JointGate(gate_label(gate), "unknown", f"{how}. Not said yet by {', '.join(unsaid)}")
    return JointGate(gate_label(gate), "not_met", f"{how}: not reached yet")


def suggestions(consortium: Consortium, lot: Lot, covered: Sequence[NeedCovered]) -> dict[int, list[Suggestion]]:
    """Need > enterprises outside that could carry some of what is short, most probable first."""
    inside = {one.organisation_id for one in consortium.members if one.is_inside}
    everybody = {one.organisation_id: one for one in offers.enterprises_on_offer()}
    ranked = matches.ranked_for_needs(lot)
    found = {}
    for one in covered:
        if one.short <= 0:
            continue
        able = [
            (ranked[one.need.id][key].probability if key in ranked[one.need.id] else 0.0, units, enterprise)
            for key, enterprise in everybody.items()
            if key not in inside and (units := offers.units_for(one.need, enterprise))
        ]
        able.sort(key=lambda row: (-row[0], -row[1], row[2].organisation_id))
        found[one.need.id] = [
            Suggestion(enterprise.organisation_id, enterprise.organisation.name, units, matches.fit_words(probability))
            for probability, units, enterprise in able[:MOST_SUGGESTED]
        ]
    return found


def search(words: Sequence[str], consortium: Consortium) -> list[Enterprise]:
    """Enterprises outside the consortium whose name or summary has every word, by name."""
    inside = [one.organisation_id for one in consortium.members if one.is_inside]
    query = (
        select(Enterprise)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None), Enterprise.organisation_id.not_in(inside))
        .order_by(Organisation.name, Organisation.id)
        .limit(MOST_FOUND)
    )
    for word in words:
        pattern = "%" + word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        query = query.where(
            or_(Organisation.name.ilike(pattern, escape="\\"), Enterprise.summary.ilike(pattern, escape="\\"))
        )
    return list(db.session.scalars(query))
