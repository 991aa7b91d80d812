"""What stands in a place, counted: consortia that form, social value asked and offered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from ...extensions import db
from ...models import (
    AreaName,
    AskedValue,
    Consortium,
    ConsortiumMember,
    Lot,
    OfferedValue,
    Organisation,
)
from ...places import OUTCODE_CENTRES, Area
from ...social_value.measures import MEASURES
from ..consortia.consortia_rooms import INSIDE
from ..ranking import matches
from .place_supply import among, lots_of


@dataclass(frozen=True)
class Promise:
    """One measure of social value: asked in open lots of the place, in awarded ones, and offered by its enterprises."""

    measure: str
    asked: int
    awarded: int
    offered: int


def consortia_forming(here: Sequence[int]) -> int:
    """Consortia that have not ended and have two or more members in their room, one of them these enterprises.

    A number only: who they are, and whether they bid, is theirs to tell.
    """
    living = (
        select(ConsortiumMember.consortium_id)
        .join(Consortium, Consortium.id == ConsortiumMember.consortium_id)
        .where(Consortium.dissolved_at.is_(None), ConsortiumMember.state.in_(INSIDE))
    )
    several = living.group_by(ConsortiumMember.consortium_id).having(func.count(ConsortiumMember.id) > 1)
    based_here = living.join(Organisation, Organisation.id == ConsortiumMember.organisation_id).where(
        among(Organisation.id, here), Organisation.suspended_at.is_(None)
    )
    return (
        db.session.scalar(
            select(func.count(distinct(Consortium.id))).where(Consortium.id.in_(several), Consortium.id.in_(based_here))
        )
        or 0
    )


def promises(area: Area, here: Sequence[int]) -> list[Promise]:
    """Social value asked in lots of an area and offered by these enterprises, in the order of the product.

    A measure that is a percentage is not summed.
    """
    lots = lots_of(area, (), Lot.state.in_((*matches.TAKING_INTEREST, "awarded")))
    asked: dict[str, int] = defaultdict(int)
    awarded: dict[str, int] = defaultdict(int)
    for state, measure, quantity in db.session.execute(
        select(Lot.state, AskedValue.measure, func.sum(AskedValue.quantity))
        .join(AskedValue, AskedValue.lot_id == Lot.id)
        .where(among(Lot.id, lots.here))
        .group_by(Lot.state, AskedValue.measure)
    ):
        (awarded if state == "awarded" else asked)[measure] += int(quantity)
    offered = {
        measure: int(quantity)
        for measure, quantity in db.session.execute(
            select(OfferedValue.measure, func.sum(OfferedValue.quantity))
            .where(among(OfferedValue.organisation_id, here))
            .group_by(OfferedValue.measure)
        )
    }
    summed = [measure for measure in MEASURES if measure != "living_wage"]
    return [
        Promise(measure, asked.get(measure, 0), awarded.get(measure, 0), offered.get(measure, 0)) for measure in summed
    ]


def centres_of(districts: Sequence[str]) -> dict[str, tuple[float, float]]:
    """(latitude, longitude) of postcode districts: from loaded reference data, else as the product knows them."""
    found = db.session.execute(
        select(AreaName.code, AreaName.latitude, AreaName.longitude).where(
            AreaName.kind == "outcode", AreaName.code.in_(districts)
        )
    )
    known = {district: OUTCODE_CENTRES[district] for district in districts if district in OUTCODE_CENTRES}
    return known | {
        code: (latitude, longitude)
        for code, latitude, longitude in found
        if latitude is not None and longitude is not None
    }
