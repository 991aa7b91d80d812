"""Registration numbers, each with its scheme in front, written one way."""

from hashlib import blake2b


def tidy_number(number: str) -> str:
    """ "Company: 1234567" and "company:01234567" are one number: lower case, no spaces, companies padded to eight."""
    scheme, _, digits = number.replace(" ", "").lower().partition(":")
    return f"{scheme}:{digits.zfill(8) if scheme == 'company' else digits.removeprefix('gb')}"


def number_key(number: str) -> int:
    """A number's place in the sorted index of numbers: 63 bits, the same on every machine."""
    return int.from_bytes(blake2b(number.encode("utf-8"), digest_size=8).digest(), "big") >> 1
