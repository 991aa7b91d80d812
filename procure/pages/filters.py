"""How pages write money, shares, counts and days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from ..rules import FormingAlarm
from ..rules import forming_alarm as alarm_on

LONDON = ZoneInfo("Europe/London")
UNKNOWN = "not known"


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


def iso_month(written: str) -> str:
    """2026-04-01, as kept in plain data > April 2026"""
    return month(date.fromisoformat(written))


def moment(value: datetime | None) -> str:
    """In UK time: 3 November 2026 at 2:05pm"""
    if value is None:
        return UNKNOWN
    local = value.astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{day(local.date())} at {hour}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """1 payment, 2 payments"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def forming_alarm(deadline: date | None) -> FormingAlarm | None:
    """When a consortium must start to form for a deadline, as it stands today in the UK."""
    return None if deadline is None else alarm_on(deadline, datetime.now(LONDON).date())


def init_filters(app: Flask) -> None:
    for function in (
        pounds,
        whole_pounds,
        percent,
        percent_range,
        count,
        day,
        month,
        iso_month,
        moment,
        plural,
        forming_alarm,
    ):
        app.jinja_env.filters[function.__name__] = function
