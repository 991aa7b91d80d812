"""LM3 of one anchor in one area and period: a range, what widens it, and whose answer would narrow it most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..models import LocalArea, OwnStaffPay, RespendAnswer, RespendSurvey
from ..spend import (
    Effect,
    Multiplier,
    Recipient,
    answered,
    ask_next,
    effect_of,
    local_multiplier,
    recipient_of,
)
from ..spend.kinds import PERSON
from . import areas, multiplier_answers, multiplier_money, multiplier_staff, multiplier_surveys
from .multiplier_money import FirstRound, PaidParty, Period

ASKED_AT_ONCE = 5
OWN_STAFF = "Our own staff"
SUPPLIERS_ONLY = "what we paid to suppliers. Our own staff are not counted"
WITH_STAFF = "what we paid to suppliers and to our own staff"


@dataclass(frozen=True)
class Party:
    """Somebody who received money, what they may have received in the area, and what they told of their spending."""

    paid: PaidParty
    recipient: Recipient
    survey: RespendSurvey | None = None
    answer: RespendAnswer | None = None

    @property
    def may_be_asked(self) -> bool:
        """People are not asked; nor are those who surely received nothing here, or said they would rather not."""
        is_willing = self.survey is None or self.survey.state != "declined"
        return self.paid.kind.group != PERSON and self.recipient.most_pence > 0 and is_willing


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
    parties: tuple[Party, ...]
    staff: OwnStaffPay | None
    earlier_area: int
    """How many answers were about an earlier definition of the area, and do not count."""

    @property
    def framing(self) -> str:
        return WITH_STAFF if self.staff else SUPPLIERS_ONLY

    @property
    def initial_pence(self) -> int:
        return self.money.pence + (self.staff.pay_pence if self.staff else 0)

    @cached_property
    def recipients(self) -> list[Recipient]:
        own = [] if self.staff is None else [multiplier_staff.recipient(self.staff, OWN_STAFF)]
        return [*(party.recipient for party in self.parties), *own]

    @cached_property
    def lm3(self) -> Multiplier | None:
        """None where there is no first round."""
        return self._multiplier(self.recipients)

    @cached_property
    def asks(self) -> list[Ask]:
        """Whom to ask next, the answer that narrows the range most first."""
        parties = {id(party.recipient): party for party in self.parties if party.may_be_asked}
        named = ask_next([party.recipient for party in parties.values()], ASKED_AT_ONCE)
        return [Ask(parties[id(one)], effect_of(one, self.initial_pence)) for one in named]

    @cached_property
    def outlook(self) -> list[tuple[str, Multiplier]]:
        """The range now, and as it would be once all those named had answered: nothing, half or everything here."""
        now = self.lm3
        if now is None:
            return []
        asked = [ask.party.recipient for ask in self.asks]
        found = [("Now", now)]
        for words, part in (("nothing", 0.0), ("half", 0.5), ("everything", 1.0)) if asked else ():
            after = self._multiplier(answered(self.recipients, asked, part))
            if after is not None:
                found.append((f"If they spend {words} here", after))
        return found

    def _multiplier(self, recipients: Sequence[Recipient]) -> Multiplier | None:
        if self.initial_pence <= 0:
            return None
        return local_multiplier(self.initial_pence, recipients, framing=self.framing)

    @property
    def answered_parties(self) -> list[Party]:
        return [party for party in self.parties if party.answer is not None]


def read(of: int, area: LocalArea, period: Period) -> Reading:
    """LM3 of an anchor, from its confirmed ledgers and what its suppliers told."""
    money = multiplier_money.first_round(of, area, period)
    surveys = multiplier_surveys.by_payee(of, area, period.year)
    key = areas.shape(area).key
    fresh = {head: survey for head, survey in surveys.items() if survey.area_key == key}
    told = multiplier_answers.in_force([survey.id for survey in fresh.values()], of=of)
    parties = tuple(_party(paid, fresh.get(paid.payee_id), told) for paid in money.parties)
    staff = multiplier_staff.in_force(of, area, period)
    earlier = sum(survey.state == "answered" for head, survey in surveys.items() if head not in fresh)
    return Reading(area, period, money, parties, staff, earlier)


def _party(paid: PaidParty, survey: RespendSurvey | None, told: dict[int, RespendAnswer]) -> Party:
    one = recipient_of(paid.name, paid.share)
    answer = told.get(survey.id) if survey else None
    if answer is None:
        return Party(paid, one, survey)
    least, most = multiplier_answers.spending(answer).respent
    return Party(paid, replace(one, respent=least, respent_most=most), survey, answer)
