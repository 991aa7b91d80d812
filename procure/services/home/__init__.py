"""What waits for an anchor's people, and what happened lately."""
