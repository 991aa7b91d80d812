"""Cuts of spend that anybody may read: a line stands for at least a few payees, and no person is told apart.

source  docs/measures/public-page.md
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .shares import Share

LEAST_PAYEES: Final = 3
"""A line of fewer payees is joined to another."""
OTHERS: Final = "All other categories"
TO: Final = " to "
UNNAMED: Final = "Payees whose names are not published"


@dataclass(frozen=True)
class Line:
    """Money of one year or category: to which payees, and how much of it is local."""

    name: str
    payees: frozenset[int]
    share: Share

    def with_(self, other: "Line", name: str) -> "Line":
        return Line(name, self.payees | other.payees, self.share + other.share)

    @property
    def is_small(self) -> bool:
        return len(self.payees) < LEAST_PAYEES


def join_years(years: Sequence[Line]) -> list[Line]:
    """Years in order, such as 2025-26; one of too few payees is joined to the one before or, the first, to the next.

    returns  lines that add up to all given; nothing where all years together have too few payees
    """
    lines: list[Line] = []
    for year in years:
        if lines and (year.is_small or lines[-1].is_small):
            before = lines.pop()
            year = before.with_(year, _both(before.name, year.name))
        lines.append(year)
    return [] if lines and lines[-1].is_small else lines


def _both(first: str, last: str) -> str:
    return f"{first.partition(TO)[0]}{TO}{last}"


def join_categories(categories: Iterable[Line], unnamed: Line | None) -> list[Line]:
    """Categories with most money first, those of too few payees joined into one line, people in a line of their own.

    unnamed  money to payees whose names are not published; it stands in no category
    returns  lines that add up to all given; where what is left over would still be small it takes the smallest of
             the others with it. Nothing where all together have too few payees
    """
    ordered = sorted(categories, key=lambda line: (-line.share.total, line.name))
    shown = [line for line in ordered if not line.is_small]
    rest = [line for line in ordered if line.is_small]
    if unnamed and unnamed.payees and unnamed.is_small:
        rest.append(unnamed)
        unnamed = None
    left = _sum(rest)
    while left and left.is_small and shown:
        left = left.with_(shown.pop(), OTHERS)
    if left and left.is_small and unnamed and unnamed.payees:
        left, unnamed = left.with_(unnamed, OTHERS), None
    if left and left.is_small:
        return []
    return [*shown, *([left] if left else []), *([unnamed] if unnamed and unnamed.payees else [])]


def _sum(lines: Sequence[Line]) -> Line | None:
    if not lines:
        return None
    total = lines[0]
    for line in lines[1:]:
        total = total.with_(line, OTHERS)
    return Line(OTHERS, total.payees, total.share)
