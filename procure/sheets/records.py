"""The records of an .xls: which of its cells are shown as percentages. Only of Excel 97 and later."""

import struct
from collections.abc import Iterator

from procure.sheets.compound import open_stream
from procure.sheets.percentages import Places, is_percentage

_START, _END, _SHEET, _FORMAT, _STYLE = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_NUMBER, _SHORT, _SHORTS, _FORMULA = 0x0203, 0x027E, 0x00BD, 0x0006
_EXCEL_97 = 0x0600
_CELL = struct.Struct("<HHH")  # row, column, style


def find_percentages(content: bytes) -> dict[str, Places]:
    """Sheet name > the cells of an .xls that are shown as percentages; none where its records cannot be followed."""
    stream = open_stream(content, ("workbook",))
    try:
        return _find(stream)
    except (struct.error, IndexError, UnicodeDecodeError):  # the cells' reader says what is wrong with the file
        return {}


def _find(stream: bytes) -> dict[str, Places]:
    codes: dict[int, str] = {}
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    for kind, body in _records(stream, 0):
        if kind == _START and struct.unpack_from("<H", body)[0] != _EXCEL_97:
            return {}
        if kind == _FORMAT:
            number, _ = struct.unpack_from("<HH", body)
            codes[number] = _text(body[4:], body[2])
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET:
            sheets.append((_text(body[7:], body[6]), struct.unpack_from("<I", body)[0]))
    wanted = {place for place, number in enumerate(styles) if is_percentage(number, codes.get(number, ""))}
    found = {name: _places(stream, offset, wanted) for name, offset in sheets} if wanted else {}
    return {name: places for name, places in found.items() if places}


def _places(stream: bytes, offset: int, wanted: set[int]) -> dict[int, set[int]]:
    places: dict[int, set[int]] = {}
    for kind, body in _records(stream, offset):
        if kind in (_NUMBER, _SHORT, _FORMULA):
            row, column, style = _CELL.unpack_from(body)
            if style in wanted:
                places.setdefault(row, set()).add(column)
        elif kind == _SHORTS:
            row, first = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                if struct.unpack_from("<H", body, 4 + 6 * place)[0] in wanted:
                    places.setdefault(row, set()).add(first + place)
    return places


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records from one place to the end of their part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _END:
            return
        at += 4 + length


def _text(body: bytes, characters: int) -> str:
    """A text of so many characters after a byte that tells whether each takes two."""
    is_wide = body[0] & 1
    return body[1 : 1 + characters * (2 if is_wide else 1)].decode("utf-16-le" if is_wide else "latin-1")
