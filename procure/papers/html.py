"""A report as one HTML page for printing: headings, tables with scopes, charts with words instead of them."""

import re
from base64 import b64encode
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from .content import NUMERIC, Report, Section, Table, shown
from .picture import as_svg

SHORT = 12
"""A table of so many rows stands on one page."""
MANY = 8
"""A section whose table has more columns stands on pages that lie across."""
LONG = 30
"""Letters of a word that may break where a column ends, such as the name of a file."""
_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;])")
CSS = """
@page { size: A4; margin: 18mm 16mm 20mm }
@page across { size: A4 landscape }
@page { @bottom-right { content: counter(page) " of " counter(pages); font-size: 9pt } }
html { font-family: "Liberation Sans", Arial, sans-serif; font-size: 10pt; line-height: 1.4; color: #0b0c0c }
h1 { font-size: 22pt; line-height: 1.2; margin: 0 0 4mm; border-bottom: 1.2mm solid #1b4d3e; padding-bottom: 3mm }
h2 { font-size: 14pt; margin: 7mm 0 2mm; break-after: avoid }
h2 + p { break-after: avoid }
p, ul { margin: 0 0 2.5mm }
.summary { font-size: 13pt }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 4mm; font-size: 8.5pt }
caption { text-align: left; font-weight: bold; padding-bottom: 1mm; break-after: avoid }
th, td { text-align: left; vertical-align: top; padding: 1mm 2mm 1mm 0; border-bottom: 0.2mm solid #b1b4b6 }
tbody th { font-weight: normal; overflow-wrap: break-word; min-width: 24mm }
tr { break-inside: avoid }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
thead .number { white-space: normal }
.short { break-inside: avoid }
.across { page: across }
.across table { font-size: 7.5pt }
.long { overflow-wrap: anywhere }
a { color: #1b4d3e }
.total th, .total td { font-weight: bold; border-top: 0.4mm solid #0b0c0c }
img { width: 100%; max-width: 165mm; margin: 1mm 0 3mm }
"""


def as_html(report: Report) -> str:
    """The whole page. It asks for nothing outside itself: pictures stand in it."""
    page = Element("html", {"lang": "en-GB"})
    head = SubElement(page, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    _add(head, "title", report.title)
    _add(head, "style", CSS)
    SubElement(head, "meta", {"name": "author", "content": report.organisation})
    body = SubElement(page, "body")
    _add(body, "h1", report.title)
    _add(body, "p", report.summary).set("class", "summary")
    for name, value in report.facts:
        fact = _add(body, "p", "")
        _add(fact, "b", f"{name}: ").tail = plain(value)
    for section in report.sections:
        _section(body, section)
    return "<!DOCTYPE html>" + tostring(page, encoding="unicode", method="html")


def _section(page: Element, section: Section) -> None:
    is_wide = any(len(table.columns) > MANY for table in section.tables)
    body = SubElement(page, "div", {"class": "across"}) if is_wide else page
    _add(body, "h2", section.title)
    for words in section.words:
        _add(body, "p", words)
    if section.points:
        points = SubElement(body, "ul")
        for words in section.points:
            _linked(points, words)
    if section.chart and section.chart.bars:
        picture = "data:image/svg+xml;base64," + b64encode(as_svg(section.chart)).decode()
        chart = section.chart
        SubElement(body, "img", {"src": picture, "alt": f"{chart.title}. {chart.description}"})
    for table in section.tables:
        _table(body, table)


def _table(body: Element, table: Table) -> None:
    drawn = SubElement(body, "table", {"class": "short"} if len(table.rows) <= SHORT else {})
    _add(drawn, "caption", table.caption)
    heads = SubElement(SubElement(drawn, "thead"), "tr")
    for column in table.columns:
        _cell(heads, "th", column.heading, column.kind).set("scope", "col")
    rows = SubElement(drawn, "tbody")
    for number, row in enumerate(table.rows, start=1):
        line = SubElement(rows, "tr")
        if table.ends_in_total and number == len(table.rows):
            line.set("class", "total")
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            made = _cell(line, "td" if place else "th", shown(cell, column.kind), column.kind)
            if not place:
                made.set("scope", "row")


def _linked(points: Element, words: str) -> None:
    """A point; the addresses in it lead there."""
    before, *rest = parts_of(words)
    point = _add(points, "li", before)
    for address, after in zip(rest[::2], rest[1::2], strict=True):
        link = _add(point, "a", address)
        link.set("href", plain(address))
        link.tail = plain(after)


def parts_of(words: str) -> list[str]:
    """Words and the addresses of pages within them, in turn; words come first and last."""
    return _ADDRESS.split(words)


def _cell(row: Element, tag: str, words: str, kind: str) -> Element:
    made = _add(row, tag, words)
    if kind in NUMERIC:
        made.set("class", "number")
    elif any(len(word) > LONG for word in words.split()):
        made.set("class", "long")
    return made


def _add(parent: Element, tag: str, words: str) -> Element:
    made = SubElement(parent, tag)
    made.text = words if tag == "style" else plain(words)
    return made


def plain(words: str) -> str:
    """Without the characters that no document may hold."""
    return "".join(_printable(words))


def _printable(words: str) -> Iterable[str]:
    return (mark for mark in words if mark.isprintable() or mark in "\n\u00a0")
