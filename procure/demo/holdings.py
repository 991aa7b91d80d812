"""Insurances, certificates and promises of social value, as an enterprise of a given size and trade would have them."""

from datetime import date, timedelta
from random import Random
from typing import Any

from .actors import DEMO_DAY, Holding, OfferedValue

PUBLIC_LIABILITY = "Public liability"
EMPLOYERS_LIABILITY = "Employers' liability"
PROFESSIONAL_INDEMNITY = "Professional indemnity"

MILLION = 100_000_000
"""A million pounds in pence."""

ADVISING_TRADES = frozenset(
    {"interpreting", "counselling", "homecare", "health", "advice", "training"}
    | {"support", "web", "payroll", "research", "insulation", "solar"}
)
GENERAL_CERTIFICATES = (("Living Wage", 0.25), ("Cyber Essentials", 0.2), ("ISO 9001", 0.12), ("ISO 14001", 0.1))
ON_A_PUBLIC_REGISTER = frozenset({"CQC", "Food hygiene 5", "Living Wage", "Cyber Essentials"})
NEVER_EXPIRES = frozenset({"CQC", "Food hygiene 5"})
NEARLY_ALWAYS_HELD = frozenset({"CQC", "DBS", "Food hygiene 5", "SSIP"})


def _expiry(rng: Random, *, longest_days: int, lapses: bool = True) -> date:
    """A few lapsed in the last half year, as they do."""
    days = -rng.randint(5, 160) if lapses and rng.random() < 0.06 else rng.randint(25, longest_days)
    return DEMO_DAY + timedelta(days=days)


def insurances(rng: Random, *, trade: str, turnover_pence: int, is_large: bool) -> tuple[Holding, ...]:
    """Public and employers' liability for nearly all, professional indemnity where advice is given."""

    def insured(name: str, amount_pence: int) -> Holding:
        expires = _expiry(rng, longest_days=360, lapses=not is_large)
        return Holding("insurance", name, amount_pence, expires, "declared")

    size = 0 if turnover_pence < MILLION // 4 else 1 if turnover_pence < MILLION else 2
    held = [insured(PUBLIC_LIABILITY, rng.choice(((1, 2, 5), (2, 5, 5), (5, 10, 10))[size]) * MILLION)]
    if rng.random() < 0.93:
        held.append(insured(EMPLOYERS_LIABILITY, rng.choice((5, 10, 10)) * MILLION))
    if trade in ADVISING_TRADES and rng.random() < 0.85:
        held.append(insured(PROFESSIONAL_INDEMNITY, rng.choice((MILLION // 4, MILLION, 2 * MILLION))))
    return tuple(held)


def certificates(rng: Random, trade: dict[str, Any], *, is_large: bool) -> tuple[Holding, ...]:
    """Those of the trade first, which a large firm always holds, then the ones any firm may hold."""
    chances = {name: 1.0 if is_large else 0.9 if name in NEARLY_ALWAYS_HELD else 0.5 for name in trade["certificates"]}
    for name, chance in GENERAL_CERTIFICATES:
        chances.setdefault(name, chance)
    held = []
    for name, chance in chances.items():
        if name != "CQC" and rng.random() > chance:
            continue
        expires = None if name in NEVER_EXPIRES else _expiry(rng, longest_days=900, lapses=not is_large)
        grade = "register" if name in ON_A_PUBLIC_REGISTER else "declared"
        held.append(Holding("certificate", name, None, expires, grade))
    return tuple(held)


def offers(rng: Random, *, employees: int, pays_living_wage: bool) -> tuple[OfferedValue, ...]:
    """What the enterprise says it would do on a contract, in counts; small firms promise small numbers."""
    made = [OfferedValue("living_wage", 100 if pays_living_wage else rng.choice((60, 75, 80, 90, 100)))]
    if rng.random() < 0.85:
        made.append(OfferedValue("local_jobs", rng.randint(1, 2 + employees // 6)))
    if rng.random() < 0.6:
        made.append(OfferedValue("apprenticeships", rng.randint(1, 1 + employees // 14)))
    if rng.random() < 0.5:
        made.append(OfferedValue("vcse_spend", rng.randint(2, 60) * 50_000))
    if rng.random() < 0.45:
        made.append(OfferedValue("carbon", rng.randint(1, 4 + employees)))
    return tuple(made)
