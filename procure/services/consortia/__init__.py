"""Consortia: formed, planned, bidding together, dissolved; each member's data its own until shared."""
