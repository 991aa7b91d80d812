"""One amount of money as people and systems write it, to whole pence."""

import math
import re
from collections.abc import Sequence
from datetime import date
from operator import sub
from typing import cast

from procure.sheets.reading import Cell

MOST_PENCE = 1_000_000_000_000  # £10 billion: no single public payment is larger, and sums stay inside 64 bits
_TOO_MUCH = "An amount can be at most £10 billion: check the decimal point"
ADVICE = "Enter the amount in pounds and pence, like 1,234.56"

_DASHES = str.maketrans(
    dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
)
_AMOUNT = re.compile(
    r"""(?P<open>\()?\s*(?P<before>[-+])?\s*
    (?:(?:Â?£|GBP|�)\s*(?P<after>[-+])?)?\s*(?P<inner>\()?\s*
    (?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:\ [0-9]{3})+|[0-9]+)?(?:\.(?P<part>[0-9]*))?
    \s*(?P<trailing>[-+])?\s*(?:GBP)?\s*(?P<close>\))?\s*(?P<mark>CR|DR)?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_NIL = re.compile(r"(?:£|GBP)?\s*-\s*(?:\?\?)?|nil", re.IGNORECASE)
_TWO_DECIMALS = re.compile(r"-?[0-9]{1,9}\.[0-9]{2}(?:\n-?[0-9]{1,9}\.[0-9]{2})*")
_SURE_PENCE = 1e11  # below this, a binary fraction that stands for whole pence is off by less than the noise allowed
_NOISE_PENCE = 1e-4  # what binary fractions leave behind is a hundred times smaller; a real part of a penny is larger


class CellError(ValueError):
    """A cell that is not what its column holds; the message says how to write it."""


def read_pence(cell: Cell) -> int:
    """Whole pence of one cell; credits negative.

    Understands £ and GBP, thousands separators, brackets, leading or trailing minus of any length, CR and DR, and the
    lone dash of accounting formats as nil. Parts of a penny are refused, unless they are the noise of binary fractions.
    raises  CellError with advice; for a blank, for another number system, and above £10 billion too
    """
    if isinstance(cell, str):
        pence = _read_text(cell)
    elif isinstance(cell, date):
        raise CellError("The cell is shown as a date: show the column as a number with two decimal places. " + ADVICE)
    elif isinstance(cell, bool) or cell is None:
        raise CellError(ADVICE)
    else:
        pence = _read_number(cell)
    if not -MOST_PENCE <= pence <= MOST_PENCE:
        raise CellError(_TOO_MUCH)
    return pence


def plain_pence(cell: Cell) -> int | None:
    """Pence of an amount written in one of the commonest ways, fast; None where `read_pence` must look."""
    if type(cell) is str:
        pounds, point, pence = cell.partition(".")
        if not (pounds.isdigit() and len(pounds) < 10 and cell.isascii()):
            return -(plain_pence(cell[1:]) or 0) or None if cell[:1] == "-" and cell[1:2].isdigit() else None
        if len(pence) == 2 and pence.isdigit():
            return int(pounds + pence)
        if not point:
            return int(pounds) * 100
        return int(pounds + pence) * 10 if len(pence) == 1 and pence.isdigit() else None
    if type(cell) is float:
        scaled = cell * 100
        # Compared before it is rounded: neither infinity nor what is no number can be rounded.
        if -_SURE_PENCE < scaled < _SURE_PENCE and abs(scaled - round(scaled)) < _NOISE_PENCE:
            return round(scaled)
    return None


def plain_column(cells: Sequence[Cell]) -> Sequence[int | None]:
    """As `plain_pence` for many cells at once; far faster where all are written with two decimals or are numbers."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        joined = "\n".join(cast("Sequence[str]", cells))
        if _TWO_DECIMALS.fullmatch(joined):
            return list(map(int, joined.replace(".", "").split("\n")))
    elif kinds == {float}:
        scaled = [number * 100 for number in cast("Sequence[float]", cells)]
        if max(map(abs, scaled)) < _SURE_PENCE:
            pence = list(map(round, scaled))
            if max(map(abs, map(sub, scaled, pence))) < _NOISE_PENCE:
                return pence
    return list(map(plain_pence, cells))


def looks_like_money(cell: Cell) -> bool:
    try:
        read_pence(cell)
    except CellError:
        return False
    return True


def _read_number(number: int | float) -> int:
    if isinstance(number, int):
        return number * 100
    if not math.isfinite(number):
        raise CellError(ADVICE)
    if abs(number) > MOST_PENCE:  # far beyond any payment; the exact bound is kept once it is pence
        raise CellError(_TOO_MUCH)
    scaled = number * 100
    pence = round(scaled)
    if abs(scaled - pence) > max(_NOISE_PENCE, abs(scaled) * 1e-15):
        raise CellError("The amount has parts of a penny: round it to two decimal places")
    return pence


def _read_text(text: str) -> int:
    written = text.strip().translate(_DASHES).removeprefix("'")
    if not written:
        raise CellError("The amount is blank. " + ADVICE)
    found = _AMOUNT.fullmatch(written)
    if found is None or not (found["whole"] or found["part"]):
        if _NIL.fullmatch(written):
            return 0
        raise CellError(_advise(written))
    if bool(found["open"] or found["inner"]) != bool(found["close"]) or (found["open"] and found["inner"]):
        raise CellError(ADVICE)
    signs = [found[name] for name in ("before", "after", "trailing") if found[name]]
    minuses = [sign for sign in (*signs, *(["-"] if found["close"] else [])) if sign == "-"]
    is_credit_mark = (found["mark"] or "").upper() == "CR"
    if len(minuses) + is_credit_mark > 1 or len(signs) > 1:
        raise CellError("The amount is marked as a credit twice: use one minus sign")
    pence = int((found["whole"] or "0").replace(",", "").replace(" ", "")) * 100 + _part_pence(found["part"] or "")
    return -pence if minuses or is_credit_mark else pence


def _part_pence(part: str) -> int:
    if len(part) <= 2:
        return int(part.ljust(2, "0"))
    pence = float(f"{part[:2]}.{part[2:]}")
    if abs(pence - round(pence)) > _NOISE_PENCE:
        raise CellError("The amount has parts of a penny: round it to two decimal places")
    return round(pence)


def _advise(written: str) -> str:
    if re.fullmatch(r"[-+]?[0-9.]+[eE][-+]?[0-9]+", written):
        return "Excel has shortened this number: show the column as a number with two decimal places. " + ADVICE
    if re.search(r"[0-9],[0-9]{1,2}$", written):
        return "Use a point before the pence and commas between thousands, like 1,234.56"
    if written.endswith("%"):
        return "This is a percentage, not an amount. " + ADVICE
    if re.search(r"[$€]|USD|EUR", written):
        return "The amount is in another currency: enter it in pounds, like 1,234.56"
    return ADVICE
