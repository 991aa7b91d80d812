"""A report as a Word document: real headings, tables whose first row repeats, pictures with words instead of them."""

import io
from typing import Any, BinaryIO

from .content import NUMERIC, Chart, Report, Section, Table, shown
from .html import parts_of, plain
from .picture import as_png

LANGUAGE = "en-GB"
NO_PICTURE = "The chart is in the PDF. The table below has the same figures."


def write_docx(stream: BinaryIO, report: Report) -> None:
    """Write the document. The stream stays open."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm

    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.8)
    properties = document.core_properties
    properties.title, properties.author = plain(report.title), plain(report.organisation)
    properties.comments, properties.language = "", LANGUAGE
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), LANGUAGE)
    document.add_heading(plain(report.title), level=0)
    document.add_paragraph(plain(report.summary))
    for name, value in report.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{plain(name)}: ").bold = True
        paragraph.add_run(plain(value))
    for part in report.sections:
        _section(document, part)
    document.save(stream)


def _section(document: Any, section: Section) -> None:
    document.add_heading(plain(section.title), level=1)
    for words in section.words:
        document.add_paragraph(plain(words))
    for words in section.points:
        _linked(document.add_paragraph(style="List Bullet"), words)
    if section.chart and section.chart.bars:
        _picture(document, section.chart)
    for table in section.tables:
        _table(document, table)


def _linked(paragraph: Any, words: str) -> None:
    """Words, in which the addresses of pages lead there."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for place, part in enumerate(parts_of(words)):
        run = paragraph.add_run(plain(part))
        if place % 2:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(plain(part), RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run.font.underline, run.font.color.rgb = True, RGBColor(0x1B, 0x4D, 0x3E)
            paragraph._p.append(link)
            link.append(run._r)


def _picture(document: Any, chart: Chart) -> None:
    from docx.shared import Cm

    png = as_png(chart)
    if png is None:
        document.add_paragraph(NO_PICTURE)
        return
    picture = document.add_picture(io.BytesIO(png), width=Cm(16.5))
    says = picture._inline.docPr
    says.set("descr", plain(f"{chart.title}. {chart.description}"))
    says.set("title", plain(chart.title))


def _table(document: Any, table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document.add_heading(plain(table.caption), level=2)
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader", {qn("w:val"): "true"}))
    made._tbl.tblPr.append(OxmlElement("w:tblCaption", {qn("w:val"): plain(table.caption)}))
    rows = [tuple(column.heading for column in table.columns), *table.rows]
    for number, row in enumerate(rows):
        cells = made.rows[0].cells if number == 0 else made.add_row().cells
        made.rows[-1]._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        is_bold = number == 0 or (table.ends_in_total and number == len(rows) - 1)
        for cell, value, column in zip(cells, row, table.columns, strict=True):
            run = cell.paragraphs[0].add_run(plain(str(value) if number == 0 else shown(value, column.kind)))
            run.bold, run.font.size = is_bold, Pt(8.5)
            if column.kind in NUMERIC:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
