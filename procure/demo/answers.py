"""What was proposed, decided and answered about the lots before the day the demonstration starts."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .actors import DEMO_DAY, Consortium, Enterprise
from .holdings import PUBLIC_LIABILITY
from .lots import able
from .tenders import Decision, Interest, Lot, Partner, Proposal
from .words import draw, words

RIVALS = 5
"""How many enterprises beside the partners of a proposal said or heard something about a lot."""


@dataclass(frozen=True)
class History:
    """Everything said about the lots, each list in the order of the lots."""

    proposals: tuple[Proposal, ...]
    decisions: tuple[Decision, ...]
    interests: tuple[Interest, ...]


def demo_history(
    seed: int, lots: tuple[Lot, ...], enterprises: tuple[Enterprise, ...], consortia: tuple[Consortium, ...]
) -> History:
    """A history for every lot that was opened, but for the third of the open ones that are still quiet."""
    proposals: list[Proposal] = []
    decisions: list[Decision] = []
    interests: list[Interest] = []
    for lot in lots:
        rng = draw(seed, f"history {lot.key}")
        if lot.opened_on is None or (lot.state == "open" and rng.random() < 0.35):
            continue
        proposal = _proposal(rng, lot, enterprises)
        proposals.append(proposal)
        rivals = _rivals(rng, lot, proposal, enterprises)
        decisions += _decisions(rng, lot, proposal, rivals)
        interests += _interests(rng, lot, proposal, rivals, consortia)
    return History(tuple(proposals), tuple(decisions), tuple(interests))


def _proposal(rng: Random, lot: Lot, enterprises: tuple[Enterprise, ...]) -> Proposal:
    """A set that covers the lot: for each need the largest first, until its units are given out."""
    carried: dict[str, dict[str, int]] = {}
    if lot.answer != "none":
        for need in lot.needs:
            short = need.units
            for e in sorted(enterprises, key=lambda e: (-able(e, need.unit), e.key)):
                if not short or not able(e, need.unit):
                    break
                carried.setdefault(e.key, {})[need.name] = min(short, able(e, need.unit))
                short -= carried[e.key][need.name]
    kind = "none" if not carried else "supplier" if len(carried) == 1 else "consortium"
    partners = _partners(lot, carried)
    return Proposal(f"proposal-{lot.key}", lot.key, kind, _within(rng, lot, first=0.05, last=0.3), partners)


def _partners(lot: Lot, carried: dict[str, dict[str, int]]) -> tuple[Partner, ...]:
    pence_per_unit = {need.name: need.value_pence / need.units for need in lot.needs}
    shares = {
        key: sum(units * pence_per_unit[name] for name, units in parts.items()) / lot.value_pence
        for key, parts in carried.items()
    }
    lead = max(shares, key=lambda key: (shares[key], key), default=None)
    return tuple(Partner(key, key == lead, shares[key], tuple(sorted(parts.items()))) for key, parts in carried.items())


def _within(rng: Random, lot: Lot, *, first: float, last: float) -> date:
    """A day in that part of the time the lot has been open so far."""
    opened = lot.opened_on or DEMO_DAY
    days = (min(DEMO_DAY, lot.deadline_on) - opened).days
    return opened + timedelta(days=round(days * rng.uniform(first, last)))


def _rivals(rng: Random, lot: Lot, proposal: Proposal, enterprises: tuple[Enterprise, ...]) -> tuple[Enterprise, ...]:
    taken = {partner.enterprise for partner in proposal.partners}
    units = {need.unit for need in lot.needs}
    near = [e for e in enterprises if e.key not in taken and any(c.unit in units for c in e.capabilities)]
    return tuple(rng.sample(near, min(len(near), RIVALS)))


def _decisions(rng: Random, lot: Lot, proposal: Proposal, rivals: tuple[Enterprise, ...]) -> list[Decision]:
    """The buyer shortlists the proposed, turns some of the others down, and invites once the lot has come that far."""
    buyer = f"{lot.anchor}-buyer"
    by_key = {e.key: e for e in rivals}

    def decide(action: str, *, enterprise: str | None, first: float, last: float) -> Decision:
        about = None if enterprise else proposal.key
        reason = _reason(rng, lot, action, by_key.get(enterprise or ""))
        return Decision(lot.key, enterprise, about, action, reason, buyer, _within(rng, lot, first=first, last=last))

    made = [decide("shortlist", enterprise=p.enterprise, first=0.35, last=0.5) for p in proposal.partners]
    made += [decide("reject", enterprise=e.key, first=0.4, last=0.6) for e in rivals[:2]]
    made += [decide("shortlist", enterprise=e.key, first=0.5, last=0.6) for e in rivals[2:3]]
    if lot.state in ("invited", "awarded", "closed") and proposal.partners:
        alone = proposal.partners[0].enterprise if proposal.kind == "supplier" else None
        made.append(decide("invite", enterprise=alone, first=0.65, last=0.8))
    return made


def _interests(
    rng: Random, lot: Lot, proposal: Proposal, rivals: tuple[Enterprise, ...], consortia: tuple[Consortium, ...]
) -> list[Interest]:
    """Those who were asked mostly say yes; the others are of mixed minds."""

    by_key = {e.key: e for e in rivals}

    def answer(enterprise: str, state: str) -> Interest:
        reason = _reason(rng, lot, state, by_key.get(enterprise))
        together = _shared_consortium(enterprise, proposal, consortia) if state == "interested" else None
        return Interest(lot.key, enterprise, state, reason, together, _within(rng, lot, first=0.7, last=1.0))

    made = [answer(p.enterprise, "interested") for p in proposal.partners if rng.random() < 0.8]
    made += [answer(e.key, rng.choice(("interested", "saved", "not_for_us"))) for e in rivals[2:]]
    return made


def _reason(rng: Random, lot: Lot, action: str, rival: Enterprise | None) -> str:
    """Something people would say; a refusal names an obstacle that is really there."""
    sayings: list[str] | dict[str, str] = words("reasons")[action]
    if isinstance(sayings, list):
        return rng.choice(sayings)
    return sayings[_obstacle(lot, rival)] if rival else sayings["other"]


def _obstacle(lot: Lot, rival: Enterprise) -> str:
    cover = next((gate.amount_pence or 0 for gate in lot.gates if gate.kind == "insurance"), 0)
    if any(c.units is None for c in rival.capabilities):
        return "unsaid"
    if any(able(rival, need.unit) < need.units for need in lot.needs):
        return "small"
    if rival.cover_pence(PUBLIC_LIABILITY, on=DEMO_DAY) < cover:
        return "insurance"
    return "far" if lot.postcode.split()[0] not in rival.outcodes else "other"


def _shared_consortium(enterprise: str, proposal: Proposal, consortia: tuple[Consortium, ...]) -> str | None:
    """The consortium this enterprise is inside together with another partner of the proposal."""
    proposed = {partner.enterprise for partner in proposal.partners}
    for consortium in consortia:
        inside = {m.enterprise for m in consortium.members if m.state == "accepted"}
        if enterprise in inside and len(inside & proposed) > 1:
            return consortium.key
    return None
