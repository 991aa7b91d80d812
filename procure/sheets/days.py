"""One day as people and systems write it, and what a whole column says about day/month order."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum

from procure.sheets.money import CellError
from procure.sheets.reading import Cell

ADVICE = "Enter the date as day/month/year, like 31/12/2025"
FIRST_DAY = date(1990, 1, 1)
_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)

_ZONE = r"(?:am|pm)?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_TIME = rf"(?:[T\s]+[0-9]{{1,2}}[:.][0-9]{{2}}(?:[:.][0-9]{{2}}(?:[.,][0-9]+)?)?\s*{_ZONE})?"
_YEAR = r"([0-9]{4}|[0-9]{2})"
_ORDINAL = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+)?"
_SLASHED = re.compile(rf"{_WEEKDAY}([0-9]{{1,2}})\s?[-/.]\s?([0-9]{{1,2}})\s?[-/.]\s?{_YEAR}{_TIME}", re.I)
_ISO = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}", re.I)
_NAMED = re.compile(rf"{_WEEKDAY}{_ORDINAL}(?:\s+of)?[-/.\s]*([a-z]{{3,9}})\.?[-/.,\s]*{_YEAR}{_TIME}", re.I)
_NAME_FIRST = re.compile(rf"{_WEEKDAY}([a-z]{{3,9}})\.?[-\s]+{_ORDINAL}[-,\s]+([0-9]{{4}}){_TIME}", re.I)
_COMPACT = re.compile(r"[0-9]{8}")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}


class Order(Enum):
    """Which number of 03/04/2025 is the day."""

    DAY_FIRST = "day/month/year"
    MONTH_FIRST = "month/day/year"


def read_day(cell: Cell, order: Order = Order.DAY_FIRST, *, is_1904: bool = False) -> date:
    """The day of one cell, of any year: a real date, a serial number, or text in the given order.

    raises  CellError with advice
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        return _read_text(cell.strip().removeprefix("'"), order, _EPOCH_1904 if is_1904 else _EPOCH_1900)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise CellError(ADVICE)
    return _read_number(cell, _EPOCH_1904 if is_1904 else _EPOCH_1900)


def read_payment_day(cell: Cell, order: Order = Order.DAY_FIRST, *, last: date, is_1904: bool = False) -> date:
    """As `read_day`, for a day on which money can have been paid: from 1990 to `last`."""
    day = read_day(cell, order, is_1904=is_1904)
    if day < FIRST_DAY:
        raise CellError("The date is before 1990: check the year")
    if day > last:
        raise CellError("The date is more than a year ahead: check the year")
    return day


def looks_like_day(cell: Cell) -> bool:
    """Whether a cell can be a payment's day in either order."""
    for order in Order:
        try:
            if FIRST_DAY <= read_day(cell, order) < date(2100, 1, 1):
                return True
        except CellError:
            continue
    return False


def infer_order(cells: Iterable[Cell]) -> Order:
    """The order that the column as a whole tells.

    A column is month first only if some cell proves it, none disproves it, and the days then fall into no more months
    than they would the other way: one American date among British ones is a mistake, not an order.
    """
    months: dict[Order, set[tuple[int, int]]] = {order: set() for order in Order}
    readable = dict.fromkeys(Order, 0)
    for cell in cells:
        if not isinstance(cell, str) or not _SLASHED.fullmatch(cell.strip()):
            continue
        for order in Order:
            try:
                day = read_day(cell, order)
            except CellError:
                continue
            readable[order] += 1
            months[order].add((day.year, day.month))
    day_first, month_first = readable[Order.DAY_FIRST], readable[Order.MONTH_FIRST]
    if month_first <= day_first:
        return Order.DAY_FIRST
    if day_first == 0:
        return Order.MONTH_FIRST
    fewer = len(months[Order.MONTH_FIRST]) <= len(months[Order.DAY_FIRST])
    return Order.MONTH_FIRST if fewer or month_first > 20 * day_first else Order.DAY_FIRST


def leaves_order_open(cells: Iterable[Cell]) -> bool:
    """Whether every date of a column could be read either way, so that more of them should be asked."""
    slashed = [cell for cell in cells if isinstance(cell, str) and _SLASHED.fullmatch(cell.strip())]
    return bool(slashed) and all(_reads(cell, Order.DAY_FIRST) and _reads(cell, Order.MONTH_FIRST) for cell in slashed)


def _reads(cell: Cell, order: Order) -> bool:
    try:
        read_day(cell, order)
    except CellError:
        return False
    return True


def _read_number(number: int | float, epoch: date) -> date:
    if number != number or not 0 < number < 100_000_000:
        raise CellError(ADVICE)
    if number >= 19_000_000:
        return _read_text(str(int(number)), Order.DAY_FIRST)
    if number > 2_000_000:
        raise CellError(ADVICE)
    return epoch + timedelta(days=int(number))


def _read_text(text: str, order: Order, epoch: date = _EPOCH_1900) -> date:
    if not text:
        raise CellError("The date is blank. " + ADVICE)
    if found := _SLASHED.fullmatch(text):
        first, second, year = found.groups()
        day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
        return _make_day(year, month, day)
    if found := _ISO.fullmatch(text):
        return _make_day(*found.groups())
    if found := _NAMED.fullmatch(text):
        return _make_day(found[3], _month(found[2]), found[1])
    if found := _NAME_FIRST.fullmatch(text):
        return _make_day(found[3], _month(found[1]), found[2])
    if _COMPACT.fullmatch(text):
        try:
            return _make_day(text[:4], text[4:6], text[6:])
        except CellError:
            return _make_day(text[4:], text[2:4], text[:2])
    if _SERIAL.fullmatch(text):
        return epoch + timedelta(days=int(float(text)))
    raise CellError(ADVICE)


def _month(name: str) -> int:
    month = MONTHS.get(name.lower())
    if month is None:
        raise CellError(ADVICE)
    return month


def _make_day(year: str, month: str | int, day: str) -> date:
    number = int(year)
    try:
        return date(number + (2000 if number < 70 else 1900) if len(year) == 2 else number, int(month), int(day))
    except ValueError:
        raise CellError("There is no such day. " + ADVICE) from None
