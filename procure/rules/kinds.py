"""What a CPV code suggests about a contract. A suggestion: the buyer answers."""

from dataclasses import dataclass
from datetime import date

from .dated import in_force_for_all


@dataclass(frozen=True)
class CodeSuggestion:
    """What a code suggests (health_care, works or light_touch), and the list it stands on."""

    suggests: str
    source: str
    verified: bool


def suggest_health_care(cpv: str | None, on: date) -> CodeSuggestion | None:
    """Whether the code stands on the list of health-care services, so that the buyer must be asked."""
    return _suggested(cpv, on, ("health_care",))


def suggest_contract(cpv: str | None, on: date) -> CodeSuggestion | None:
    """Works or light touch, where the code stands on one of those lists; None means goods or other services."""
    return _suggested(cpv, on, ("works", "light_touch"))


def _suggested(cpv: str | None, on: date, kinds: tuple[str, ...]) -> CodeSuggestion | None:
    for row in in_force_for_all("codes", on):
        if cpv and row["suggests"] in kinds and cpv.startswith(tuple(row["prefixes"])):
            return CodeSuggestion(row["suggests"], row["source"], row["verified"])
    return None
