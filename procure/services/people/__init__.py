"""Who signs in, for whom they act, and the organisations they belong to."""
