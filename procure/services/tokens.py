"""What is kept of the random words in links and cookies."""

import hashlib


def digest(token: str) -> str:
    """What the database keeps of a token, so that reading it opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()
