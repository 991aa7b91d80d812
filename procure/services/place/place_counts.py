"""What stands in a place, counted: enterprises by ward, consortia that form, social value asked and offered."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import distinct, func, select

from ...extensions import db
from ...models import (
    AreaName,
    AskedValue,
    Consortium,
    ConsortiumMember,
    Enterprise,
    Lot,
    OfferedValue,
    Organisation,
    PostcodePlace,
)
from ...places import OUTCODE_CENTRES, parse_postcode
from ...social_value.measures import MEASURES
from ..consortia.consortia_rooms import INSIDE
from ..ranking import matches
from .places import enterprises_in, is_based_in, lots_in

NOT_KNOWN = "Ward not known"


@dataclass(frozen=True)
class Promise:
    """One measure of social value: asked in open lots of the place, in awarded ones, and offered by its enterprises."""

    measure: str
    asked: int
    awarded: int
    offered: int


def enterprises_by_ward(outcodes: Sequence[str]) -> list[tuple[str, int]] | None:
    """Enterprises of these districts by ward, most first; None where no postcode directory tells wards."""
    postcodes = [
        parse_postcode(str(organisation.postcode)) for _, organisation in db.session.execute(enterprises_in(outcodes))
    ]
    found = db.session.execute(
        select(PostcodePlace.postcode, AreaName.name)
        .join(AreaName, AreaName.code == PostcodePlace.ward)
        .where(PostcodePlace.postcode.in_({code for code in postcodes if code}))
    )
    wards = {postcode: name for postcode, name in found}
    if not wards:
        return None
    counted = Counter(wards.get(postcode or "", NOT_KNOWN) for postcode in postcodes)
    return sorted(counted.items(), key=lambda pair: (pair[0] == NOT_KNOWN, -pair[1], pair[0]))


def consortia_forming(outcodes: Sequence[str]) -> int:
    """Consortia that have not ended and have two or more members in their room, one of them based here.

    A number only: who they are, and whether they bid, is theirs to tell.
    """
    living = (
        select(ConsortiumMember.consortium_id)
        .join(Consortium, Consortium.id == ConsortiumMember.consortium_id)
        .where(Consortium.dissolved_at.is_(None), ConsortiumMember.state.in_(INSIDE))
    )
    several = living.group_by(ConsortiumMember.consortium_id).having(func.count(ConsortiumMember.id) > 1)
    based_here = living.join(Organisation, Organisation.id == ConsortiumMember.organisation_id).where(
        is_based_in(outcodes), Organisation.suspended_at.is_(None)
    )
    return (
        db.session.scalar(
            select(func.count(distinct(Consortium.id))).where(Consortium.id.in_(several), Consortium.id.in_(based_here))
        )
        or 0
    )


def promises(outcodes: Sequence[str]) -> list[Promise]:
    """Social value asked and offered, measure by measure in the order of the product; a percentage is not summed."""
    asked: dict[str, int] = defaultdict(int)
    awarded: dict[str, int] = defaultdict(int)
    for state, measure, quantity in db.session.execute(
        select(Lot.state, AskedValue.measure, func.sum(AskedValue.quantity))
        .join(AskedValue, AskedValue.lot_id == Lot.id)
        .join(Organisation, Organisation.id == Lot.organisation_id)
        .where(
            Lot.state.in_((*matches.TAKING_INTEREST, "awarded")), Organisation.suspended_at.is_(None), lots_in(outcodes)
        )
        .group_by(Lot.state, AskedValue.measure)
    ):
        (awarded if state == "awarded" else asked)[measure] += int(quantity)
    offered = {
        measure: int(quantity)
        for measure, quantity in db.session.execute(
            select(OfferedValue.measure, func.sum(OfferedValue.quantity))
            .join(Enterprise, Enterprise.organisation_id == OfferedValue.organisation_id)
            .join(Organisation, Organisation.id == Enterprise.organisation_id)
            .where(Organisation.suspended_at.is_(None), is_based_in(outcodes))
            .group_by(OfferedValue.measure)
        )
    }
    summed = [measure for measure in MEASURES if measure != "living_wage"]
    return [
        Promise(measure, asked.get(measure, 0), awarded.get(measure, 0), offered.get(measure, 0)) for measure in summed
    ]


def lots_by_district(outcodes: Sequence[str]) -> list[tuple[str, int]]:
    """Lots that can still be answered, by the district their work is done in, most first."""
    written = db.session.scalars(
        select(Lot.postcode)
        .join(Organisation, Organisation.id == Lot.organisation_id)
        .where(matches.still_taking_interest(), Organisation.suspended_at.is_(None), lots_in(outcodes))
    )
    counted = Counter(str(postcode).split(" ")[0] for postcode in written)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


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
