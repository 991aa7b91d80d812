"""The cuts of local share that are kept ready: by what, and in which words and order."""

from datetime import date
from typing import Final

CUTS: Final = {
    "whole": "Everything",
    "category": "Category",
    "bought": "Kind of purchase",
    "department": "Department",
    "kind": "Kind of payee",
    "sme": "Small or medium-sized",
    "decile": "Deprivation of the payee's place",
    "size_band": "Size of payment",
    "source": "Placed by",
    "supplier": "Supplier",
    "excluded": "Left out by rule",
}
"""Every cut but the last adds up to the money that counts; the last adds up to the money that is left out."""
TIMELESS: Final = frozenset({"supplier"})
"""Cuts kept for all months together."""

SIZE_BANDS: Final = {
    1: "Credits and refunds",
    2: "Under £500",
    3: "£500 to under £5,000",
    4: "£5,000 to under £25,000",
    5: "£25,000 to under £100,000",
    6: "£100,000 to under £1 million",
    7: "£1 million and more",
    0: "Not sorted by size",
}
SIZE_LIMITS_PENCE: Final = ((0, 1), (500_00, 2), (5_000_00, 3), (25_000_00, 4), (100_000_00, 5), (1_000_000_00, 6))
"""A payment belongs to the first band whose limit is above it, else to the last band."""
LARGEST_BAND: Final = 7

NO_PURCHASE, NOT_TOLD, NO_CATEGORY = "-", "?", ""
"""What the money of a category may be besides one of the CPV divisions: no purchase at all, as pay and taxes are; of
a category that does not tell; without a category."""
NO_DECILE: Final = "0"
"""The decile of a place that is not known, or not in England."""
SMES: Final = {"yes": "Says it is small or medium-sized", "no": "Says it is larger", "unknown": "Not known or none"}


def size_band(pence: int) -> int:
    """The key in SIZE_BANDS of one payment."""
    return next((band for limit, band in SIZE_LIMITS_PENCE if pence < limit), LARGEST_BAND)


def quarter_of(month: date) -> date:
    """The first day of the calendar quarter."""
    return date(month.year, month.month - (month.month - 1) % 3, 1)
