"""Probabilities in words, the same on every page about payees."""

WORDS = ((0.95, "Almost certain"), (0.8, "Very likely"), (0.5, "Likely"), (0.2, "Possible"))


def likelihood(probability: float) -> str:
    """A probability in words."""
    return next((words for least, words in WORDS if probability >= least), "Unlikely")
