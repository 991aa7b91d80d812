"""Rules: dated law as data, gates a lot sets, notices and working days. Product inputs, not legal advice."""

from .alternatives import Advice, Alternative, Circumstances, advice_for, alternative_to, topic_of, turnover_warning
from .bidding import Finances, FinanceTest, FormOfBidding, forms_of_bidding, try_finances
from .dated import edition
from .gates import Gate, GateResult, Holding, bare_name, check_gates
from .kinds import CodeSuggestion, suggest_contract, suggest_health_care
from .meter import Barrier, Remaining, Supplier, meter_barriers, read_meter, state_of
from .notices import FORMING_WORKING_DAYS, FormingAlarm, NoticeDue, Timetable, forming_alarm, notices_and_dates
from .regimes import BUYER_KINDS, CONTRACT_KINDS, Regime, Reservation, find_regime, reservation_options
from .workforce import SUPPORTED_PERCENT, SupportedShare, Workforce, fewest_to_reach, supported_share
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
    "FORMING_WORKING_DAYS",
    "SUPPORTED_PERCENT",
    "Advice",
    "Alternative",
    "Barrier",
    "Circumstances",
    "CodeSuggestion",
    "FinanceTest",
    "Finances",
    "FormOfBidding",
    "FormingAlarm",
    "Gate",
    "GateResult",
    "Holding",
    "NoticeDue",
    "Regime",
    "Remaining",
    "Reservation",
    "Supplier",
    "SupportedShare",
    "Timetable",
    "Workforce",
    "advice_for",
    "alternative_to",
    "bank_holidays",
    "bare_name",
    "check_gates",
    "edition",
    "fewest_to_reach",
    "find_regime",
    "forming_alarm",
    "forms_of_bidding",
    "is_working_day",
    "meter_barriers",
    "notices_and_dates",
    "read_meter",
    "reservation_options",
    "state_of",
    "suggest_contract",
    "suggest_health_care",
    "supported_share",
    "topic_of",
    "try_finances",
    "turnover_warning",
    "working_days_after",
    "working_days_before",
    "working_days_between",
]
