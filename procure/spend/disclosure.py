"""When a sum over several givers may be told without telling what one of them gave.

source  docs/measures/disclosure.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST_GIVERS: Final = 3
"""A sum over fewer is not told."""
MOST_OF_ONE: Final = 0.75
"""The part of a sum that one giver may make up."""
CLOSEST: Final = 0.10
"""Whoever takes the second largest giver's part off a sum must miss the largest by at least this part of it."""


@dataclass(frozen=True)
class Given:
    """What one giver adds to a sum, in pence: certainly local, certainly elsewhere, and neither for certain."""

    local: int = 0
    elsewhere: int = 0
    doubtful: int = 0

    @property
    def total(self) -> int:
        return self.local + self.elsewhere + self.doubtful


@dataclass(frozen=True)
class Told:
    """A sum that may be told; the three parts are None where only the whole may."""

    total: int
    parts: Given | None


def is_safe(amounts: Sequence[int]) -> bool:
    """Whether the sum of these amounts may be told to somebody who knows none of them.

    amounts  one for each giver, in pence; who gave nothing protects nobody, and a credit counts by its size
    returns  False for fewer than LEAST_GIVERS that are not nothing, for one that dominates, and for two of which the
             smaller could work out the larger closely
    """
    sizes = sorted((abs(amount) for amount in amounts if amount), reverse=True)
    if len(sizes) < LEAST_GIVERS:
        return False
    whole, largest = sum(sizes), sizes[0]
    return largest <= MOST_OF_ONE * whole and whole - largest - sizes[1] >= CLOSEST * largest


def tell(given: Mapping[int, Given], known: frozenset[int] = frozenset()) -> Told | None:
    """The sum over all givers as far as it may be told.

    given    giver > what it adds
    known    givers whose parts the reader knows anyway: they are summed, and protect nobody
    returns  the whole with its three parts; the whole alone where one of the parts would say too much (then none is
             told, because the others and the whole would give it); None where the whole says too much
    """
    hidden = [each for giver, each in given.items() if giver not in known]
    if not is_safe([each.total for each in hidden]):
        return None
    total = sum(each.total for each in given.values())
    columns = ("local", "elsewhere", "doubtful")
    if not all(is_safe([getattr(each, name) for each in hidden]) for name in columns):
        return Told(total, None)
    sums = {name: sum(getattr(each, name) for each in given.values()) for name in columns}
    return Told(total, Given(**sums))


@dataclass(frozen=True)
class Paid:
    """Money in one cell of a table whose whole is told: pence, and how many were paid and how much the largest got."""

    pence: int
    payees: int
    largest: int

    @property
    def is_safe(self) -> bool:
        return self.payees >= LEAST_GIVERS and abs(self.largest) <= MOST_OF_ONE * abs(self.pence)

    def __add__(self, other: "Paid") -> "Paid":
        return Paid(self.pence + other.pence, self.payees + other.payees, max(self.largest, other.largest, key=abs))


NOTHING: Final = Paid(0, 0, 0)


def withheld(cells: Mapping[str, Paid]) -> frozenset[str]:
    """Cells to keep back from a table whose whole is told; their sum, which anybody can work out, is safe too.

    cells    name > what was paid there; a payee is in one cell only
    returns  every cell that would say too much, and as many of the smallest others as it takes until those kept back
             are two or more and safe together; all where nothing less will do
    """
    kept_back = {name for name, cell in cells.items() if cell.payees and not cell.is_safe}
    if not kept_back:
        return frozenset()
    others = sorted((name for name in cells if name not in kept_back), key=lambda name: (abs(cells[name].pence), name))
    while others and not _hide_together([cells[name] for name in kept_back]):
        kept_back.add(others.pop(0))
    return frozenset(kept_back) if _hide_together([cells[name] for name in kept_back]) else frozenset(cells)


def _hide_together(cells: Sequence[Paid]) -> bool:
    return len(cells) > 1 and sum(cells, NOTHING).is_safe
