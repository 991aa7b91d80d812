"""Social value in counts: what people call each measure, and how its quantity is said."""

from .lot_facts import MEASURES

SPOKEN = (
    ("apprenticeships", ("apprentic",)),
    ("living_wage", ("living wage",)),
    ("vcse_spend", ("vcse", "charit", "social enterprise", "voluntary")),
    ("carbon", ("carbon", "co2", "emission", "tonne")),
    ("local_jobs", ("job", "employ", "fte")),
)
SINGULAR_PLURAL = {
    "local_jobs": ("local job", "local jobs"),
    "apprenticeships": ("apprenticeship", "apprenticeships"),
    "carbon": ("tonne of carbon saved a year", "tonnes of carbon saved a year"),
}


def measure_of(spoken: str) -> str | None:
    """The measure people mean by these words; None where it is none we know."""
    text = spoken.casefold().strip()
    if text in MEASURES:
        return text
    return next((measure for measure, parts in SPOKEN if any(part in text for part in parts)), None)


def say_quantity(measure: str, quantity: int) -> str:
    """A quantity in words: 3 local jobs, £12,000 spent with charities and social enterprises, 90% of staff ..."""
    if measure == "vcse_spend":
        return f"£{quantity // 100:,} spent with charities and social enterprises"
    if measure == "living_wage":
        return f"{quantity}% of staff on the real Living Wage"
    one, many = SINGULAR_PLURAL[measure]
    return f"{quantity:,} {one if quantity == 1 else many}"


def typed_quantity(measure: str, quantity: int, *, in_kilograms: bool = False) -> int:
    """A quantity as a spreadsheet gives it, in the unit it is kept in: pounds become pence, kilograms tonnes."""
    if measure == "vcse_spend":
        return quantity * 100
    return -(-quantity // 1000) if in_kilograms else quantity
