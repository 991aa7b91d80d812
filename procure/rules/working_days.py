"""Working days in England and Wales: weekends and bank holidays left out."""

from datetime import date, timedelta
from functools import cache

_MONDAY = 0


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule, in Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    shift = (century + 8) // 25
    epact = (19 * golden + century - century // 4 - (century - shift + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The eight bank holidays of England and Wales; extra ones that are proclaimed must be added by hand."""
    easter = easter_sunday(year)
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    days = {
        _next_weekday(date(year, 1, 1)),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _first_monday(date(year, 5, 1)),
        _first_monday(date(year, 5, 25)),
        _first_monday(date(year, 8, 25)),
    }
    for day in (christmas, boxing):
        holiday = _next_weekday(day)
        while holiday in days:
            holiday = _next_weekday(holiday + timedelta(days=1))
        days.add(holiday)
    return frozenset(days)


def _next_weekday(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _first_monday(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_before(day: date, number: int) -> date:
    """The working day so many before this day; 0 gives the day itself if it is worked, else the last before it."""
    return _step(day, number, timedelta(days=-1))


def working_days_after(day: date, number: int) -> date:
    """The working day so many after this day."""
    return _step(day, number, timedelta(days=1))


def _step(day: date, number: int, one: timedelta) -> date:
    while not is_working_day(day):
        day += one
    for _ in range(number):
        day += one
        while not is_working_day(day):
            day += one
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after the first up to and with the last; 0 where the last is not later."""
    days = (first + timedelta(days=ahead) for ahead in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in days)
