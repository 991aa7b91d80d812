"""What the pages of this journey call things."""

from ..services.profiles import FORM_WORDS, MEASURES

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

__all__ = [
    "DONE_WORDS",
    "FORM_OF_CONSORTIUM",
    "FORM_WORDS",
    "GATE_WORDS",
    "GRADE_WORDS",
    "MEASURES",
    "STATE_WORDS",
    "likelihood",
]


def likelihood(probability: float | None) -> str:
    """A probability as people say it."""
    if probability is None:
        return "Not ranked"
    steps = ((0.75, "Very likely"), (0.5, "Likely"), (0.25, "Possible"))
    return next((words for least, words in steps if probability >= least), "Less likely")
