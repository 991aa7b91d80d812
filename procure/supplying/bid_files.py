"""A bid pack as a Word document and as a workbook, from the same content."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from ..pages.filters import pounds
from ..sheets import export

Section = dict[str, Any]
LONGEST_SHEET_NAME = 31


def write_xlsx(stream: BinaryIO, title: str, facts: Sequence[Sequence[str]], sections: Sequence[Section]) -> None:
    """A sheet for each section; money in pounds as numbers, and no cell that could act as a formula."""
    book = export.open_workbook(stream)
    export.write_sheet(book, "Bid", ("Bid", title), facts, longest=_longest(facts))
    for section in sections:
        pence = section.get("pence", ())
        rows = [[_in_pounds(cell) if at in pence else cell for at, cell in enumerate(row)] for row in section["rows"]]
        words = [[section["words"]]] if section["words"] else []
        name, told = section["title"][:LONGEST_SHEET_NAME], [*rows, *words]
        export.write_sheet(book, name, section["headings"], told, longest=_longest(rows))
    book.close()


def _longest(rows: Sequence[Sequence[Any]]) -> list[int]:
    """Letters of the longest cell of each column."""
    return [max(len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]


def _in_pounds(cell: Any) -> Any:
    return cell / 100 if isinstance(cell, int) else cell


def write_docx(stream: BinaryIO, title: str, facts: Sequence[Sequence[str]], sections: Sequence[Section]) -> None:
    """Headings, words and tables whose first row is repeated on every page."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = Document()
    document.core_properties.title = plain(title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "en-GB"
    document.add_heading(plain(title), level=0)
    for name, value in facts:
        document.add_paragraph(f"{plain(name)}: {plain(value)}")
    for section in sections:
        document.add_heading(plain(section["title"]), level=1)
        if section["words"]:
            document.add_paragraph(plain(section["words"]))
        if not section["rows"]:
            document.add_paragraph("None.")
            continue
        table = document.add_table(rows=1, cols=len(section["headings"]), style="Table Grid")
        head = table.rows[0]
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader", {qn("w:val"): "true"}))
        for cell, heading in zip(head.cells, section["headings"], strict=True):
            cell.paragraphs[0].add_run(plain(heading)).bold = True
        for row in section["rows"]:
            cells = table.add_row().cells
            for at, value in enumerate(row):
                cells[at].text = pounds(value) if at in section.get("pence", ()) else plain(value)
    document.save(stream)


def plain(value: object) -> str:
    """A value as text that a Word document can hold."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else str(value)
    return "".join(mark for mark in text if mark.isprintable() or mark == "\n")
