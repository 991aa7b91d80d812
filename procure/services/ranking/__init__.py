"""Who could do a lot: proposed with reasons, replayed, measured."""
