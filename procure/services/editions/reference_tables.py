"""Which table each record of a register goes into: its key, its columns, and what happens to what an edition lacks."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...registers import Body, Code, NamedArea, OtherName, Place, Ranked, Record, text_key

Row = tuple[Any, ...]
TEXT, DEGREES, WHOLE = "TEXT", "DOUBLE PRECISION", "INTEGER"


@dataclass(frozen=True)
class Shelf:
    """A table of reference data, and how records are laid on it."""

    table: str
    key: Mapping[str, str]
    """Column > its SQL type."""
    columns: Mapping[str, str]
    """The same, beside the key."""
    row: Callable[[Any], Row]
    """The key's and the columns' values of a record."""
    scope: str | None = None
    """The column that says whose rows an edition replaces, such as the register; None where nothing is taken away."""
    keeps_old: frozenset[str] = frozenset()
    """Columns where a publisher's silence does not wipe what another publisher said."""
    marks_gone: bool = False
    """Whether what an edition lacks is marked and not removed."""

    @property
    def stage(self) -> str:
        return f"stage_{self.table}"

    @property
    def all_columns(self) -> dict[str, str]:
        return {**self.key, **self.columns}


def _body(body: Body) -> Row:
    name_key = text_key(body.name)
    sic = json.dumps(body.sic)
    return (
        body.register, body.number, body.name, name_key, body.status, body.form, body.postcode, body.address_key, sic,
        body.company_number,
    )  # fmt: skip


BODIES = Shelf(
    "registered_body",
    {"register": TEXT, "number": TEXT},
    {
        "name": TEXT,
        "name_key": TEXT,
        "status": TEXT,
        "form": TEXT,
        "postcode": TEXT,
        "address_key": TEXT,
        "sic": TEXT,
        "company_number": TEXT,
    },
    _body,
    scope="register",
    marks_gone=True,
)
PLACES = Shelf(
    "postcode_place",
    {"postcode": TEXT},
    {
        "latitude": DEGREES,
        "longitude": DEGREES,
        **dict.fromkeys(("lsoa", "lsoa_2011", "ward", "authority", "region", "icb"), TEXT),
    },
    tuple,
    keeps_old=frozenset({"latitude", "longitude", "lsoa", "lsoa_2011", "ward", "authority", "region", "icb"}),
)
AREAS = Shelf(
    "area_name",
    {"code": TEXT},
    {"kind": TEXT, "name": TEXT, "parent_code": TEXT, "latitude": DEGREES, "longitude": DEGREES},
    lambda area: (*area[:2], area.name or None, *area[3:]),
    keeps_old=frozenset({"name", "parent_code", "latitude", "longitude"}),
)
RANKS = Shelf("deprivation", {"lsoa": TEXT, "year": WHOLE}, {"decile": WHOLE, "rank": WHOLE}, tuple, scope="year")
CODES = Shelf("classification", {"scheme": TEXT, "code": TEXT}, {"title": TEXT, "parent": TEXT}, tuple, scope="scheme")

SHELVES: dict[type, Shelf] = {Body: BODIES, Place: PLACES, NamedArea: AREAS, Ranked: RANKS, Code: CODES}

NAME_STAGE = "stage_registered_name"
NAME_COLUMNS = {"register": TEXT, "number": TEXT, "name": TEXT, "name_key": TEXT, "kind": TEXT}


def names_of(record: Record) -> list[Row]:
    """The other names a record brings, as rows of the names' stage."""
    if isinstance(record, OtherName):
        return [(record.register, record.number, record.name, text_key(record.name), record.kind)]
    if isinstance(record, Body):
        return [(record.register, record.number, name, text_key(name), kind) for name, kind in record.names]
    return []
