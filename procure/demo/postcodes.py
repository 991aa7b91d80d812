"""Postcodes that look right in real districts but use sectors that are not in use, so they are nobody's address.

The sectors in districts.json are from general knowledge.
"""

from random import Random

from .words import words

INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
"""Royal Mail never uses C, I, K, M, O or V in the last two places."""


def districts() -> tuple[str, ...]:
    """The postcode districts of the place: inner Birmingham and Sandwell."""
    return tuple(words("districts"))


def invented_postcode(rng: Random, district: str) -> str:
    """A full postcode in the district; within the place its sector is one not in use."""
    sector = words("districts").get(district)
    if sector is None:
        sector = rng.randint(0, 9)
    return f"{district} {sector}{rng.choice(INWARD_LETTERS)}{rng.choice(INWARD_LETTERS)}"
