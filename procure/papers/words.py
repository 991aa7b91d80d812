"""How money, shares, counts and days are written, on pages and on paper."""

from datetime import date
from typing import Final

UNKNOWN: Final = "not known"


def pounds(pence: int | None) -> str:
    """1234567 > £12,345.67; a credit keeps its minus; unknown is said."""
    if pence is None:
        return UNKNOWN
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def whole_pounds(pence: int | None) -> str:
    """To the nearest pound, for pages where pence would be noise."""
    if pence is None:
        return UNKNOWN
    sign = "−" if pence < 0 else ""
    return f"{sign}£{(abs(pence) + 50) // 100:,}"


def percent(share: float | None) -> str:
    """0.4567 > 45.7%"""
    return UNKNOWN if share is None else f"{share * 100:.1f}%"


def percent_range(low: float | None, high: float | None) -> str:
    """A range as people say it; one figure where both ends round to the same."""
    if low is None or high is None:
        return UNKNOWN
    first, last = percent(low), percent(high)
    return first if first == last else f"{first} to {last}"


def count(number: int | None) -> str:
    return UNKNOWN if number is None else f"{number:,}"


def day(value: date | None) -> str:
    """3 November 2026"""
    return UNKNOWN if value is None else f"{value.day} {value:%B %Y}"


def month(value: date | None) -> str:
    return UNKNOWN if value is None else f"{value:%B %Y}"
