"""Cells of a workbook that are shown as percentages: a half shown as 50% is nobody's 50 pence."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from procure.sheets.reading import Cell
from procure.sheets.table import Row

Places = Mapping[int, set[int]]  # 0-based row > 0-based columns

_BUILT_IN = {9, 10}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Start = Callable[[str, dict[str, str]], None]


def is_percentage(number: int, code: str = "") -> bool:
    """Whether a number format, by its number and its own code if it has one, shows a percentage."""
    return "%" in _NOT_SHOWN.sub("", code) if code else number in _BUILT_IN


def find_percentages(content: bytes) -> dict[str, Places]:
    """Sheet name > the cells of an .xlsx shown as percentages. The guard must have passed the content first."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.casefold(): name for name in archive.namelist()}
        workbook = next((name for name in names.values() if name.casefold().endswith("workbook.xml")), None)
        styles = next((name for name in names.values() if name.casefold().endswith("styles.xml")), None)
        wanted = _percent_styles(archive.read(styles)) if workbook and styles else set()
        if not workbook or not wanted:
            return {}
        found: dict[str, Places] = {}
        for sheet, part in _sheet_parts(archive, workbook):
            if part.casefold() in names and (places := _places(archive.read(names[part.casefold()]), wanted)):
                found[sheet] = places
    return found


def show_percentages(rows: Iterator[Row], places: Places) -> Iterator[Row]:
    """Rows with the numbers at these places as they are shown, so that no one takes them for amounts."""
    for number, row in enumerate(rows):
        for column in places.get(number, ()):
            if column < len(row):
                row[column] = _shown(row[column])
        yield row


def _shown(cell: Cell) -> Cell:
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return f"{cell * 100:.10g}%" if is_number else cell  # type: ignore[operator]


def _walk(xml: bytes, start: Start) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    parser.Parse(xml, True)


def _percent_styles(xml: bytes) -> set[int]:
    """Which cell formats, by their place in the list, show percentages."""
    codes: dict[str, str] = {}
    styles: list[bool] = []
    inside = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if tag in ("cellXfs", "cellStyleXfs", "dxfs"):
            inside = tag
        elif tag == "numFmt" and inside != "dxfs":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and inside == "cellXfs":
            number = attributes.get("numFmtId", "0")
            styles.append(is_percentage(int(number) if number.isdecimal() else 0, codes.get(number, "")))

    _walk(xml, start)
    return {place for place, shows in enumerate(styles) if shows}


def _sheet_parts(archive: zipfile.ZipFile, workbook: str) -> list[tuple[str, str]]:
    """Sheet name and the part that holds its cells."""
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), key))

    def relationship(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    folder, name = posixpath.split(workbook)
    _walk(archive.read(workbook), sheet)
    _walk(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")), relationship)
    parts = {key: posixpath.normpath(posixpath.join("/", folder, target))[1:] for key, target in targets.items()}
    return [(sheet_name, parts[key]) for sheet_name, key in sheets if key in parts]


def _places(xml: bytes, wanted: set[int]) -> dict[int, set[int]]:
    """Cells of one sheet whose format is wanted. A cell or row without a reference follows the one before it."""
    marked = b"|".join(str(style).encode() for style in sorted(wanted))
    if not re.search(rb"\ss=[\"'](?:" + marked + rb")[\"']", xml):
        return {}
    styles = {str(style) for style in wanted}
    places: dict[int, set[int]] = {}
    row = column = -1

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, column
        if tag == "row":
            row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else row + 1
            column = -1
        elif tag == "c":
            at = _REFERENCE.fullmatch(attributes.get("r", ""))
            column = _column(at[1]) if at else column + 1
            if attributes.get("s") in styles:
                places.setdefault(int(at[2]) - 1 if at else row, set()).add(column)

    _walk(xml, start)
    return places


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
