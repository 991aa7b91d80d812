"""Who may use which page of this journey."""

SPENDING: dict[str, frozenset[str]] = {}
