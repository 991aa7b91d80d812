"""A bid pack as a paper to print, as a Word document and as a workbook, from the same frozen content."""

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from .. import papers
from ..papers import Column, Report, Table
from ..papers.content import COUNT, PENCE, TEXT, Cell
from ..sheets import export

Content = Mapping[str, Any]
Section = dict[str, Any]
LONGEST_SHEET_NAME = 31


def write_pdf(stream: BinaryIO, content: Content, sections: Sequence[Section]) -> None:
    """The pack for everybody, also those who hear it.

    errors  NoPdfError where this installation can make none
    """
    stream.write(papers.write_pdf(report_of(content, sections)))


def write_docx(stream: BinaryIO, content: Content, sections: Sequence[Section]) -> None:
    papers.write_docx(stream, report_of(content, sections))


def report_of(content: Content, sections: Sequence[Section]) -> Report:
    """The pack as a paper. Packs made before tables had captions are read too: the title of the section stands in."""
    facts = {name: value for name, value in content["facts"]}
    members = next((len(one["rows"]) for one in sections if one["title"] == "Members"), 0)
    return Report(
        title=content["title"],
        organisation=str(facts.get("Led by", content["title"])),
        made_on=str(facts.get("Made on", "")),
        summary=f"A joint bid of {members} members for one lot." if members else "A joint bid for one lot.",
        facts=tuple(facts.items()),
        sections=tuple(map(_section, sections)),
    )


def _section(section: Section) -> papers.Section:
    words = [section["words"]] if section["words"] else []
    if not section["rows"]:
        return papers.Section(section["title"], (*words, "None."))
    pence = section.get("pence", ())
    columns = tuple(
        Column(heading, PENCE if at in pence else _kind([row[at] for row in section["rows"]]))
        for at, heading in enumerate(section["headings"])
    )
    rows = tuple(tuple(row) for row in section["rows"])
    table = Table(str(section.get("caption", section["title"])), columns, rows, section.get("ends_in_total", False))
    return papers.Section(section["title"], tuple(words), tables=(table,))


def _kind(cells: Sequence[Cell]) -> str:
    """Counts stand in a column of whole numbers, in which some rows may say nothing."""
    said = [cell for cell in cells if cell != ""]
    return COUNT if said and all(isinstance(cell, int) for cell in said) else TEXT


def write_xlsx(stream: BinaryIO, content: Content, sections: Sequence[Section]) -> None:
    """A sheet for each section; money in pounds as numbers, and no cell that could act as a formula."""
    book, facts = export.open_workbook(stream), content["facts"]
    export.write_sheet(book, "Bid", ("Bid", content["title"]), facts, longest=_longest(facts))
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
