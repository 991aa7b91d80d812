"""The least Excel 97 workbook that spreadsheet programs open: one sheet with text, dates and numbers.

Source: Microsoft [MS-XLS] Excel Binary File Format, records as named there; dates count days from 30 December 1899.
"""

from collections.abc import Sequence
from datetime import date
from struct import pack

from .cells import Cell, Pounds
from .compound_file import compound_file

DAY_ZERO = date(1899, 12, 30)
PLAIN, DAY, MONEY = 15, 16, 17
"""Cell formats by their place in the list of XF records; the first fifteen are the styles every workbook has."""

UK_DATE = 164
"""The first number format a workbook may define for itself."""

TWO_DECIMALS = 4
"""The built-in format #,##0.00."""

LONGEST_TEXT = 255


def xls_bytes(rows: Sequence[Sequence[Cell]], *, sheet: str) -> bytes:
    """The file, the same bytes each time for the same rows. Text is cut at 255 characters, rows end at 65,536."""
    page = _page(rows)
    sheet_at = len(_globals(sheet, 0))
    return compound_file("Workbook", _globals(sheet, sheet_at) + page)


def _record(number: int, body: bytes = b"") -> bytes:
    return pack("<HH", number, len(body)) + body


def _beginning(kind: int) -> bytes:
    return _record(0x0809, pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _globals(sheet: str, sheet_at: int) -> bytes:
    """Fonts, formats and the place of the one sheet."""
    font = _record(0x0031, pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial")
    day = _record(0x041E, pack("<H", UK_DATE) + _long_text("dd/mm/yyyy"))
    formats = b"".join(_format(0, is_style=True) for _ in range(15))
    formats += _format(0) + _format(UK_DATE) + _format(TWO_DECIMALS)
    name = _record(0x0085, pack("<IHBB", sheet_at, 0, len(sheet), 1) + sheet.encode("utf-16-le"))
    window = _record(0x003D, pack("<9H", 0, 0, 0x4000, 0x2000, 0x38, 0, 0, 1, 600))
    styles = _record(0x0293, pack("<HBB", 0x8000, 0, 0xFF))
    return (
        _beginning(0x0005)
        + _record(0x0042, pack("<H", 1200))
        + window
        + font * 4
        + day
        + formats
        + styles
        + name
        + _record(0x000A)
    )


def _format(number: int, *, is_style: bool = False) -> bytes:
    parent = 0xFFF5 if is_style else 0x0001
    return _record(0x00E0, pack("<HHHBBBBIIH", 0, number, parent, 0x20, 0, 0, 0 if is_style else 0x04, 0, 0, 0x20C0))


def _page(rows: Sequence[Sequence[Cell]]) -> bytes:
    widest = max((len(row) for row in rows), default=0)
    cells = (_cell(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell is not None)
    return (
        _beginning(0x0010)
        + _record(0x0200, pack("<IIHHH", 0, len(rows), 0, widest, 0))
        + b"".join(cells)
        + _record(0x023E, pack("<HHHIHHI", 0x06B6, 0, 0, 64, 0, 0, 0))
        + _record(0x000A)
    )


def _cell(row: int, column: int, cell: Cell) -> bytes:
    if isinstance(cell, str):
        return _record(0x0204, pack("<HHH", row, column, PLAIN) + _long_text(cell[:LONGEST_TEXT]))
    if isinstance(cell, Pounds):
        return _record(0x0203, pack("<HHHd", row, column, MONEY, cell.number))
    if isinstance(cell, date):
        return _record(0x0203, pack("<HHHd", row, column, DAY, (cell - DAY_ZERO).days))
    return _record(0x0203, pack("<HHHd", row, column, PLAIN, cell or 0))


def _long_text(text: str) -> bytes:
    return pack("<HB", len(text), 1) + text.encode("utf-16-le")
