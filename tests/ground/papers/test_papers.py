"""One report in three kinds of file: the same figures in each, readable by those who see and those who hear."""

import io
import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from procure.papers import (
    Chart,
    ChartBar,
    Column,
    NoPdfError,
    Report,
    Section,
    Table,
    as_data,
    from_data,
    shown,
    write_docx,
    write_pdf,
    write_xlsx,
)

MONEY = Table(
    "Local share by quarter",
    (
        Column("Quarter"),
        Column("Local", "pence"),
        Column("Lowest", "share"),
        Column("Payments", "count"),
        Column("LM3", "ratio"),
    ),
    (
        ("=April to June 2025", 123_456_78, 0.1234, 1_200, 1.789),
        ("July to September 2025", -500_05, None, 3, None),
        ("Everything", 122_956_73, 1.0, 1_203, 2.0),
    ),
    ends_in_total=True,
)
CHART = Chart(
    "Local share by quarter",
    "One bar a quarter.",
    (ChartBar("April to June 2025", (("local", 60), ("unplaced", 10), ("elsewhere", 30)), "60% to 70%"),),
)
REPORT = Report(
    title="Where the money of Côté & <Sons> goes",
    organisation="Côté & <Sons>",
    made_on="22 November 2026",
    summary="From 12.3% to 45.6% stays.",
    facts=(("Area", "Around us"),),
    sections=(
        Section("Over time", ("Words of it.",), ("A point. http://127.0.0.1:5000/measures/lm3",), CHART, (MONEY,)),
        Section("Nothing yet", ("No survey yet.",)),
    ),
)


def texts_of(table: Table) -> list[str]:
    """Every heading and cell as people read it."""
    cells = [shown(cell, column.kind) for row in table.rows for cell, column in zip(row, table.columns, strict=True)]
    return [column.heading for column in table.columns] + cells


def the_pdf() -> bytes:
    try:
        return write_pdf(REPORT)
    except NoPdfError:
        pytest.skip("WeasyPrint or one of its system libraries is not installed")


def poppler(command: str, pdf: bytes, folder: Path, *words: str) -> str:
    if shutil.which(command) is None:
        pytest.skip(f"needs {command} of poppler-utils")
    (folder / "report.pdf").write_bytes(pdf)
    done = subprocess.run([command, *words, str(folder / "report.pdf"), *(["-"] if command == "pdftotext" else [])],
                          capture_output=True, text=True, check=True)  # fmt: skip
    return done.stdout


def test_a_report_is_the_same_after_it_was_kept_as_json() -> None:
    import json

    assert from_data(json.loads(json.dumps(as_data(REPORT)))) == REPORT


def test_the_pdf_holds_every_figure(tmp_path: Path) -> None:
    text = " ".join(poppler("pdftotext", the_pdf(), tmp_path, "-layout").split())
    for words in texts_of(MONEY):
        assert words in text, words
    assert "Where the money of Côté & <Sons> goes" in text


def test_the_pdf_is_tagged_for_those_who_hear_it(tmp_path: Path) -> None:
    pdf = the_pdf()
    told = poppler("pdfinfo", pdf, tmp_path)
    assert re.search(r"Tagged:\s+yes", told)
    assert re.search(r"Title:\s+Where the money", told)
    tags = poppler("pdfinfo", pdf, tmp_path, "-struct-text")
    for tag in ("H1", "H2", "Table", "TH", "TD", "Caption", "Figure"):
        assert re.search(rf"\b{tag}\b", tags), tag
    assert b"pdfuaid" in pdf or "pdfuaid" in poppler("pdfinfo", pdf, tmp_path, "-meta")


def inside(pdf: bytes) -> bytes:
    """The file with its compressed streams opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(opened for each in streams if (opened := _opened(each)))


def _opened(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_the_pdf_says_what_a_checker_of_accessibility_asks(tmp_path: Path) -> None:
    pdf = inside(the_pdf())
    for words in (b"/Marked true", b"/DisplayDocTitle true", b"(en-GB)", b"/IDTree", b"/ParentTree", b"/Tabs /S"):
        assert words in pdf, words
    headings, rows = len(MONEY.columns), len(MONEY.rows)
    assert len(re.findall(rb"/S /TH\b", pdf)) == headings + rows
    assert pdf.count(b"/Scope /Column") == headings
    assert pdf.count(b"/Scope /Row") == rows
    assert pdf.count(b"/S /Figure") == pdf.count(b"/Alt ") == 1
    ids = set(re.findall(rb"/ID (\([^)]*\))", pdf))
    (listed,) = re.findall(rb"/Names \[(\(\d+-\d+-\d+\).*?)\]", pdf)
    assert re.findall(rb"\([^)]*\)", listed) == sorted(ids)
    for named in re.findall(rb"/Headers \[(.*?)\]", pdf):
        assert set(re.findall(rb"\([^)]*\)", named)) <= ids


def test_a_picture_in_the_pdf_is_told_to_lie_where_it_lies() -> None:
    (box,) = re.findall(rb"/BBox \[([-0-9. ]+)\]\s*/O /Layout|/O /Layout\s*/BBox \[([-0-9. ]+)\]", inside(the_pdf()))
    left, bottom, right, top = map(float, (box[0] or box[1]).split())
    assert 40 < left < right < 560
    assert 400 < bottom < top < 842


def test_addresses_in_the_points_lead_there() -> None:
    from docx import Document

    pdf = inside(the_pdf())
    assert pdf.count(b"/URI (http://127.0.0.1:5000/measures/lm3)") >= 1
    assert pdf.count(b"/S /Link") >= 1
    assert b"/Contents (http://127.0.0.1:5000/measures/lm3)" in pdf
    stream = io.BytesIO()
    write_docx(stream, REPORT)
    point = next(each for each in Document(stream).paragraphs if each.style.name == "List Bullet")
    assert [link.address for link in point.hyperlinks] == ["http://127.0.0.1:5000/measures/lm3"]
    assert point.text == "A point. http://127.0.0.1:5000/measures/lm3"


def test_the_word_document_has_headings_tables_and_words_for_its_picture() -> None:
    from docx import Document

    stream = io.BytesIO()
    write_docx(stream, REPORT)
    document = Document(stream)
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["Over time", "Nothing yet"]
    table = document.tables[0]
    assert [cell.text for row in table.rows for cell in row.cells] == texts_of(MONEY)
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert table.rows[0]._tr.xml.count("w:cantSplit") == 1
    with ZipFile(stream) as parts:
        written, styles = (parts.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
    assert 'descr="Local share by quarter. One bar a quarter."' in written or "The chart is in the PDF" in written
    assert 'w:tblCaption w:val="Local share by quarter"' in written
    assert 'w:lang w:val="en-GB"' in styles
    assert "en-US" not in re.sub(r'w:eastAsia="[^"]*"', "", styles)
    assert document.core_properties.title == REPORT.title


def test_the_workbook_has_a_sheet_a_table_and_numbers_that_are_numbers() -> None:
    stream = io.BytesIO()
    write_xlsx(stream, REPORT)
    book = load_workbook(stream)
    assert book.sheetnames == ["About", "Local share by quarter"]
    sheet = book["Local share by quarter"]
    assert [cell.value for cell in sheet[1]] == [
        "Quarter", "Local (pounds)", "Lowest (share from 0 to 1)", "Payments", "LM3",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[2]] == ["'=April to June 2025", 123456.78, 0.1234, 1200, 1.789]
    assert [cell.value for cell in sheet[3]][1:3] == [-500.05, "not known"]
    said = {(row[0].value, row[1].value) for row in book["About"].iter_rows(min_row=2)}
    assert ("Over time", "Words of it.") in said
    assert ("Sheet “Local share by quarter”", "Local share by quarter") in said
    assert (book.properties.title, book.properties.creator) == (REPORT.title, REPORT.organisation)
    assert sheet.print_title_rows == "$1:$1"


def test_two_tables_of_one_name_have_two_sheets() -> None:
    twice = Report("T", "O", "today", "S", (), (Section("S", tables=(MONEY, MONEY)),))
    stream = io.BytesIO()
    write_xlsx(stream, twice)
    assert load_workbook(stream).sheetnames[1:] == ["Local share by quarter", "Local share by quarter 2"]


def test_nothing_is_fetched_for_a_pdf() -> None:
    from procure.papers import html, pdf

    asked = re.findall(r"""(?:src=|srcset=|url\(|@import|<link)\W*(\w+)""", html.as_html(REPORT))
    assert asked == ["data"]
    assert 'allowed_protocols=("data",)' in Path(pdf.__file__).read_text(encoding="utf-8")


NAMES = [f"Brindlebrook Community Transport and Logistics Partnership {number}" for number in range(9)]
MANY_COLUMNS = Table(
    "Who does what", (Column("Need"), *(Column(name, "count") for name in NAMES)), (("Meals", *range(9)),)
)
LONG_WORDS = Table(
    "Documents",
    (Column("Document"), Column("File"), Column("Fingerprint")),
    (("Agreement", "signed_" * 12 + ".pdf", "0a1b2c3d" * 8),),
)


@pytest.mark.parametrize("table", [MANY_COLUMNS, LONG_WORDS], ids=["many columns", "long words"])
def test_whatever_a_table_holds_stays_on_the_paper(table: Table, tmp_path: Path) -> None:
    try:
        pdf = write_pdf(replace(REPORT, sections=(Section("Held", tables=(table,)),)))
    except NoPdfError:
        pytest.skip("WeasyPrint or one of its system libraries is not installed")
    boxes = poppler("pdftotext", pdf, tmp_path, "-bbox")
    for page in boxes.split("<page ")[1:]:
        width = float(re.findall(r'width="([\d.]+)"', page)[0])
        assert max(map(float, re.findall(r'xMax="([\d.]+)"', page))) < width - 30
