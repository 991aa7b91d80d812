"""CPV codes as people type them, and the division a text seems to be about."""

from ...matching.categories import DIVISION_NAMES, suggest_cpv

MOST_SUGGESTED = 3
LEAST_PROBABILITY = 0.15


def parse_cpv(written: str) -> str | None:
    """Eight digits from a code as typed, with or without its check digit; None where there is no such division."""
    digits = written.replace(" ", "").split("-", 1)[0]
    if len(digits) == 8 and digits.isascii() and digits.isdigit() and digits[:2] in DIVISION_NAMES:
        return digits
    return None


def division_words(code: str | None) -> str | None:
    """The name of a code's division; None where there is none."""
    return DIVISION_NAMES.get((code or "")[:2])


def suggested_divisions(text: str) -> list[str]:
    """Names of the divisions a text seems to be about, likeliest first; empty where nothing stands out."""
    suggested = suggest_cpv(text)[:MOST_SUGGESTED]
    return [one.label for one in suggested if one.probability >= LEAST_PROBABILITY]
