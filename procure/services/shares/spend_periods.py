"""Twelve months of confirmed payments at a time: financial years, and the twelve months to the last payment."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ...extensions import db
from ...models import LedgerMonth

APRIL = 4


@dataclass(frozen=True)
class Period:
    """Twelve months of payments: a financial year, or the twelve months to the last payment."""

    code: str
    words: str
    first: date
    last: date
    """The first day of its last month."""
    year: int
    """The last financial year that had ended when something was last paid; suppliers are asked about that one."""
    months_paid: int
    """In how many of its months something was paid."""


def periods(of: int) -> list[Period]:
    """The twelve months to the last payment, then financial years, newest first; none without confirmed payments."""
    months = sorted(db.session.scalars(select(LedgerMonth.month).where(LedgerMonth.organisation_id == of).distinct()))
    if not months:
        return []
    last = months[-1]
    years = [_year(year, months) for year in sorted({financial_year(month) for month in months}, reverse=True)]
    return years if last.month == APRIL - 1 else [_trailing(last, months), *years]


def find_period(code: str | None, *, of: int) -> Period | None:
    """The period of this code, or else the newest; None without confirmed payments."""
    found = periods(of)
    return next((each for each in found if each.code == code), found[0] if found else None)


def financial_year(month: date) -> int:
    """The year in whose April the financial year of this month begins."""
    return month.year - (month.month < APRIL)


def year_words(year: int) -> str:
    return f"April {year} to March {year + 1}"


def _year(year: int, months: list[date]) -> Period:
    first, last = date(year, APRIL, 1), date(year + 1, APRIL - 1, 1)
    return _period(f"{year}-{(year + 1) % 100:02d}", year_words(year), first, last, months)


def _trailing(last: date, months: list[date]) -> Period:
    first = date(last.year - 1, last.month + 1, 1) if last.month < 12 else date(last.year, 1, 1)
    return _period(f"to-{last:%Y-%m}", f"{first:%B %Y} to {last:%B %Y}", first, last, months)


def _period(code: str, words: str, first: date, last: date, months: list[date]) -> Period:
    paid = [month for month in months if first <= month <= last]
    ended = financial_year(paid[-1]) - (paid[-1].month != APRIL - 1)
    return Period(code, words, first, last, ended, len(paid))
