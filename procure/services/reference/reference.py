"""What the loaded registers and directories know: of a postcode, of a registered body, of an address."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from ...extensions import db
from ...models import AreaName, Deprivation, Edition, PostcodePlace, RegisteredBody, RegisteredName, SharedOffice
from ...places import OUTCODE_CENTRES, outward_code
from ...registers import company_number, text_key

AT_ONCE = 500
"""Values asked for in one query; SQLite takes no more than some thousands."""
STREAMED = 5_000
REGISTER_KINDS = ("companies", "charities", "mutuals")
Value = TypeVar("Value", str, int)


@dataclass(frozen=True)
class PlaceFacts:
    """Where a postcode is, as far as what is loaded tells. None is not known."""

    postcode: str
    outcode: str
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "postcode"
    """postcode: from a directory; outcode: the centre of the district, no more."""
    lsoa: str | None = None
    lsoa_2011: str | None = None
    ward: str | None = None
    authority: str | None = None
    region: str | None = None
    icb: str | None = None
    ward_name: str | None = None
    authority_name: str | None = None
    region_name: str | None = None
    icb_name: str | None = None
    deciles: dict[int, int] = field(default_factory=dict)
    """Year of the indices > tenth of England's neighbourhoods; 1 is the most deprived."""
    ranks: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RegisteredRow:
    """A registered body as the index of names wants it."""

    entity: str
    """"body:" and its id."""
    name: str
    previous_names: tuple[str, ...]
    postcode: str | None
    kind: str
    numbers: tuple[str, ...]
    """With their scheme in front: "company:01234567", "charity:1089464"."""


def place_of(postcode: str) -> PlaceFacts | None:
    """What is known of one postcode in normal form; None where nothing that is loaded knows it."""
    return places_of([postcode]).get(postcode)


def places_of(postcodes: Iterable[str]) -> dict[str, PlaceFacts]:
    """The same for many at once; postcodes nobody knows are left out."""
    wanted = sorted(set(postcodes))
    rows = {row.postcode: row for row in _found(PostcodePlace, PostcodePlace.postcode, wanted)}
    names = _area_names(rows.values())
    ranked = _ranked(rows.values())
    facts = {postcode: _facts(row, names, ranked) for postcode, row in rows.items()}
    unknown = [postcode for postcode in wanted if postcode not in rows]
    return {**facts, **_districts(unknown)}


def _facts(row: PostcodePlace, names: dict[str, str], ranked: dict[tuple[str, int], Deprivation]) -> PlaceFacts:
    placed = {2025: ranked.get((row.lsoa or "", 2025)), 2019: ranked.get((row.lsoa_2011 or "", 2019))}
    return PlaceFacts(
        postcode=row.postcode,
        outcode=outward_code(row.postcode),
        latitude=row.latitude,
        longitude=row.longitude,
        lsoa=row.lsoa,
        lsoa_2011=row.lsoa_2011,
        ward=row.ward,
        authority=row.authority,
        region=row.region,
        icb=row.icb,
        ward_name=names.get(row.ward or ""),
        authority_name=names.get(row.authority or ""),
        region_name=names.get(row.region or ""),
        icb_name=names.get(row.icb or ""),
        deciles={year: found.decile for year, found in placed.items() if found},
        ranks={year: found.rank for year, found in placed.items() if found},
    )


def _area_names(rows: Iterable[PostcodePlace]) -> dict[str, str]:
    codes = {code for row in rows for code in (row.ward, row.authority, row.region, row.icb) if code}
    return {area.code: area.name for area in _found(AreaName, AreaName.code, sorted(codes)) if area.name}


def _ranked(rows: Iterable[PostcodePlace]) -> dict[tuple[str, int], Deprivation]:
    lsoas = sorted({lsoa for row in rows for lsoa in (row.lsoa, row.lsoa_2011) if lsoa})
    return {(found.lsoa, found.year): found for found in _found(Deprivation, Deprivation.lsoa, lsoas)}


def _districts(postcodes: Sequence[str]) -> dict[str, PlaceFacts]:
    """Postcodes no directory has, at the centre of their district: of the loaded list, else of the product's own."""
    outcodes = sorted({outward_code(postcode) for postcode in postcodes})
    centres: dict[str, tuple[float, float]] = {
        code: OUTCODE_CENTRES[code] for code in outcodes if code in OUTCODE_CENTRES
    }
    for area in _found(AreaName, AreaName.code, outcodes):
        if area.kind == "outcode" and area.latitude is not None and area.longitude is not None:
            centres[area.code] = (area.latitude, area.longitude)
    return {
        postcode: PlaceFacts(postcode, code, *centres[code], precision="outcode")
        for postcode in postcodes
        if (code := outward_code(postcode)) in centres
    }


def body(body_id: int) -> RegisteredBody | None:
    """A registered body, whether or not its register still has it."""
    return db.session.get(RegisteredBody, body_id)


def bodies(body_ids: Collection[int]) -> dict[int, RegisteredBody]:
    """Registered bodies by id."""
    return {row.id: row for row in _found(RegisteredBody, RegisteredBody.id, sorted(body_ids))}


def other_names(body_ids: Collection[int]) -> dict[int, list[RegisteredName]]:
    """Other names of bodies, in alphabetical order; a body without any is left out."""
    names: dict[int, list[RegisteredName]] = {}
    for row in sorted(_found(RegisteredName, RegisteredName.body_id, sorted(body_ids)), key=lambda row: row.name):
        names.setdefault(row.body_id, []).append(row)
    return names


def by_number(number: str) -> list[RegisteredBody]:
    """Bodies with this number on any register, and charities or societies that are this company."""
    typed = number.replace(" ", "").upper()
    if not typed:
        return []
    company = company_number(typed) or typed
    return list(
        db.session.scalars(
            select(RegisteredBody)
            .where(
                or_(
                    and_(RegisteredBody.register == "companies", RegisteredBody.number == company),
                    and_(RegisteredBody.register != "companies", RegisteredBody.number.in_((typed, f"NIC{typed}"))),
                    RegisteredBody.company_number == company,
                )
            )
            .order_by(RegisteredBody.register, RegisteredBody.id)
        )
    )


def search_bodies(words: str, limit: int = 20) -> list[RegisteredBody]:
    """Bodies by number, then by how their present name begins, then by how another name begins."""
    key = text_key(words)
    found = {row.id: row for row in by_number(words)} if any(map(str.isdigit, words)) else {}
    if len(key) >= 2:
        for query in (_named(key), _once_named(key)):
            if len(found) < limit:
                found.update({row.id: row for row in db.session.scalars(query.limit(limit)) if row.id not in found})
    return list(found.values())[:limit]


def _named(key: str) -> Select[RegisteredBody]:
    name = RegisteredBody.name_key
    return select(RegisteredBody).where(_begins(name, key)).order_by(name, RegisteredBody.id)


def _once_named(key: str) -> Select[RegisteredBody]:
    name = RegisteredName.name_key
    return (
        select(RegisteredBody)
        .join(RegisteredName, RegisteredName.body_id == RegisteredBody.id)
        .where(_begins(name, key))
        .order_by(name, RegisteredBody.id)
    )


def _begins(column: InstrumentedAttribute[str], key: str) -> Any:
    """Written as a range, which both databases answer from the index."""
    return and_(column >= key, column < key + "\uffff")


def is_shared_office(body: RegisteredBody) -> bool:
    """Whether so many are registered at its address that it says little about where it works."""
    return body.address_key is not None and db.session.get(SharedOffice, body.address_key) is not None


def shared_offices(address_keys: Collection[str]) -> dict[str, int]:
    """Those of these addresses that many share, with how many."""
    return {row.address_key: row.bodies for row in _found(SharedOffice, SharedOffice.address_key, sorted(address_keys))}


def registered_rows() -> Iterator[RegisteredRow]:
    """Every body with its names and numbers, by id; a few thousand in memory at a time."""
    last = 0
    while True:
        rows = db.session.execute(_page_of_bodies(last)).all()
        if not rows:
            return
        names: dict[int, list[str]] = {}
        spoken = select(RegisteredName.body_id, RegisteredName.name).where(
            RegisteredName.body_id > last, RegisteredName.body_id <= rows[-1].id
        )
        for body_id, name in db.session.execute(spoken.order_by(RegisteredName.body_id, RegisteredName.name)):
            names.setdefault(body_id, []).append(name)
        for row in rows:
            yield RegisteredRow(
                f"body:{row.id}", row.name, tuple(names.get(row.id, ())), row.postcode, row.form, _numbers(row)
            )
        last = rows[-1].id


def _page_of_bodies(last: int) -> Any:
    return (
        select(
            RegisteredBody.id,
            RegisteredBody.name,
            RegisteredBody.postcode,
            RegisteredBody.form,
            RegisteredBody.register,
            RegisteredBody.number,
            RegisteredBody.company_number,
        )
        .where(RegisteredBody.id > last)
        .order_by(RegisteredBody.id)
        .limit(STREAMED)
    )


def _numbers(row: Any) -> tuple[str, ...]:
    scheme = {"companies": "company", "mutuals": "mutual"}.get(row.register, "charity")
    also = (f"company:{row.company_number}",) if row.company_number else ()
    return (f"{scheme}:{row.number}", *also)


def has_registers() -> bool:
    """Whether any public register of organisations is in force."""
    loaded = select(Edition.id).where(Edition.kind.in_(REGISTER_KINDS), Edition.state == "ready")
    return bool(db.session.scalar(select(loaded.exists())))


def newest_change() -> datetime | None:
    """When a register of bodies was last loaded; None where none ever was."""
    return db.session.scalar(select(func.max(Edition.loaded_at)).where(Edition.kind.in_(REGISTER_KINDS)))


def _found(table: type[Any], column: InstrumentedAttribute[Value], wanted: Sequence[Value]) -> list[Any]:
    """Rows of a table by one column, asked for in handfuls."""
    rows: list[Any] = []
    for start in range(0, len(wanted), AT_ONCE):
        rows += db.session.scalars(select(table).where(column.in_(wanted[start : start + AT_ONCE])))
    return rows
