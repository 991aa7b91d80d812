"""Lists that search, sort, page and download, all the same way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, request, url_for
from sqlalchemy import ColumnElement, Select, func, or_, select

from ..config import PAGE_ROWS
from ..extensions import db
from . import filters
from .definitions import SHOWN_UNITS
from .downloads import asked_kind, send_table

Cell = str | int | float | None
SHOWN: dict[str, Callable[[Any], str]] = {
    "pounds": filters.pounds,
    "whole_pounds": filters.whole_pounds,
    "count": filters.count,
    "day": filters.day,
    "moment": filters.moment,
    "percent": filters.percent,
}
MONEY = frozenset({"pounds", "whole_pounds"})
NUMERIC = MONEY | frozenset({"count", "percent"})


@dataclass(frozen=True)
class Column:
    """One column: how to read a row, how to show it, and whether it can be sorted."""

    key: str
    heading: str
    of: Callable[[Any], Any]
    sort: Any = None
    """The SQL expression to order by; None where it cannot be sorted."""
    show: str | None = None
    """One of SHOWN, or None for plain text."""
    link: Callable[[Any], str | None] | None = None
    tag: bool = False
    note: Callable[[Any], str] | None = None
    """What stands below the value in small letters, "" for nothing; in a file a column of its own."""
    note_heading: str = ""

    @property
    def is_numeric(self) -> bool:
        return self.show in NUMERIC

    def text(self, row: Any) -> str:
        value = self.of(row)
        if self.show:
            return SHOWN[self.show](value)
        return "" if value is None else str(value)

    def cell(self, row: Any) -> Cell:
        """The value for a file: money in pounds, as the page shows it."""
        value = self.of(row)
        if self.show in MONEY and value is not None:
            return value / 100
        return _plain(value)

    def note_of(self, row: Any) -> str:
        return self.note(row) if self.note else ""

    def href(self, row: Any) -> str | None:
        return self.link(row) if self.link else None


@dataclass(frozen=True)
class Listing:
    """A list as a whole: what it selects, its columns, and what the search box looks in."""

    name: str
    """Names the downloaded file."""
    query: Select
    columns: Sequence[Column]
    search_in: Sequence[Any] = ()
    default_sort: str = ""
    choices: Mapping[str, "Choice"] = field(default_factory=dict)

    def answer(self) -> "Page | Response":
        """The page asked for, or the whole list as a file where ?download= names a kind of file."""
        kind = asked_kind()
        if kind:
            rows = db.session.execute(self._ordered()).unique().all()
            noted = [column for column in self.columns if column.note]
            headings = [*(column.heading for column in self.columns), *(column.note_heading for column in noted)]
            units = [*(SHOWN_UNITS.get(column.show or "") for column in self.columns), *(None for _ in noted)]
            cells = (
                [*(column.cell(row) for column in self.columns), *(column.note_of(row) or None for column in noted)]
                for row in map(_one, rows)
            )
            return send_table(self.name, headings, cells, kind, units=units)
        return self._page()

    def _page(self) -> "Page":
        total = db.session.scalar(select(func.count()).select_from(self._found().order_by(None).subquery())) or 0
        pages = max(1, -(-total // PAGE_ROWS))
        number = min(max(1, _whole(request.args.get("page"))), pages)
        chosen = self._ordered().limit(PAGE_ROWS).offset((number - 1) * PAGE_ROWS)
        rows = [_one(row) for row in db.session.execute(chosen).unique().all()]
        return Page(self, rows, number, pages, total)

    def _found(self) -> Select:
        query = self.query
        words = search_words()
        for word in words:
            pattern = "%" + word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
            query = query.where(or_(*(column.ilike(pattern, escape="\\") for column in self.search_in)))
        for key, choice in self.choices.items():
            condition = choice.condition(request.args.get(key, ""))
            if condition is not None:
                query = query.where(condition)
        return query

    def _ordered(self) -> Select:
        key, is_down = self.sorted_by
        column = next((column for column in self.columns if column.key == key), None)
        found = self._found()
        if column is None or column.sort is None:
            return found
        ties = [column.sort.desc().nulls_last() if is_down else column.sort.asc().nulls_last()]
        return found.order_by(None).order_by(*ties, *found._order_by_clauses)

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """The key of the column sorted by, and whether the largest comes first."""
        asked = request.args.get("sort", self.default_sort)
        key, is_down = asked.removeprefix("-"), asked.startswith("-")
        if key not in {column.key for column in self.columns if column.sort is not None}:
            key, is_down = self.default_sort.removeprefix("-"), self.default_sort.startswith("-")
        return key, is_down


@dataclass(frozen=True)
class Choice:
    """A filter with named values."""

    label: str
    values: Mapping[str, tuple[str, ColumnElement[bool]]]
    """value > (words, condition)"""

    def condition(self, value: str) -> ColumnElement[bool] | None:
        return self.values[value][1] if value in self.values else None


@dataclass(frozen=True)
class Page:
    """The rows of one page, and the addresses of the others."""

    listing: Listing
    rows: list[Any]
    number: int
    pages: int
    total: int

    @property
    def is_searched(self) -> bool:
        return bool(search_words()) or any(request.args.get(key) for key in self.listing.choices)

    @property
    def search(self) -> str:
        return request.args.get("q", "")[:200]

    def sort_url(self, column: Column) -> str:
        key, is_down = self.listing.sorted_by
        turn = "" if key == column.key and is_down else "-" if key == column.key or column.is_numeric else ""
        return self._url(sort=turn + column.key, page=None)

    def aria_sort(self, column: Column) -> str:
        key, is_down = self.listing.sorted_by
        if key != column.key:
            return "none"
        return "descending" if is_down else "ascending"

    def page_url(self, number: int) -> str:
        return self._url(page=str(number))

    def download_url(self, kind: str) -> str:
        return self._url(download=kind, page=None)

    @property
    def clear_url(self) -> str:
        return url_for(str(request.endpoint), **(request.view_args or {}))

    @property
    def near(self) -> list[int | None]:
        """Page numbers worth a link; None stands for a gap."""
        wanted = {1, self.pages, *range(self.number - 1, self.number + 2)}
        numbers = sorted(number for number in wanted if 1 <= number <= self.pages)
        near: list[int | None] = []
        for number in numbers:
            if near and number - (near[-1] or 0) > 1:
                near.append(None)
            near.append(number)
        return near

    def _url(self, **changes: str | None) -> str:
        kept = {**request.args.to_dict(), **changes}
        values: dict[str, Any] = {**(request.view_args or {}), **{key: value for key, value in kept.items() if value}}
        return url_for(str(request.endpoint), **values)


def search_words() -> list[str]:
    """The words of the search box, at most ten of them."""
    text = request.args.get("q", "")[:200].replace("\x00", "")
    return text.split()[:10]


def _one(row: Any) -> Any:
    return row[0] if len(row) == 1 else row


def _plain(value: Any) -> Cell:
    return value if isinstance(value, str | int | float) or value is None else str(value)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
