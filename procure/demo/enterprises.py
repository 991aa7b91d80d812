"""The 150 enterprises of the demonstration place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from .actors import DEMO_DAY, Capability, Enterprise, Workforce
from .holdings import certificates, insurances, offers
from .names import coined_words, enterprise_name, mail_domain, street_address
from .postcodes import districts, invented_postcode
from .words import draw, trades, words

LEGAL_FORMS = {
    "cic": 27,
    "charity": 17,
    "cio": 8,
    "cooperative": 13,
    "social_enterprise": 12,
    "company": 20,
    "partnership": 3,
}
"""How many in a hundred enterprises take each form."""

UNSAID = "Tell us about the job and we will say whether we can take it on."
NETWORK_REGISTERED = 0.22
CLAIMED = 0.45
INCOMPLETE = 0.2
DAYS_TO_CLAIM = timedelta(days=14)


def demo_enterprises(seed: int, *, network: str) -> tuple[Enterprise, ...]:
    """Every enterprise in the order of its trade; the first of a trade is large, complete and registered itself."""
    rng = draw(seed, "enterprises")
    coined = coined_words(rng)
    digits = iter(rng.sample(range(1000, 10_000), sum(trade["count"] for trade in trades())))
    seconds = _in_turn(rng, words("profile")["second"])
    made: list[Enterprise] = []
    for trade in trades():
        for place_in_trade in range(trade["count"]):
            whole = _enterprise(
                rng, trade, place_in_trade, coined=next(coined), second=next(seconds), digits=next(digits)
            )
            whole = replace(whole, key=f"enterprise-{len(made) + 1:03}")
            if place_in_trade:
                whole = _with_gaps(rng, _with_registrar(rng, whole, network))
            made.append(whole)
    return tuple(made)


def _in_turn(rng: Random, lines: list[str]) -> Iterator[str]:
    """Each line once before any comes again."""
    while True:
        yield from rng.sample(lines, len(lines))


def _enterprise(rng: Random, trade: dict[str, Any], nth: int, *, coined: str, second: str, digits: int) -> Enterprise:
    legal_form = rng.choices(list(LEGAL_FORMS), weights=list(LEGAL_FORMS.values()))[0]
    name = enterprise_name(rng, coined=coined, label=trade["names"][nth], legal_form=legal_form)
    company, charity = _numbers(legal_form, digits)
    home = rng.choice(districts())
    able = _capabilities(rng, trade, is_large=nth == 0)
    yearly = _yearly_pence(able)
    turnover = _rounded(yearly * rng.uniform(1.3, 2.8) + 4_500_000)
    workforce = _workforce(rng, turnover, legal_form)
    held = certificates(rng, trade, is_large=nth == 0)
    registered = DEMO_DAY - timedelta(days=rng.randint(20, 700))
    return Enterprise(
        key="",
        trade=trade["key"],
        name=name,
        trading_name=f"The {coined} {trade['names'][nth]}" if rng.random() < 0.18 else None,
        previous_names=(f"{coined} Community {trade['names'][nth]}",) if rng.random() < 0.1 else (),
        legal_form=legal_form,
        legal_form_grade="register" if company or charity else "declared",
        company_number=company,
        charity_number=charity,
        summary=_summary(rng, trade["about"][nth], second, home),
        address=street_address(rng),
        postcode=invented_postcode(rng, home),
        outcodes=_districts_around(rng, home),
        turnover_pence=turnover,
        capacity_pence=min(turnover, _rounded(yearly * rng.uniform(1.02, 1.4))),
        workforce=workforce,
        capabilities=able,
        holdings=insurances(rng, trade=trade["key"], turnover_pence=turnover, is_large=nth == 0) + held,
        offers=offers(rng, employees=workforce.employees, pays_living_wage=any(h.name == "Living Wage" for h in held)),
        contact_name=rng.choice(("Office", "Enquiries desk", "New business", "Duty manager")),
        contact_email=f"hello@{mail_domain(name)}",
        registered_by=None,
        registered_on=registered,
        claimed_on=registered,
        shares_details_on=registered,
        answered=6,
    )


def _numbers(legal_form: str, digits: int) -> tuple[str | None, str | None]:
    """A company and a charity number that look right; no register has reached the ranges that start with 99."""
    if legal_form == "cooperative":
        return f"RS99{digits}", None
    if legal_form in ("cic", "company", "social_enterprise"):
        return f"9900{digits}", None
    if legal_form in ("charity", "cio"):
        return (f"9901{digits}" if legal_form == "charity" else None), f"990{digits}"
    return None, None


def _summary(rng: Random, about: str, second: str, home: str) -> str:
    said = [about]
    if rng.random() < 0.75:
        said.append(second)
    if rng.random() < 0.35:
        said.append(rng.choice(words("profile")["third"]).format(area=home))
    return " ".join(said)


def _units(rng: Random, bounds: list[int], *, step: int, is_large: bool) -> int:
    """Somewhere between the bounds, small more often than large."""
    low, high = bounds
    draw_from = rng.uniform(0.82, 1.0) if is_large else rng.random()
    return max(step, round(low * (high / low) ** draw_from / step) * step)


def _capabilities(rng: Random, trade: dict[str, Any], *, is_large: bool) -> tuple[Capability, ...]:
    able = [_main_capability(rng, trade, is_large=is_large)]
    for more in trade["more"]:
        if is_large or rng.random() < 0.6:
            units = _units(rng, more["range"], step=1, is_large=False)
            able.append(
                Capability(more["need"], more["statement"].format(n=f"{units:,}"), more["cpv"], more["unit"], units)
            )
    if not is_large and rng.random() < 0.15:
        able.append(_main_capability(rng, rng.choice([t for t in trades() if t is not trade]), is_large=False))
    return tuple(able)


def _main_capability(rng: Random, trade: dict[str, Any], *, is_large: bool) -> Capability:
    units = _units(rng, trade["range"], step=trade["step"], is_large=is_large)
    statement = rng.choice(trade["statements"]).format(n=f"{units:,}")
    return Capability(trade["need"], statement, trade["cpv"], trade["unit"], units)


def _yearly_pence(able: tuple[Capability, ...]) -> int:
    """What the enterprise would earn in a year if all that it can do were bought."""
    prices = {trade["unit"]: trade["price_pence"] for trade in trades()}
    return sum(prices.get(capability.unit, 0) * (capability.units or 0) for capability in able)


def _rounded(pence: float) -> int:
    """Up to the next thousand pounds, as people state such figures."""
    return -(-int(pence) // 100_000) * 100_000


def _workforce(rng: Random, turnover_pence: int, legal_form: str) -> Workforce:
    employees = max(2, round(turnover_pence / 100 / rng.uniform(30_000, 52_000)))
    has_volunteers = legal_form in ("charity", "cio", "cic")
    return Workforce(
        employees=employees,
        local_employees=round(employees * rng.uniform(0.55, 0.98)),
        apprentices=rng.randint(0, max(1, employees // 12)),
        volunteers=rng.randint(0, 40) if has_volunteers else 0,
        disadvantaged=round(employees * rng.uniform(0.0, 0.5)) if legal_form != "company" else 0,
    )


def _districts_around(rng: Random, home: str) -> tuple[str, ...]:
    known = districts()
    chosen = {home, *rng.sample(known, rng.choice((2, 4, 6, 9, len(known) - 1)))}
    return tuple(district for district in known if district in chosen)


def _with_registrar(rng: Random, whole: Enterprise, network: str) -> Enterprise:
    """About one in five was put on the register by the support network; some have claimed their profile since."""
    if rng.random() > NETWORK_REGISTERED:
        return whole
    claimed: date | None = None
    if rng.random() < CLAIMED:
        claimed = min(DEMO_DAY, whole.registered_on + timedelta(days=rng.randint(2, 60)))
    agreed = claimed if claimed and rng.random() < 0.7 else None
    return replace(whole, registered_by=network, claimed_on=claimed, shares_details_on=agreed)


def with_shared_details(enterprises: tuple[Enterprise, ...], keys: frozenset[str]) -> tuple[Enterprise, ...]:
    """The same enterprises; those with these keys have claimed their profile and show buyers what they hold."""
    return tuple(_sharing(one) if one.key in keys and not one.shares_details_on else one for one in enterprises)


def _sharing(one: Enterprise) -> Enterprise:
    claimed = one.claimed_on or min(DEMO_DAY, one.registered_on + DAYS_TO_CLAIM)
    return replace(one, claimed_on=claimed, shares_details_on=claimed)


def _with_gaps(rng: Random, whole: Enterprise) -> Enterprise:
    """Some stopped after a few questions. Who they are and what they do is always answered."""
    if rng.random() > INCOMPLETE:
        return whole
    unanswered = sorted(rng.sample(("where", "how much", "holds", "contact"), rng.randint(1, 3)))
    blanks: dict[str, Any] = {"answered": 6 - len(unanswered)}
    if "where" in unanswered:
        blanks["outcodes"] = ()
    if "how much" in unanswered:
        vague = tuple(replace(c, statement=UNSAID, units=None) for c in whole.capabilities[:1])
        blanks |= {"turnover_pence": None, "capacity_pence": None, "workforce": None, "capabilities": vague}
    if "holds" in unanswered:
        blanks |= {"holdings": (), "offers": ()}
    if "contact" in unanswered:
        blanks |= {"contact_name": None, "contact_email": None}
    return replace(whole, **blanks)
