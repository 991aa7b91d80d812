"""What every page of the council officer's journey shares: who may enter, and how shares are written into files."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ..models import LocalArea
from ..pages.filters import month
from ..pages.guards import actor
from ..services.shares import areas

journey = Blueprint("monitoring", __name__, url_prefix="/monitoring")

ADMINS = ("place:admin",)
PLACE = (*ADMINS, "place:viewer")
HEADINGS = ("Local", "Elsewhere", "Not placed", "Local share, lowest", "Local share, highest")


def my_area() -> LocalArea | None:
    """What the place authority acted for calls its place; None until somebody said so."""
    return areas.headline(actor().acting_for)


def no_area() -> ResponseReturnValue:
    """The page that asks for the place."""
    return render_template("monitoring/no_area.html", may_edit=actor().may(*ADMINS))


def period_words(period: date, step: str = "quarter") -> str:
    """January 2026, or Jan to Mar 2026"""
    if step == "month":
        return month(period)
    last = date(period.year, period.month + 2, 1)
    return f"{period:%b} to {last:%b} {period.year}"


def window_words(quarters: tuple[date, ...]) -> str:
    """Jan to Dec 2025, or Jul 2025 to Jun 2026"""
    first, last = quarters[0], date(quarters[-1].year, quarters[-1].month + 2, 1)
    return f"{first:%b} to {last:%b %Y}" if first.year == last.year else f"{first:%b %Y} to {last:%b %Y}"


def cells(share: Any) -> list[Any]:
    """A share in a downloaded line: pounds, and shares from 0 to 1."""
    return [*(pence / 100 for pence in (share.local, share.elsewhere, share.unplaced)), share.low, share.high]


def pounds(pence: int | None) -> float | None:
    """For a downloaded line."""
    return None if pence is None else pence / 100
