"""Spend: how much stays local, how often it changes hands there, and what could come home."""

from .payment_files import read_areas, read_payment_rows
from .shares import Payment, Share, local_share, shares_by

__all__ = ["Payment", "Share", "local_share", "read_areas", "read_payment_rows", "shares_by"]
