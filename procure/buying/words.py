"""What the pages of this journey call things."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from ..services.enterprises.profiles import FORM_WORDS

STATE_WORDS = {
    "draft": "Draft",
    "open": "Open",
    "invited": "Invited",
    "awarded": "Awarded",
    "closed": "Closed",
    "withdrawn": "Withdrawn",
}
GRADE_WORDS = {"register": "checked on a public register", "declared": "they say so", "inferred": "we worked it out"}
GATE_WORDS = {"met": "Met", "not_met": "Not met", "expired": "Expired", "unknown": "Not known"}
FORM_OF_CONSORTIUM = {
    "joint": "Joint: the members' turnover is added up",
    "lead": "Lead: one member's own turnover must be enough",
}
DONE_WORDS = {
    "shortlist": "Shortlisted",
    "reject": "Rejected",
    "invite": "Invited",
    "award": "Awarded",
    "undo": "Undone",
}
ABOUT_WORDS = {
    "facts": "Facts of the contract",
    "health_care": "Health care",
    "regime": "Which rules apply",
    "reservation": "Who it is for",
    "gate": "A gate",
}

__all__ = [
    "ABOUT_WORDS",
    "DONE_WORDS",
    "FORM_OF_CONSORTIUM",
    "FORM_WORDS",
    "GATE_WORDS",
    "GRADE_WORDS",
    "STATE_WORDS",
    "likelihood",
    "units",
    "with_marks",
]


def likelihood(probability: float | None) -> str:
    """A probability as people say it."""
    if probability is None:
        return "Not ranked"
    steps = ((0.75, "Very likely"), (0.5, "Likely"), (0.25, "Possible"))
    return next((words for least, words in steps if probability >= least), "Less likely")


def with_marks(sentence: str, words: Sequence[str]) -> Markup:
    """A sentence with every whole matched word marked."""
    if not words:
        return escape(sentence)
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)
    pieces = pattern.split(sentence)
    marked = (
        Markup("<mark>{}</mark>").format(piece) if index % 2 else escape(piece) for index, piece in enumerate(pieces)
    )
    return Markup("").join(marked)


def units(number: float) -> str:
    """80.0 > 80; 12.5 > 12.5"""
    return f"{number:,.0f}" if number == round(number) else f"{number:,.2f}"
