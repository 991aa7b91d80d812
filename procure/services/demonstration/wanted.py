"""Lots of the demonstration place, and what buyers and enterprises answered to them."""

from datetime import date, timedelta

from sqlalchemy import select

from ... import demo
from ...extensions import db
from ...models import AskedValue, Consortium, Decision, Gate, Interest, Lot, Need, Proposal
from ..actors import Actor
from ..consortia import consortia_starts, workspace
from ..ranking import proposals
from .supply import moment


def add_lots(place: demo.Place, keys: dict[str, int]) -> dict[str, Lot]:
    """Key > lot."""
    lots = {}
    for one in place.lots:
        lot = Lot(
            organisation_id=keys[one.anchor],
            reference=one.reference,
            title=one.title,
            description=one.description,
            cpv=one.cpv,
            value_pence=one.value_pence,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            deadline_on=one.deadline_on,
            postcode=one.postcode,
            state=one.state,
            social_value_percent=one.social_value_percent,
            form=one.form,
            opened_at=moment(one.opened_on),
        )
        lot.needs = [
            Need(name=each.name, cpv=each.cpv, unit=each.unit, units=each.units, value_pence=each.value_pence)
            for each in one.needs
        ]
        lot.gates = [Gate(kind=each.kind, name=each.name, amount_pence=each.amount_pence) for each in one.gates]
        lot.asks = [
            AskedValue(measure=each.measure, quantity=each.quantity, weight_percent=each.weight_percent)
            for each in one.asks
        ]
        db.session.add(lot)
        lots[one.key] = lot
    db.session.flush()
    return lots


def add_answers(place: demo.Place, keys: dict[str, int], lots: dict[str, Lot], actors: dict[str, Actor]) -> None:
    """Decisions of buyers and answers of enterprises, on the days they were given."""
    teams = {one.key: _team(one, lots[one.lot], keys) for one in place.proposals}
    for one in place.decisions:
        proposal = teams[one.proposal] if one.proposal else None
        db.session.add(
            Decision(
                organisation_id=lots[one.lot].organisation_id,
                lot_id=lots[one.lot].id,
                enterprise_id=keys[one.enterprise] if one.enterprise else None,
                proposal_id=proposal.id if proposal else None,
                action=one.action,
                reason=one.reason,
                person_id=actors[one.person].person_id,
                decided_at=moment(one.decided_on),
            )
        )
    for answer in place.interests:
        db.session.add(
            Interest(
                organisation_id=keys[answer.enterprise],
                lot_id=lots[answer.lot].id,
                state=answer.state,
                reason=answer.reason,
                consortium_id=keys[answer.consortium] if answer.consortium else None,
                changed_at=moment(answer.changed_on),
            )
        )
    db.session.flush()


def add_bids(place: demo.Place, keys: dict[str, int], lots: dict[str, Lot], actors: dict[str, Actor]) -> None:
    """Each consortium bids for its lot and its partners told the buyer; a lead who can sign in has planned the work."""
    people = {actor.organisation_id: actor for actor in actors.values()}
    for one in place.consortia:
        lot, consortium = lots[one.lot], db.session.get_one(Consortium, keys[one.key])
        consortium.lot_id = lot.id
        for member in one.members:
            if member.state == "accepted":
                _tell_buyer(lot, keys[member.enterprise], consortium.id, _told_on(one, place))
        db.session.flush()
        lead = people.get(consortium.formed_by_id)
        if lead is not None:
            consortia_starts.start(workspace.enter(consortium.id, of=lead.acting_for), seen=0, by=lead)


def _tell_buyer(lot: Lot, enterprise_id: int, consortium_id: int, on: date) -> None:
    known = db.session.scalar(
        select(Interest).where(Interest.organisation_id == enterprise_id, Interest.lot_id == lot.id)
    )
    told = known or Interest(organisation_id=enterprise_id, lot_id=lot.id, changed_at=moment(on))
    told.state, told.reason, told.consortium_id = "interested", "", consortium_id
    db.session.add(told)


def _told_on(one: demo.Consortium, place: demo.Place) -> date:
    """Three days after the lot of a consortium was opened, or the first day of the demonstration."""
    opened = next(lot.opened_on for lot in place.lots if lot.key == one.lot)
    return min(place.demo_day, (opened or place.demo_day) + timedelta(days=3))


def _team(one: demo.Proposal, lot: Lot, keys: dict[str, int]) -> Proposal | None:
    """The engine's own proposal of the same enterprises, which the buyer's decision was about; None if it has none."""
    wanted = {keys[partner.enterprise] for partner in one.partners}
    kind = "supplier" if len(wanted) == 1 else "consortium"
    standing = proposals.current(lot, kind) or proposals.current(lot, "consortium")
    same = [each for each in standing if {partner.enterprise_id for partner in each.partners} == wanted]
    return next(iter(same or standing), None)
