"""What no score may overrule: a link that goes against one of these waits for a person."""

from procure.matching.payees.comparison import Comparison
from procure.matching.payees.reasons_bodies import compass_agrees, numbers_agree, people_agree
from procure.matching.payees.whom import SURELY_A_PERSON


def veto(pair: Comparison) -> str | None:
    """Why this link may not be made without a person, or None."""
    if numbers_agree(pair) <= -2:
        return "The names hold different numbers"
    if compass_agrees(pair) <= -2:
        return "The names point to different quarters: north, south, east or west"
    if pair.query_person >= SURELY_A_PERSON and pair.query.text != pair.candidate.text:
        if pair.candidate.form or not pair.candidate_person:
            return "The ledger names a person, the register an organisation"
        if people_agree(pair) < 0:
            return "The surnames or initials differ"
    if pair.sharers > 1:
        return f"{pair.sharers} organisations have this name"
    return None
