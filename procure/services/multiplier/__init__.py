"""LM3: the first round from the ledgers, and what suppliers told of their own spending."""
