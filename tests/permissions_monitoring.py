"""Who may use which page of this journey."""

MONITORING: dict[str, frozenset[str]] = {}
