"""How a publisher lays out a file: which headings tell it, where each field stands, and what a row becomes."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from .records import Record

OGL = "Open Government Licence v3.0"
Cells = tuple[str, ...]
"""The fields a layout asked for, in its order, without spaces at their ends; an absent optional field is empty."""


@dataclass(frozen=True)
class Layout:
    """One publisher's file."""

    name: str
    kind: str
    series: str
    """Editions of one series replace each other."""
    title: str
    publisher: str
    read: Callable[[Cells], Iterable[Record]]
    """A row's records; raises RowRefused."""
    fields: Mapping[str, str]
    """What we call a field > a pattern of its heading, in small letters."""
    optional: frozenset[str] = frozenset()
    licence: str = OGL
    gives: str = ""
    """What loading it makes possible, in words for the page."""
    where: str = ""
    """How its publisher calls the page that offers it."""
    has_headings: bool = True
    looks_so: Callable[[Sequence[str]], bool] | None = None
    """For a file without headings: whether a first row belongs to it."""
    may_repeat: bool = False
    """Whether the same thing may stand in several rows, as an authority does in a list of wards."""

    def positions(self, headings: Sequence[str]) -> list[int | None] | None:
        """Where each field stands; None where a needed one is missing, so this is another publisher's file."""
        if not self.has_headings:
            return list(range(len(self.fields))) if self.looks_so and self.looks_so(headings) else None
        known = [tidy_heading(heading) for heading in headings]
        found: list[int | None] = []
        for field, pattern in self.fields.items():
            place = next((at for at, heading in enumerate(known) if re.fullmatch(pattern, heading)), None)
            if place is None and field not in self.optional:
                return None
            found.append(place)
        return found


def tidy_heading(heading: str) -> str:
    """Small letters, single spaces, nothing at the ends: publishers' headings have stray spaces."""
    return " ".join(heading.lower().split())


def picker(positions: Sequence[int | None], width: int) -> Callable[[Sequence[str]], Cells]:
    """A function that takes a row's wanted cells; the caller appends one empty cell to stand for absent fields.

    width  how many cells a row has before that
    """
    places = [width if place is None else place for place in positions]
    if len(places) == 1:
        only = places[0]
        return lambda row: (row[only].strip(),)
    pick = itemgetter(*places)
    return lambda row: tuple(map(str.strip, pick(row)))
