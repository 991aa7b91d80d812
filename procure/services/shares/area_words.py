"""An area as a person writes it: names or codes of its parts, or miles from a site, read with clear mistakes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import func, select

from ...extensions import db
from ...models import AreaName, PostcodePlace
from ...places import OUTCODE_CENTRES, is_outcode, miles_between, outward_code, parse_postcode
from ..errors import RefusedError
from ..reference.locations import locations_of

KINDS: Final = {
    "outcodes": "Postcode districts",
    "lsoas": "Neighbourhoods (LSOAs)",
    "wards": "Wards",
    "local_authorities": "Local authorities: one, several, or a county by its authorities",
    "icbs": "Integrated care boards",
    "regions": "Regions",
    "circle": "Miles from a site",
}
LISTED_AS: Final = {
    "lsoas": "lsoa",
    "wards": "ward",
    "local_authorities": "authority",
    "icbs": "icb",
    "regions": "region",
}
"""How the loaded names and codes call each kind."""
_COLUMNS: Final = {
    "lsoas": PostcodePlace.lsoa,
    "wards": PostcodePlace.ward,
    "local_authorities": PostcodePlace.authority,
    "icbs": PostcodePlace.icb,
    "regions": PostcodePlace.region,
}
MOST_CODES = 5_000
MOST_MILES = 500.0
_CODE = re.compile(r"[EWSN][0-9]{8}")
_BETWEEN = re.compile(r"[\n\r;]+")
_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[, ]\s*(-?\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True)
class Wanted:
    """An area as it is to be kept.

    kind      one of KINDS; outcodes where nothing else is said
    codes     what it is made of, for every kind but districts and circles
    outcodes  its districts, or those most of it lies in
    """

    name: str
    kind: str = "outcodes"
    codes: tuple[str, ...] = ()
    outcodes: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    miles: float | None = None
    site: str | None = None
    counts_branches: bool = False

    def columns(self) -> dict[str, Any]:
        """As the table keeps it.

        errors  RefusedError for an area of nothing
        """
        if self.kind not in KINDS:
            raise RefusedError("Choose what the area is made of")
        if self.kind == "outcodes" and not self.outcodes:
            raise RefusedError("An area needs at least one postcode district, such as B18")
        if self.kind == "circle" and (self.latitude is None or self.longitude is None or self.miles is None):
            raise RefusedError("Give a site and how many miles around it")
        if self.kind in LISTED_AS and not self.codes:
            raise RefusedError("An area needs at least one name or code")
        return {
            "kind": self.kind,
            "codes": list(self.codes),
            "outcodes": list(self.outcodes),
            "latitude": self.latitude,
            "longitude": self.longitude,
            "miles": self.miles,
            "site": self.site,
            "counts_branches": self.counts_branches,
        }


@dataclass(frozen=True)
class Typed:
    """What was understood of typed names and codes, and what was not, with advice."""

    codes: tuple[str, ...]
    problems: tuple[str, ...] = field(default=())


def read_codes(kind: str, text: str) -> Typed:
    """Names or codes of one kind, one on each line; several codes may share a line.

    A code that no loaded list has is taken as it is where no list of that kind is loaded at all.
    """
    parts = [part.strip() for line in _BETWEEN.split(text) for part in _split(line) if part.strip()]
    wanted = list(dict.fromkeys(parts))
    if len(wanted) > MOST_CODES:
        return Typed((), (f"List at most {MOST_CODES:,} names or codes",))
    codes = [part.upper() for part in wanted if _CODE.fullmatch(part.upper())]
    names = [part for part in wanted if not _CODE.fullmatch(part.upper())]
    problems = _unknown(kind, codes)
    for name in names:
        found = named(kind, name)
        if len(found) == 1:
            codes.append(found[0].code)
        elif found:
            choices = ", ".join(f"{area.code} ({_parent(area)})" for area in found[:4])
            problems.append(f"{name[:60]} is the name of {len(found)} areas. Use a code: {choices}")
        else:
            problems.append(f"{name[:60]} is not a name or code on the loaded list. Search for it")
    return Typed(tuple(dict.fromkeys(codes)), tuple(problems))


def _split(line: str) -> list[str]:
    pieces = re.split(r"[\s,]+", line.strip())
    return pieces if pieces and all(_CODE.fullmatch(piece.upper()) for piece in pieces if piece) else [line]


def _parent(area: AreaName) -> str:
    above = db.session.get(AreaName, area.parent_code) if area.parent_code else None
    return above.name if above and above.name else area.name


def _unknown(kind: str, codes: Sequence[str]) -> list[str]:
    """Codes that are on no list, where a list of that kind is loaded."""
    if not is_listed(kind):
        return []
    known: set[str] = set()
    for start in range(0, len(codes), 500):
        part = AreaName.code.in_(codes[start : start + 500])
        known |= set(db.session.scalars(select(AreaName.code).where(AreaName.kind == LISTED_AS[kind], part)))
    return [
        f"{code} is not the code of any of the loaded {KINDS[kind].partition(':')[0].lower()}"
        for code in codes
        if code not in known
    ]


def is_listed(kind: str) -> bool:
    """Whether names of this kind are loaded."""
    query = select(AreaName.code).where(AreaName.kind == LISTED_AS[kind], AreaName.name != "").limit(1)
    return db.session.scalar(query) is not None


def named(kind: str, name: str) -> list[AreaName]:
    """Areas of a kind with exactly this name, whatever its capitals."""
    query = select(AreaName).where(AreaName.kind == LISTED_AS[kind], func.lower(AreaName.name) == name.lower())
    return list(db.session.scalars(query.order_by(AreaName.code).limit(50)))


def search(kind: str, words: str, limit: int = 100) -> list[tuple[AreaName, str | None]]:
    """Areas of a kind whose name has these words or whose code begins so, with the name of what they lie in."""
    typed = words.strip()
    if kind not in LISTED_AS or len(typed) < 2:
        return []
    escaped = typed.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    is_like: Any = func.lower(AreaName.name).like(f"%{escaped}%", escape="\\")
    if typed[1:].isdigit():
        is_like = is_like | (AreaName.code.like(f"{typed.upper()}%"))
    found = list(
        db.session.scalars(
            select(AreaName)
            .where(AreaName.kind == LISTED_AS[kind], is_like)
            .order_by(AreaName.name, AreaName.code)
            .limit(limit)
        )
    )
    above = names_of({area.parent_code for area in found if area.parent_code})
    return [(area, above.get(area.parent_code or "")) for area in found]


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Code > name, of those that have one."""
    listed, found = sorted(set(codes)), dict[str, str]()
    for start in range(0, len(listed), 500):
        query = select(AreaName.code, AreaName.name).where(AreaName.code.in_(listed[start : start + 500]))
        found |= {code: name for code, name in db.session.execute(query) if name}
    return found


def read_site(text: str) -> tuple[float, float, bool]:
    """Latitude and longitude of a postcode or of two numbers, and whether that is only its district's centre.

    errors  RefusedError
    """
    point = _POINT.fullmatch(text)
    if point:
        latitude, longitude = float(point[1]), float(point[2])
        if not (49 <= latitude <= 61.5 and -9 <= longitude <= 3):
            raise RefusedError("Enter a place in the United Kingdom, like B18 7QH or 52.49, -1.93")
        return latitude, longitude, False
    postcode = parse_postcode(text)
    if postcode is None:
        raise RefusedError("Enter a full postcode like B18 7QH, or a latitude and a longitude like 52.49, -1.93")
    place = locations_of([postcode])[postcode]
    if place.latitude is None or place.longitude is None:
        raise RefusedError("We do not know where this postcode is. Enter a latitude and a longitude like 52.49, -1.93")
    return place.latitude, place.longitude, place.is_rough


def districts_of(kind: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Postcode districts at least half of whose postcodes lie in these areas, as far as the directory tells."""
    column, inside = _COLUMNS[kind], dict[str, int]()
    for start in range(0, len(codes), 500):
        query = select(PostcodePlace.postcode).where(column.in_(codes[start : start + 500]))
        for postcode in db.session.scalars(query.execution_options(yield_per=10_000)):
            district = outward_code(postcode)
            inside[district] = inside.get(district, 0) + 1
    found = []
    for district, number in sorted(inside.items()):
        every = select(func.count()).where(
            PostcodePlace.postcode >= f"{district} ", PostcodePlace.postcode < f"{district} \uffff"
        )
        if 2 * number >= int(db.session.scalar(every) or 0):
            found.append(district)
    return tuple(found)


def districts_around(centre: tuple[float, float], miles: float) -> tuple[str, ...]:
    """Postcode districts whose centre lies in a circle."""
    centres = dict(OUTCODE_CENTRES)
    query = select(AreaName.code, AreaName.latitude, AreaName.longitude).where(AreaName.kind == "outcode")
    for code, latitude, longitude in db.session.execute(query):
        if latitude is not None and longitude is not None:
            centres[code] = (latitude, longitude)
    return tuple(
        sorted(code for code, point in centres.items() if is_outcode(code) and miles_between(centre, point) <= miles)
    )
