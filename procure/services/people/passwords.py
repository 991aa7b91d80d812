"""Passwords: which are good enough, and how they are kept."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 128
PLAIN_WORDS = (
    "password", "qwertyuiop", "1234567890", "abcdefghij", "letmein", "iloveyou", "welcome", "administrator", "procure",
    "changeme", "football", "liverpool", "sunshine", "princess", "monkey", "dragon", "birmingham", "computer", "secret",
)  # fmt: skip


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@cache
def _nobody() -> str:
    """A hash to check against when the address is unknown, so that both answers take the same time."""
    return _hasher().hash("nobody has this password, but checking takes as long")


def normal_form(password: str) -> str:
    """NFKC, so that one password typed on two keyboards is one; spaces and every letter stay."""
    return unicodedata.normalize("NFKC", password)


def keep(password: str) -> str:
    """The hash to store."""
    return _hasher().hash(normal_form(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether the password fits; takes as long when there is nobody to compare with."""
    try:
        return _hasher().verify(kept or _nobody(), normal_form(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def fault_in(password: str, *, names: tuple[str, ...] = ()) -> str | None:
    """What is wrong with a new password, as an instruction, or None.

    names  words an attacker would try first: the person's name, address and organisation
    """
    text = normal_form(password)
    if len(text) < SHORTEST:
        return f"Your password must have {SHORTEST} characters or more"
    if len(text) > LONGEST:
        return f"Your password must have {LONGEST} characters or fewer"
    bare = "".join(letter for letter in text.casefold() if letter.isalnum())
    if len(set(bare)) < 5:
        return "Choose a password with more different letters"
    guesses = [*PLAIN_WORDS, *(word.casefold() for name in names for word in (name, *name.split()) if len(word) > 3)]
    left = bare
    for guess in sorted(guesses, key=len, reverse=True):
        left = left.replace("".join(letter for letter in guess if letter.isalnum()), "")
    if len(left.strip("0123456789")) < 4:
        return "Choose a password that is harder to guess: three random words work well"
    return None
