"""The views of this journey, each beside its own noun."""

from . import areas, columns, corrections, home, ledgers, payees, payments, shares, watchers
from .journey import journey

__all__ = ["areas", "columns", "corrections", "home", "journey", "ledgers", "payees", "payments", "shares", "watchers"]
