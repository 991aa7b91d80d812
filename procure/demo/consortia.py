"""The retail and the health consortium of the demonstration place."""

from datetime import timedelta
from typing import Any

from .actors import DEMO_DAY, Consortium, ConsortiumMember, Enterprise
from .words import words


def demo_consortia(enterprises: tuple[Enterprise, ...]) -> tuple[Consortium, ...]:
    """Members are the first enterprises of their trades; the first named leads."""
    return tuple(_consortium(row, enterprises) for row in words("consortia"))


def _consortium(row: dict[str, Any], enterprises: tuple[Enterprise, ...]) -> Consortium:
    inside = tuple(
        ConsortiumMember(_of_trade(enterprises, trade, nth).key, "accepted", number == 0, share)
        for number, (trade, nth, share) in enumerate(row["accepted"])
    )
    asked = tuple(
        ConsortiumMember(_of_trade(enterprises, trade, 0).key, "invited", False, None) for trade in row["invited"]
    )
    formed_on = DEMO_DAY - timedelta(days=row["formed"])
    return Consortium(
        row["key"],
        row["name"],
        row["sector"],
        row["lot"],
        row["purpose"],
        inside[0].enterprise,
        formed_on,
        inside + asked,
    )


def _of_trade(enterprises: tuple[Enterprise, ...], trade: str, nth: int) -> Enterprise:
    return [e for e in enterprises if e.trade == trade][nth]
