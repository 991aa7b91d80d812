"""Postcode directories.

Field lists: ONS, "ONS Postcode Directory User Guide" and "National Statistics Postcode Lookup User Guide"; headings
carry the year of their areas since 2025 (lad25cd) and did not before (oslaua, laua). Ordnance Survey, "Code-Point Open
technical specification": ten columns without headings, one file for each postcode area.
"""

import re
from collections.abc import Iterable, Sequence
from math import isfinite

from ..places import parse_postcode
from .addresses import tidy_postcode
from .grid import latitude_longitude
from .layouts import Cells, Layout
from .records import Place, RowRefused

_NOWHERE_LATITUDE = 99.9
"""What the directories write where a postcode has no grid reference."""
_CODE = re.compile(r"[EWSNLMK][0-9]{8}|95[A-Z]{2}[0-9]{2}[A-Z][0-9]")
_PSEUDO = re.compile(r"[A-Z]99999999")
_NO_GRID_REFERENCE = "90"


def _read_directory(cells: Cells) -> Iterable[Place]:
    written, lat, long, lsoa, lsoa_2011, ward, authority, region, country, icb = cells
    postcode = tidy_postcode(written)
    if postcode is None:
        raise RowRefused(f"{written[:20]!r} is not a postcode")
    yield Place(
        postcode,
        *_point(lat, long),
        _code(lsoa),
        _code(lsoa_2011),
        _code(ward),
        _code(authority),
        _code(region) or _code(country),
        _code(icb),
    )


def _code(text: str) -> str | None:
    """A code, or None for nothing and for the codes that mean "not applicable here"."""
    return text if text and text[1:] != "99999999" else None


def _point(lat: str, long: str) -> tuple[float | None, float | None]:
    if not lat or not long:
        return None, None
    try:
        latitude, longitude = float(lat), float(long)
    except ValueError:
        raise RowRefused(f"{lat[:20]}, {long[:20]} is not a latitude and a longitude") from None
    if not isfinite(latitude) or not isfinite(longitude) or latitude > _NOWHERE_LATITUDE:
        return None, None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise RowRefused(f"{lat[:20]}, {long[:20]} is not a latitude and a longitude")
    return latitude, longitude


def _read_code_point(cells: Cells) -> Iterable[Place]:
    written, quality, easting, northing, country, *_, district, ward = cells
    postcode = parse_postcode(written)
    if postcode is None:
        raise RowRefused(f"{written[:20]!r} is not a postcode")
    if not (easting.isdigit() and northing.isdigit()):
        raise RowRefused(f"{easting[:20]}, {northing[:20]} is not an easting and a northing")
    has_point = quality != _NO_GRID_REFERENCE and easting.strip("0")
    latitude, longitude = latitude_longitude(int(easting), int(northing)) if has_point else (None, None)
    outside = _code(country) if country != "E92000001" else None
    yield Place(postcode, latitude, longitude, ward=_code(ward), authority=_code(district), region=outside)


def _is_code_point(row: Sequence[str]) -> bool:
    return len(row) == 10 and all(cell.strip().isdigit() for cell in row[1:4]) and parse_postcode(row[0]) is not None


def _directory(name: str, title: str, headings: dict[str, str]) -> Layout:
    return Layout(
        name=name,
        kind="postcodes",
        series="postcodes",
        title=title,
        publisher="Office for National Statistics",
        read=_read_directory,
        fields={
            "postcode": "pcds",
            "latitude": "lat",
            "longitude": "long",
            "lsoa": "lsoa21(cd)?",
            "lsoa_2011": "lsoa11(cd)?",
            **headings,
            "icb": r"icb(\d\dcd)?",
        },
        optional=frozenset({"lsoa", "lsoa_2011", "icb"}),
        licence="Open Government Licence v3.0; contains OS data © Crown copyright and Royal Mail data © Royal Mail",
        gives="Where every postcode is: coordinates, neighbourhood (LSOA), ward, local authority, region, ICB",
        where=f"Open Geography portal: {title}",
    )


ONSPD = _directory(
    "onspd",
    "ONS Postcode Directory",
    {
        "ward": r"osward|wd\d\dcd",
        "authority": r"oslaua|lad\d\dcd",
        "region": r"rgn(\d\dcd)?",
        "country": r"ctry(\d\dcd)?",
    },
)
NSPL = _directory(
    "nspl",
    "National Statistics Postcode Lookup",
    {"ward": "ward", "authority": "laua", "region": "rgn", "country": "ctry"},
)
CODE_POINT_OPEN = Layout(
    name="code-point-open",
    kind="postcodes",
    series="postcodes-os",
    title="Code-Point Open",
    publisher="Ordnance Survey",
    read=_read_code_point,
    fields={
        field: ""
        for field in (
            "postcode",
            "quality",
            "easting",
            "northing",
            "country",
            "region_health",
            "health",
            "county",
            "district",
            "ward",
        )
    },
    licence="Open Government Licence v3.0; contains OS data © Crown copyright and Royal Mail data © Royal Mail",
    gives="Where every postcode of Great Britain is: coordinates, ward, local authority. Load a directory for the rest",
    where="OS Data Hub: Code-Point Open",
    has_headings=False,
    looks_so=_is_code_point,
)
