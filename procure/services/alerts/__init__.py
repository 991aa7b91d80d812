"""What people are told about new lots, how often, and how they stop it."""
