"""Sentences with the words that met marked in them."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

YOURS = {"their": "your", "theirs": "yours", "they": "you", "them": "you"}


def to_you(sentence: str) -> str:
    """A sentence about an enterprise as said to it: "Their description says" becomes "Your description says"."""

    def turn(found: re.Match[str]) -> str:
        word = YOURS[found[0].lower()]
        return word.capitalize() if found[0][0].isupper() else word

    return re.sub(r"\b(?:theirs|their|they|them)\b", turn, sentence, flags=re.IGNORECASE)


def marked(sentence: str, words: Sequence[str]) -> Markup:
    """The sentence with each of the words in a mark element, as whole words, whatever their case."""
    found = [re.escape(word) for word in sorted(words, key=len, reverse=True) if word]
    if not found:
        return escape(sentence)
    parts = re.split(rf"\b({'|'.join(found)})\b", sentence, flags=re.IGNORECASE)
    pieces = [Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)]
    return Markup("").join(pieces)
