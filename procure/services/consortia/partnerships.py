"""What the partners of a consortium cover of a lot, which gates they meet together, and who could fill the gaps.

Turnover and insurance stay each one's own until it shows them to the room; a gate that rests on what is not shown is
not known, for everybody inside alike. No sentence here holds an amount of one partner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...extensions import db
from ...models import Consortium, Enterprise, Gate, Lot, Need, Organisation, now
from ..enterprises import offers
from ..lots import gates
from ..lots.gates import gate_label
from ..ranking import matches

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
        .options(selectinload(Enterprise.capabilities), joinedload(Enterprise.holdings))
        .order_by(Enterprise.organisation_id)
    )
    return {enterprise.organisation_id: enterprise for enterprise in db.session.scalars(query).unique()}


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


def joint_gates(
    consortium: Consortium, lot: Lot, *, form: str | None = None, partners: Mapping[int, Enterprise] | None = None
) -> tuple[JointGate, ...]:
    """The gates of the lot for those who have accepted, by what they show to this room.

    form      how they bid: joint, lead or company; as the lot would judge them where they have not said
    partners  their profiles, where the caller has them
    """
    partners = partners or partners_of(consortium)
    sure = [
        Standing(partners[one.organisation_id], one.is_lead, one.shares_details_at is not None)
        for one in consortium.members
        if one.state == "accepted"
    ]
    today = now().date()
    return tuple(_joint_gate(gate, sure, form=form or lot.form, on=today) for gate in lot.gates)


@dataclass(frozen=True)
class Standing:
    """A partner as the gates see it. `shows`: whether turnover and insurance are shown to the room."""

    enterprise: Enterprise
    is_lead: bool
    shows: bool

    @property
    def name(self) -> str:
        return self.enterprise.organisation.name

    @property
    def turnover_pence(self) -> int | None:
        return self.enterprise.turnover_pence if self.shows else None


def _joint_gate(gate: Gate, partners: Sequence[Standing], *, form: str, on: date) -> JointGate:
    if gate.kind == "turnover":
        return _lead_turnover(gate, partners) if form == "lead" else _joint_turnover(gate, partners)
    states = {one.name: gates.check_gate(gate, one.enterprise, is_shared=one.shows, on=on).state for one in partners}
    if gate.kind == "certificate_any":
        return _held_by_any(gate, states)
    lacking = {name: state for name, state in states.items() if state != "met"}
    if not lacking:
        return JointGate(gate_label(gate), "met", "Every member holds it")
    state = next((one for one in ("not_met", "expired", "unknown") if one in lacking.values()), "unknown")
    still = "Still to do" if state != "unknown" else "Not shown to this room yet, or not said, by"
    return JointGate(gate_label(gate), state, f"Every member must hold it. {still}: {', '.join(lacking)}")


def _held_by_any(gate: Gate, states: dict[str, str]) -> JointGate:
    holders = [name for name, state in states.items() if state == "met"]
    if holders:
        return JointGate(gate_label(gate), "met", f"Held by {', '.join(holders)}")
    state = next((one for one in ("expired", "unknown") if one in states.values()), "not_met")
    return JointGate(gate_label(gate), state, "One member must hold it, and none is known to")


def _joint_turnover(gate: Gate, partners: Sequence[Standing]) -> JointGate:
    """Turnovers of all who show them are added up."""
    unsaid = [one.name for one in partners if one.turnover_pence is None]
    reached = sum(one.turnover_pence or 0 for one in partners)
    how = "The members’ turnovers are added up"
    if reached >= (gate.amount_pence or 0):
        return JointGate(gate_label(gate), "met", f"{how}: reached")
    if unsaid:
        return JointGate(gate_label(gate), "unknown", f"{how}. Not shown to this room yet by {', '.join(unsaid)}")
    return JointGate(gate_label(gate), "not_met", f"{how}: not reached yet")


def _lead_turnover(gate: Gate, partners: Sequence[Standing]) -> JointGate:
    """Only the lead is looked at. source: shared guidance of buyers on working in a consortium, docs/decisions.md"""
    asked = gate.amount_pence or 0
    lead = next(one for one in partners if one.is_lead)
    how = f"Only the turnover of {lead.name}, who leads, counts"
    if lead.turnover_pence is None:
        return JointGate(gate_label(gate), "unknown", f"{how}. It is not shown to this room yet")
    if lead.turnover_pence >= asked:
        return JointGate(gate_label(gate), "met", f"{how}: reached")
    able = [one.name for one in partners if (one.turnover_pence or 0) >= asked]
    instead = f". It would be reached if {able[0]} led" if able else ""
    return JointGate(gate_label(gate), "not_met", f"{how}: not reached{instead}")


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
