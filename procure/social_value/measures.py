"""Social value as counts a person can check: what is asked, what is offered, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One thing that can be counted, and the words for one and for many of it."""

    key: str
    title: str
    one: str
    many: str
    evidence: str

    def words(self, quantity: float) -> str:
        """The quantity in words: "3 apprenticeships"."""
        return f"{quantity:,.10g} {self.one if quantity == 1 else self.many}"


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure("local_jobs", "Local jobs", "full-time job", "full-time jobs", "Payroll by postcode district"),
        Measure(
            "apprenticeships", "Apprenticeships", "apprenticeship", "apprenticeships", "Apprenticeship service record"
        ),
        Measure(
            "living_wage", "Real Living Wage", "% of staff", "% of staff", "Living Wage Foundation licence or payroll"
        ),
        Measure("vcse_spend", "Spend with social enterprises", "pound", "pounds", "Invoices paid"),
        Measure("carbon", "Carbon saved", "tonne of CO2e", "tonnes of CO2e", "Carbon reduction plan"),
        Measure("volunteering", "Volunteering", "hour", "hours", "Signed time sheets"),
        Measure("work_placements", "Work placements", "placement", "placements", "Placement agreements"),
    )
}

DEFAULT_WEIGHT_PERCENT = 10
"""The NHS gives social value and net zero at least 10% since April 2022; PPN 002 asks the same of departments."""


@dataclass(frozen=True)
class Ask:
    """What a lot asks for: a measure, how many, and its weight among the asks in percent."""

    measure: str
    quantity: float
    weight_percent: int = 0


@dataclass(frozen=True)
class Comparison:
    """One ask beside one offer.

    offered  None where nothing was said, which is not the same as none
    part     of the ask that is met, 0 to 1
    """

    ask: Ask
    offered: float | None
    part: float
    sentence: str


@dataclass(frozen=True)
class ValueScore:
    """All asks beside an offer, and the weighted part met, 0 to 1; None where nothing is asked."""

    lines: tuple[Comparison, ...]
    part: float | None


def compare(asked: Sequence[Ask], offered: Mapping[str, float]) -> ValueScore:
    """Compare in counts: offering more than is asked counts as met, not as more, so that nobody wins by boasting.

    asked    weights that add up to 0 count alike
    offered  quantity by measure
    raises   ValueError for a measure we do not know, or a quantity below 0
    source   docs/measures/social-value.md
    """
    lines = tuple(_compare_one(ask, offered.get(ask.measure)) for ask in asked)
    weights = [ask.weight_percent for ask in asked]
    if not any(weights):
        weights = [1] * len(lines)
    whole = sum(weights)
    met = sum(weight * line.part for weight, line in zip(weights, lines, strict=True))
    return ValueScore(lines, met / whole if whole else None)


def _compare_one(ask: Ask, offered: float | None) -> Comparison:
    if ask.measure not in MEASURES:
        raise ValueError(f"{ask.measure!r} is no measure we know")
    if ask.quantity < 0 or (offered is not None and offered < 0):
        raise ValueError(f"{ask.measure}: a quantity cannot be below 0")
    measure = MEASURES[ask.measure]
    part = 1.0 if ask.quantity == 0 else min(1.0, (offered or 0) / ask.quantity)
    said = "nothing is offered yet" if offered is None else f"{measure.words(offered)} offered"
    return Comparison(ask, offered, part, f"{measure.title}: {said}, {measure.words(ask.quantity)} asked.")


def add_offers(offers: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """What the members of a consortium offer together; percentages do not add up, so the lowest stands."""
    together: dict[str, float] = {}
    for offer in offers:
        for key, quantity in offer.items():
            if key == "living_wage":
                together[key] = min(together.get(key, quantity), quantity)
            else:
                together[key] = together.get(key, 0) + quantity
    if any("living_wage" not in offer for offer in offers):
        together.pop("living_wage", None)
    return together
