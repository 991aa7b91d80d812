"""The least OpenDocument spreadsheet that office programs open: one sheet with text, dates and numbers.

Source: OASIS Open Document Format for Office Applications 1.2, parts 1 and 3.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from html import escape

from .cells import Cell, Pounds

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip can state; files without a clock are the same each time."""

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
STYLES = (
    "<office:automatic-styles>"
    '<number:date-style style:name="uk"><number:day number:style="long"/>'
    '<number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<number:number-style style:name="pounds">'
    '<number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>"
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="uk"/>'
    '<style:style style:name="money" style:family="table-cell" style:data-style-name="pounds"/>'
    "</office:automatic-styles>"
)


def ods_bytes(rows: Sequence[Sequence[Cell]], *, sheet: str) -> bytes:
    """The file, the same bytes each time for the same rows."""
    body = "".join(f"<table:table-row>{''.join(map(_cell, row)) or _cell(None)}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} office:version="1.2">{STYLES}'
        f'<office:body><office:spreadsheet><table:table table:name="{escape(sheet)}">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        # Readers recognise the format by this entry being first and not compressed.
        archive.writestr(zipfile.ZipInfo("mimetype", LONG_AGO), MIMETYPE)
        for name, text in (("META-INF/manifest.xml", MANIFEST), ("content.xml", content)):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return held.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, Pounds):
        return _numbered(f"{cell.number:.2f}", cell.text, style=' table:style-name="money"')
    if isinstance(cell, int):
        return _numbered(str(cell), str(cell), style="")
    if isinstance(cell, date):
        return (
            f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{cell:%Y-%m-%d}">'
            f"<text:p>{cell:%d/%m/%Y}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{_text(cell)}</text:p></table:table-cell>'


def _numbered(value: str, shown: str, *, style: str) -> str:
    return (
        f'<table:table-cell{style} office:value-type="float" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def _text(cell: str) -> str:
    """The text with runs of spaces kept, which OpenDocument would fold into one."""
    return escape(cell, quote=False).replace("  ", " <text:s/>")
