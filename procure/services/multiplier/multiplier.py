"""LM3 of one anchor in one area and period: a range, what widens it, and whose answer would narrow it most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ...models import LocalArea, OwnStaffPay, RespendAnswer, RespendSurvey
from ...spend import Effect, Multiplier, Recipient, answered, ask_next, effect_of, local_multiplier
from ..shares import areas
from ..shares.spend_periods import Period
from ..shares.spend_rounds import PaidParty
from . import multiplier_answers, multiplier_money, multiplier_staff, multiplier_surveys
from .multiplier_money import FirstRound

ASKED_AT_ONCE = 5
OWN_STAFF, SILENT = "Our own staff", "Those who have not answered"
SUPPLIERS_ONLY = "what we paid to suppliers. Our own staff are not counted"
WITH_STAFF = "what we paid to suppliers and to our own staff"


@dataclass(frozen=True)
class Party:
    """Somebody who received money, what they may have received in the area, and what they told of their spending."""

    paid: PaidParty
    recipient: Recipient
    survey: RespendSurvey | None = None
    answer: RespendAnswer | None = None


@dataclass(frozen=True)
class Told:
    """What suppliers were asked and told about an area as it is defined now, by the payee that speaks for their names.

    earlier_area  how many answers were about an earlier definition of the area, and do not count
    """

    surveys: Mapping[int, RespendSurvey]
    answers: Mapping[int, RespendAnswer]
    earlier_area: int

    @cached_property
    def answered(self) -> frozenset[int]:
        return frozenset(head for head, survey in self.surveys.items() if survey.id in self.answers)

    @cached_property
    def declined(self) -> frozenset[int]:
        return frozenset(head for head, survey in self.surveys.items() if survey.state == "declined")

    def party(self, paid: PaidParty) -> Party:
        survey = self.surveys.get(paid.payee_id)
        answer = self.answers.get(survey.id) if survey else None
        if answer is None:
            return Party(paid, paid.recipient, survey)
        least, most = multiplier_answers.spending(answer).respent
        return Party(paid, replace(paid.recipient, respent=least, respent_most=most), survey, answer)


@dataclass(frozen=True)
class Ask:
    """Somebody whose answer would narrow the range, and by how much."""

    party: Party
    effect: Effect


@dataclass(frozen=True)
class Reading:
    """LM3 and all it rests on.

    framing  whose money the first round is; always shown beside the figure
    """

    area: LocalArea
    period: Period
    money: FirstRound
    told: Told
    staff: OwnStaffPay | None

    @property
    def framing(self) -> str:
        return WITH_STAFF if self.staff else SUPPLIERS_ONLY

    @property
    def initial_pence(self) -> int:
        return self.money.pence + (self.staff.pay_pence if self.staff else 0)

    @cached_property
    def answered_parties(self) -> list[Party]:
        return self._with_answers(self.money.parties.of(self.told.answered))

    @cached_property
    def silent(self) -> Recipient:
        """All who have not answered, as one: what each of them would say is open in the same way."""
        known = [party.recipient for party in self.answered_parties]
        return _less(Recipient(SILENT, self.money.whole.received, None, self.money.whole.doubtful), known)

    @cached_property
    def lm3(self) -> Multiplier | None:
        """None where there is no first round."""
        return self._multiplier([self.silent, *self._known])

    @property
    def _known(self) -> list[Recipient]:
        """Those who answered, and own staff."""
        own = [] if self.staff is None else [multiplier_staff.recipient(self.staff, OWN_STAFF)]
        return [*(party.recipient for party in self.answered_parties), *own]

    @cached_property
    def asks(self) -> list[Ask]:
        """Whom to ask next, the answer that narrows the range most first; nobody who would rather not say."""
        passed = self.told.answered | self.told.declined
        most = ASKED_AT_ONCE + len(passed)
        listed = [paid for paid in self.money.parties.asked(1, most) if paid.payee_id not in passed]
        parties = {id(party.recipient): party for party in self._with_answers(listed)}
        named = ask_next([party.recipient for party in parties.values()], ASKED_AT_ONCE)
        return [Ask(parties[id(one)], effect_of(one, self.initial_pence)) for one in named]

    @cached_property
    def outlook(self) -> list[tuple[str, Multiplier]]:
        """The range now, and as it would be once all those named had answered: nothing, half or everything here."""
        now = self.lm3
        if now is None:
            return []
        asked = [ask.party.recipient for ask in self.asks]
        everybody = [_less(self.silent, asked), *asked, *self._known]
        found = [("Now", now)]
        for words, part in (("nothing", 0.0), ("half", 0.5), ("everything", 1.0)) if asked else ():
            after = self._multiplier(answered(everybody, asked, part))
            if after is not None:
                found.append((f"If they spend {words} here", after))
        return found

    def party(self, payee_id: int) -> Party | None:
        """A payee of the first round; None where it is no part of it."""
        return next(iter(self._with_answers(self.money.parties.of([payee_id]))), None)

    def suppliers(self, first: int, most: int) -> list[Party]:
        """So many of those who received something here, or may have, from a place that counts from 1.

        People are left out. Those whose answer counts most come first.
        """
        return self._with_answers(self.money.parties.asked(first, most))

    def suppliers_named(self, words: str) -> list[Party]:
        """All of them whose name holds the words, in that order."""
        return self._with_answers(self.money.parties.named(words))

    def _with_answers(self, found: Sequence[PaidParty]) -> list[Party]:
        return [self.told.party(paid) for paid in found]

    def _multiplier(self, recipients: Sequence[Recipient]) -> Multiplier | None:
        if self.initial_pence <= 0:
            return None
        return local_multiplier(self.initial_pence, recipients, framing=self.framing)


def _less(whole: Recipient, parts: Sequence[Recipient]) -> Recipient:
    """What is left of somebody when parts of them are told apart."""
    received = whole.received_pence - sum(part.received_pence for part in parts)
    doubtful = whole.doubtful_pence - sum(part.doubtful_pence for part in parts)
    return replace(whole, received_pence=received, doubtful_pence=doubtful)


def read(of: int, area: LocalArea, period: Period) -> Reading:
    """LM3 of an anchor, from its confirmed ledgers and what its suppliers told."""
    money = multiplier_money.first_round(of, area, period)
    surveys = multiplier_surveys.by_payee(of, area, period.year)
    key = areas.shape(area).key
    fresh = {head: survey for head, survey in surveys.items() if survey.area_key == key}
    told = multiplier_answers.in_force([survey.id for survey in fresh.values()], of=of)
    earlier = sum(survey.state == "answered" for head, survey in surveys.items() if head not in fresh)
    return Reading(area, period, money, Told(fresh, told, earlier), multiplier_staff.in_force(of, area, period))
