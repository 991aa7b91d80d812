"""Notices a procurement owes, and the days by which each is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from .regimes import Regime
from .working_days import working_days_after, working_days_before

TENDER_DAYS = 25
"""Shortest time to tender, in days, where no planned procurement notice shortened it."""
TENDER_DAYS_PLANNED = 10
STANDSTILL_WORKING_DAYS = 8
FORMING_WORKING_DAYS = 40
"""How long a consortium is given to form: to find partners, agree shares and have a lead signed for. Our own figure."""


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
