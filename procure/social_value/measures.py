"""Social value as counts a person can check: what is asked, what is offered, and what comes of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One thing that can be counted.

    title      on forms and in tables
    one, many  the words for one and for many of it; {} stands for the quantity
    spoken     what words that name it begin with
    in_pence   whether the quantity is money, kept in pence and written in pounds
    """

    key: str
    title: str
    one: str
    many: str
    spoken: tuple[str, ...]
    in_pence: bool = False

    def words(self, quantity: float) -> str:
        """The quantity in words: "3 apprenticeships"."""
        return (self.one if quantity == 1 else self.many).format(self.figure(quantity))

    def figure(self, quantity: float) -> str:
        """The quantity beside its title: "3", "£12,000"."""
        return f"£{int(quantity // 100):,}" if self.in_pence else f"{quantity:,.10g}"


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            "local_jobs", "Local full-time jobs", "{} local job", "{} local jobs", ("job", "employ", "fte", "post")
        ),
        Measure("apprenticeships", "Apprenticeship starts", "{} apprenticeship", "{} apprenticeships", ("apprentic",)),
        Measure(
            "living_wage",
            "Staff paid the real Living Wage (percent)",
            "{}% of staff on the real Living Wage",
            "{}% of staff on the real Living Wage",
            ("living wage",),
        ),
        Measure(
            "vcse_spend",
            "Spend with charities and social enterprises",
            "{} spent with charities and social enterprises",
            "{} spent with charities and social enterprises",
            ("vcse", "charit", "social enterprise", "voluntary"),
            in_pence=True,
        ),
        Measure(
            "carbon",
            "Carbon saved a year (tonnes)",
            "{} tonne of carbon saved a year",
            "{} tonnes of carbon saved a year",
            ("carbon", "co2", "emission", "tonne"),
        ),
    )
}
"""Every measure of the product, in the order of its pages."""

_TELLING_FIRST = ("living_wage", "apprenticeships", "vcse_spend", "carbon", "local_jobs")
"""Words of a job stand beside the words of every other measure, so it is looked for last."""
_PENCE, _KILOGRAMS = 100, 1000

DEFAULT_WEIGHT_PERCENT = 10
"""The NHS gives social value and net zero at least 10% since April 2022; PPN 002 asks the same of departments."""


def measure_named(spoken: str) -> str | None:
    """The measure people mean by these words: "4 apprenticeships"; None where it is none we know."""
    plain = spoken.casefold().replace("_", " ")
    return next((key for key in _TELLING_FIRST if _is_named(MEASURES[key], plain)), None)


def _is_named(measure: Measure, plain: str) -> bool:
    return any(re.search(rf"\b{start}", plain) for start in measure.spoken)


def quantity_named(spoken: str, quantity: int) -> int:
    """A quantity as people write it, in the unit its measure is kept in: pounds become pence, kilograms tonnes.

    quantity  as it stands in a spreadsheet beside the words; part of a tonne counts as a whole one
    """
    key = measure_named(spoken)
    if key and MEASURES[key].in_pence:
        return quantity * _PENCE
    if key == "carbon" and re.search(r"\bkgs?\b|kilogram", spoken.casefold()):
        return -(-quantity // _KILOGRAMS)
    return quantity


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

    @property
    def is_met(self) -> bool:
        return self.part >= 1

    @property
    def asked_words(self) -> str:
        return MEASURES[self.ask.measure].words(self.ask.quantity)

    @property
    def offered_words(self) -> str:
        return MEASURES[self.ask.measure].words(self.offered) if self.offered else "none said"


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
