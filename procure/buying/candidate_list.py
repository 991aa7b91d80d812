"""The list of who could do a lot: searched by name, sorted and paged like every list, though no query can order it."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import request
from sqlalchemy import select

from ..models import Enterprise, Organisation
from ..pages.listing import Column, Listing, Page, search_words
from ..services.ranking.candidates import Candidate

ROWS = 100
"""On one page: 25 are proposed, and whoever told of interest besides should stand on the page people read."""
KEYS: dict[str, Callable[[Candidate], Any]] = {
    "name": lambda one: one.enterprise.organisation.name.casefold(),
    "likely": lambda one: one.probability,
    "miles": lambda one: one.miles,
    "gates": lambda one: one.gates_in("met"),
}
"""Column > what it is sorted by: chances, miles and gates are worked out when they are asked for, and kept nowhere."""
LISTING = Listing(
    "suppliers-of-a-lot",
    select(Enterprise),
    (
        Column("name", "Enterprise", KEYS["name"], KEYS["name"]),
        Column("likely", "How likely", KEYS["likely"], KEYS["likely"], show="percent"),
        Column("miles", "Miles", KEYS["miles"], KEYS["miles"]),
        Column("why", "Why", lambda one: one.reasons),
        Column("gates", "Gates", KEYS["gates"], KEYS["gates"], show="count"),
        Column("decision", "Decision", lambda one: one.decision),
    ),
    search_in=(Organisation.name,),
    default_sort="-likely",
)


def chosen(found: Sequence[Candidate]) -> list[Candidate]:
    """Those whose name holds every word of the search box, in the order asked for; what is not known comes last."""
    words = [word.casefold() for word in search_words()]
    named = [one for one in found if all(word in KEYS["name"](one) for word in words)]
    key, is_down = LISTING.sorted_by
    known = [one for one in named if KEYS[key](one) is not None]
    unknown = [one for one in named if KEYS[key](one) is None]
    return sorted(known, key=KEYS[key], reverse=is_down) + unknown


def page_of(found: Sequence[Candidate]) -> Page:
    """The page asked for of those chosen."""
    pages = max(1, -(-len(found) // ROWS))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    return Page(LISTING, list(found[(number - 1) * ROWS : number * ROWS]), number, pages, len(found))
