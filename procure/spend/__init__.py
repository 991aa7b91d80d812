"""Spend: how much stays local, and how often it changes hands there."""

from .multiplier import Effect, Multiplier, Recipient, answered, ask_next, effect_of, local_multiplier, recipient_of
from .payment_files import read_areas, read_payment_rows
from .respending import Spending
from .shares import Payment, Share, local_share, local_shares, shares_by, verdict

__all__ = [
    "Effect",
    "Multiplier",
    "Payment",
    "Recipient",
    "Share",
    "Spending",
    "answered",
    "ask_next",
    "effect_of",
    "local_multiplier",
    "local_share",
    "local_shares",
    "read_areas",
    "read_payment_rows",
    "recipient_of",
    "shares_by",
    "verdict",
]
