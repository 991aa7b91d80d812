"""Where postcodes lie, as areas ask: codes and points from the postcode directory, now or by the edition before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from ...extensions import db
from ...models import AreaName, Edition, PastPostcodePlace, PostcodePlace
from ...places import OUTCODE_CENTRES, Location, outward_code

AT_ONCE = 500


@dataclass(frozen=True)
class Boundaries:
    """The editions of the postcode directory in force, which say in which areas a postcode is."""

    titles: tuple[tuple[str, date | None], ...]
    """(title, day of the edition), the newest first; none where no directory was loaded."""
    newest_id: int | None = None
    changed_by_id: int | None = None
    """The newest edition that put postcodes elsewhere than the one before it; None where only one was ever loaded."""


def boundaries() -> Boundaries:
    """By which editions postcodes are put into areas."""
    found = db.session.execute(
        select(Edition.id, Edition.title, Edition.edition_on)
        .where(Edition.kind == "postcodes", Edition.state == "ready")
        .order_by(Edition.id.desc())
    ).all()
    last = db.session.scalar(
        select(PastPostcodePlace.replaced_by_id).order_by(PastPostcodePlace.replaced_by_id.desc()).limit(1)
    )
    return Boundaries(tuple((row.title, row.edition_on) for row in found), found[0].id if found else None, last)


def locations_of(postcodes: Iterable[str], *, before: bool = False) -> dict[str, Location]:
    """What is known of each postcode in normal form; those nobody knows have the postcode and nothing else.

    before  by the edition before the newest one that changed anything; as now where none did
    """
    wanted = sorted(set(postcodes))
    rows = _rows(PostcodePlace, wanted)
    if before:
        rows |= _past(wanted)
    unknown = [postcode for postcode in wanted if postcode not in rows]
    centres = _centres({outward_code(postcode) for postcode in unknown})
    return {postcode: rows.get(postcode) or _rough(postcode, centres) for postcode in wanted}


def _rows(table: type[Any], wanted: list[str], *conditions: Any) -> dict[str, Location]:
    columns = ("postcode", "authority", "lsoa", "latitude", "longitude", "ward", "region", "icb")
    query = select(*(getattr(table, name) for name in columns)).where(*conditions)
    found: dict[str, Location] = {}
    for start in range(0, len(wanted), AT_ONCE):
        for row in db.session.execute(query.where(table.postcode.in_(wanted[start : start + AT_ONCE]))):
            found[row.postcode] = Location(*row)
    return found


def _past(wanted: list[str]) -> dict[str, Location]:
    last = boundaries().changed_by_id
    return {} if last is None else _rows(PastPostcodePlace, wanted, PastPostcodePlace.replaced_by_id == last)


def centre_of(district: str) -> tuple[float, float] | None:
    """The middle of a postcode district, (latitude, longitude); None where nobody knows it."""
    return _centres({district}).get(district)


def _centres(outcodes: set[str]) -> dict[str, tuple[float, float]]:
    """The middle of postcode districts: of the loaded list, else of the product's own."""
    listed = sorted(outcodes)
    centres = {code: OUTCODE_CENTRES[code] for code in listed if code in OUTCODE_CENTRES}
    for start in range(0, len(listed), AT_ONCE):
        found = select(AreaName.code, AreaName.latitude, AreaName.longitude).where(
            AreaName.kind == "outcode", AreaName.code.in_(listed[start : start + AT_ONCE])
        )
        for code, latitude, longitude in db.session.execute(found):
            if latitude is not None and longitude is not None:
                centres[code] = (latitude, longitude)
    return centres


def _rough(postcode: str, centres: dict[str, tuple[float, float]]) -> Location:
    centre = centres.get(outward_code(postcode))
    if centre is None:
        return Location(postcode=postcode)
    return Location(postcode=postcode, latitude=centre[0], longitude=centre[1], is_rough=True)
