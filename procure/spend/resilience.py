"""The seven characteristics of a resilient local economy, as Locality names them, and what we can measure of each.

source  docs/measures/resilience.md
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Characteristic:
    """One characteristic: its key in an address, its name, what it asks, and an indicator a council may enter."""

    key: str
    name: str
    asks: str
    example: str
    is_measured: bool = False


CHARACTERISTICS: Final = {
    each.key: each
    for each in (
        Characteristic(
            "money",
            "Positive flow of money and resources",
            "Does money that comes in stay and change hands here, or leave at once?",
            "Money that residents spend outside the place",
            is_measured=True,
        ),
        Characteristic(
            "business",
            "Network of diverse, responsible businesses and enterprise",
            "Do many kinds of suppliers share the work, and treat people and place well?",
            "New businesses for every 10,000 residents",
            is_measured=True,
        ),
        Characteristic(
            "finance",
            "Inclusive finance system with stable financial institutions",
            "Can everybody save, borrow and invest here on fair terms?",
            "Members of local credit unions",
        ),
        Characteristic(
            "assets",
            "Positive and productive use of local assets",
            "Are land, buildings and skills in use, and owned by people of the place?",
            "Buildings and land owned by community organisations",
        ),
        Characteristic(
            "citizens",
            "Active and connected citizens",
            "Do people take part, know each other and have a say?",
            "Adults who volunteer at least once a month, in percent",
        ),
        Characteristic(
            "environment",
            "Clean and sustainable environment",
            "Is the place healthy to live in, and does it use no more than it can?",
            "Carbon dioxide for each resident a year, in tonnes",
            is_measured=True,
        ),
        Characteristic(
            "services",
            "Good quality services",
            "Do health, care, schools and transport work well for everybody?",
            "Services rated good or outstanding, in percent",
        ),
    )
}
"""In Locality's order."""
