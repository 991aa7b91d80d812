"""Spend: how much stays local, and how often it changes hands there."""

from .multiplier import Multiplier, Recipient, ask_next, local_multiplier
from .payment_files import read_areas, read_payment_rows
from .shares import Payment, Share, local_share, local_shares, shares_by

__all__ = [
    "Multiplier",
    "Payment",
    "Recipient",
    "Share",
    "ask_next",
    "local_multiplier",
    "local_share",
    "local_shares",
    "read_areas",
    "read_payment_rows",
    "shares_by",
]
