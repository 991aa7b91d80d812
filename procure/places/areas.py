"""What somebody means by local: an area, and whether a point of the country lies in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .distance import miles_between
from .postcodes import is_outcode, outward_code, parse_postcode


@dataclass(frozen=True)
class Location:
    """Where money went, as far as a ledger or a register tells; every part may be unknown."""

    postcode: str | None = None
    local_authority: str | None = None
    lsoa: str | None = None
    latitude: float | None = None
    longitude: float | None = None


UNKNOWN_PLACE = Location()


@dataclass(frozen=True)
class Area:
    """A named area, defined in exactly one of four ways.

    outcodes           postcode districts, upper case: {"B1", "B18"}
    centre, miles      everything within so many great-circle miles of (latitude, longitude)
    local_authorities  GSS codes: {"E08000025"}
    lsoas              codes of lower layer super output areas
    raises             ValueError where the definition is missing, doubled or cannot be true
    """

    name: str
    outcodes: frozenset[str] | None = None
    centre: tuple[float, float] | None = None
    miles: float | None = None
    local_authorities: frozenset[str] | None = None
    lsoas: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if (self.centre is None) != (self.miles is None):
            raise ValueError(f"{self.name}: a centre and miles go together")
        given = [self.outcodes, self.centre, self.local_authorities, self.lsoas]
        if sum(part is not None for part in given) != 1:
            raise ValueError(
                f"{self.name}: define it by outcodes, centre and miles, local authorities or LSOAs, one of them"
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
        if self.centre is not None:
            return self._holds_point(place.latitude, place.longitude)
        if self.local_authorities is not None:
            return place.local_authority in self.local_authorities if place.local_authority else None
        assert self.lsoas is not None
        return place.lsoa in self.lsoas if place.lsoa else None

    def _holds_postcode(self, written: str | None) -> bool | None:
        postcode = parse_postcode(written) if written else None
        return None if postcode is None else outward_code(postcode) in (self.outcodes or ())

    def _holds_point(self, latitude: float | None, longitude: float | None) -> bool | None:
        if latitude is None or longitude is None:
            return None
        assert self.centre is not None
        assert self.miles is not None
        return miles_between(self.centre, (latitude, longitude)) <= self.miles

    @cached_property
    def definition(self) -> str:
        """The definition in words, for beside the figure."""
        if self.outcodes is not None:
            return _count_of(len(self.outcodes), "postcode district")
        if self.centre is not None:
            return f"within {self.miles:g} miles of {self.centre[0]:.4f}, {self.centre[1]:.4f}"
        if self.local_authorities is not None:
            return _count_of(len(self.local_authorities), "local authority", "local authorities")
        return _count_of(len(self.lsoas or ()), "neighbourhood (LSOA)", "neighbourhoods (LSOAs)")


def _count_of(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def outcode_area(name: str, outcodes: Iterable[str]) -> Area:
    """An area made of postcode districts as somebody typed them: spaces and small letters are forgiven."""
    return Area(name, outcodes=frozenset(code.strip().upper() for code in outcodes))
