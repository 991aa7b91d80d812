"""Who would remain if a lot were reserved: each lawful way, by area and kind of supplier, as the register stands."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ...models import LocalArea, Lot
from ...places import OUTCODE_CENTRES, miles_between
from ...rules import SUPPORTED_PERCENT, Reservation
from ..ranking.field import Field, Member
from ..shares import areas
from .regimes import LawOfLot

AROUND_MILES = 10
"""How far around the buyer's own area counts as bordering, where it has saved no wider area of its own."""
AREA_KINDS = frozenset({"local_area", "one_county", "own_policy"})
WHO_WORDS = {"any": "any supplier", "sme": "small and medium firms", "vcse": "charities and social enterprises"}
MUTUAL_FORMS = frozenset({"cic", "charity", "cio", "cooperative", "social_enterprise"})
"""What a mutual may be. Whether its staff control it, and what they held before, is not known here."""


@dataclass(frozen=True)
class Way:
    """One way to reserve, and how many of the field would remain. unknown: those of whom we cannot say."""

    key: str
    words: str
    remain: int
    unknown: int


@dataclass(frozen=True)
class Option:
    """A reservation the law leaves open, and the ways to use it."""

    reservation: Reservation
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Zone:
    """An area a lot may be reserved to. is_estimate: a circle in place of bordering counties."""

    key: str
    name: str
    outcodes: frozenset[str]
    is_estimate: bool = False


def options_for(lot: Lot, law: LawOfLot, field: Field) -> list[Option]:
    """Every reservation open to this buyer, with counts of the enterprises that do this kind of work."""
    zones = zones_of(lot.organisation_id)
    return [Option(one, tuple(_ways(one.kind, zones, field.members))) for one in law.reservations]


def words_of(options: Iterable[Option]) -> dict[str, str]:
    """Key of every way > what it is called, and how many would remain today, for a form and for the record of it."""
    return {way.key: f"{way.words} ({_left(way)})" for option in options for way in option.ways}


def _left(way: Way) -> str:
    unknown = f", {way.unknown:,} not known" if way.unknown else ""
    return f"{way.remain:,} would remain{unknown}"


def zones_of(anchor_id: int) -> list[Zone]:
    """The buyer's own areas, its headline first, then the districts around the headline."""
    own = areas.list_areas(anchor_id)
    zones = [Zone(str(area.id), area.name, frozenset(area.outcodes)) for area in own if area.outcodes]
    return zones + ([_around(own[0])] if zones and own[0].outcodes else [])


def _around(area: LocalArea) -> Zone:
    here = [centre for code in area.outcodes if (centre := OUTCODE_CENTRES.get(code))]
    near = {
        code
        for code, centre in OUTCODE_CENTRES.items()
        if any(miles_between(centre, one) <= AROUND_MILES for one in here)
    }
    return Zone("around", f"{area.name} and {AROUND_MILES} miles around it", frozenset(near | {*area.outcodes}), True)


def _ways(kind: str, zones: list[Zone], members: Iterable[Member]) -> Iterable[Way]:
    field = list(members)
    if kind in AREA_KINDS:
        for zone in zones:
            for who, words in WHO_WORDS.items():
                yield _way(f"{kind}/{zone.key}/{who}", f"{zone.name}: {words}", field, _in_zone(zone), BY_WHO[who])
    elif kind == "sme_or_vcse":
        for who in ("sme", "vcse"):
            yield _way(f"{kind}/anywhere/{who}", f"Anywhere: {WHO_WORDS[who]}", field, BY_WHO[who])
    elif kind == "supported_employment":
        yield _way(f"{kind}/anywhere/alone", "Supported employment providers, alone", field, _is_supported)
    elif kind == "public_service_mutual":
        yield _way(f"{kind}/anywhere/alone", "Public service mutuals", field, _may_be_mutual)


def _way(key: str, words: str, field: list[Member], *tests: Callable[[Member], bool | None]) -> Way:
    """Counts those of whom every test is true, and those of whom none is false but one is not known."""
    remain = unknown = 0
    for member in field:
        answers = [test(member) for test in tests]
        remain += all(answers)
        unknown += None in answers and False not in answers
    return Way(key, words, remain, unknown)


def _in_zone(zone: Zone) -> Callable[[Member], bool | None]:
    return lambda member: None if member.district is None else member.district in zone.outcodes


def _is_supported(member: Member) -> bool | None:
    if not member.workforce or member.supported is None:
        return None
    return member.supported * 100 >= SUPPORTED_PERCENT * member.workforce


def _may_be_mutual(member: Member) -> bool | None:
    """Never sure: only what a mutual cannot be is told apart."""
    return None if member.legal_form in MUTUAL_FORMS or member.is_vcse is None else False


BY_WHO: Mapping[str, Callable[[Member], bool | None]] = {
    "any": lambda _member: True,
    "sme": lambda member: member.is_sme,
    "vcse": lambda member: member.is_vcse,
}
