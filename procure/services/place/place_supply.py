"""Enterprises and lots of a place, by the place's own area: those here and those that cannot be placed.

source  docs/measures/place-supply.md
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select

from ...extensions import db
from ...models import AreaName, Enterprise, Lot, Organisation, PostcodePlace
from ...models.enterprises import LEGAL_FORMS
from ...places import Area, Location, is_outcode, outward_code, parse_postcode
from ..ranking import matches
from ..reference.locations import AT_ONCE, centre_of, locations_of

KINDS = {
    "cic": "Community interest company",
    "charity": "Charity",
    "cio": "Charitable incorporated organisation",
    "cooperative": "Co-operative",
    "social_enterprise": "Social enterprise",
    "company": "Company",
    "sole_trader": "Sole trader",
    "partnership": "Partnership",
    "other": "Other",
}
NO_WARD = "Ward not known"


@dataclass(frozen=True)
class Based:
    """An enterprise and where it is based, as far as its own postcode tells."""

    organisation_id: int
    legal_form: str
    district: str | None
    ward: str | None
    """The code of it."""


@dataclass(frozen=True)
class Grid:
    """Enterprises by ward, or by district where no directory tells wards, and by kind; the last row is all of them."""

    by: str
    kinds: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    """Name, then one number a kind, then their sum."""


@dataclass(frozen=True)
class Enterprises:
    """Registered enterprises that are based in an area, and those nobody can place; those elsewhere are in neither."""

    here: tuple[Based, ...]
    not_placed: tuple[Based, ...]

    @property
    def ids_here(self) -> list[int]:
        return [each.organisation_id for each in self.here]

    @property
    def ids_not_placed(self) -> list[int]:
        return [each.organisation_id for each in self.not_placed]

    @cached_property
    def by_kind(self) -> list[tuple[str, int]]:
        """Those here, in the order of the kinds."""
        counted = Counter(each.legal_form for each in self.here)
        return [(KINDS[form], counted[form]) for form in LEGAL_FORMS if counted[form]]

    @cached_property
    def by_district(self) -> list[tuple[str, int]]:
        """Those here, most first."""
        return most_first(Counter(each.district or "" for each in self.here))

    @cached_property
    def ward_names(self) -> dict[str, str]:
        """Ward code > name, of those here."""
        codes = sorted({each.ward for each in self.here if each.ward})
        names: dict[str, str] = {}
        for start in range(0, len(codes), AT_ONCE):
            found = select(AreaName.code, AreaName.name).where(AreaName.code.in_(codes[start : start + AT_ONCE]))
            names |= {code: name for code, name in db.session.execute(found)}
        return names

    @cached_property
    def grid(self) -> Grid:
        """Those here by ward and kind."""
        names = self.ward_names
        kinds = [form for form in LEGAL_FORMS if any(each.legal_form == form for each in self.here)]
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for each in self.here:
            ward = names.get(each.ward or "", NO_WARD)
            counts[ward if names else each.district or ""][each.legal_form] += 1
        order = sorted(counts, key=lambda name: (name == NO_WARD, -counts[name].total(), name))
        rows = [(name, (*(counts[name][form] for form in kinds), counts[name].total())) for name in order]
        whole = sum(counts.values(), Counter())
        rows.append(("All", (*(whole[form] for form in kinds), whole.total())))
        return Grid("Ward" if names else "District", tuple(KINDS[form] for form in kinds), tuple(rows))


@dataclass(frozen=True)
class Lots:
    """Lots with their work in an area, by id with the district; and those of some buyers that nobody can place."""

    here: Mapping[int, str | None]
    not_placed: frozenset[int]

    @property
    def by_district(self) -> list[tuple[str, int]]:
        """Those here, most first."""
        return most_first(Counter(district or "" for district in self.here.values()))


@dataclass(frozen=True)
class OpenLots:
    """Lots open to local supply: how many, worth how much as far as buyers said, and the gaps."""

    number: int
    value_pence: int
    without_value: int
    without_local_supply: int
    """Lots for which matching found no likely local enterprise; lots not yet matched are not counted."""
    not_placed: int
    """How many of them do not say where, or where cannot be told."""


def most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def is_here(area: Area, place: Location) -> bool | None:
    """Whether a place lies in the area; None where it cannot be told, or is too near the edge to be sure."""
    return None if area.is_unsure(place) else area.holds(place)


def enterprises_of(area: Area) -> Enterprises:
    """Every registered enterprise, placed by its own postcode."""
    found = db.session.execute(
        select(Enterprise.organisation_id, Enterprise.legal_form, Organisation.postcode)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None))
        .order_by(Enterprise.organisation_id)
    ).all()
    written = {row.organisation_id: parse_postcode(row.postcode or "") for row in found}
    places = locations_of({postcode for postcode in written.values() if postcode})
    sides: dict[bool | None, list[Based]] = {True: [], False: [], None: []}
    for row in found:
        postcode = written[row.organisation_id]
        place = places[postcode] if postcode else Location()
        district = outward_code(postcode) if postcode else None
        sides[is_here(area, place)].append(Based(row.organisation_id, row.legal_form, district, place.ward))
    return Enterprises(tuple(sides[True]), tuple(sides[None]))


def open_lots_of(area: Area, buyers: Sequence[int]) -> Lots:
    """Lots that enterprises can still answer.

    buyers  whose lots stand under `not_placed` where they do not say where; those of others are left out
    """
    return lots_of(area, buyers, matches.still_taking_interest())


def lots_of(area: Area, buyers: Sequence[int], *conditions: ColumnElement[bool]) -> Lots:
    """The same of all lots for which these conditions hold."""
    found = db.session.execute(
        select(Lot.id, Lot.postcode, Lot.organisation_id)
        .join(Organisation, Organisation.id == Lot.organisation_id)
        .where(Organisation.suspended_at.is_(None), *conditions)
        .order_by(Lot.id)
    ).all()
    sides = sides_of(area, {row.postcode for row in found if row.postcode})
    own = set(buyers)
    here = {row.id: _district(row.postcode) for row in found if sides.get(row.postcode)}
    unknown = (row.id for row in found if sides.get(row.postcode) is None and row.organisation_id in own)
    return Lots(here, frozenset(unknown))


def sides_of(area: Area, written: Iterable[str]) -> dict[str, bool | None]:
    """Whether what somebody wrote for a place, a postcode or a district, lies in the area; None where unknown."""
    texts = sorted(set(written))
    postcodes = {text: postcode for text in texts if (postcode := parse_postcode(text))}
    places = locations_of(postcodes.values())
    found: dict[str, bool | None] = {text: is_here(area, places[postcode]) for text, postcode in postcodes.items()}
    for text in texts:
        if text not in postcodes:
            district = text.strip().upper()
            found[text] = _district_side(area, district) if is_outcode(district) else None
    return found


def _district_side(area: Area, district: str) -> bool | None:
    """Whether a whole postcode district lies in the area; None where only a part does, or nobody knows."""
    if area.outcodes is not None:
        return district in area.outcodes
    column = PostcodePlace.postcode
    inside = select(column).where(column >= f"{district} ", column < f"{district} \uffff")
    listed = [postcode for postcode in db.session.scalars(inside) if outward_code(postcode) == district]
    if listed:
        sides = {is_here(area, place) for place in locations_of(listed).values()} - {None}
        return sides.pop() if len(sides) == 1 else None
    centre = centre_of(district)
    if area.miles is None or centre is None:
        return None
    return is_here(area, Location(latitude=centre[0], longitude=centre[1], is_rough=True))


def _district(written: str) -> str | None:
    return outward_code(parse_postcode(written) or written.strip().upper()) or None


def among(column: Any, ids: Iterable[int]) -> ColumnElement[bool]:
    """Whether a column is one of these ids, however many they are: written into the query, not bound to it."""
    wanted: Any = bindparam("among", sorted(ids), unique=True, expanding=True, literal_execute=True)
    found: ColumnElement[bool] = column.in_(wanted)
    return found


def listed_enterprises(ids: Iterable[int]) -> Select[Enterprise, Organisation]:
    """These enterprises with their organisations, by name."""
    return (
        select(Enterprise, Organisation)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Organisation.suspended_at.is_(None), among(Organisation.id, ids))
        .order_by(Organisation.name, Organisation.id)
    )


def listed_lots(found: Lots) -> Select[Lot, Organisation]:
    """These lots with their buyers, the nearest deadline first."""
    return (
        select(Lot, Organisation)
        .join(Organisation, Organisation.id == Lot.organisation_id)
        .where(Organisation.suspended_at.is_(None), among(Lot.id, [*found.here, *found.not_placed]))
        .order_by(Lot.deadline_on.is_(None), Lot.deadline_on, Lot.id)
    )


def sum_up(found: Lots) -> OpenLots:
    """The same lots, counted."""
    lots = [lot for lot, _ in db.session.execute(listed_lots(found))]
    return OpenLots(
        number=len(lots),
        value_pence=sum(lot.value_pence or 0 for lot in lots),
        without_value=sum(lot.value_pence is None for lot in lots),
        without_local_supply=sum(lot.likely_local == 0 for lot in lots),
        not_placed=len(found.not_placed),
    )
