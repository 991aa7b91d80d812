"""Names, numbers, postcodes and addresses of a register, each in one written form."""

import re

from ..places import parse_postcode

_PUBLISHED = re.compile(r"[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]? [0-9][ABD-HJLNP-UW-Z]{2}")
_WITHIN = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\s*([0-9][A-Z]{2})\b")
_KEPT = str.maketrans(
    {code: " " for code in range(128) if not chr(code).isalnum()} | {ord("&"): " and ", ord("'"): "", ord("’"): ""}
)
_INSIDE = re.compile(
    r"^(c o |(suite|ste|office|offices|room|floor|dept|department|pmb|mailbox|box|po box|p o box) [0-9]*[a-z]?\b ?|"
    r"(ground|first|second|third|fourth|fifth|sixth|[0-9]+(st|nd|rd|th)) floor ?)+"
)
_SIC = re.compile(r"[0-9]{4,5}")
LONGEST_KEY = 200
"""A database index takes no longer text."""


def text_key(text: str) -> str:
    """Small letters and digits with single spaces, at most 200 long: "Tom's Café & Co." is "toms café and co"."""
    return " ".join(text.lower().translate(_KEPT).split())[:LONGEST_KEY].rstrip()


def tidy_postcode(text: str) -> str | None:
    """A full postcode in its one written form; the form registers print is recognised at once."""
    return text if _PUBLISHED.fullmatch(text) else parse_postcode(text)


def postcode_within(address: str) -> str | None:
    """The last full postcode inside an address written as one text."""
    for outward, inward in reversed(_WITHIN.findall(address.upper())):
        if found := tidy_postcode(f"{outward} {inward}"):
            return found
    return None


def address_key(lines: tuple[str, ...], postcode: str | None) -> str | None:
    """One text for everybody at one office: its street line and postcode.

    lines    as registered, the first first; a suite, floor, room or box inside the building is left out, because
             that is all that tells apart the thousands of companies at one formation agent. A unit or a flat stays:
             the neighbours on a trading estate do work there
    returns  "20 22 wenlock road|N1 7GU", or None without a postcode or a line
    """
    if postcode is None:
        return None
    for line in lines:
        street = _INSIDE.sub("", text_key(line))
        if street:
            return f"{street}|{postcode}"
    return None


def company_number(text: str) -> str | None:
    """Eight characters, as Companies House prints it: "1234567" is "01234567"; None where there is none."""
    squeezed = text.replace(" ", "").upper()
    if not squeezed.strip("0") or not squeezed.isalnum() or not squeezed.isascii() or len(squeezed) > 8:
        return None
    if squeezed.isdigit():
        return squeezed.zfill(8)
    return squeezed if len(squeezed) == 8 else squeezed[:2] + squeezed[2:].zfill(6)


def sic_code(text: str) -> str | None:
    """The five digits of "62020 - Information technology consultancy"; None for "None Supplied"."""
    found = _SIC.match(text)
    return found[0].zfill(5) if found else None
