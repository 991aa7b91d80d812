"""A name as written, read: its words spelt out, its legal form set aside, ledger noise taken off."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from procure.matching.payees.bodies import LEGAL_FORMS, LEGAL_PHRASES, LINKING, PAYMENT_WORDS
from procure.matching.payees.spellings import COUNTIES, SAID_ALONE, SHORT_FORMS, STREETS
from procure.matching.payees.successors import succeeded
from procure.matching.text import fold

_SPELT: Final = {**SHORT_FORMS, **COUNTIES, **STREETS}
_TRADING_AS: Final = re.compile(r"\s+(?:t\s*[/\\]\s*a|t\.a\.?|ta|trading as)\s+", re.IGNORECASE)
_TOTAL: Final = re.compile(r"\s+total\s+", re.IGNORECASE)
_SINGLES: Final = re.compile(r"\b[a-z](?: [a-z]\b)+")
_LEGAL: Final = re.compile("|".join(rf"\b{phrase}\b" for phrase in LEGAL_PHRASES))
_REFERENCE: Final = re.compile(
    r"^(?!\d+(?:st|nd|rd|th)$)(?:\d{4,}|[a-z]{1,6}\d{3,}[a-z0-9]*|\d+[a-z]{2,}\d*|r[a-z]\d|r\d[a-z0-9]|5[a-z][a-z0-9]|s\d[a-z]+)$"
)
_SAID_NUMBER: Final = re.compile(r"\b(?:use|see|inv|invoice|ref|dnu|do not use)(?: \w*\d\w*)+\b|\bdo not use\b|\bdnu\b")
_GLUED_NUMBER: Final = re.compile(r"^([a-z]{5,})\d{2,}[a-z0-9]*$")
_LEFT_OVER: Final = re.compile(
    r"^(?:(?:\w+ )?(?:limited|ltd|plc|inc)(?: uk| united kingdom)?|(?:nhs )?foundation trust|nhs trust|trust|uk) "
)
_STUCK_NUMBER: Final = re.compile(r"^[a-z]?\d{2,}([a-z]{3,})$")
# where a body sits tells it from no other body
_SEAT: Final = re.compile(r"(?<=\w) (?:headquarters|hq|head office)$")
_COUNCIL_OF: Final = re.compile(
    r"^(?:london borough|royal borough|metropolitan borough|borough|city|county) of ((?:\w+ ){0,3}?\w+?)(?: council)?$"
)
_KIND_OF_COUNCIL: Final = re.compile(
    r"^((?:\w+ ){0,4}?\w+?)(?: (?:metropolitan|borough|city|county|district|unitary|london|mbc))+ council$"
)
_FORM_WORDS: Final = re.compile(r"\b\d+(?:st|nd|rd|th)?\b")


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a written name.

    text       the words spelt out, in order, without "the" and the legal form: what grams are taken from
    words      the telling words in order: linking words left out, plural endings off
    form       the legal form: "ltd", "plc", "llp", "cic", "cio", ... or ""
    plain      folded and nothing else, for exact agreement
    succeeded  whether the name was changed for that of the body that took over
    """

    text: str
    words: tuple[str, ...]
    form: str
    plain: str
    succeeded: bool = False

    @property
    def compact(self) -> str:
        """The words run together, so that "health care" meets "healthcare"."""
        return self.text.replace(" ", "")

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in the name, leading noughts and ordinal endings off."""
        return frozenset(found.rstrip("stndrh").lstrip("0") or "0" for found in _FORM_WORDS.findall(self.text))


def read(written: str) -> Name:
    """Read a name once; a name of which nothing is left keeps its folded words."""
    plain = fold(written)
    folded, form = _set_form_aside(_join_initials(_mend(plain)))
    words = folded.split()
    # a name of one word is itself, even where the same letters shorten something in other names
    alone = len(words) == 1 and words[0] not in SAID_ALONE
    spelt = [word for word in (words if alone else _spell(words)) if word != "the"]
    text = _SEAT.sub("", " ".join(_without_own_initials(spelt))) or folded or plain
    return Name(text, telling(text), form, plain)


def readings(written: str) -> tuple[Name, ...]:
    """Every way a ledger's cell may be meant.

    Whole; each side of "T/A" or "TOTAL"; without payment references; without what a broken line left in front; under
    the name of the body that took over; and a council whatever kind of council it calls itself.
    """
    names = {name.text: name for name in map(read, dict.fromkeys(_cells(written))) if name.text}
    for name in tuple(names.values()):
        new = succeeded(name.text)
        if new is not None and new not in names:
            names[new] = Name(new, telling(new), name.form, name.plain, succeeded=True)
        council = plain_council(name.text)
        if council is not None and council not in names:
            names[council] = Name(council, telling(council), name.form, name.plain)
    return tuple(names.values()) or (read(written),)


def plain_council(text: str) -> str | None:
    """ "london borough of sutton" and "sutton metropolitan borough council" are "sutton council"; None for others."""
    found = _COUNCIL_OF.match(text) or _KIND_OF_COUNCIL.match(text)
    return f"{found[1]} council" if found else None


def first_named(written: str) -> Name:
    """Whoever a cell names first: what stands before "TOTAL", else the whole."""
    return read(_TOTAL.split(written)[0])


def _cells(written: str) -> Iterable[str]:
    parts = [part for half in _TOTAL.split(written) for part in (half, *_TRADING_AS.split(half))]
    for part in dict.fromkeys(parts):
        bare = without_references(part)
        if len(bare) > 2:
            yield bare
            remainder = _LEFT_OVER.sub("", bare)
            if remainder != bare and len(remainder) > 5:
                yield remainder
        if bare != _mend(fold(part)):
            yield part


@lru_cache(maxsize=1 << 14)
def without_references(written: str) -> str:
    """Take off what belongs to the payment: BACS, invoice and account numbers, "do not use", codes of bodies."""
    folded = _SAID_NUMBER.sub(" ", _mend(fold(written)))
    kept = [
        _STUCK_NUMBER.sub(r"\1", _GLUED_NUMBER.sub(r"\1", word))
        for word in folded.split()
        if word not in PAYMENT_WORDS and (_STUCK_NUMBER.match(word) or not _REFERENCE.match(word))
    ]
    return " ".join(kept) or folded.strip()


@lru_cache(maxsize=1 << 16)
def telling(text: str) -> tuple[str, ...]:
    """The words that carry meaning, plural endings off; all of them where every word is a linking word."""
    return tuple(singular(word) for word in text.split() if word not in LINKING) or tuple(text.split())


def singular(word: str) -> str:
    """ "hospitals" and "hospital" meet; short words, "-ss" and "-us" are left alone."""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 5 else word[:-1]
    return word


def _mend(folded: str) -> str:
    """Undo a known break of encodings: a hard space became "AA" at the end of words."""
    words = folded.split()
    if any(len(word) > 4 and word.endswith("aa") for word in words):
        return " ".join(word[:-2] if len(word) > 2 and word.endswith("aa") else word for word in words)
    return folded


def _join_initials(folded: str) -> str:
    """ "m b c" and "mbc", "a j smith" and "aj smith" read alike."""
    return _SINGLES.sub(lambda run: run.group().replace(" ", ""), folded)


def _set_form_aside(folded: str) -> tuple[str, str]:
    form = ""
    phrase = _LEGAL.search(folded)
    if phrase:
        form = LEGAL_PHRASES[phrase.group()]
        folded = f"{folded[: phrase.start()]} {folded[phrase.end() :]}"
    words = folded.split()
    kept = [word for position, word in enumerate(words) if not (position and word in LEGAL_FORMS)]
    said = [LEGAL_FORMS[word] for position, word in enumerate(words) if position and word in LEGAL_FORMS]
    return " ".join(kept), form or (said[-1] if said else "")


def _without_own_initials(words: list[str]) -> list[str]:
    """ "National Childbirth Trust (NCT)" says its name twice."""
    if len(words) < 4:
        return words
    for place in (0, len(words) - 1):
        rest = words[:place] + words[place + 1 :]
        initials = {"".join(word[0] for word in rest), "".join(word[0] for word in rest if word not in LINKING)}
        if len(words[place]) > 2 and words[place] in initials:
            return rest
    return words


def _spell(words: list[str]) -> Iterable[str]:
    for word in words:
        yield from _SPELT.get(word, word).split()
