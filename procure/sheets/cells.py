"""One cell each: text as a person would read it, postcode, company number, CPV code, whole number, yes or no."""

import re
from datetime import date, datetime, time, timedelta

from procure.sheets.money import CellError
from procure.sheets.reading import Cell

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][ABD-HJLNP-UW-Z]{2})")
_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_COMPANY = re.compile(r"(?:[0-9]{6,8}|(?:SC|NI|OC|SO|NC|NO|IP|SP|RS|RC|FC|GE|LP|SL|NP|R0|CE|CS)[0-9]{5,6}R?)")
_CHARITY = re.compile(r"(?:[0-9]{5,7}(?:-[0-9]{1,2})?|SC0[0-9]{5}|(?:NIC)?1[0-9]{5})")
_CPV = re.compile(r"([0-9]{8})(?:\s*-\s*[0-9])?")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\u200b\u2060]")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r＝＋－＠])")
_YES = {"yes", "y", "true", "1", "x", "✓"}
_NO = {"no", "n", "false", "0", ""}


def show(cell: Cell | time | timedelta) -> str:
    """The cell as its file shows it: whole numbers without a point, dates in UK order, one line."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y") if cell.time() == time() else cell.strftime("%d/%m/%Y %H:%M")
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def tidy(text: str) -> str:
    """Text on one line without characters that no one sees, and without the apostrophe that disarms a formula."""
    if not text.isprintable():
        text = _UNSEEN.sub("", text)
    return _GUARDED.sub("", " ".join(text.split()))


def read_text(cell: Cell) -> str | None:
    return show(cell) or None


def read_postcode(cell: Cell) -> str | None:
    """A full UK postcode in upper case with one space, or None where the cell holds none."""
    found = _POSTCODE.search(show(cell).upper())
    return f"{found[1]} {found[2]}" if found else None


def read_outcode(cell: Cell) -> str:
    """An outward code or a full postcode's outward code. raises CellError"""
    written = show(cell).upper()
    full = _POSTCODE.fullmatch(written)
    if full:
        return full[1]
    if not _OUTCODE.fullmatch(written):
        raise CellError("Enter postcode districts like B18 or SE1, separated by semicolons")
    return written


def read_company_number(cell: Cell) -> str | None:
    """A Companies House number of eight characters, or None. Leading zeros that a spreadsheet dropped are put back."""
    written = show(cell).upper().replace(" ", "")
    if not _COMPANY.fullmatch(written):
        return None
    return written.zfill(8) if written.isdigit() else written[:2] + written[2:].zfill(6)


def read_charity_number(cell: Cell) -> str | None:
    written = show(cell).upper().replace(" ", "")
    return written if _CHARITY.fullmatch(written) else None


def read_cpv(cell: Cell) -> str:
    """An eight-digit CPV code without its check digit. raises CellError"""
    written = show(cell)
    found = _CPV.match(written)
    if not found or found[1][:2] == "00" or (len(written) > found.end() and written[found.end()].isalnum()):
        raise CellError("Enter a CPV code of eight digits, like 55520000")
    return found[1]


def read_whole_number(cell: Cell, most: int = 1_000_000_000) -> int:
    """A whole number from 0 to `most`. raises CellError"""
    written = show(cell).replace(",", "")
    if not re.fullmatch(r"[0-9]{1,12}", written) or int(written) > most:
        raise CellError("Enter a whole number, like 12")
    return int(written)


def read_yes_or_no(cell: Cell) -> bool:
    """raises CellError"""
    written = show(cell).casefold()
    if written in _YES:
        return True
    if written in _NO:
        return False
    raise CellError("Enter Yes or No")


def read_list(cell: Cell) -> tuple[str, ...]:
    """Parts of a cell separated by semicolons or line breaks, tidied, without blanks."""
    parts = re.split(r"[;\r\n]+", cell) if isinstance(cell, str) else [show(cell)]
    return tuple(part for part in (tidy(each) for each in parts) if part)
