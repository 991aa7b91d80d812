"""Names and codes of areas.

Field lists: ONS Open Geography portal, "names and codes" files and lookups, whose headings are a letter code, a year
and CD or NM (LAD25CD, LAD25NM); mySociety, uk_local_authority_names_and_codes; gibbs, uk-postcodes; drkane,
geo-lookups.
"""

import re
from collections.abc import Iterable

from ..places import is_outcode
from .layouts import Cells, Layout
from .records import NamedArea, RowRefused

REGION_CODES = {
    "North East": "E12000001",
    "North West": "E12000002",
    "Yorkshire and The Humber": "E12000003",
    "East Midlands": "E12000004",
    "West Midlands": "E12000005",
    "East of England": "E12000006",
    "London": "E12000007",
    "South East": "E12000008",
    "South West": "E12000009",
    "Wales": "W92000004",
    "Scotland": "S92000003",
    "Northern Ireland": "N92000002",
}
_FOLDED_REGIONS = {name.lower(): code for name, code in REGION_CODES.items()}
_LEVELS = ("lsoa", "ward", "authority", "region", "country", "icb")
_HEADINGS = {
    "lsoa": r"lsoa21",
    "ward": r"wd\d\d",
    "authority": r"(lad|ltla)\d\d",
    "region": r"rgn\d\d",
    "country": r"ctry\d\d",
    "icb": r"icb\d\d",
}
_NO_CODE = "The authority has no code; most without one are gone"
_GSS = re.compile(r"[EWSN][0-9]{8}")


def _read_lookup(cells: Cells) -> Iterable[NamedArea]:
    """Each level the file has, with the next one up as its parent; an ICB stands beside them."""
    found = [(level, cells[2 * at], cells[2 * at + 1]) for at, level in enumerate(_LEVELS)]
    stated = [(level, code, name) for level, code, name in found if code and code[1:] != "99999999"]
    if not stated:
        raise RowRefused("There is no code of an area")
    for at, (level, code, name) in enumerate(stated):
        if not _GSS.fullmatch(code):
            raise RowRefused(f"{code[:20]!r} is not the code of an area, such as E08000025")
        above = next((other for kind, other, _ in stated[at + 1 :] if kind != "icb"), None)
        yield NamedArea(code, level, name, None if level == "icb" else above)


def _read_authority(cells: Cells) -> Iterable[NamedArea]:
    code, name, nice_name, region, latitude, longitude = cells
    if not _GSS.fullmatch(code):
        raise RowRefused(f"{code[:20]!r} is not the code of an authority, such as E08000025" if code else _NO_CODE)
    place = _FOLDED_REGIONS.get(region.lower())
    if place is not None:
        yield NamedArea(place, "country" if place[1:3] == "92" else "region", region)
    yield NamedArea(code, "authority", nice_name or name, place, _degrees(latitude), _degrees(longitude))


def _read_outcode(cells: Cells) -> Iterable[NamedArea]:
    code, latitude, longitude, town = cells
    if not is_outcode(code.upper()):
        raise RowRefused(f"{code[:20]!r} is not a postcode district, such as B18")
    lat, long = _degrees(latitude), _degrees(longitude)
    if not lat or not long:
        lat = long = None
    yield NamedArea(code.upper(), "outcode", town, None, lat, long)


def _read_centroid(cells: Cells) -> Iterable[NamedArea]:
    code, latitude, longitude = cells
    if not code or len(code) > 9:
        raise RowRefused(f"{code[:20]!r} is not the code of a neighbourhood")
    yield NamedArea(code, "lsoa", "", None, _degrees(latitude), _degrees(longitude))


def _degrees(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        raise RowRefused(f"{text[:20]!r} is not a number of degrees") from None


def _ons(name: str, title: str, needed: str) -> Layout:
    """A names and codes file or lookup that tells at least this level."""
    fields = {}
    for level in _LEVELS:
        fields[level] = _HEADINGS[level] + "cd"
        fields[f"{level}_name"] = _HEADINGS[level] + "nm"
    return Layout(
        name=f"ons-{name}",
        kind="areas",
        series=f"areas-{name}",
        title=title,
        publisher="Office for National Statistics",
        read=_read_lookup,
        fields=fields,
        optional=frozenset(fields) - {needed, f"{needed}_name"},
        gives=f"{title}, so that pages show names in place of codes",
        where="Open Geography portal: names and codes, and lookups",
        may_repeat=True,
    )


ONS_AREAS = tuple(
    _ons(name, title, needed)
    for name, title, needed in (
        ("neighbourhoods", "Names and codes of neighbourhoods (LSOA 2021)", "lsoa"),
        ("wards", "Names and codes of wards", "ward"),
        ("authorities", "Names and codes of local authorities", "authority"),
        ("regions", "Names and codes of regions", "region"),
        ("icbs", "Names and codes of integrated care boards", "icb"),
        ("countries", "Names and codes of countries", "country"),
    )
)
AUTHORITIES = Layout(
    name="mysociety-authorities",
    kind="areas",
    series="areas-authorities",
    title="UK local authority names and codes",
    publisher="mySociety",
    read=_read_authority,
    fields={
        "code": "gss-code",
        "name": "official-name",
        "nice_name": "nice-name",
        "region": "region",
        "latitude": "lat",
        "longitude": "long",
    },
    optional=frozenset({"nice_name", "latitude", "longitude"}),
    licence="As its repository states",
    gives="Local authorities with their regions",
    where="mySociety: uk_local_authority_names_and_codes",
    may_repeat=True,
)
OUTCODES = Layout(
    name="gibbs-outcodes",
    kind="areas",
    series="areas-outcodes",
    title="UK postcode districts",
    publisher="gibbs/uk-postcodes",
    read=_read_outcode,
    fields={"code": "postcode|outcode", "latitude": "latitude", "longitude": "longitude", "town": "town"},
    licence="CC0 1.0",
    gives="The centre and town of each postcode district, for postcodes no directory knows",
    where="gibbs: uk-postcodes",
    may_repeat=True,
)
LSOA_CENTROIDS = Layout(
    name="drkane-lsoa-centroids",
    kind="areas",
    series="areas-lsoa-centroids",
    title="LSOA centroids",
    publisher="Office for National Statistics, through drkane/geo-lookups",
    read=_read_centroid,
    fields={"code": "lsoacd|lsoa21cd|lsoa11cd", "latitude": "lat(itude)?", "longitude": "long(itude)?"},
    gives="The middle of each neighbourhood",
    where="drkane: geo-lookups",
)
