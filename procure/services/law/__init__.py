"""Which rules a lot is under, what they ask of its buyer, and what the buyer answered."""
