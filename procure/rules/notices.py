"""Notices a procurement owes, and the days by which each is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from .regimes import Regime
from .working_days import bank_holidays, working_days_after, working_days_before, working_days_between

TENDER_DAYS = 25
"""Shortest time to tender, in days, where no planned procurement notice shortened it."""
TENDER_DAYS_PLANNED = 10
STANDSTILL_WORKING_DAYS = 8
FORMING_WORKING_DAYS = 40
"""How long a consortium is given to form: to find partners, agree shares and have a lead signed for. Our own figure."""

SOON_WORKING_DAYS = 10
"""From how many working days before the last day to start the alarm says that it is soon."""


@dataclass(frozen=True)
class NoticeDue:
    """A notice, the day it is due by, and the rule it comes from; not verified until a lawyer has checked it."""

    notice: str
    title: str
    due_on: date | None
    source: str
    verified: bool = False


@dataclass(frozen=True)
class Timetable:
    """Notices in order, the last day to start a consortium, and the first day a contract can be signed."""

    notices: tuple[NoticeDue, ...]
    start_consortium_by: date
    sign_from: date | None


@dataclass(frozen=True)
class FormingAlarm:
    """By when a consortium must start to form for a deadline, as it stands on a day.

    state          early, soon, late, or over where the deadline itself has passed
    working_days   from the day to the start, or where it is late to the deadline
    bank_holidays  those between the start and the deadline, which are not counted as working days
    """

    start_by: date
    deadline_on: date
    state: str
    working_days: int
    bank_holidays: tuple[date, ...]


def forming_alarm(deadline_on: date, on: date) -> FormingAlarm:
    """The alarm as it stands on a day; on the last day to start it is still only soon."""
    start = working_days_before(deadline_on, FORMING_WORKING_DAYS)
    years = range(start.year, deadline_on.year + 1)
    off = sorted(day for year in years for day in bank_holidays(year) if start < day <= deadline_on)
    if on > start:
        state = "over" if on > deadline_on else "late"
        return FormingAlarm(start, deadline_on, state, working_days_between(on, deadline_on), tuple(off))
    left = working_days_between(on, start)
    return FormingAlarm(start, deadline_on, "soon" if left <= SOON_WORKING_DAYS else "early", left, tuple(off))


def notices_and_dates(
    regime: Regime, deadline_on: date, *, award_on: date | None = None, is_planned: bool = False
) -> Timetable:
    """What is owed for a lot whose offers are due on a day; the Provider Selection Regime has its own notices."""
    start = working_days_before(deadline_on, FORMING_WORKING_DAYS)
    if regime.kind == "psr":
        sign = None if award_on is None else working_days_after(award_on, STANDSTILL_WORKING_DAYS)
        return Timetable((), start, sign)
    days = TENDER_DAYS_PLANNED if is_planned else TENDER_DAYS
    act = "Procurement Act 2023"
    if regime.kind == "above_threshold":
        tender_by = deadline_on - timedelta(days=days)
        sign = None if award_on is None else working_days_after(award_on, STANDSTILL_WORKING_DAYS)
        owed = (
            NoticeDue(
                "UK2", "Preliminary market engagement, or say in UK4 why there is none", tender_by, f"{act}, s.17"
            ),
            NoticeDue("UK4", "Tender", tender_by, f"{act}, s.21"),
            NoticeDue("UK6", "Contract award, which begins the standstill", award_on, f"{act}, s.50"),
            NoticeDue("UK7", "Contract details", sign and sign + timedelta(days=30), f"{act}, s.53"),
        )
        return Timetable(owed, start, sign)
    notices = (
        NoticeDue(
            "UK4", "Below-threshold tender, only if you advertise, before any other advert", deadline_on, f"{act}, s.87"
        ),
        NoticeDue("UK7", "Contract details, as soon as reasonably practicable", award_on, f"{act}, s.87"),
    )
    return Timetable(notices if regime.is_notifiable else (), start, award_on)
