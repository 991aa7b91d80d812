"""Where a payment's payee is: which evidence of a place counts, and how far it can be trusted.

source  docs/measures/payee-places.md
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from procure.places import parse_postcode

LINE, DELIVERY, TRADING, PROFILE, OFFICE = "line", "delivery", "trading", "profile", "office"
SOURCES: Final = {
    LINE: "Site on the ledger line",
    DELIVERY: "Delivery site you declared",
    TRADING: "Trading address you declared",
    PROFILE: "Address in its own profile",
    OFFICE: "Registered office",
}
"""What may say where a payee is, the best first."""
SAID_BY_OFFICERS: Final = frozenset({DELIVERY, TRADING})
"""A person gave a reason for these, so an office that many share in the same postcode does not cast doubt on them."""


@dataclass(frozen=True)
class Evidence:
    """One thing that says where a payee is.

    source     one of SOURCES
    postcode   as it was written; one that cannot be read says nothing
    is_shared  many bodies are registered there, or at an office in this postcode where that is all we know
    """

    source: str
    postcode: str | None
    is_shared: bool = False


@dataclass(frozen=True)
class Placement:
    """Where a payee is, in a postcode of normal form, what says so, and whether that is doubtful."""

    postcode: str
    source: str
    is_uncertain: bool = False


def place(evidence: Iterable[Evidence]) -> Placement | None:
    """The place the best readable evidence gives; None where nothing does.

    evidence  any order; at most one of each source counts, the first given
    raises    ValueError for a source that is not in SOURCES
    """
    given: dict[str, Evidence] = {}
    for one in evidence:
        if one.source not in SOURCES:
            raise ValueError(f"{one.source!r} is no source of a place")
        if one.postcode and parse_postcode(one.postcode):
            given.setdefault(one.source, one)
    for source in SOURCES:
        if source in given:
            found = given[source]
            return Placement(parse_postcode(found.postcode or "") or "", source, is_uncertain(source, found.is_shared))
    return None


def is_uncertain(source: str | None, is_shared: bool) -> bool:
    """Whether money placed by this source, at an address many share, may well have gone elsewhere."""
    return is_shared and source not in SAID_BY_OFFICERS
