"""The first round of LM3: what an anchor's confirmed ledgers paid in a period, and what may not count as such."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from ...models import LocalArea
from ...places import Area
from ...spend.exclusions import PASS_THROUGH, RULES, SALARIES, TRANSFERS, VAT
from ...spend.first_round import CREDITS, HIDDEN
from ..shares import areas, spend_rounds, spend_stamps
from ..shares.spend_periods import Period
from ..shares.spend_rounds import Kept, Parties, Whole
from ..shares.spend_rows import gather, places_for

KEPT, MOST_KEPT = "first rounds of LM3", 8
LEFT_OUT = {
    TRANSFERS: ("Payments to other public bodies", "Money between public bodies is not spent yet"),
    HIDDEN: ("Lines whose payee is hidden", "We cannot know where a hidden payee is, or ask it"),
    **{code: (RULES[code].name, RULES[code].why) for code in (SALARIES, PASS_THROUGH)},
    VAT: (RULES[VAT].name, "It goes to the tax office. It never counts here, whatever you chose for the local share"),
    CREDITS: ("Payees that gave back as much as they were paid, or more", "They received nothing in this period"),
}  # fmt: skip
"""What is no part of the first round: in words, and why."""


@dataclass(frozen=True)
class LeftOut:
    """Money that is no part of the first round, and why."""

    code: str
    pence: int
    payees: int

    @property
    def words(self) -> str:
        return LEFT_OUT[self.code][0]

    @property
    def why(self) -> str:
        return LEFT_OUT[self.code][1]


@dataclass(frozen=True)
class FirstRound:
    """What counts and what does not; they add up to every penny of the period's ledgers, with the VAT told apart.

    as_of  when it was worked out, where something changed since; None where it is as the world is
    """

    whole: Whole
    parties: Parties
    as_of: datetime | None = None

    @property
    def pence(self) -> int:
        return self.whole.pence

    @property
    def left_out(self) -> list[LeftOut]:
        return [LeftOut(code, *self.whole.left_out.get(code, (0, 0))) for code in LEFT_OUT]

    @property
    def has_vat(self) -> bool:
        return any(each.code == VAT and each.payees for each in self.left_out)

    @property
    def ledger_pence(self) -> int:
        return self.pence + sum(each.pence for each in self.left_out)


def first_round(of: int, area: LocalArea, period: Period) -> FirstRound:
    """Every payee of the period with what its money did in the area, and what is left out.

    Besides what can never count, the categories stay out that the anchor leaves out of its local share. As the world
    is, or as the job left it where it is too much for a page. What a page works out, each process keeps for the last
    few, as long as nothing has moved that money depends on.
    """
    shape = areas.shape(area)
    fresh = spend_stamps.stamp(of)
    sums = spend_stamps.find(of, shape, spend_stamps.ROUNDS)
    if sums is not None and (sums.stamp == fresh or spend_stamps.count_rows(of) > spend_stamps.SMALL):
        as_of = None if sums.stamp == fresh else sums.worked_out_at
        kept = spend_rounds.find(of, sums.id, period.code, as_of)
        if kept is not None:
            return _told(kept)
    return _told(_worked_out(of, shape, period, fresh))


def _told(kept: Kept) -> FirstRound:
    return FirstRound(kept.whole, kept.parties, kept.as_of)


def _worked_out(of: int, area: Area, period: Period, fresh: str) -> Kept:
    key = (of, area.key, period.code, fresh)
    known: dict[Any, Kept] = current_app.extensions.setdefault(KEPT, {})
    found = known.pop(key, None)
    if found is None:
        gathered = gather(of)
        sides = gathered.sides(area, places_for(gathered, [area]))
        one = spend_rounds.work_out(spend_rounds.prepare(of, gathered), sides, [period])[period.code]
        found = Kept(spend_rounds.whole_of(one), spend_rounds.InMemory(of, one))
    known[key] = found
    for oldest in list(known)[:-MOST_KEPT]:
        known.pop(oldest, None)
    return found
