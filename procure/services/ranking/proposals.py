"""Proposals: who could do a lot alone, who could do it together, or why nobody can. Kept with that day's reasons."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from ... import jobs
from ...extensions import db
from ...matching.catalogue import Catalogue, Match
from ...matching.catalogue.weighing import shipped_scales
from ...models import Decision, Enterprise, Job, LocalArea, Lot, Partner, Proposal
from .. import audit
from ..actors import Actor
from ..enterprises import offers
from ..enterprises.disclosure import interested_in, shares_details
from ..errors import RefusedError
from ..lots import gates
from ..lots.tenders import find_lot, propose_later

LOOKED_AT = 50
SHOWN_SUPPLIERS = 25
MOST_MEMBERS = 6
ALTERNATIVES = 3
LIKELY = 0.5
"""From this probability on a supplier is called likely."""
SOLVER_SECONDS = 30.0
"""How long one lot may look for its best consortium; past it the page says that the best found is not proved."""
ENGINE = "ranking by stated capabilities; exact cover by integer programming"
PROPOSING = frozenset({"draft", "open", "invited", "closed"})


def refresh(lot_id: int, *, by: Actor) -> Job:
    """Ask for new proposals; wake the job after the commit.

    errors  NotFoundError, RefusedError where the lot is over
    """
    lot = find_lot(lot_id, of=by.acting_for)
    if lot.state not in PROPOSING:
        raise RefusedError(f"This lot is {lot.state}, so nobody is proposed for it any more")
    audit.note(by, "proposals asked for", lot)
    return propose_later(lot, by=by)


@jobs.work("propose")
def _propose_job(turn: jobs.Turn) -> None:
    lot = db.session.scalar(select(Lot).where(Lot.id == turn.subject_id, Lot.organisation_id == turn.organisation_id))
    if lot is not None and lot.state in PROPOSING:
        propose(lot)


def propose(lot: Lot, *, on: date | None = None) -> list[Proposal]:
    """Rank suppliers for a lot and find the best consortia; earlier proposals stay, no longer current.

    on  the day insurance and certificates must still run; today by default
    """
    enterprises = offers.enterprises_on_offer()
    by_key = {offers.key_of(enterprise.organisation_id): enterprise for enterprise in enterprises}
    catalogue = offers.catalogue_of(enterprises)
    matches = likeliest(catalogue.rank(offers.sought(lot), top=LOOKED_AT))
    made = [_supplier_proposal(lot, rank, match, by_key[match.key]) for rank, match in enumerate(matches, start=1)]
    made += _team_proposals(lot, by_key, catalogue, {match.key: match for match in matches}, on=on)
    db.session.execute(
        update(Proposal)
        .where(Proposal.lot_id == lot.id, Proposal.organisation_id == lot.organisation_id, Proposal.is_current)
        .values(is_current=False)
    )
    kept = {"run": secrets.token_hex(6), "weights": weights_in_force(), "enterprises": len(enterprises)}
    if model := offers.model_in_force():
        kept["model"] = model.fingerprint
    for one in made:
        one.made_with = kept
    db.session.add_all(made)
    around = local_districts(lot.organisation_id)
    likely = [by_key[match.key] for match in matches if match.probability >= LIKELY]
    lot.likely_local = sum(offers.district_of(one.organisation.postcode) in around for one in likely)
    db.session.flush()
    audit.note(None, "suppliers proposed", lot, proposals=len(made), lot_version=lot.version)
    return made


def weights_in_force() -> str:
    """Which fitted weights order enterprises now, and which model of meaning, where there is one."""
    model = offers.model_in_force()
    return f"{shipped_scales().version} and model {model.fingerprint[:12]}" if model else shipped_scales().version


def likeliest(matches: Sequence[Match]) -> list[Match]:
    """The matches a buyer is shown, by probability: a list that says 10% above 90% would not be believed."""
    return sorted(matches, key=lambda match: (-match.probability, -match.score, match.key))[:SHOWN_SUPPLIERS]


def current(lot: Lot, kind: str) -> list[Proposal]:
    """The proposals of a kind that stand, best first."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(
                Proposal.lot_id == lot.id,
                Proposal.organisation_id == lot.organisation_id,
                Proposal.kind == kind,
                Proposal.is_current,
            )
            .options(selectinload(Proposal.partners))
            .order_by(Proposal.rank, Proposal.id)
        )
    )


def local_districts(anchor_id: int) -> frozenset[str]:
    """What the anchor's headline area calls local; nothing where it has not said."""
    codes = db.session.scalar(
        select(LocalArea.outcodes).where(LocalArea.organisation_id == anchor_id, LocalArea.is_headline).limit(1)
    )
    return frozenset(codes or ())


def _supplier_proposal(lot: Lot, rank: int, match: Match, enterprise: Enterprise) -> Proposal:
    proposal = _proposal(lot, "supplier", rank, objective=match.score)
    proposal.partners = [ranked_partner(match, enterprise)]
    return proposal


def ranked_partner(match: Match | None, enterprise: Enterprise) -> Partner:
    """A partner with the reasons of the ranking, where it was ranked."""
    return Partner(
        enterprise_id=enterprise.organisation_id,
        enterprise_version=enterprise.version,
        probability=match.probability if match else None,
        score=match.score if match else None,
        reasons=[{**asdict(signal), "words": list(signal.words)} for signal in match.signals] if match else [],
        missing=list(match.missing) if match else [],
    )


def _proposal(
    lot: Lot, kind: str, rank: int, *, objective: float | None = None, explanation: dict[str, Any] | None = None
) -> Proposal:
    return Proposal(
        organisation_id=lot.organisation_id,
        lot_id=lot.id,
        lot_version=lot.version,
        kind=kind,
        rank=rank,
        objective=objective,
        explanation=explanation or {},
        engine=ENGINE,
    )


def _team_proposals(
    lot: Lot,
    by_key: dict[str, Enterprise],
    catalogue: Catalogue,
    ranked: dict[str, Match],
    *,
    on: date | None,
) -> list[Proposal]:
    """The best consortium and its alternatives, or the one proposal that says why there is none."""
    from ...matching.consortium import best_cover, cover_to_json, instance_from_json

    if not lot.needs or not lot.value_pence:
        return []
    rejected = rejected_enterprises(lot)
    willing = {key: one for key, one in by_key.items() if one.organisation_id not in rejected}
    instance_json = instance_of(lot, willing, catalogue, on=on)
    cover = cover_to_json(best_cover(instance_from_json(instance_json), seconds=SOLVER_SECONDS))
    is_proved = cover["status"] != "unproved"
    if not cover["members"]:
        told = {"certificate": cover["certificate"], "nearest": cover["nearest"], "is_proved": is_proved}
        told["able"] = able_in(instance_json)
        return [_proposal(lot, "none", 1, explanation=told)]
    teams = [{"objective": cover["objective"], "members": cover["members"]}, *cover["alternatives"]]
    made = []
    for rank, team in enumerate(teams, start=1):
        told = {"if_lost": cover["if_lost"], "is_proved": is_proved} if rank == 1 else {}
        proposal = _proposal(lot, "consortium", rank, objective=team["objective"], explanation=told)
        proposal.partners = [_team_partner(member, by_key, ranked) for member in team["members"]]
        made.append(proposal)
    return made


def able_in(instance: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Need > how many can do some of it and how many units in all, and the same of those who meet every condition
    that each member must meet."""
    each = set(instance["gates"]["certificates_each"])
    found = {}
    for need in instance["needs"]:
        able = [one for one in instance["enterprises"] if one["capacity"].get(need["id"])]
        passing = [one for one in able if each <= set(one["certificates"])]
        found[need["id"]] = {
            "enterprises": len(able),
            "units": sum(one["capacity"][need["id"]] for one in able),
            "passing": len(passing),
            "passing_units": sum(one["capacity"][need["id"]] for one in passing),
        }
    return found


def _team_partner(member: dict[str, Any], by_key: dict[str, Enterprise], ranked: dict[str, Match]) -> Partner:
    partner = ranked_partner(ranked.get(member["id"]), by_key[member["id"]])
    partner.share, partner.units, partner.is_lead = member["share"], member["units"], member["lead"]
    return partner


def instance_of(
    lot: Lot, enterprises: dict[str, Enterprise], catalogue: Catalogue, *, on: date | None = None
) -> dict[str, Any]:
    """The lot and those who could carry part of it, in the words of `match consortium`.

    An insurance counts as a certificate named with its amount, so that a lot may ask for several kinds. What an
    enterprise has not said, or has not shared with this anchor, counts as not met.
    """
    keys = {key: need for need in lot.needs if (key := str(need.id))}
    scores = {
        key: {match.key: match.probability for match in catalogue.rank(offers.sought_part(need, lot), len(catalogue))}
        for key, need in keys.items()
    }
    around, interested = local_districts(lot.organisation_id), interested_in(lot.organisation_id)
    told = []
    for key, enterprise in enterprises.items():
        able = {need_key: units for need_key, need in keys.items() if (units := offers.units_for(need, enterprise))}
        if not able:
            continue
        told.append(
            {
                "id": key,
                "capacity": able,
                "fit": {need_key: round(scores[need_key].get(key, 0.0), 6) for need_key in able},
                "local": offers.district_of(enterprise.organisation.postcode) in around,
                **_standing(lot, enterprise, is_shared=shares_details(enterprise, interested), on=on),
            }
        )
    return {
        "value_pence": lot.value_pence,
        "needs": [{"id": key, "units": need.units, "value_pence": need.value_pence} for key, need in keys.items()],
        "enterprises": told,
        "gates": _gates(lot),
        "form": lot.form,
        "max_members": MOST_MEMBERS,
        "alternatives": ALTERNATIVES,
    }


def _standing(lot: Lot, enterprise: Enterprise, *, is_shared: bool, on: date | None) -> dict[str, Any]:
    """Pounds, turnover and certificates; the solver needs no key where nothing is known."""
    held = [
        answer.label
        for gate in lot.gates
        if gate.kind != "turnover"
        and (answer := gates.check_gate(gate, enterprise, is_shared=is_shared, on=on or date.today())).state == "met"
    ]
    standing: dict[str, Any] = {"certificates": held, "turnover_pence": 0}
    if is_shared and enterprise.turnover_pence is not None:
        standing["turnover_pence"] = enterprise.turnover_pence
    if (pounds := offers.pounds_for_term(enterprise, lot)) is not None:
        standing["capacity_pence"] = pounds
    return standing


def _gates(lot: Lot) -> dict[str, Any]:
    turnovers = [gate.amount_pence or 0 for gate in lot.gates if gate.kind == "turnover"]
    each = [gates.gate_label(gate) for gate in lot.gates if gate.kind in ("insurance", "certificate_each")]
    any_of = [gates.gate_label(gate) for gate in lot.gates if gate.kind == "certificate_any"]
    told: dict[str, Any] = {
        "certificates_each": list(dict.fromkeys(each)),
        "certificates_any": list(dict.fromkeys(any_of)),
    }
    if turnovers:
        told["turnover_pence"] = max(turnovers)
    return told


def rejected_enterprises(lot: Lot) -> frozenset[int]:
    """Enterprises whose latest decision for this lot is a rejection: no consortium is proposed with them."""
    latest = (
        select(func.max(Decision.id))
        .where(Decision.lot_id == lot.id, Decision.organisation_id == lot.organisation_id)
        .where(Decision.enterprise_id.is_not(None))
        .group_by(Decision.enterprise_id)
    )
    rejections = select(Decision.enterprise_id).where(Decision.id.in_(latest), Decision.action == "reject")
    return frozenset(one for one in db.session.scalars(rejections) if one is not None)


def partners_of(proposals: Sequence[Proposal]) -> Collection[int]:
    """Ids of every enterprise in these proposals."""
    return {partner.enterprise_id for proposal in proposals for partner in proposal.partners}
