"""What publishers' rows become. Named tuples: a company register has five million rows, and these cost the least."""

from typing import NamedTuple


class RowRefused(Exception):
    """A row that cannot be kept; the text says why, for the person who loads the file."""


class Body(NamedTuple):
    """An organisation as a register states it. The fields are those of the table that keeps it."""

    register: str
    number: str
    name: str
    status: str | None
    form: str
    postcode: str | None
    address_key: str | None
    sic: tuple[str, ...] = ()
    company_number: str | None = None
    names: tuple[tuple[str, str], ...] = ()
    """Other names: (name, previous, working or trading)."""


class OtherName(NamedTuple):
    """Another name of a body that an earlier file brought."""

    register: str
    number: str
    name: str
    kind: str


class Place(NamedTuple):
    """One postcode."""

    postcode: str
    latitude: float | None
    longitude: float | None
    lsoa: str | None = None
    lsoa_2011: str | None = None
    ward: str | None = None
    authority: str | None = None
    region: str | None = None
    icb: str | None = None


class NamedArea(NamedTuple):
    """An area with its code; an empty name is unknown."""

    code: str
    kind: str
    name: str
    parent_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Ranked(NamedTuple):
    """How deprived a neighbourhood is, among those of England; 1 is the most deprived."""

    lsoa: str
    year: int
    decile: int
    rank: int


class Code(NamedTuple):
    """One code of a published list."""

    scheme: str
    code: str
    title: str
    parent: str | None = None


Record = Body | OtherName | Place | NamedArea | Ranked | Code
