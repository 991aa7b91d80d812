"""The law a lot falls under: what the rules say of it, what the buyer answered, and what an officer decided instead."""

from dataclasses import dataclass, replace
from datetime import date

from ... import rules
from ...models import LawfulAnswer, Lot
from ...rules import CodeSuggestion, FormingAlarm, Regime, Reservation, Timetable
from ..enterprises.offers import years_of
from ..lots.tenders import CHANGEABLE
from . import lawful_answers
from .lawful_answers import Given

REGIME_WORDS = {
    "psr": "Provider Selection Regime",
    "above_threshold": "Procurement Act 2023, at or above the threshold",
    "below_threshold": "Procurement Act 2023, below the threshold",
    "unknown": "Not known",
}
BUYER_WORDS = {
    "nhs": "an NHS body, which counts as central government here",
    "council": "a council or other local body",
    "university": "a university",
    "central": "a central government body",
    "other": "another public body",
}
CONTRACT_WORDS = {
    "goods_or_services": "Goods or services",
    "light_touch": "Light touch services, such as care, education or catering",
    "works": "Works, such as building and road work",
    "concession": "A concession: the supplier is paid by those who use it",
}
HEALTH_BUYERS = frozenset({"nhs", "council"})
"""Whose health-care services fall under the Provider Selection Regime."""


@dataclass(frozen=True)
class LegalFacts:
    """What the law asks about a lot. is_assumed: nobody has answered yet, and these are our guesses."""

    contract: str
    began_on: date
    has_vat: bool
    is_planned: bool
    is_assumed: bool


@dataclass(frozen=True)
class LawOfLot:
    """Everything a page says about the law of a lot.

    found        what the rules say; None where something must be answered first, which `asks` names
    regime       what stands: the same, unless an officer decided otherwise
    answers      (about, subject) > the answer that stands
    """

    buyer: str
    facts: LegalFacts
    suggestion: CodeSuggestion | None
    code: CodeSuggestion | None
    found: Regime | None
    regime: Regime | None
    asks: str
    reservations: tuple[Reservation, ...]
    timetable: Timetable | None
    alarm: FormingAlarm | None
    answers: dict[tuple[str, str], LawfulAnswer]

    def answer(self, about: str) -> LawfulAnswer | None:
        return self.answers.get((about, ""))

    def seen(self, about: str, subject: str = "") -> int:
        stands = self.answers.get((about, subject))
        return stands.id if stands else 0

    @property
    def is_overridden(self) -> bool:
        stands = self.answer("regime")
        return stands is not None and stands.answer != "found"

    @property
    def kind(self) -> str:
        """The kind of regime that stands; unknown until it can be told."""
        return self.regime.kind if self.regime else "unknown"

    @property
    def asks_health(self) -> bool:
        """Whether the buyer must say if this is health care before anything can be advised."""
        return self.suggestion is not None and self.answer("health_care") is None


def law_of(lot: Lot, *, on: date) -> LawOfLot:
    """The law of a lot as it stands on a day; no alarm for one that is decided, closed or taken back."""
    answers = lawful_answers.standing(lot)
    buyer = lot.organisation.sector or "other"
    facts = _facts(lot, answers.get(("facts", "")), on)
    suggestion = _health_suggestion(lot, buyer, on)
    health = answers.get(("health_care", ""))
    asks = _what_is_missing(lot, suggestion, health)
    found = None if asks else _find(lot, buyer, facts, is_health=health is not None and health.answer == "yes")
    regime = _decided(found, lot, facts, answers.get(("regime", "")))
    options = rules.reservation_options(buyer, facts.contract, regime, facts.began_on) if regime else []
    return LawOfLot(
        buyer=buyer,
        facts=facts,
        suggestion=suggestion,
        code=rules.suggest_contract(lot.cpv, on),
        found=found,
        regime=regime,
        asks=asks,
        reservations=tuple(options),
        timetable=_timetable(lot, regime, facts),
        alarm=rules.forming_alarm(lot.deadline_on, on) if lot.deadline_on and lot.state in CHANGEABLE else None,
        answers=answers,
    )


def circumstances(lot: Lot, law: LawOfLot, *, on: date) -> rules.Circumstances:
    """What the advice about a gate depends on."""
    works_threshold = rules.find_regime(law.buyer, "goods_or_services", lot.value_pence or 0, law.facts.began_on)
    is_large = law.facts.contract == "works" and works_threshold.kind == "above_threshold"
    return rules.Circumstances(law.kind, law.facts.contract, on, yearly_value(lot), is_large)


def yearly_value(lot: Lot) -> int | None:
    """Pence a year; the whole value where the work lasts a year or less, or its days are not said."""
    return None if lot.value_pence is None else round(lot.value_pence / years_of(lot.starts_on, lot.ends_on))


def given_facts(facts: LegalFacts, seen: int) -> Given:
    """The facts as an answer."""
    told = f"{CONTRACT_WORDS[facts.contract]}; began on {facts.began_on.isoformat()}; " + (
        "VAT is charged" if facts.has_vat else "no VAT is charged"
    )
    detail = {
        "contract": facts.contract,
        "began_on": facts.began_on.isoformat(),
        "has_vat": facts.has_vat,
        "is_planned": facts.is_planned,
    }
    return Given("facts", facts.contract, told, seen, detail=detail)


def _facts(lot: Lot, answer: LawfulAnswer | None, on: date) -> LegalFacts:
    if answer is not None:
        told = answer.detail
        began = date.fromisoformat(told["began_on"])
        return LegalFacts(told["contract"], began, told["has_vat"], told["is_planned"], is_assumed=False)
    code = rules.suggest_contract(lot.cpv, on)
    began = lot.opened_at.date() if lot.opened_at else on
    return LegalFacts(code.suggests if code else "goods_or_services", began, True, False, is_assumed=True)


def _health_suggestion(lot: Lot, buyer: str, on: date) -> CodeSuggestion | None:
    if buyer not in HEALTH_BUYERS:
        return None
    codes = [lot.cpv, *(need.cpv for need in lot.needs)]
    return next((found for code in codes if (found := rules.suggest_health_care(code, on))), None)


def _what_is_missing(lot: Lot, suggestion: CodeSuggestion | None, health: LawfulAnswer | None) -> str:
    if suggestion is not None and health is None:
        return "Say whether this is a health-care service. The law depends on it."
    is_psr = health is not None and health.answer == "yes"
    if lot.value_pence is None and not is_psr:
        return "Say what the lot is worth. The law depends on it."
    return ""


def _find(lot: Lot, buyer: str, facts: LegalFacts, *, is_health: bool) -> Regime:
    return rules.find_regime(
        buyer,
        facts.contract,
        lot.value_pence or 0,
        facts.began_on,
        is_health_care=is_health,
        has_vat=facts.has_vat,
    )


def _decided(found: Regime | None, lot: Lot, facts: LegalFacts, answer: LawfulAnswer | None) -> Regime | None:
    """What an officer decided instead; what follows from a decision is never called verified."""
    if answer is None or answer.answer == "found":
        return found
    base = found or _find(lot, "other", facts, is_health=False)
    is_notifiable = answer.answer == "above_threshold" or (answer.answer == "below_threshold" and base.is_notifiable)
    return replace(
        base,
        kind=answer.answer,
        threshold_pence=None if answer.answer == "psr" else base.threshold_pence,
        is_notifiable=is_notifiable,
        sentence="An officer decided this.",
        source="Your own decision",
        verified=False,
        since=None,
        until=None,
    )


def _timetable(lot: Lot, regime: Regime | None, facts: LegalFacts) -> Timetable | None:
    """Notices and dates; nothing of the Procurement Act before the regime is known."""
    if lot.deadline_on is None or regime is None or regime.kind == "unknown":
        return None
    return rules.notices_and_dates(regime, lot.deadline_on, is_planned=facts.is_planned)
