"""What an anchor's figures are made of, kept ready for the places that see it: by district of an area, and by year.

Kept without the quarters that no place may see by themselves; where these are others now, nothing kept is read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import insert, select

from ...extensions import db
from ...models import SpendDistrict, SpendSums, SpendYear
from ...places import Area, outward_code
from ...spend.disclosure import Paid
from ...spend.makeup import Makeup, Makings
from ...spend.tally import PLACED_SURE
from . import spend_stamps
from .spend_rows import Gathered, gather, places_for


@dataclass(frozen=True)
class Detail:
    """Certain local money by district of an area, and how spend divides among payees year by year, oldest first.

    as_of  when it was worked out, where something changed since; None where it is as the world is
    """

    districts: Mapping[str, Paid]
    years: Sequence[Makeup]
    as_of: datetime | None = None


def prepare(gathered: Gathered, held_back: Collection[date]) -> Makings:
    heads = gathered.rows.cuts["supplier"].values
    return Makings(gathered.rows, held_back, {head: gathered.kinds[int(head)].group for head in heads})


def work_out(gathered: Gathered, makings: Makings, sides: Sequence[int]) -> Detail:
    """The detail of one area; `sides` are what it says of the spots."""
    names = [
        outward_code(spot.postcode) if side == PLACED_SURE and spot.postcode else None
        for spot, side in zip(gathered.spots, sides, strict=True)
    ]
    return Detail(makings.districts(names), makings.years())


def detail_of(of: int, area: Area) -> Detail:
    """As the world is, or as the job left it where it is too much for a page; never of quarters held back by now."""
    held = spend_stamps.held_back(of)
    fresh = spend_stamps.stamp(of)
    stamped = spend_stamps.stamp_without(fresh, held)
    kept = spend_stamps.find(of, area, spend_stamps.DETAIL)
    if kept is not None and kept.stamp == stamped:
        return _read(kept)
    if kept is not None and _may_be_old(of, kept.stamp, held):
        return _read(kept, kept.worked_out_at)
    gathered = gather(of)
    sides = gathered.sides(area, places_for(gathered, [area]))
    return work_out(gathered, prepare(gathered, held), sides)


def _may_be_old(of: int, stamp: str, held: Sequence[date]) -> bool:
    """Whether a page is too small to work it out, and what is kept is without the very quarters held back now."""
    is_same = stamp.endswith(spend_stamps.stamp_without("", held))
    return is_same and spend_stamps.count_rows(of) > spend_stamps.SMALL


def _read(kept: SpendSums, as_of: datetime | None = None) -> Detail:
    of, sums_id = kept.organisation_id, kept.id
    districts = db.session.execute(
        select(SpendDistrict.district, SpendDistrict.pence, SpendDistrict.payees, SpendDistrict.largest_pence)
        .where(SpendDistrict.organisation_id == of, SpendDistrict.sums_id == sums_id)
        .order_by(SpendDistrict.district)
    )
    years = db.session.scalars(
        select(SpendYear).where(SpendYear.organisation_id == of, SpendYear.sums_id == sums_id).order_by(SpendYear.year)
    )
    return Detail(
        {row[0]: Paid(*row[1:]) for row in districts},
        [Makeup(row.year, row.pence, row.payees, row.concentration, row.largest, row.vcse) for row in years],
        as_of,
    )


def keep(of: int, sums_id: int, found: Detail) -> None:
    whose = {"organisation_id": of, "sums_id": sums_id}
    districts = [
        {**whose, "district": name, "pence": paid.pence, "payees": paid.payees, "largest_pence": paid.largest}
        for name, paid in found.districts.items()
    ]
    for record, rows in ((SpendDistrict, districts), (SpendYear, [{**whose, **asdict(one)} for one in found.years])):
        if rows:
            db.session.execute(insert(record), rows)
