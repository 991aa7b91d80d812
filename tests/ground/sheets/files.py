# ruff: noqa: E501 - one case or rule a line
"""Files made for the tests: one function for each way a table can be packed, honest and otherwise."""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

HEADINGS = ["Supplier", "Date", "Amount", "Description"]
PAYMENTS = [
    ["Canal Side Catering CIC", "01/04/2025", "100.00", "Lunches"],
    ["Hockley Grounds Ltd", "02/04/2025", "250.50", "Mowing"],
    ["Lye Valley Care", "30/04/2025", "-20.25", "Credit note"],
]
PENCE = 10000 + 25050 - 2025
TABLE = [HEADINGS, *PAYMENTS]


def as_csv(rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8", **dialect: Any) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, **dialect).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(
    rows: Sequence[Sequence[Any]],
    *,
    sheet: str = "April",
    finish: Callable[[Any, Any], None] | None = None,
    **options: Any,
) -> bytes:
    """finish is given the book and the sheet before the book is closed."""
    return as_sheets({sheet: rows}, finish=finish, **options)


def as_sheets(
    sheets: Mapping[str, Sequence[Sequence[Any]]], finish: Callable[[Any, Any], None] | None = None, **options: Any
) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_numbers": False, **options})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date | datetime):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, str) and not cell.startswith("="):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    if finish:
        finish(book, sheet)
    book.close()
    return stream.getvalue()


def as_xls(rows: Sequence[Sequence[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("April")
    day = xlwt.XFStyle()
    day.num_format_str = "DD/MM/YYYY"
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write(number, column, cell, day)
            elif cell is not None:
                sheet.write(number, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_ods(rows: Sequence[Sequence[Any]], *, row_attributes: Mapping[int, str] | None = None) -> bytes:
    """row_attributes: 0-based row > attributes of its element, such as a number of repeats."""
    told = []
    for number, row in enumerate(rows):
        cells = "".join(_ods_cell(cell) for cell in row)
        told.append(f"<table:table-row {(row_attributes or {}).get(number, '')}>{cells}</table:table-row>")
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="April">{"".join(told)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return as_zip(
        [("mimetype", kind.encode()), ("content.xml", content.encode()), ("META-INF/manifest.xml", manifest.encode())]
    )


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def as_zip(members: Sequence[tuple[str | zipfile.ZipInfo, bytes]], comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
        archive.comment = comment
    return stream.getvalue()


def repacked(
    content: bytes, changes: Mapping[str, bytes | None] | None = None, extra: Sequence[tuple[Any, bytes]] = ()
) -> bytes:
    """A workbook with some members changed, left out (None) or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members: list[tuple[Any, bytes]] = [(name, archive.read(name)) for name in archive.namelist()]
    wanted = {**(changes or {})}
    kept = [(name, wanted.pop(name, body)) for name, body in members]
    kept += [(name, body) for name, body in wanted.items() if body is not None]
    return as_zip([(name, body) for name, body in kept if body is not None] + list(extra))


def member(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_lying_size(content: bytes, name: str, size: int) -> bytes:
    """A workbook whose directory and header give one member another length than it has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(name)
    true, lie = struct.pack("<I", info.file_size), struct.pack("<I", size)
    checksum = struct.pack("<I", info.CRC)
    return content.replace(
        checksum + struct.pack("<I", info.compress_size) + true, checksum + struct.pack("<I", info.compress_size) + lie
    )


def raw_sheet(
    rows_xml: str, *, prolog: str = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', root: str = ""
) -> bytes:
    space = root or 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"{prolog}<worksheet {space}><sheetData>{rows_xml}</sheetData></worksheet>".encode()


def raw_rows(rows: Sequence[Sequence[Any]], *, references: bool = True) -> str:
    """Rows of a worksheet with their texts inline."""
    told = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, cell in enumerate(row):
            at = f' r="{chr(65 + column)}{number}"' if references else ""
            if isinstance(cell, int | float):
                cells.append(f"<c{at}><v>{cell!r}</v></c>")
            else:
                cells.append(f'<c{at} t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>')
        told.append(f"<row{f' r={chr(34)}{number}{chr(34)}' if references else ''}>{''.join(cells)}</row>")
    return "".join(told)


def with_sheet(sheet_xml: bytes) -> bytes:
    return repacked(as_xlsx(TABLE), {"xl/worksheets/sheet1.xml": sheet_xml})


def far_corner() -> bytes:
    rows = raw_rows(TABLE) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_sheet(raw_sheet(rows))


def deflated_nought(size: int) -> bytes:
    """A member of spaces that packs a thousand to one."""
    body = io.BytesIO()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    for _ in range(size // 1_000_000):
        body.write(packer.compress(b" " * 1_000_000))
    body.write(packer.flush())
    return body.getvalue()
