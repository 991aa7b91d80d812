"""Who could do a lot, as its page shows them: the ranked enterprises with reasons, gates, social value and decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...extensions import db
from ...models import Decision, Enterprise, Interest, Lot, Partner
from ...places import OUTCODE_CENTRES, miles_between
from ...rules import GateResult
from ...social_value import Ask, Comparison, add_offers, compare
from ..enterprises.disclosure import interested_in, shares_details
from ..enterprises.offers import district_of
from ..lots import decisions
from ..lots.gates import check_gates
from . import matches, proposals


@dataclass(frozen=True)
class Candidate:
    """One enterprise for one lot, as the buyer may see it.

    miles     from where it is based to where the work is, by the centres of their districts; None where not known
    reasons   signals of the day it was proposed, strongest first
    decision  the one that stands, or None
    seen      id of the latest decision, undone or not; 0 where there is none
    """

    enterprise: Enterprise
    partner: Partner
    is_shared: bool
    is_local: bool
    is_interested: bool
    miles: float | None
    gates: tuple[GateResult, ...]
    values: tuple[Comparison, ...]
    decision: Decision | None
    seen: int

    @property
    def probability(self) -> float | None:
        return self.partner.probability

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return self.partner.reasons

    def gates_in(self, state: str) -> int:
        return sum(gate.state == state for gate in self.gates)


def candidates_for(lot: Lot, *, on: date | None = None) -> list[Candidate]:
    """The ranked enterprises of the current proposals, best first; then those that were not proposed, but told the
    buyer of interest or were decided about."""
    latest, keen = latest_decisions(lot), interested_in_lot(lot)
    ranked = [partner for one in proposals.current(lot, "supplier") for partner in one.partners]
    decided = {key for key, one in latest.items() if one.action != "undo"}
    besides = (keen | decided) - {partner.enterprise_id for partner in ranked}
    known = enterprises_of({partner.enterprise_id for partner in ranked} | besides)
    view = View(lot, interested_in(lot.organisation_id), proposals.local_districts(lot.organisation_id))
    return [
        _candidate(view, known[partner.enterprise_id], partner, latest.get(partner.enterprise_id), keen, on)
        for partner in [*ranked, *_not_proposed(lot, [known[key] for key in sorted(besides)])]
    ]


def _not_proposed(lot: Lot, enterprises: list[Enterprise]) -> list[Partner]:
    """The same of enterprises that the proposals leave out, as they are ranked now; nothing of it is kept."""
    standing = [one for one in enterprises if one.organisation.suspended_at is None]
    if not standing:
        return []
    found = matches.ranked_for([lot], [one.organisation_id for one in standing])[lot.id]
    made = [proposals.ranked_partner(found.get(one.organisation_id), one) for one in standing]
    return sorted(made, key=lambda one: (-(one.probability or 0.0), one.enterprise_id))


def first_of(candidates: list[Candidate], most: int) -> list[Candidate]:
    """The first ones, and whoever is interested or was decided about, wherever they stand."""
    return candidates[:most] + [one for one in candidates[most:] if one.is_interested or one.decision]


@dataclass(frozen=True)
class View:
    """What is the same for every enterprise of one lot's page."""

    lot: Lot
    interested: frozenset[int]
    around: frozenset[str]

    def miles_to(self, enterprise: Enterprise) -> float | None:
        here = OUTCODE_CENTRES.get(district_of(self.lot.postcode) or "")
        there = OUTCODE_CENTRES.get(district_of(enterprise.organisation.postcode) or "")
        return None if here is None or there is None else miles_between(here, there)


def _candidate(
    view: View,
    enterprise: Enterprise,
    partner: Partner,
    latest: Decision | None,
    keen: frozenset[int],
    on: date | None,
) -> Candidate:
    is_shared = shares_details(enterprise, view.interested)
    return Candidate(
        enterprise=enterprise,
        partner=partner,
        is_shared=is_shared,
        is_local=district_of(enterprise.organisation.postcode) in view.around,
        is_interested=enterprise.organisation_id in keen,
        miles=view.miles_to(enterprise),
        gates=check_gates(view.lot.gates, enterprise, is_shared=is_shared, on=on or date.today()),
        values=values_beside(view.lot, [enterprise]),
        decision=latest if latest is not None and latest.action != "undo" else None,
        seen=latest.id if latest is not None else 0,
    )


def values_beside(lot: Lot, enterprises: list[Enterprise]) -> tuple[Comparison, ...]:
    """Social value asked beside what these enterprises offer together, in counts.

    The share of staff on the real Living Wage is that of the member with the least, because a promise for all staff
    is kept by all or not at all.
    """
    asks = [Ask(ask.measure, ask.quantity, ask.weight_percent) for ask in lot.asks]
    offers = [{offer.measure: offer.quantity for offer in enterprise.offers} for enterprise in enterprises]
    return compare(asks, add_offers(offers)).lines


def enterprises_of(ids: set[int]) -> dict[int, Enterprise]:
    """These enterprises with what the page needs, by id."""
    found = db.session.scalars(
        select(Enterprise)
        .where(Enterprise.organisation_id.in_(ids))
        .options(
            selectinload(Enterprise.organisation), selectinload(Enterprise.holdings), selectinload(Enterprise.offers)
        )
    )
    return {enterprise.organisation_id: enterprise for enterprise in found}


def latest_decisions(lot: Lot) -> dict[int, Decision]:
    """The latest decision about each enterprise, undone ones included."""
    latest: dict[int, Decision] = {}
    for decision in decisions.history(lot):
        if decision.enterprise_id is not None:
            latest.setdefault(decision.enterprise_id, decision)
    return latest


def interested_in_lot(lot: Lot) -> frozenset[int]:
    keen = select(Interest.organisation_id).where(Interest.lot_id == lot.id, Interest.state == "interested")
    return frozenset(db.session.scalars(keen))
