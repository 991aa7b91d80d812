"""Days told in parts: columns of day, month and year, months beside a year, months with the year in a title."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice

from procure.sheets.cells import show
from procure.sheets.columns import Layout
from procure.sheets.days import MONTHS
from procure.sheets.headings import normalise
from procure.sheets.reading import Cell
from procure.sheets.table import BrokenRow, Row, Table

_SAMPLE = 2_000
_MOST = 0.9  # share of a column's filled cells that must be months, or years
_WORDS = {
    "day": r"^(?:payment |paid )?day(?: paid)?$",
    "month": r"\b(?:month|mth|period)\b",
    "year": r"\b(?:year|yr|fy)\b",
}
_HEADINGS = {part: re.compile(words) for part, words in _WORDS.items()}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEARS = re.compile(r"((?:19|20)[0-9]{2})\s?[/-]\s?((?:20)?[0-9]{2})")
_NAMED = re.compile(r"([a-z]{3,9})\.?(?:[\s/,.'-]*((?:19|20)[0-9]{2}|[0-9]{2}))?", re.I)
_NUMBERED = re.compile(r"([0-9]{1,2})[/-]((?:19|20)[0-9]{2})|((?:19|20)[0-9]{2})-([0-9]{1,2})")
_MOST_YEARS = 3  # that one file may span
_FIRST_MONTH = 4  # public bodies' years begin in April
NO_YEAR = "The column “{}” holds months without a year. Add a column with the year, or with the date of each payment"


@dataclass(frozen=True)
class Parts:
    """Columns, 0-based; `year` is a column, a year as written in a title, or None where each month has its own."""

    month: int
    year: int | str | None
    day: int | None = None
    is_period: bool = False  # of a financial year: the first is April


def find_parts(table: Table, layout: Layout, rows: Sequence[Row], named: str = "") -> Parts | str | None:
    """The columns that tell the day in parts, where none tells it whole; or why they cannot be put together.

    None where a column tells the day whole, or where nothing tells it.
    named  the year, or the pair of years, that the file's name tells
    """
    if set(layout.missing) - {"paid_on"}:
        return None
    filled = (row for row in rows[layout.first_row :] if sum(cell not in ("", None) for cell in row) >= 2)
    below = list(islice(filled, _SAMPLE))
    taken = {at for name, at in layout.indexes.items() if name in ("supplier", "amount")}
    columns = {at: heading for at, heading in enumerate(layout.headings) if at not in taken}
    if "paid_on" in layout.indexes:
        columns = {layout.indexes["paid_on"]: layout.headings[layout.indexes["paid_on"]]}
    whole = next((at for at in columns if _share(below, at, _has_year) > _MOST and _is_of_few_years(below, at)), None)
    if whole is not None:
        return Parts(whole, None)
    month = next((at for at, heading in columns.items() if _is_month_column(heading, below, at)), None)
    if month is None:
        return None
    columns = {at: heading for at, heading in enumerate(layout.headings) if at not in {*taken, month}}
    year = next((at for at in columns if _fits("year", columns[at]) and _share(below, at, _is_year) > _MOST), None)
    if year is not None:
        day = next((at for at in columns if _fits("day", columns[at]) and _share(below, at, _is_day) > _MOST), None)
        return Parts(month, year, day, _tells_periods(below, layout.headings[month], month, year))
    titled = year_told(table, rows[: layout.header_row - 1]) or named
    return Parts(month, titled) if titled else NO_YEAR.format(layout.headings[month])


def join_parts(table: Table, parts: Parts, first_row: int) -> Table:
    """The table with whole days in its column of months. Without a column of days, a month stands for its first."""
    return table.changed(partial(_walk, table, parts, first_row))


def tell_parts(parts: Parts, headings: Sequence[str]) -> str:
    """What a person should know about days that were put together."""
    by = f"“{headings[parts.month]}”"
    if isinstance(parts.year, int):
        by += f" and “{headings[parts.year]}”"
    elif parts.year:
        by += f" and the year {parts.year} in the title or the file's name"
    if parts.day is not None:
        return f"the date is put together from “{headings[parts.day]}”, {by}"
    return f"the file tells months, not days: each payment is dated the first of its month, from {by}"


def _walk(table: Table, parts: Parts, first_row: int) -> Iterator[Row]:
    rows = table.walk()
    yield from islice(rows, first_row)
    for row in rows:
        if len(row) > parts.month and not isinstance(row, BrokenRow) and (day := _join(row, parts)):
            row[parts.month] = day
        yield row


def _join(row: Row, parts: Parts) -> date | None:
    month, own_year = _month(row[parts.month])
    if month and parts.is_period:
        month = (month + _FIRST_MONTH - 2) % 12 + 1
    if isinstance(parts.year, int):
        told = show(row[parts.year]) if parts.year < len(row) else ""
    else:
        told = own_year or parts.year or ""
    year = _calendar_year(told, month or 0)
    day = show(row[parts.day]) if parts.day is not None and parts.day < len(row) else "1"
    if not month or not year or not day.isdecimal():
        return None
    try:
        return date(year, month, int(day))
    except ValueError:
        return None


def _tells_periods(rows: Sequence[Row], heading: str, month: int, year: int) -> bool:
    """Whether the numbers of a column are periods of financial years, and not months."""
    if "period" not in normalise(heading).split() or _share(rows, year, _is_pair) <= _MOST:
        return False
    return _share(rows, month, lambda cell: show(cell).isdecimal()) > _MOST


def _is_pair(cell: Cell) -> bool:
    return bool(_YEARS.fullmatch(show(cell)))


def _month(cell: Cell) -> tuple[int | None, str]:
    """The month from 1 to 12 and the year written with it, if there is one."""
    written = show(cell)
    if found := _NAMED.fullmatch(written):
        return MONTHS.get(found[1].lower()), found[2] or ""
    if found := _NUMBERED.fullmatch(written):
        month, year = int(found[1] or found[4]), found[2] or found[3]
        return (month, year) if 1 <= month <= 12 else (None, "")
    return (int(written), "") if written.isdecimal() and 1 <= int(written[:9]) <= 12 else (None, "")


def year_of_month(told: str, month: int) -> int:
    """The calendar year of a month, of a year or a pair of years as `year_told` gives it."""
    return _calendar_year(told, month) or 0


def _calendar_year(told: str, month: int) -> int | None:
    """The year of a month: of 2024/25, April is in 2024 and January in 2025."""
    if found := _YEARS.fullmatch(told):
        first = int(found[1])
        follows = int(found[2][-2:]) == (first + 1) % 100
        return (first if month >= _FIRST_MONTH else first + 1) if follows else None
    if _YEAR.fullmatch(told):
        return int(told)
    return 2000 + int(told) if len(told) == 2 and told.isdecimal() else None


def year_told(table: Table, above: Sequence[Row]) -> str | None:
    """The one year, or the one pair of years, that the lines above the headings and the sheet's name tell."""
    text = " ".join([table.name or "", *(show(cell) for row in above for cell in row)])
    pairs = {found[0] for found in _YEARS.finditer(text) if _calendar_year(found[0], 1)}
    told = pairs or set(re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", text))
    return told.pop() if len(told) == 1 else None


def _share(rows: Sequence[Row], at: int, is_so: Callable[[Cell], bool]) -> float:
    filled = [row[at] for row in rows if at < len(row) and show(row[at])]
    return sum(is_so(cell) for cell in filled) / len(filled) if filled else 0.0


def _is_month_column(heading: str, rows: Sequence[Row], at: int) -> bool:
    """Names of months tell themselves; bare numbers need a heading that says so."""
    if _share(rows, at, _is_named_month) > _MOST:
        return True
    return _fits("month", heading) and _share(rows, at, _is_month) > _MOST


def _fits(part: str, heading: str) -> bool:
    return bool(_HEADINGS[part].search(normalise(heading)))


def _is_named_month(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip().rstrip(".").lower() in MONTHS


def _is_month(cell: Cell) -> bool:
    return _month(cell)[0] is not None


def _has_year(cell: Cell) -> bool:
    month, year = _month(cell)
    return bool(month and year)


def _is_of_few_years(rows: Sequence[Row], at: int) -> bool:
    """Whether Apr-25 tells a year: as days, the numbers of a column would be many."""
    years = {_calendar_year(year, 1) for row in rows if at < len(row) for year in [_month(row[at])[1]] if year}
    return len(years) <= _MOST_YEARS


def _is_year(cell: Cell) -> bool:
    return _calendar_year(show(cell), 1) is not None and len(show(cell)) > 2


def _is_day(cell: Cell) -> bool:
    written = show(cell)
    return written.isdecimal() and 1 <= int(written[:9]) <= 31
