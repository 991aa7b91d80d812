"""The plan of a joint bid: who carries what, for which share and price. Each change is a new version to agree to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from ...extensions import db
from ...models import BidAgreement, BidLine, BidPlan, BidShare, Consortium, Lot, now
from .. import audit
from ..actors import Actor
from ..errors import ConflictError, RefusedError
from .consortia_rooms import accepted_in, led, living_bid, open_to

WHOLE = 10_000
"""All of a bid's value, in basis points."""
FORMS = {
    "lead": "One member leads and the others are its subcontractors",
    "joint": "All members sign, and each answers for all of it",
    "company": "The members form a new company that bids",
}
LAWFUL = {
    "not_rivals": "We do not compete with each other for this kind of work",
    "none_alone": "None of us could bid alone, nor fewer of us together",
    "benefit": "Some of us could bid alone, but the buyer gains from our joint bid",
}


class PlanMovedError(ConflictError):
    """Somebody changed the plan first; what they saved is to be shown beside what was typed."""


@dataclass(frozen=True)
class Carried:
    """What a partner does of one need, and its price for that; None while it has named none."""

    need_name: str
    units: int
    price_pence: int | None = None


@dataclass(frozen=True)
class Draft:
    """A plan not yet written.

    shares  organisation > basis points
    lines   (organisation, need) > what it carries
    """

    lot_id: int | None = None
    lot_version: int | None = None
    form: str | None = None
    lawful_basis: str | None = None
    lawful_words: str = ""
    shares: Mapping[int, int] | None = None
    lines: Mapping[tuple[int, int], Carried] | None = None


def current(consortium_id: int, *, of: int) -> BidPlan | None:
    """The plan that stands; None while nobody has planned."""
    parts = (joinedload(BidPlan.shares), selectinload(BidPlan.lines))
    newest = _versions(consortium_id, of).options(*parts).limit(1)
    return db.session.scalars(newest).unique().one_or_none()


def history(consortium_id: int, *, of: int) -> list[BidPlan]:
    """Every version, newest first."""
    return list(db.session.scalars(_versions(consortium_id, of)))


def share_out(
    consortium_id: int,
    lot: Lot,
    units: Mapping[tuple[int, int], int],
    shares: Mapping[int, int],
    *,
    seen: int,
    by: Actor,
) -> BidPlan:
    """Say who carries how much of which need, and each one's share. A price stands for the units it was named for.

    units   (organisation, need) > units; what is 0 or less is nothing
    seen    the version the person saw; 0 where there was none
    errors  PlanMovedError, RefusedError for one who does not lead or for shares that are not the whole
    """
    consortium = led(consortium_id, by)
    inside = {one.organisation_id for one in accepted_in(consortium)}
    if sum(shares.values()) not in (0, WHOLE):
        raise RefusedError(f"The shares add up to {sum(shares.values()) / 100:g}%. Change them to add up to 100%")
    names = {need.id: need.name for need in lot.needs}
    plan = current(consortium_id, of=by.acting_for)
    was = draft_of(plan)
    lines = {}
    for (partner, need), number in sorted(units.items()):
        if number > 0 and partner in inside and need in names:
            known = (was.lines or {}).get((partner, need))
            price = known.price_pence if known and known.units == number else None
            lines[partner, need] = Carried(names[need], number, price)
    kept = {partner: points for partner, points in sorted(shares.items()) if points > 0 and partner in inside}
    draft = replace(was, lot_id=lot.id, lot_version=lot.version, shares=kept, lines=lines)
    return _write(consortium, plan, draft, "work and shares shared out", seen=seen, by=by)


def name_prices(consortium_id: int, prices: Mapping[int, int | None], *, seen: int, by: Actor) -> BidPlan:
    """Name the actor's own prices: need > pence for all the units it carries.

    errors  PlanMovedError, RefusedError where it carries nothing yet
    """
    consortium = living_bid(consortium_id, by)
    plan = current(consortium_id, of=by.acting_for)
    was = draft_of(plan)
    lines = dict(was.lines or {})
    mine = [key for key in lines if key[0] == by.acting_for]
    if not mine:
        raise RefusedError("You carry no part of the work yet, so there is no price to name")
    for key in mine:
        lines[key] = replace(lines[key], price_pence=prices.get(key[1], lines[key].price_pence))
    return _write(consortium, plan, replace(was, lines=lines), "prices named", seen=seen, by=by)


def give_reason(consortium_id: int, form: str, basis: str, words: str, *, seen: int, by: Actor) -> BidPlan:
    """Record the form of the bid and why bidding together is lawful.

    errors  PlanMovedError, RefusedError for one who does not lead or gives no reason
    """
    consortium = led(consortium_id, by)
    if form not in FORMS or basis not in LAWFUL or not words:
        raise RefusedError("Choose a form and a reason, and say it in your own words")
    plan = current(consortium_id, of=by.acting_for)
    draft = replace(draft_of(plan), form=form, lawful_basis=basis, lawful_words=words)
    return _write(consortium, plan, draft, "form and lawful reason recorded", seen=seen, by=by)


def partners_changed(consortium: Consortium, why: str, *, by: Actor) -> None:
    """Start a new version without those who are gone: nobody has agreed to the bid of these partners yet."""
    lead = next(one.organisation_id for one in consortium.members if one.is_lead)
    plan = current(consortium.id, of=lead)
    if plan is None:
        return
    inside = {one.organisation_id for one in accepted_in(consortium)}
    was = draft_of(plan)
    draft = replace(
        was,
        shares={partner: points for partner, points in (was.shares or {}).items() if partner in inside},
        lines={key: line for key, line in (was.lines or {}).items() if key[0] in inside},
    )
    _add(consortium, plan, draft, why, by)


def agree(consortium_id: int, *, seen: int, by: Actor) -> BidPlan:
    """Say yes to a version. Whether it is ready to be agreed to is the caller's to have asked.

    errors  PlanMovedError where that version no longer stands
    """
    living_bid(consortium_id, by)
    plan = _standing(consortium_id, seen, by)
    mine = next((one for one in plan.agreements if one.organisation_id == by.acting_for), None)
    if mine is None:
        plan.agreements.append(BidAgreement(organisation_id=by.acting_for, person_id=by.person_id))
    elif mine.taken_back_at is None:
        return plan
    else:
        mine.taken_back_at, mine.agreed_at, mine.person_id = None, now(), by.person_id
    db.session.flush()
    audit.note(by, "bid agreed to", plan, consortium=consortium_id, version=plan.version)
    return plan


def take_back(consortium_id: int, *, seen: int, by: Actor) -> BidPlan:
    """Take a yes back.

    errors  PlanMovedError where that version no longer stands, ConflictError where there is no yes
    """
    living_bid(consortium_id, by)
    plan = _standing(consortium_id, seen, by)
    mine = next((one for one in plan.agreements if one.organisation_id == by.acting_for), None)
    if mine is None or mine.taken_back_at is not None:
        raise ConflictError("You have not agreed to this version, so there is nothing to take back")
    mine.taken_back_at = now()
    db.session.flush()
    audit.note(by, "agreement to bid taken back", plan, consortium=consortium_id, version=plan.version)
    return plan


def draft_of(plan: BidPlan | None) -> Draft:
    """What a version says, to be changed into the next. Lines whose need the buyer took out are gone."""
    if plan is None:
        return Draft(shares={}, lines={})
    return Draft(
        lot_id=plan.lot_id,
        lot_version=plan.lot_version,
        form=plan.form,
        lawful_basis=plan.lawful_basis,
        lawful_words=plan.lawful_words,
        shares={one.organisation_id: one.basis_points for one in plan.shares},
        lines={
            (one.organisation_id, one.need_id): Carried(one.need_name, one.units, one.price_pence)
            for one in plan.lines
            if one.need_id is not None
        },
    )


def _standing(consortium_id: int, seen: int, by: Actor) -> BidPlan:
    plan = current(consortium_id, of=by.acting_for)
    if plan is None or plan.version != seen:
        raise PlanMovedError("The plan has changed since you read it. Read the new version before you answer")
    return plan


def _write(consortium: Consortium, plan: BidPlan | None, draft: Draft, why: str, *, seen: int, by: Actor) -> BidPlan:
    """The next version, unless nothing changed: a form sent twice makes one version."""
    if plan is not None and draft_of(plan) == draft:
        return plan
    if (plan.version if plan else 0) != seen:
        raise PlanMovedError("Somebody changed the plan while you were typing")
    return _add(consortium, plan, draft, why, by)


def _add(consortium: Consortium, plan: BidPlan | None, draft: Draft, why: str, by: Actor) -> BidPlan:
    made = BidPlan(
        consortium_id=consortium.id,
        version=plan.version + 1 if plan else 1,
        lot_id=draft.lot_id,
        lot_version=draft.lot_version,
        form=draft.form,
        lawful_basis=draft.lawful_basis,
        lawful_words=draft.lawful_words,
        why=why,
        made_by_id=by.acting_for,
        person_id=by.person_id,
        shares=[BidShare(organisation_id=key, basis_points=points) for key, points in (draft.shares or {}).items()],
        lines=[
            BidLine(
                organisation_id=partner,
                need_id=need,
                need_name=line.need_name,
                units=line.units,
                price_pence=line.price_pence,
            )
            for (partner, need), line in (draft.lines or {}).items()
        ],
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        raise PlanMovedError("Somebody changed the plan at the same moment") from None
    audit.note(by, "bid changed", made, consortium=consortium.id, version=made.version, why=why)
    return made


def _versions(consortium_id: int, of: int) -> Select[BidPlan]:
    return (
        select(BidPlan)
        .where(open_to(BidPlan, consortium_id, of))
        .options(
            selectinload(BidPlan.agreements).joinedload(BidAgreement.person),
            joinedload(BidPlan.made_by),
        )
        .order_by(BidPlan.version.desc())
    )
