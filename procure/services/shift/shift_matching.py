"""Who in the area could do what was bought elsewhere: the engine that ranks enterprises for lots, asked about spend.

A ledger says little of what was bought, and the engine's probability was made for lots, which say more. So a likely
match counts only where the field agrees too. Either the kind of work that the words suggest is one the enterprise
gives a code for, and at least half of the telling words stand in one thing it says; or all of them do, two or more.
source: docs/measures/shift-list.md
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Any

from ...matching.catalogue import Catalogue, Match
from ...matching.catalogue import Need as Sought
from ...matching.categories import suggest_cpv
from ...matching.words import stems
from ...models import Enterprise
from ...places import Area, parse_postcode
from ...spend.shift import by_likelihood
from ..enterprises import offers
from ..ranking.proposals import LIKELY
from .shift_money import places_of
from .shift_plans import able_of, plan_of

LOOKED_AT = 200
KEPT = 12
"""Enterprises kept for a row, the likeliest."""
REASONS_KEPT = 4
LEAST_SUGGESTED = 0.05
LEAST_FIELD = 0.3
"""From this probability on a suggested division speaks for an enterprise that gives no code."""
LEAST_MET = 0.5
LEAST_WORDS = 2
"""So many words must all be said to speak for an enterprise of another field: one alone means too many things."""
OF_LEDGERS = (
    ("The lot asks for", "Your ledger says"),
    ("Both the lot and", "Both your ledger and"),
    ("the lot's own words", "your ledger’s own words"),
    ("the same field as this lot", "the same field"),
)


@dataclass(frozen=True)
class Asked:
    """What the engine is asked about one purchase: what it was, in words, pence a year, and who is paid for it now."""

    category: str
    texts: tuple[str, ...]
    trades: tuple[str, ...]
    pence: int
    paid_now: int | None = None
    """The enterprise the payee is linked to, which cannot take its own place."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """What is asked for, one after the other: what payment lines say, else the category and the payee's trades."""
        said = self.texts or (self.category, *self.trades)
        return tuple(phrase for phrase in said if phrase.strip())

    @property
    def words(self) -> str:
        return " ".join([self.category, *self.texts, *self.trades]).strip()

    @property
    def how(self) -> str:
        """words, category or nothing."""
        if self.texts or self.trades:
            return "words"
        return "category" if self.category.strip() else "nothing"


@dataclass(frozen=True)
class Found:
    """Who could do it, likeliest first; who would, alone or together; and the CPV division the words suggest."""

    candidates: tuple[dict[str, Any], ...] = ()
    plan: dict[str, Any] = field(default_factory=dict)
    """See `plan_of`."""
    probability: float | None = None
    expected_pence: int = 0
    cpv: str | None = None


@dataclass(frozen=True)
class _Said:
    """What an enterprise of the area says: the divisions of its codes, the stems of each statement, and how much.

    Plain values, so that nothing is read from the database while the engine thinks.
    """

    enterprise_id: int
    version: int
    capacity_pence: int | None
    divisions: frozenset[str]
    statements: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Field:
    """What a phrase is about: its words with how telling each is here, and the divisions they suggest."""

    telling: dict[str, float]
    divisions: frozenset[str]

    def is_of(self, said: _Said) -> bool:
        """Whether an enterprise says it works in this field."""
        whole = sum(self.telling.values())
        if not whole:
            return False
        met = max(
            (sum(self.telling[word] for word in statement & self.telling.keys()) for statement in said.statements),
            default=0.0,
        )
        is_all = met == whole and len(self.telling) >= LEAST_WORDS
        return is_all or (met >= LEAST_MET * whole and not self.divisions.isdisjoint(said.divisions))


class Suppliers:
    """Every enterprise on offer, and which of them are in an area; asked many times in one working out."""

    def __init__(self, enterprises: Iterable[Enterprise], area: Area) -> None:
        everybody = list(enterprises)
        self._catalogue: Catalogue = offers.catalogue_of(everybody)
        self._near = {offers.key_of(one.organisation_id): _said(one) for one in _near(everybody, area)}
        self._rarest = log(len(everybody) + 1)
        self._answers: dict[tuple[str, str, tuple[str, ...]], tuple[Match, ...]] = {}
        self._plans: dict[tuple[Any, ...], tuple[dict[str, Any], float | None, int]] = {}

    def __len__(self) -> int:
        return len(self._near)

    @property
    def asked(self) -> int:
        """How many different questions were put to the engine."""
        return len(self._answers)

    def find(self, asked: Asked) -> Found:
        """Who could take on a purchase: found for the phrase with most money, or for half of the phrases or more."""
        best: dict[str, Match] = {}
        times: Counter[str] = Counter()
        phrases = asked.phrases if self._near else ()
        for place, phrase in enumerate(phrases):
            for match in self._ask(phrase, asked.category, asked.trades):
                times[match.key] += len(phrases) if place == 0 else 1
                held = best.get(match.key)
                if held is None or match.probability > held.probability:
                    best[match.key] = match
        best = {key: match for key, match in best.items() if 2 * times[key] >= len(phrases)}
        ranked = sorted(best.values(), key=lambda one: (-one.probability, one.key))
        matches = [match for match in ranked if int(match.key) != asked.paid_now]
        candidates = tuple(self._told(match) for match in matches[:KEPT])
        suggested = suggest_cpv(asked.words, top=1, least=LEAST_FIELD)
        return Found(candidates, *self._plan(asked.pence, candidates), suggested[0].code if suggested else None)

    def _ask(self, phrase: str, category: str, trades: tuple[str, ...]) -> tuple[Match, ...]:
        """Likely enterprises of the area in the same field. The amount is no part of the question: see the plan."""
        key = (phrase.casefold(), category.casefold(), trades)
        if key not in self._answers:
            rest = " ".join(part for part in (category, *trades) if part != phrase)
            ranked = self._catalogue.rank(Sought(title=phrase, description=rest), top=LOOKED_AT)
            suggested = suggest_cpv(f"{category} {phrase}", least=LEAST_SUGGESTED)
            telling = {word: self._catalogue.rarity(word) or self._rarest for word in stems(phrase)}
            about = _Field(telling, frozenset(one.code[:2] for one in suggested))
            self._answers[key] = tuple(
                match
                for match in ranked
                if match.probability >= LIKELY and match.key in self._near and about.is_of(self._near[match.key])
            )
        return self._answers[key]

    def _told(self, match: Match) -> dict[str, Any]:
        said = self._near[match.key]
        return {
            "enterprise_id": said.enterprise_id,
            "version": said.version,
            "probability": round(match.probability, 6),
            "capacity_pence": said.capacity_pence,
            "reasons": [_of_spend(signal.sentence) for signal in match.signals if signal.weight > 0][:REASONS_KEPT],
            "against": [_of_spend(signal.sentence) for signal in match.signals if signal.weight < 0][:REASONS_KEPT],
        }

    def _plan(self, pence: int, candidates: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], float | None, int]:
        able = by_likelihood([able_of(one) for one in candidates])
        key = (pence, tuple(able))
        if key not in self._plans:
            self._plans[key] = plan_of(pence, able)
        return self._plans[key]


def _of_spend(sentence: str) -> str:
    """A reason that was written of a lot, as said of a ledger."""
    for of_lots, of_ledgers in OF_LEDGERS:
        sentence = sentence.replace(of_lots, of_ledgers)
    return sentence


def _near(enterprises: Sequence[Enterprise], area: Area) -> list[Enterprise]:
    """Those whose own postcode surely lies in the area."""
    based = [(one, parse_postcode(one.organisation.postcode or "")) for one in enterprises]
    places = places_of({postcode for _, postcode in based if postcode}, area)
    near = {postcode for postcode, place in places.items() if area.holds(place) and not area.is_unsure(place)}
    return [one for one, postcode in based if postcode in near]


def _said(enterprise: Enterprise) -> _Said:
    codes = {code[:2] for one in enterprise.capabilities if (code := offers.plain_cpv(one.cpv))}
    if not codes:
        guesses = (suggest_cpv(one.statement, top=1, least=LEAST_FIELD) for one in enterprise.capabilities)
        codes = {guess[0].code[:2] for guess in guesses if guess}
    texts = [one.statement for one in enterprise.capabilities] + [enterprise.summary]
    statements = tuple(frozenset(stems(text)) for text in texts if text)
    return _Said(
        enterprise.organisation_id, enterprise.version, enterprise.capacity_pence, frozenset(codes), statements
    )


def ask_all(
    suppliers: Suppliers, questions: Sequence[Asked], report: Callable[[int, int], None] | None = None
) -> list[Found]:
    """Every answer, in the order of the questions."""
    answers = []
    for number, asked in enumerate(questions, start=1):
        answers.append(suppliers.find(asked))
        if report and (number % 50 == 0 or number == len(questions)):
            report(number, len(questions))
    return answers
