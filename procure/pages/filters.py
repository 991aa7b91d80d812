"""How pages write money, shares, counts and days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from ..models.organisations import ROLE_NAMES
from ..papers.words import UNKNOWN, count, day, month, percent, percent_range, pounds, whole_pounds
from ..rules import FormingAlarm
from ..rules import forming_alarm as alarm_on

__all__ = [
    "LONDON",
    "UNKNOWN",
    "count",
    "day",
    "forming_alarm",
    "init_filters",
    "iso_month",
    "moment",
    "month",
    "percent",
    "percent_range",
    "plural",
    "pounds",
    "role_name",
    "whole_pounds",
]

LONDON = ZoneInfo("Europe/London")


def iso_month(written: str) -> str:
    """2026-04-01, as kept in plain data > April 2026"""
    return month(date.fromisoformat(written))


def role_name(permission: str) -> str:
    """anchor:finance > finance officer"""
    return ROLE_NAMES[permission]


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
        role_name,
        forming_alarm,
    ):
        app.jinja_env.filters[function.__name__] = function
