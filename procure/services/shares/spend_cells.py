"""Cells of one anchor and area as pages ask for them: as the job left them, or just worked out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, func, insert, select

from ...extensions import db
from ...models import SpendCell
from ...spend import Share
from ...spend.tally import Cell

PARTS = ("local", "elsewhere", "unplaced", "local_shared", "elsewhere_shared")
WRITTEN = 5_000
CELLS = SpendCell.metadata.tables[SpendCell.__tablename__]
"""Written to past the mapping: there are hundreds of thousands of rows."""
Line = tuple[str, Share, int]
"""(key, share, payments)"""


class Sums(Protocol):
    """Cells of one anchor and area, wherever they come from."""

    @property
    def as_of(self) -> datetime | None:
        """When they were worked out, where something moved since; None where they are as the world is."""

    def cut(self, name: str, first: date | None = None, last: date | None = None) -> list[Line]: ...

    def months(self, name: str = "whole", key: str = "") -> list[tuple[date, Share, int]]: ...

    def largest(self, name: str, most: int) -> list[Line]: ...

    def totals(self, name: str) -> list[int]: ...


@dataclass(frozen=True)
class InMemory:
    """Cells just worked out."""

    cells: Sequence[Cell]
    as_of: datetime | None = None

    def cut(self, name: str, first: date | None = None, last: date | None = None) -> list[Line]:
        """Keys with their share and payments, from the first to the last month where these are given, by key."""
        found: dict[str, tuple[Share, int]] = {}
        for cell in self.cells:
            if cell.cut == name and _is_within(cell.month, first, last):
                share, payments = found.get(cell.key, (Share(), 0))
                found[cell.key] = (share + cell.share, payments + cell.payments)
        return [(key, *found[key]) for key in sorted(found)]

    def months(self, name: str = "whole", key: str = "") -> list[tuple[date, Share, int]]:
        """The months of one key of a cut, oldest first."""
        found = [(cell.month, cell.share, cell.payments) for cell in self.cells if (cell.cut, cell.key) == (name, key)]
        return sorted(((month, share, payments) for month, share, payments in found if month is not None), key=_month)

    def largest(self, name: str, most: int) -> list[Line]:
        """The keys of a cut with most money, most first."""
        return sorted(self.cut(name), key=lambda line: (-line[1].total, line[0]))[:most]

    def totals(self, name: str) -> list[int]:
        """The money of every key of a cut, in no order."""
        return [share.total for _, share, _ in self.cut(name)]


def _month(line: tuple[date, Share, int]) -> date:
    return line[0]


def _is_within(month: date | None, first: date | None, last: date | None) -> bool:
    return month is None or ((first is None or month >= first) and (last is None or month <= last))


@dataclass(frozen=True)
class Stored:
    """Cells as the job left them."""

    of: int
    sums_id: int
    as_of: datetime | None = None

    def cut(self, name: str, first: date | None = None, last: date | None = None) -> list[Line]:
        """As `InMemory.cut`."""
        query = (
            select(SpendCell.key, *(func.sum(getattr(SpendCell, part)) for part in PARTS), func.sum(SpendCell.payments))
            .where(*self._mine(name))
            .group_by(SpendCell.key)
        )
        if first is not None:
            query = query.where(SpendCell.month >= first)
        if last is not None:
            query = query.where(SpendCell.month <= last)
        found = [(row[0], Share(*map(int, row[1:6])), int(row[6])) for row in db.session.execute(query)]
        return sorted(found, key=lambda line: line[0])

    def months(self, name: str = "whole", key: str = "") -> list[tuple[date, Share, int]]:
        """As `InMemory.months`."""
        columns = (SpendCell.month, *(getattr(SpendCell, part) for part in PARTS), SpendCell.payments)
        found = db.session.execute(select(*columns).where(*self._mine(name), SpendCell.key == key))
        return sorted(((row[0], Share(*row[1:6]), row[6]) for row in found), key=_month)

    def largest(self, name: str, most: int) -> list[Line]:
        """As `InMemory.largest`, of a cut that is kept for all months together."""
        total = SpendCell.local + SpendCell.elsewhere + SpendCell.unplaced
        columns = (SpendCell.key, *(getattr(SpendCell, part) for part in PARTS), SpendCell.payments)
        found = select(*columns).where(*self._mine(name)).order_by(total.desc(), SpendCell.key).limit(most)
        return [(row[0], Share(*row[1:6]), row[6]) for row in db.session.execute(found)]

    def totals(self, name: str) -> list[int]:
        """As `InMemory.totals`, of such a cut."""
        total = SpendCell.local + SpendCell.elsewhere + SpendCell.unplaced
        return list(db.session.scalars(select(total).where(*self._mine(name))))

    def _mine(self, name: str) -> tuple[ColumnElement[bool], ...]:
        return SpendCell.organisation_id == self.of, SpendCell.sums_id == self.sums_id, SpendCell.cut == name


def keep(of: int, sums_id: int, cells: Iterable[Cell]) -> None:
    """Keep the cells of one area."""
    batch: list[dict[str, Any]] = []
    for cell in cells:
        batch.append(
            {
                "organisation_id": of,
                "sums_id": sums_id,
                "cut": cell.cut,
                "month": cell.month,
                "key": cell.key,
                **{part: getattr(cell.share, part) for part in PARTS},
                "payments": cell.payments,
            }
        )
        if len(batch) == WRITTEN:
            db.session.execute(insert(CELLS), batch)
            batch = []
    if batch:
        db.session.execute(insert(CELLS), batch)
