"""Rules: dated law as data, gates a lot sets, notices and working days. Product inputs, not legal advice."""

from .dated import edition
from .gates import Barrier, Gate, GateResult, Holding, Supplier, check_gates, meter_barriers, turnover_warning
from .notices import NoticeDue, Timetable, notices_and_dates
from .regimes import BUYER_KINDS, CONTRACT_KINDS, Regime, Reservation, find_regime, reservation_options
from .workforce import SupportedShare, Workforce, supported_share
from .working_days import (
    bank_holidays,
    is_working_day,
    working_days_after,
    working_days_before,
    working_days_between,
)

__all__ = [
    "BUYER_KINDS",
    "CONTRACT_KINDS",
    "Barrier",
    "Gate",
    "GateResult",
    "Holding",
    "NoticeDue",
    "Regime",
    "Reservation",
    "Supplier",
    "SupportedShare",
    "Timetable",
    "Workforce",
    "bank_holidays",
    "check_gates",
    "edition",
    "find_regime",
    "is_working_day",
    "meter_barriers",
    "notices_and_dates",
    "reservation_options",
    "supported_share",
    "turnover_warning",
    "working_days_after",
    "working_days_before",
    "working_days_between",
]
