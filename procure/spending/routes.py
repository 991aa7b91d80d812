"""The views of this journey, each beside its own noun."""

from . import (
    areas,
    columns,
    corrections,
    home,
    ledgers,
    multiplier,
    multiplier_surveys,
    payees,
    payees_groups,
    payees_offers,
    payees_settling,
    payments,
    places,
    shares,
    watchers,
)
from .journey import journey

__all__ = [
    "areas",
    "columns",
    "corrections",
    "home",
    "journey",
    "ledgers",
    "multiplier",
    "multiplier_surveys",
    "payees",
    "payees_groups",
    "payees_offers",
    "payees_settling",
    "payments",
    "places",
    "shares",
    "watchers",
]
