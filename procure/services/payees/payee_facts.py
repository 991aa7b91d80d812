"""What is known of where a payee is: all that was said about its place, and what the loaded directories add."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from ...extensions import db
from ...models import Enterprise, Organisation, Payee
from ...places import POSTCODE_AREAS, miles_between, postcode_area
from ...spend.placing import DELIVERY, OFFICE, PROFILE, TRADING
from ..reference import reference
from ..reference.reference import PlaceFacts
from . import payee_places, payee_sites
from .payee_places import PlacedMoney

FACTS = (
    "Postcode district",
    "Neighbourhood (LSOA)",
    "Ward",
    "Local authority",
    "Region",
    "Integrated care board",
    "Deprivation tenth, 2025",
    "Deprivation tenth, 2019",
    "Distance from you",
)
MOSTLY, ROUGHLY = ", as most of this postcode area", ", roughly"
ROUGH = (MOSTLY, ROUGHLY)
"""How a value ends that holds for a wider area and is not known of the postcode itself."""
MOST_PLACES = 5
"""A payee with more places has them all in the table; facts are shown for those with most money."""


@dataclass(frozen=True)
class Said:
    """One thing that says where a payee is, apart from the lines of ledgers."""

    source: str
    postcode: str | None
    who: str
    shared_by: int | None = None
    """How many bodies are registered at that office, where so many are that it is shared."""


@dataclass(frozen=True)
class Whereabouts:
    """Where a payee's money went, what says so, and what is known of those places."""

    money: list[PlacedMoney]
    said: list[Said]
    facts: list[tuple[str, list[tuple[str, str | None]]]]
    """Postcode > each of FACTS with its value; None is not known."""

    @property
    def pence(self) -> int:
        return sum(row.pence for row in self.money)


@dataclass(frozen=True)
class Known:
    """For how much of the money one fact of its place is known, in pence, and for how much only roughly."""

    heading: str
    known: int
    roughly: int
    not_known: int


def whereabouts(payee: Payee) -> Whereabouts:
    """All there is to tell about where a payee is, under every name merged into it."""
    of = payee.organisation_id
    names = select(Payee.id).where(Payee.organisation_id == of, Payee.merged_into_id == payee.id)
    money = payee_places.money_by_place(of, [payee.id, *db.session.scalars(names)])
    postcodes = list(dict.fromkeys(row.postcode for row in money if row.postcode))[:MOST_PLACES]
    described = facts_of(postcodes, of)
    return Whereabouts(money, said_of(payee), [(postcode, described[postcode]) for postcode in postcodes])


def said_of(payee: Payee) -> list[Said]:
    """What officers, the enterprise itself and the registers say, the best word first."""
    sites = payee_sites.in_force(payee)
    said = [
        Said(source, sites[kind].postcode, sites[kind].reason)
        for source, kind in ((DELIVERY, "delivery"), (TRADING, "trading"))
        if kind in sites
    ]
    joins, bodies = payee_places.linked_payees()
    found = db.session.execute(
        joins.add_columns(Organisation, bodies.best_id.label("body_id"))
        .outerjoin(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Payee.organisation_id == payee.organisation_id, Payee.id == payee.id)
    ).one()
    if found.Organisation is not None:
        said.append(Said(PROFILE, found.Organisation.postcode, f"The profile of {found.Organisation.name}"))
    body = reference.body(found.body_id) if found.body_id else None
    if body is not None:
        shared = reference.shared_offices([body.address_key]) if body.address_key else {}
        said.append(
            Said(OFFICE, body.postcode, f"The register entry of {body.name}", shared.get(body.address_key or ""))
        )
    return said


def facts_of(postcodes: Iterable[str], of: int) -> dict[str, list[tuple[str, str | None]]]:
    """Each of FACTS for each postcode, as far as what is loaded tells."""
    wanted = list(postcodes)
    here = site_of(of)
    known = reference.places_of([*wanted, *([here] if here else [])])
    return {postcode: _described(postcode, known.get(postcode), known.get(here or "")) for postcode in wanted}


def site_of(of: int) -> str | None:
    """The site an organisation measures distance from: its own postcode."""
    return payee_places.readable(db.session.scalar(select(Organisation.postcode).where(Organisation.id == of)))


def _described(postcode: str, place: PlaceFacts | None, here: PlaceFacts | None) -> list[tuple[str, str | None]]:
    outcode = postcode.partition(" ")[0]
    mostly = POSTCODE_AREAS.get(postcode_area(outcode))
    region = f"{mostly.region}{MOSTLY}" if mostly else None
    values: tuple[str | None, ...] = (None, None, None, region, None, None, None)
    if place is not None:
        values = (
            place.lsoa,
            place.ward_name or place.ward,
            place.authority_name or place.authority,
            place.region_name or place.region or region,
            place.icb_name or place.icb,
            _tenth(place.deciles.get(2025)),
            _tenth(place.deciles.get(2019)),
        )
    return list(zip(FACTS, (outcode, *values, _distance(here, place)), strict=True))


def _tenth(decile: int | None) -> str | None:
    if decile is None:
        return None
    return f"{decile}{' (the most deprived)' if decile == 1 else ' (the least deprived)' if decile == 10 else ''}"


def _distance(here: PlaceFacts | None, there: PlaceFacts | None) -> str | None:
    points = [
        (place.latitude, place.longitude)
        for place in (here, there)
        if place is not None and place.latitude is not None and place.longitude is not None
    ]
    if len(points) < 2 or here is None or there is None:
        return None
    miles = miles_between(points[0], points[1])
    is_rough = "outcode" in (here.precision, there.precision)
    if is_rough and here.outcode == there.outcode:
        return f"In your own postcode district{ROUGHLY}"
    return f"{miles:.0f} miles{ROUGHLY}" if is_rough else f"{miles:.1f} miles"


def knowledge(of: int, money: list[PlacedMoney]) -> list[Known]:
    """For each of FACTS, how much of the money has it known; the three amounts add up to all of it."""
    described = facts_of({row.postcode for row in money if row.postcode}, of)
    total = sum(row.pence for row in money)
    known, roughly = dict.fromkeys(FACTS, 0), dict.fromkeys(FACTS, 0)
    for row in money:
        for heading, value in described.get(row.postcode or "", ()):
            if value is not None:
                sums = roughly if value.endswith(ROUGH) else known
                sums[heading] += row.pence
    return [Known(each, known[each], roughly[each], total - known[each] - roughly[each]) for each in FACTS]
