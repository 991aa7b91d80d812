"""What can go wrong with a request that is not the person's typing."""


class NotFoundError(Exception):
    """No such thing for this organisation; another tenant's things look the same."""


class ConflictError(Exception):
    """Somebody else was faster, or the thing moved on; the text says what happened."""


class RefusedError(Exception):
    """The rules do not allow it; the text says why and what to do instead."""
