"""The next lawful step for a row of the shift list, by what it is worth a year, who buys, and when the contract ends.

What a ledger cannot tell is asked, never assumed: whether it is health care, and how long a contract would last. A row
under the Provider Selection Regime, or that may be, gets no advice of the Procurement Act.
source: docs/measures/shift-list.md
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from ... import rules
from ...extensions import db
from ...models import Organisation, ShiftAnswer, ShiftRow
from ...rules import Regime, Reservation
from ...rules.notices import STANDSTILL_WORKING_DAYS, TENDER_DAYS
from ..law.regimes import HEALTH_BUYERS
from . import shift_answers
from .shift_answers import Ends

NONE, ASK, PSR, TALK, QUOTE, RESERVE, LOTS, GROW = "none", "ask", "psr", "talk", "quote", "reserve", "lots", "grow"
STEP_WORDS = {
    NONE: "No step: it stays",
    ASK: "Say if it is health care",
    PSR: "Provider Selection Regime",
    TALK: "Talk before it ends",
    QUOTE: "Ask for quotes",
    RESERVE: "Reserve it",
    LOTS: "Split into lots",
    GROW: "Look for suppliers",
}
FULL_YEARS = 4
"""For how long a contract may last before we stop counting years to the threshold."""
HEALTH_DIVISION = "85"
_HEALTH = re.compile(
    r"\b(health|clinical|medical services?|patients?|nursing|ambulance|mental|dental|therap(y|ies)|diagnostics?"
    r"|hospices?|eye tests?|audiology|maternity|general practice|continuing healthcare|chc)\b"
)


@dataclass(frozen=True)
class Advice:
    """One sentence of what to do; its source, and whether somebody checked it against the source."""

    words: str
    source: str = ""
    is_checked: bool = True


@dataclass(frozen=True)
class Step:
    """What to do next about a row.

    kind      one of STEP_WORDS
    by        the day by which to begin, where the end of the contract is known
    regime    the law for a contract of one year; None where none may be named
    years     from how many years on the threshold is reached; None where it is at once, never or not known
    """

    kind: str
    advice: tuple[Advice, ...]
    by: date | None = None
    is_late: bool = False
    regime: Regime | None = None
    years: int | None = None

    @property
    def words(self) -> str:
        return STEP_WORDS[self.kind]


def sector_of(of: int) -> str:
    """Which kind of buyer the law sees in an anchor, one of rules.BUYER_KINDS."""
    return db.session.scalar(select(Organisation.sector).where(Organisation.id == of)) or "other"


def step_for(
    row: ShiftRow,
    buyer: str,
    *,
    on: date,
    said: Mapping[str, ShiftAnswer | str] | None = None,
    ends: Ends | None = None,
) -> Step:
    """The next lawful step.

    buyer  the anchor's sector, one of rules.BUYER_KINDS
    said   what officers answered about the row, by what it is about; an answer or its word
    ends   when what is bought now ends, where known
    """
    health = _word((said or {}).get(shift_answers.HEALTH_CARE))
    if not row.is_influenceable or row.left_pence <= 0:
        return Step(NONE, (Advice("This money cannot be moved, so there is nothing to do."),))
    if buyer in HEALTH_BUYERS and health == shift_answers.YES:
        return _health(row, on, buyer, ends)
    if may_be_health(row, buyer) and health != shift_answers.NO:
        told = "Say whether this is a health-care service. Then the Provider Selection Regime holds, and nothing of the"
        return Step(ASK, (Advice(f"{told} Procurement Act."),))
    return _plain(row, buyer, on, ends)


def may_be_health(row: ShiftRow, buyer: str) -> bool:
    """Whether the buyer must say if it is health care: its words or the division they suggest are of that field."""
    if buyer not in HEALTH_BUYERS:
        return False
    said = " ".join([row.category, *row.descriptions, *row.trades]).casefold()
    return (row.cpv or "").startswith(HEALTH_DIVISION) or bool(_HEALTH.search(said))


def _word(answer: ShiftAnswer | str | None) -> str:
    return answer.answer if isinstance(answer, ShiftAnswer) else answer or ""


def _health(row: ShiftRow, on: date, buyer: str, ends: Ends | None) -> Step:
    regime = rules.find_regime(buyer, "goods_or_services", row.left_pence, on, is_health_care=True)
    advice = [Advice(regime.sentence, regime.source, regime.verified)]
    if ends:
        advice.append(_ends(ends))
    return Step(PSR, tuple(advice), regime=regime)


def _plain(row: ShiftRow, buyer: str, on: date, ends: Ends | None) -> Step:
    suggestion = rules.suggest_contract(row.cpv, on)
    contract = suggestion.suggests if suggestion else "goods_or_services"
    regime = rules.find_regime(buyer, contract, row.left_pence, on)
    options = rules.reservation_options(buyer, contract, regime, on)
    is_above = regime.kind == "above_threshold"
    advice: list[Advice] = []
    by = _begin_by(ends, is_above=is_above) if ends and ends.on >= on else None
    if ends:
        advice.append(_ends(ends))
    if by:
        advice.append(_talk(is_above=is_above))
    kind = TALK if by else _way(row, regime, options)
    advice += [Advice(f"For a contract of one year: {regime.sentence}", regime.source, regime.verified)]
    years = _years_to(regime)
    if years:
        advice.append(Advice(f"A contract of {years} years or more reaches the threshold. Count the whole term."))
    advice += _what_to_do(row, regime, options)
    return Step(kind, tuple(advice), by, bool(by and by < on), regime, years)


def _way(row: ShiftRow, regime: Regime, options: Sequence[Reservation]) -> str:
    if not row.has_candidate:
        return GROW
    if regime.kind == "above_threshold":
        return LOTS
    return RESERVE if any(option.kind in ("local_area", "one_county") for option in options) else QUOTE


def _what_to_do(row: ShiftRow, regime: Regime, options: Sequence[Reservation]) -> list[Advice]:
    act = "Procurement Act 2023"
    if not row.has_candidate:
        return [
            Advice("Nobody registered here is known to do this. Ask enterprises to register, or help one to start.")
        ]
    if regime.kind == "above_threshold":
        lots = (
            "Consider lots that enterprises here can carry. If lots would suit and you use none, say why in the notice."
        )
        talk = "You may talk to suppliers before you invite them. Then publish a notice that you did."
        told = [Advice(lots, f"{act}, section 18"), Advice(talk, f"{act}, sections 16 and 17")]
    elif regime.kind == "below_threshold":
        told = [_quotes(regime)]
    else:
        told = []
    return told + [Advice(option.words, option.source, option.verified) for option in options]


def _quotes(regime: Regime) -> Advice:
    ask = "Ask for quotes, and ask enterprises of your area among others"
    if regime.is_notifiable:
        words = f"{ask}. If you advertise, publish a tender notice first; publish the contract details after you award."
    else:
        words = f"{ask}. It is so small that no notice is due, if it lasts one year."
    return Advice(words, "Procurement Act 2023, sections 84 to 87")


def _ends(ends: Ends) -> Advice:
    return Advice(f"What you have now ends on {ends.on.day} {ends.on:%B %Y}. {ends.told}.")


def _talk(*, is_above: bool) -> Advice:
    why = f"{rules.FORMING_WORKING_DAYS} working days for a consortium to form"
    if is_above:
        why += f", {TENDER_DAYS} days to tender and {STANDSTILL_WORKING_DAYS} working days of standstill"
    return Advice(f"Begin to talk early enough: we count {why}, and no time to judge bids.", "Our own count", False)


def _begin_by(ends: Ends, *, is_above: bool) -> date:
    """The last day to begin to talk, so that a new contract can start the day after the old one ends."""
    day = ends.on
    if is_above:
        day = rules.working_days_before(day, STANDSTILL_WORKING_DAYS) - timedelta(days=TENDER_DAYS)
    return rules.working_days_before(day, rules.FORMING_WORKING_DAYS)


def _years_to(regime: Regime) -> int | None:
    """From how many years on a contract reaches the threshold, where one of a year stays below it."""
    if regime.kind != "below_threshold" or not regime.threshold_pence or regime.value_pence <= 0:
        return None
    years = -(-regime.threshold_pence // regime.value_pence)
    return years if years <= FULL_YEARS else None
