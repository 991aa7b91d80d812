"""What a buyer says about a lot before it is kept, and what is wrong with it."""

from dataclasses import dataclass, replace
from datetime import date

from ...social_value import MEASURES

MOST_NEEDS = 6
NHS_SOCIAL_VALUE_PERCENT = 10
"""The least weight an NHS buyer gives to social value."""


@dataclass(frozen=True)
class NeedFacts:
    """One thing to be covered. `value_pence` None takes an equal part of what the others leave."""

    name: str
    units: int
    unit: str | None = None
    value_pence: int | None = None
    cpv: str | None = None


@dataclass(frozen=True)
class GateFacts:
    """A condition: kind is one of GATE_KINDS; only money has an amount."""

    kind: str
    name: str
    amount_pence: int | None = None


@dataclass(frozen=True)
class AskFacts:
    """Social value asked, in counts; `weight_percent` None takes an equal part of what the others leave."""

    measure: str
    quantity: int
    weight_percent: int | None = None


@dataclass(frozen=True)
class LotFacts:
    """A whole lot as the buyer states it. Money in pence."""

    title: str
    description: str = ""
    reference: str | None = None
    cpv: str | None = None
    value_pence: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    deadline_on: date | None = None
    postcode: str | None = None
    social_value_percent: int = 0
    form: str = "joint"
    needs: tuple[NeedFacts, ...] = ()
    gates: tuple[GateFacts, ...] = ()
    asks: tuple[AskFacts, ...] = ()


@dataclass(frozen=True)
class Fault:
    """One thing wrong: in which fact, and what to do."""

    fact: str
    advice: str


def faults_in(facts: LotFacts) -> tuple[Fault, ...]:
    """Everything that stops these facts from being kept; empty where nothing does."""
    found = []
    if not facts.title:
        found.append(Fault("title", "Enter a title"))
    if facts.value_pence is not None and facts.value_pence <= 0:
        found.append(Fault("value", "Enter a value above £0, or leave it empty"))
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        found.append(Fault("ends_on", "The last day must be on or after the first day"))
    if facts.starts_on and facts.deadline_on and facts.deadline_on > facts.starts_on:
        found.append(Fault("deadline_on", "The deadline must be on or before the first day of the work"))
    return (*found, *_faults_in_needs(facts), *_faults_in_asks(facts))


def _faults_in_needs(facts: LotFacts) -> list[Fault]:
    names = [need.name.casefold() for need in facts.needs]
    found = []
    if len(facts.needs) > MOST_NEEDS:
        found.append(Fault("needs", f"Name at most {MOST_NEEDS} needs, or split the lot"))
    if len(set(names)) < len(names):
        found.append(Fault("needs", "Two needs have the same name. Give each its own"))
    if any(need.units < 1 for need in facts.needs):
        found.append(Fault("needs", "Enter how many units each need has, 1 or more"))
    given = [need.value_pence for need in facts.needs if need.value_pence is not None]
    blanks = len(facts.needs) - len(given)
    if facts.value_pence is None and given and blanks:
        found.append(Fault("needs", "Enter the value of the lot, or the value of every need"))
    if facts.value_pence is None or not facts.needs:
        return found
    left = facts.value_pence - sum(given)
    if left < blanks or (not blanks and left):
        needs, lot = _pounds(sum(given)), _pounds(facts.value_pence)
        found.append(Fault("needs", f"The needs come to {needs}, the lot to {lot}. They must be the same"))
    return found


def _faults_in_asks(facts: LotFacts) -> list[Fault]:
    found = []
    if any(ask.measure not in MEASURES for ask in facts.asks):
        found.append(Fault("asks", "Choose social value from the list"))
    if not 0 <= facts.social_value_percent <= 100:
        found.append(Fault("social_value_percent", "Enter a weight from 0 to 100"))
    given = [ask.weight_percent for ask in facts.asks if ask.weight_percent is not None]
    blanks = len(facts.asks) - len(given)
    if facts.asks and (sum(given) > 100 or (not blanks and sum(given) != 100)):
        found.append(
            Fault("asks", f"The weights of the social value asked come to {sum(given)}. They must come to 100")
        )
    return found


def completed(facts: LotFacts) -> LotFacts:
    """The same facts with every blank filled: one need where none is named, values and weights shared out.

    Values are split equally to the penny, weights to the percent; the first take what does not divide.
    """
    value = facts.value_pence
    needs = facts.needs or (NeedFacts(facts.title, 1, None, value, facts.cpv),)
    given = [need.value_pence for need in needs]
    if value is None and None not in given:
        value = sum(pence or 0 for pence in given)
    values = shared_out(value or 0, given)
    weights = shared_out(100, [ask.weight_percent for ask in facts.asks])
    return replace(
        facts,
        value_pence=value,
        needs=tuple(replace(need, value_pence=pence) for need, pence in zip(needs, values, strict=True)),
        asks=tuple(replace(ask, weight_percent=weight) for ask, weight in zip(facts.asks, weights, strict=True)),
    )


def shared_out(whole: int, given: list[int | None]) -> list[int]:
    """The given parts, with the blanks sharing what is left of the whole: equal parts, odd ones to the first."""
    blanks = sum(part is None for part in given)
    left = max(0, whole - sum(part or 0 for part in given))
    each, odd = divmod(left, blanks) if blanks else (0, 0)
    parts = []
    for part in given:
        if part is None:
            parts.append(each + (1 if odd > 0 else 0))
            odd -= 1
        else:
            parts.append(part)
    return parts


def _pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}"
