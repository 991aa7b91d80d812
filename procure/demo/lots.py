"""The 40 lots of the demonstration place.

They are sized to what its enterprises can carry, so that each has the answer it is meant to have.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from .actors import DEMO_DAY, Enterprise
from .holdings import MILLION, PUBLIC_LIABILITY
from .postcodes import districts, invented_postcode
from .tenders import AskedValue, Gate, Lot, Need
from .words import draw, trades, words

LETTERS = {"hospital": "BTH", "council": "BBC", "university": "AU"}
NHS_SOCIAL_VALUE_PERCENT = 10
GENERAL = ["ISO 9001", "ISO 14001", "Cyber Essentials", "Living Wage"]
MEASURE_SIZES = {"local_jobs": (1, 6), "apprenticeships": (1, 3), "carbon": (5, 40), "vcse_spend": (10, 80)}


@dataclass(frozen=True)
class _Ask:
    """A need before its size is known, with those who are to be able to carry it."""

    trade: dict[str, Any]
    carriers: tuple[Enterprise, ...]
    units: int


def demo_lots(seed: int, enterprises: tuple[Enterprise, ...]) -> tuple[Lot, ...]:
    """Every lot in the order of lots.json. Dates count from DEMO_DAY; the needs of a lot add up to its value."""
    return tuple(_lot(draw(seed, f"lot {n}"), n, row, enterprises) for n, row in enumerate(words("lots"), start=1))


def lot_carriers(seed: int, enterprises: tuple[Enterprise, ...]) -> frozenset[str]:
    """Keys of those whom the lots with an answer count on."""
    return frozenset(
        carrier.key
        for n, row in enumerate(words("lots"), start=1)
        if row["answer"] != "none"
        for ask in _asks(draw(seed, f"lot {n}"), row, enterprises)
        for carrier in ask.carriers
    )


def able(enterprise: Enterprise, unit: str) -> int:
    """How many of those units the enterprise says it can carry at once; unknown counts as 0."""
    return sum(c.units or 0 for c in enterprise.capabilities if c.unit == unit)


def _lot(rng: Random, number: int, row: dict[str, Any], enterprises: tuple[Enterprise, ...]) -> Lot:
    asks = _asks(rng, row, enterprises)
    needs = tuple(_need(ask, row["years"]) for ask in asks)
    value = sum(need.value_pence for need in needs)
    carriers = tuple({e.key: e for ask in asks for e in ask.carriers}.values())
    starts = DEMO_DAY + timedelta(days=row["deadline"] + rng.choice((45, 60, 75)))
    starts = date(starts.year + starts.month // 12, starts.month % 12 + 1, 1)
    return Lot(
        key=f"lot-{number:02}",
        reference=f"{LETTERS[row['anchor']]}-2026-{number:03}",
        anchor=row["anchor"],
        title=row["title"],
        description=row["description"],
        cpv=needs[0].cpv,
        value_pence=value,
        opened_on=None if row["opened"] is None else DEMO_DAY - timedelta(days=row["opened"]),
        deadline_on=DEMO_DAY + timedelta(days=row["deadline"]),
        starts_on=starts,
        ends_on=starts.replace(year=starts.year + row["years"]) - timedelta(days=1),
        postcode=_somewhere(rng),
        state=row["state"],
        social_value_percent=_social_value_percent(rng, row["anchor"]),
        form="joint",
        needs=needs,
        gates=_gates(row, carriers, yearly_pence=value // row["years"]),
        asks=_asked_values(rng, row["measures"]),
        answer=row["answer"],
    )


def _asks(rng: Random, row: dict[str, Any], enterprises: tuple[Enterprise, ...]) -> list[_Ask]:
    return [_ask(rng, need, row, enterprises) for need in row["needs"]]


def _ask(rng: Random, need: str | dict[str, Any], row: dict[str, Any], enterprises: tuple[Enterprise, ...]) -> _Ask:
    """Size a need: within one carrier's reach, beyond the best but within three, or beyond everyone."""
    if isinstance(need, dict) and "cpv" in need:
        return _Ask({"need": need["name"], **need}, (), need["units"])
    key = need["trade"] if isinstance(need, dict) else need
    trade = next(t for t in trades() if t["key"] == key)
    asked_of_each = row["certificates"] if len(row["needs"]) == 1 else []
    fit = [e for e in _in_order(enterprises, trade["unit"]) if _meets(e, asked_of_each)]
    if isinstance(need, dict) and "times_everyone" in need:
        everyone = sum(able(e, trade["unit"]) for e in enterprises)
        return _Ask(trade, (), round(everyone * need["times_everyone"] / 100) * 100)
    if isinstance(need, dict):
        best_three = [able(e, trade["unit"]) for e in fit[:3]]
        units = min(best_three[0] * need["times_best"], sum(best_three) * 0.95)
        return _Ask(trade, tuple(fit[:3]), _stepped(units, trade["step"]))
    chosen = rng.choice(fit[:2])
    reach = min(able(chosen, trade["unit"]), (chosen.capacity_pence or 0) // (trade["price_pence"] * row["years"]))
    return _Ask(trade, (chosen,), _stepped(reach * rng.uniform(0.6, 0.9), trade["step"]))


def _in_order(enterprises: tuple[Enterprise, ...], unit: str) -> list[Enterprise]:
    """Complete profiles that say how much they can carry, the largest first."""
    return sorted((e for e in enterprises if e.is_complete and able(e, unit)), key=lambda e: (-able(e, unit), e.key))


def _meets(enterprise: Enterprise, certificates: list[str]) -> bool:
    is_insured = enterprise.cover_pence(PUBLIC_LIABILITY, on=DEMO_DAY) >= MILLION
    return is_insured and all(enterprise.holds(name, on=DEMO_DAY) for name in certificates)


def _stepped(units: float, step: int) -> int:
    return max(1, int(units / step) * step or int(units))


def _need(ask: _Ask, years: int) -> Need:
    value = ask.units * ask.trade["price_pence"] * years
    return Need(ask.trade["need"], ask.trade["cpv"], ask.trade["unit"], ask.units, value)


def _gates(row: dict[str, Any], carriers: tuple[Enterprise, ...], *, yearly_pence: int) -> tuple[Gate, ...]:
    """Gates the carriers of the lot meet; where nobody can carry it, the gates a buyer would have set."""
    turnovers = [e.turnover_pence or 0 for e in carriers]
    turnover = min(sum(turnovers), yearly_pence) if carriers else 2 * yearly_pence
    cover = min((e.cover_pence(PUBLIC_LIABILITY, on=DEMO_DAY) for e in carriers), default=10 * MILLION)
    gates = [
        Gate("turnover", "Turnover", turnover // 1_000_000 * 1_000_000),
        Gate("insurance", PUBLIC_LIABILITY, min(cover, 10 * MILLION)),
    ]
    held_by_all = [name for name in row["certificates"] if all(e.holds(name, on=DEMO_DAY) for e in carriers)]
    gates += [Gate("certificate_each", name, None) for name in held_by_all]
    wanted = [name for name in row["certificates"] + GENERAL if name not in held_by_all]
    held_by_one = [name for name in wanted if any(e.holds(name, on=DEMO_DAY) for e in carriers)]
    if len(row["needs"]) > 1 and held_by_one:
        gates.append(Gate("certificate_any", held_by_one[0], None))
    return tuple(gates)


def _asked_values(rng: Random, measures: list[str]) -> tuple[AskedValue, ...]:
    """Weights in fives that add up to 100, the first measure weighing most."""
    rest = len(measures) - 1
    lighter = 100 // len(measures) // 5 * 5 - (5 if rest else 0)
    weights = [100 - lighter * rest] + [lighter] * rest
    return tuple(AskedValue(m, _quantity(rng, m), w) for m, w in zip(measures, weights, strict=True))


def _quantity(rng: Random, measure: str) -> int:
    if measure == "living_wage":
        return 100
    low, high = MEASURE_SIZES[measure]
    return rng.randint(low, high) * (100_000 if measure == "vcse_spend" else 1)


def _social_value_percent(rng: Random, anchor: str) -> int:
    """The NHS asks for at least ten in a hundred; councils and universities choose."""
    return NHS_SOCIAL_VALUE_PERCENT if anchor == "hospital" else rng.choice((5, 10, 10, 15, 20))


def _somewhere(rng: Random) -> str:
    district = rng.choice(districts())
    return district if rng.random() < 0.4 else invented_postcode(rng, district)
