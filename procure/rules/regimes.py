"""Which law a lot falls under, and who it may be reserved for."""

from dataclasses import dataclass
from datetime import date

from .dated import in_force

BUYER_KINDS = ("nhs", "council", "university", "central", "other")
CONTRACT_KINDS = ("goods_or_services", "light_touch", "works", "concession")
VAT_PERCENT = 20
"""The standard rate: thresholds include VAT, and a lot's value is kept without it."""


@dataclass(frozen=True)
class Regime:
    """The law a lot falls under.

    kind             psr, above_threshold, below_threshold, or unknown where no threshold is known for the day
    threshold_pence  with VAT; None under the Provider Selection Regime
    value_pence      the lot's value with VAT
    is_notifiable    whether notices are due below the threshold
    since, until     the days the threshold is in force; None where there is none, or no last day is set
    """

    kind: str
    value_pence: int
    threshold_pence: int | None
    is_notifiable: bool
    sentence: str
    source: str
    verified: bool
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Reservation:
    """A way this lot may be reserved, in words, with its source."""

    kind: str
    words: str
    source: str
    verified: bool


def find_regime(
    buyer: str, contract: str, value_pence: int, began_on: date, *, is_health_care: bool = False, has_vat: bool = True
) -> Regime:
    """The law for a lot.

    value_pence    without VAT, for the whole term with extensions
    began_on       the day the procurement began: it keeps the threshold of that day
    is_health_care a health-care service bought by the NHS or a council: then no advice of the Procurement Act holds
    has_vat        whether VAT would be charged
    raises         ValueError for a buyer or contract of no known kind
    """
    if buyer not in BUYER_KINDS or contract not in CONTRACT_KINDS:
        raise ValueError(f"{buyer!r} buying {contract!r} is no kind we know")
    with_vat = value_pence * (100 + VAT_PERCENT) // 100 if has_vat else value_pence
    if is_health_care and buyer in {"nhs", "council"}:
        words = "Health-care services are bought under the Provider Selection Regime, not the Procurement Act."
        return Regime("psr", with_vat, None, False, words, "Provider Selection Regime, guidance of April 2025", True)
    row = next((one for one in in_force("thresholds", buyer, began_on) if one["contract"] == contract), None)
    if row is None:
        return Regime("unknown", with_vat, None, False, "No threshold is on record for that day.", "", False)
    threshold, is_above = row["pence_with_vat"], with_vat >= row["pence_with_vat"]
    notifiable = any(with_vat >= one["pence_with_vat"] for one in in_force("notifiable", buyer, began_on))
    words = (
        f"With VAT this is worth £{with_vat / 100:,.0f}, "
        f"{'at or above' if is_above else 'below'} the threshold of £{threshold / 100:,.0f}."
    )
    kind = "above_threshold" if is_above else "below_threshold"
    since, until = date.fromisoformat(row["from"]), date.fromisoformat(row["to"]) if row["to"] else None
    return Regime(
        kind, with_vat, threshold, is_above or notifiable, words, row["source"], row["verified"], since, until
    )


def reservation_options(buyer: str, contract: str, regime: Regime, on: date) -> list[Reservation]:
    """Ways this kind of buyer may reserve the lot on this day; none under the Provider Selection Regime."""
    return [
        Reservation(row["kind"], row["words"], row["source"], row["verified"])
        for row in in_force("reservations", buyer, on)
        if regime.kind in row["regimes"] and contract in row.get("contracts", CONTRACT_KINDS)
    ]
