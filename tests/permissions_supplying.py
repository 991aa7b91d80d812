"""Who may use which page of this journey."""

SUPPLYING: dict[str, frozenset[str]] = {}
