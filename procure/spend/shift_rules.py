"""Whether money that left could be spent with somebody else at all: rules simple enough to print on the page.

source  docs/measures/shift-list.md
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .exclusions import OF_LINES
from .kinds import PERSON, PUBLIC

OPEN = "open"
_OUT: Final = "out_"
LEFT_OUT: Final = {
    _OUT + code: f"You leave this out of your local share: {rule.name[0].lower()}{rule.name[1:]}"
    for code, rule in OF_LINES.items()
}
"""Money that a rule of the anchor leaves out of its local share is no part of the five either."""
RULES: Final = {
    OPEN: "Nothing we know stands against buying this from somebody else",
    "stayed": "None of this money surely left",
    "credit": "More came back from this payee than was paid to it",
    "person": "The payee is a person",
    "public_body": "The payee is a public body, so this is a transfer",
    "salaries": "Pay and pensions go to staff, not to suppliers",
    "pass_through": "Money you pass on, such as grants, benefits and levies",
    "utility": "Electricity, gas, water and post come from networks or regulated suppliers",
    **LEFT_OUT,
}
"""What a rule says, in a sentence."""
OFFICER_WHY: Final = {
    "framework": "Bought through a framework we must use",
    "contract": "Tied to a contract that cannot end early",
    "transfer": "A transfer to another public body",
    "utility": "A utility or another regulated monopoly",
    "pass_through": "Money we pass on",
    "salaries": "Pay, or a payment to a person",
    "other": "Another reason",
}
"""Why an officer may say that a row cannot be moved."""

_SALARIES: Final = re.compile(
    r"\b(salar(y|ies)|wages|superannuation|pensions?|national insurance|apprenticeship levy"
    r"|(staff|pay|employee|employees) (costs|pay)|paye)\b"
)
_PASSED_ON: Final = re.compile(
    r"\b(housing benefits?|benefit payments?|council tax|business rates|nndr|precepts?|lev(y|ies)|grants?|refunds?"
    r"|direct payments?|pass(ed)?[ -]?through|collection fund|treasury|loan repayments?|investments?|dividends?"
    r"|bursar(y|ies)|compensation|transfer payments?|interest paid)\b"
)
_UTILITY: Final = re.compile(r"\b(electric(ity)?|gas|water|sewerage|utilit(y|ies)|energy|postage|royal mail|rates)\b")
_NO_UTILITY: Final = re.compile(
    r"\b(coolers?|treatment|hygiene|testing|boilers?|servicing|safety|engineers?|medical gas|gases|efficiency|saving"
    r"|solar|works?|repairs?|maintenance|contractors?|install\w*|consult\w*|advice|bottled|heating)\b"
)
_PUBLIC_BODY: Final = re.compile(
    r"\b(nhs|public|government|local government|other public sector) bod(y|ies)\b"
    r"|\b(to|from) other (nhs|local|public)\b"
)
_WORDS: Final = (
    ("public_body", _PUBLIC_BODY, None),
    ("salaries", _SALARIES, None),
    ("pass_through", _PASSED_ON, None),
    ("utility", _UTILITY, _NO_UTILITY),
)
_NETWORKS: Final = ("35", "36", "37", "53100")
"""SIC 2007: electricity and gas, water, sewerage, and post under the universal service."""


@dataclass(frozen=True)
class About:
    """What the rules look at.

    kind          the payee's group, one of `spend.kinds.KINDS`
    descriptions  what the payment lines say, the most money first; asked only where no category is given
    sic           five-digit codes of the body the payee is linked to
    left_out      which of `exclusions.RULES` leaves the money out of the local share; "" where it counts
    """

    category: str
    kind: str
    left_pence: int
    descriptions: Sequence[str] = ()
    sic: Sequence[str] = ()
    left_out: str = ""


def rule_of(about: About) -> str:
    """Which of RULES decides; OPEN where none stands against it."""
    if about.left_out:
        return _OUT + about.left_out
    if about.left_pence <= 0:
        return "credit" if about.left_pence else "stayed"
    if about.kind == PERSON:
        return "person"
    if about.kind == PUBLIC:
        return "public_body"
    said = (about.category or " ".join(about.descriptions)).casefold()
    for rule, words, but in _WORDS:
        if words.search(said) and not (but and but.search(said)):
            return rule
    if about.sic and all(code.startswith(_NETWORKS) for code in about.sic):
        return "utility"
    return OPEN
