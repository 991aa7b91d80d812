"""What an anchor may leave out of its local share: money that buys nothing from anybody.

source  docs/measures/local-share.md
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Rule:
    """One reason to leave money out: its name, what it catches, and why somebody would.

    stands  whether it leaves money out until an officer says otherwise
    """

    name: str
    catches: str
    why: str
    stands: bool = False


VAT, TRANSFERS, SALARIES, PASS_THROUGH = "vat", "transfers", "salaries", "pass_through"
RULES: Final[Mapping[str, Rule]] = {
    VAT: Rule(
        "VAT",
        "VAT, where a ledger tells it apart: in a column of its own, or by an amount with and one without it",
        "It goes to the tax office, not to your supplier; count it where you cannot claim it back",
        stands=True,
    ),
    TRANSFERS: Rule(
        "Payments to other public bodies",
        "Everything paid to a payee that is a public body: you said so, or its name reads so",
        "Money moved from one public purse to another buys nothing; counted, it hides what was bought",
    ),
    SALARIES: Rule(
        "Salaries and pensions",
        "Lines whose category reads like pay or pensions, and the categories you list",
        "Wages are not purchases; where your ledger has them they swamp the rest",
    ),
    PASS_THROUGH: Rule(
        "Money you only pass on",
        "Lines in the categories you list, such as precepts, benefits or grants you hand on",
        "You do not choose who gets it, so it says nothing of how you buy",
    ),
}
OF_LINES: Final = {name: rule for name, rule in RULES.items() if name != VAT}
"""The rules that leave out whole lines; VAT is a part of each."""
BY_CATEGORY: Final = frozenset({SALARIES, PASS_THROUGH})
"""The rules for which an officer lists categories."""
_PAY = re.compile(
    r"\b(salar(y|ies)|wages?|payroll|superannuation|pensions?( contributions?)?|paye|national insurance|"
    r"employers? (ni|pension)\w*|staff pay)\b",
    re.IGNORECASE,
)
_HANDED_ON = re.compile(
    r"\b(precepts?|lev(y|ies)|housing benefits?|rent allowances?|business rates?|nndr|pass(ed)?[- ]?through|"
    r"collection fund)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class InForce:
    """The rules that are on, each with the publisher's categories it lists, in small letters."""

    categories: Mapping[str, frozenset[str]]

    @property
    def leaves_out_vat(self) -> bool:
        return VAT in self.categories

    @property
    def leaves_out_lines(self) -> bool:
        """Whether any rule leaves out whole lines, rather than a part of each."""
        return bool(self.categories.keys() - {VAT})

    def rule_for(self, group: str, category: str) -> str:
        """The first rule that leaves a whole line out, in the order of OF_LINES; "" where it counts.

        group     the kind of payee: one of `kinds.KINDS`
        category  the publisher's; "" where none is given
        """
        on = (rule for rule in OF_LINES if rule in self.categories)
        return next((rule for rule in on if self._catches(rule, group, category)), "")

    def _catches(self, rule: str, group: str, category: str) -> bool:
        if rule == TRANSFERS:
            return group == "public_body"
        listed = category.strip().casefold() in self.categories[rule] if category else False
        return listed or (rule == SALARIES and reads_like_pay(category))


NOTHING: Final = InForce({})


def folded(categories: list[str]) -> frozenset[str]:
    """Categories as a rule compares them."""
    return frozenset(category.strip().casefold() for category in categories if category.strip())


def reads_like_pay(category: str) -> bool:
    return bool(_PAY.search(category))


def reads_handed_on(category: str) -> bool:
    """Whether to propose a category for money that is only passed on; never enough to leave it out."""
    return bool(_HANDED_ON.search(category))
