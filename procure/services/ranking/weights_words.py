"""Which fitted weights ordered enterprises, in words a person can read."""

import re
from datetime import date

_KEPT = re.compile(r"(\d+) lots to (\d{4}-\d\d-\d\d)(?: and model ([0-9a-f]+))?")
"""As the weights name themselves, and as every ranking keeps them."""


def tell_weights(kept: str) -> str:
    """What they learned from, as "1,396 public lots up to 31 July 2020"; as it was kept where it has another form."""
    known = _KEPT.fullmatch(kept)
    if known is None:
        return kept
    lots, until, model = known.groups()
    told = f"{int(lots):,} public lots up to {_day(date.fromisoformat(until))}"
    return f"{told}, with the model of meaning {model}" if model else told


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
