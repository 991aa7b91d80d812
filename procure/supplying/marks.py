"""Sentences with the words that met marked in them."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape


def marked(sentence: str, words: Sequence[str]) -> Markup:
    """The sentence with each of the words in a mark element, as whole words, whatever their case."""
    found = [re.escape(word) for word in sorted(words, key=len, reverse=True) if word]
    if not found:
        return escape(sentence)
    parts = re.split(rf"\b({'|'.join(found)})\b", sentence, flags=re.IGNORECASE)
    pieces = [Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)]
    return Markup("").join(pieces)
