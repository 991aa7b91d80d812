"""Names in ledgers: checked against registers, settled by officers, grouped, split and placed."""
