"""Who may use which page of this journey."""

from .permission_words import ANYONE

SURVEYING: dict[str, frozenset[str]] = {
    "surveying.answer_survey": ANYONE,
    "surveying.decline_survey": ANYONE,
}
