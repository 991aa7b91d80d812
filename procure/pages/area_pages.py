"""What pages about areas share: what an area is made of in words, and the search for names and codes."""

from typing import Any

from flask import request

from ..models import LocalArea
from ..services.shares import area_words
from ..services.shares.area_words import KINDS, LISTED_AS

MOST_NAMED = 60
"""More names than this are counted, not listed."""


def parts_of(area: LocalArea) -> list[str]:
    """What an area is made of, by name where names are loaded."""
    if area.kind == "outcodes":
        return list(area.outcodes)
    codes = area.codes[:MOST_NAMED]
    names = area_words.names_of(codes)
    return [f"{names[code]} ({code})" if code in names else code for code in codes]


def search() -> dict[str, Any]:
    """What the page of the search shows: areas of a kind with the words the address asks for."""
    kind, words = request.args.get("kind", "wards"), request.args.get("q", "")
    kind = kind if kind in LISTED_AS else "wards"
    return {
        "kind": kind,
        "words": words,
        "found": area_words.search(kind, words),
        "kinds": {key: KINDS[key] for key in LISTED_AS},
        "is_listed": area_words.is_listed(kind),
    }
