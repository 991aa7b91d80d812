"""The people who sign in to the demonstration place. Their passwords are public: they are for demonstration only."""

from .actors import Enterprise, Person
from .words import words


def demo_people(enterprises: tuple[Enterprise, ...]) -> tuple[Person, ...]:
    """One person for each role, and a few more so that other anchors and enterprises have somebody too."""
    return tuple(
        Person(**(row | {"organisation": _organisation(row["organisation"], enterprises)})) for row in words("people")
    )


def _organisation(named: str | None, enterprises: tuple[Enterprise, ...]) -> str | None:
    """The key itself, or for "FIRST catering" that of the first enterprise of the trade."""
    if named is None or not named.startswith("FIRST "):
        return named
    trade = named.removeprefix("FIRST ")
    return next(e.key for e in enterprises if e.trade == trade)
