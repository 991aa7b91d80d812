"""Who may use which page of this journey."""

BUYING: dict[str, frozenset[str]] = {}
