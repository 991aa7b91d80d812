"""What somebody means by local: an area, and whether a point of the country lies in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Final

from .distance import miles_between
from .postcodes import is_outcode, outward_code, parse_postcode

ROUGH_MILES = 5.0
"""How far from its district's centre a postcode may lie. Rural districts are wider; most people live in narrower."""


@dataclass(frozen=True)
class Location:
    """Where money went, as far as a ledger or a register tells; every part may be unknown.

    is_rough  the point is the centre of the postcode district, because no directory has the postcode itself
    """

    postcode: str | None = None
    local_authority: str | None = None
    lsoa: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    ward: str | None = None
    region: str | None = None
    icb: str | None = None
    is_rough: bool = False


UNKNOWN_PLACE = Location()

CODED: Final = {
    "lsoas": ("lsoa", "neighbourhood (LSOA)", "neighbourhoods (LSOAs)"),
    "wards": ("ward", "ward", "wards"),
    "local_authorities": ("local_authority", "local authority", "local authorities"),
    "icbs": ("icb", "integrated care board", "integrated care boards"),
    "regions": ("region", "region", "regions"),
}
"""Parts of an Area that are sets of codes: the field of a Location they are compared with, and what one is called."""


@dataclass(frozen=True)
class Area:
    """A named area, defined in exactly one way.

    outcodes           postcode districts, upper case: {"B1", "B18"}
    centre, miles      everything within so many great-circle miles of (latitude, longitude)
    local_authorities  GSS codes: {"E08000025"}
    lsoas              codes of lower layer super output areas
    wards, regions     GSS codes
    icbs               GSS codes of integrated care boards
    counts_branches    a payee counts as local where any of its known places lies here, not only the best one
    raises             ValueError where the definition is missing, doubled or cannot be true
    """

    name: str
    outcodes: frozenset[str] | None = None
    centre: tuple[float, float] | None = None
    miles: float | None = None
    local_authorities: frozenset[str] | None = None
    lsoas: frozenset[str] | None = None
    wards: frozenset[str] | None = None
    regions: frozenset[str] | None = None
    icbs: frozenset[str] | None = None
    counts_branches: bool = False

    def __post_init__(self) -> None:
        if (self.centre is None) != (self.miles is None):
            raise ValueError(f"{self.name}: a centre and miles go together")
        given = [self.outcodes, self.centre, *(getattr(self, part) for part in CODED)]
        if sum(part is not None for part in given) != 1:
            raise ValueError(
                f"{self.name}: define it by outcodes, centre and miles, local authorities, LSOAs, wards, ICBs or "
                "regions, one of them"
            )
        wrong = sorted(code for code in self.outcodes or () if not is_outcode(code))
        if wrong:
            raise ValueError(f"{self.name}: {wrong[0]} is not a postcode district such as B18")
        if self.centre is not None and self.miles is not None:
            self._check_circle(self.centre, self.miles)

    def _check_circle(self, centre: tuple[float, float], miles: float) -> None:
        if not (-90 <= centre[0] <= 90 and -180 <= centre[1] <= 180):
            raise ValueError(f"{self.name}: {centre} is not a latitude and a longitude")
        if not 0 <= miles < float("inf"):
            raise ValueError(f"{self.name}: {miles} miles is not a distance")

    def holds(self, place: Location) -> bool | None:
        """Whether the place lies in this area; None where the place lacks what the area is defined by."""
        if self.outcodes is not None:
            return self._holds_postcode(place.postcode)
        if self.miles is not None:
            away = self._miles_to(place)
            return None if away is None else away <= self.miles
        code = getattr(place, CODED[self.kind][0])
        return code in self.codes if code else None

    def is_unsure(self, place: Location) -> bool:
        """Whether the place is known only by its district's centre, and the edge of the circle runs near that."""
        if self.miles is None or not place.is_rough:
            return False
        away = self._miles_to(place)
        return away is not None and abs(away - self.miles) <= ROUGH_MILES

    def _holds_postcode(self, written: str | None) -> bool | None:
        postcode = parse_postcode(written) if written else None
        return None if postcode is None else outward_code(postcode) in (self.outcodes or ())

    def _miles_to(self, place: Location) -> float | None:
        if self.centre is None or place.latitude is None or place.longitude is None:
            return None
        return miles_between(self.centre, (place.latitude, place.longitude))

    @cached_property
    def kind(self) -> str:
        """outcodes, circle, or one of CODED."""
        if self.outcodes is not None:
            return "outcodes"
        return next((part for part in CODED if getattr(self, part) is not None), "circle")

    @cached_property
    def codes(self) -> frozenset[str]:
        """What it is made of; nothing for a circle."""
        found: frozenset[str] | None = getattr(self, self.kind, None)
        return found or frozenset()

    @property
    def needs_directory(self) -> bool:
        """Whether a postcode directory must say in which of its parts, or how far away, a postcode is."""
        return self.outcodes is None

    @cached_property
    def key(self) -> str:
        """The definition without the name, in 40 letters or fewer: areas with one key hold the same places."""
        circle = [f"{number:.9g}" for number in (*(self.centre or ()), *([] if self.miles is None else [self.miles]))]
        told = [self.kind, "branches" if self.counts_branches else "", *circle]
        return sha256("\n".join([*told, *sorted(self.codes)]).encode()).hexdigest()[:40]

    @cached_property
    def definition(self) -> str:
        """The definition in words, for beside the figure."""
        also = ", based or with a branch there" if self.counts_branches else ""
        if self.outcodes is not None:
            return _count_of(len(self.outcodes), "postcode district", "postcode districts") + also
        if self.centre is not None:
            return f"within {self.miles:g} miles of {self.centre[0]:.4f}, {self.centre[1]:.4f}{also}"
        return _count_of(len(self.codes), *CODED[self.kind][1:]) + also


def _count_of(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def outcode_area(name: str, outcodes: Iterable[str]) -> Area:
    """An area made of postcode districts as somebody typed them: spaces and small letters are forgiven."""
    return Area(name, outcodes=frozenset(code.strip().upper() for code in outcodes))
