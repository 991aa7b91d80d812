"""Text to category, with confidence: CPV codes of notices and lots, a publisher's own categories of ledger lines."""

from procure.matching.categories.division_names import DIVISION_NAMES
from procure.matching.categories.suggestions import Suggestion, suggest_cpv

__all__ = ["DIVISION_NAMES", "Suggestion", "suggest_cpv"]
