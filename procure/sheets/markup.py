"""The XML inside a workbook: no document types, no links that leave the package, no rows repeated without end."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from procure.sheets.compound import LOCKED, MACROS
from procure.sheets.container import SAVE_AS
from procure.sheets.limits import Limits
from procure.sheets.reading import UnreadableSheetError

_FOLLOWED_WHOLE = 8 * 1024 * 1024

Inspect = Callable[[bytes, bool], None]

_DAMAGED = "A part of the workbook is damaged. " + SAVE_AS
_LEAVES = "The workbook points to a sheet outside itself, so its rows are not in the file. " + SAVE_AS
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\shidden=[\"'](?:1|true)[\"']")
_ESSENTIAL = re.compile(r"workbook\.xml$|sharedstrings|/worksheets/[^/]*\.xml$|^content\.xml$|\.rels$", re.IGNORECASE)
_CELL_TYPES = ("/worksheet", "/sharedStrings", "/styles", "/officeDocument")


@dataclass
class Findings:
    """What the guard saw in a workbook that a person should know, or that reading it needs."""

    kind: str
    hidden_rows: int = 0
    links_outside: bool = False
    is_1904: bool = False
    has_macros: bool = False
    percentages: dict[str, dict[int, set[int]]] = field(default_factory=dict)

    def refuse_what_no_ledger_needs(self) -> None:
        if self.has_macros:
            raise UnreadableSheetError(MACROS)


def inspector(name: str, size: int, findings: Findings, limits: Limits) -> Inspect:
    """A function that takes a member's bytes chunk by chunk, then once more with True at its end.

    A sheet larger than 8 MB is followed only to its first element, before which any document type must stand: reading
    all of it here would cost as much as reading it for its cells, and the cells' reader refuses broken markup itself.
    """
    lowered = name.casefold()
    if not lowered.endswith((".xml", ".rels")):
        return _ignore
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    is_over = False

    def stop(*element: object) -> None:
        nonlocal is_over
        is_over = True

    if lowered == "content.xml":
        repeats = _Repeats(findings, limits)
        parser.StartElementHandler, parser.EndElementHandler = repeats.start, repeats.end
    else:
        parser.StartElementHandler = _watch(lowered, findings) or (stop if size > _FOLLOWED_WHOLE else None)
    counts = _count_hidden(findings) if "/worksheets/" in lowered else None
    is_essential = bool(_ESSENTIAL.search(lowered))

    def inspect(chunk: bytes, is_last: bool) -> None:
        if counts:
            counts(chunk)
        if is_over:
            return
        try:
            parser.Parse(chunk, is_last)
        except expat.ExpatError:
            if is_essential:
                raise UnreadableSheetError(_DAMAGED) from None

    return inspect


def _watch(part: str, findings: Findings) -> Callable[[str, dict[str, str]], None] | None:
    """What to look at in each element of a part, or None for the parts whose elements are cells by the million."""
    if part.endswith(".rels"):
        return _Relationships(part, findings).start
    if part.endswith("workbook.xml"):
        return _Workbook(findings).start
    if part == "[content_types].xml":
        return _ContentTypes(findings).start
    return _refuse_encryption if part == "meta-inf/manifest.xml" else None


def _ignore(chunk: bytes, is_last: bool) -> None:
    """Pictures, printer settings and old drawings are no XML and hold no cells."""


def _refuse_doctype(*declaration: object) -> None:
    raise UnreadableSheetError(
        "The workbook declares a document type, which no spreadsheet program writes, so we did not open it. " + SAVE_AS
    )


def _refuse_encryption(tag: str, attributes: dict[str, str]) -> None:
    if tag.rpartition(":")[2] == "encryption-data":
        raise UnreadableSheetError(LOCKED)


def _count_hidden(findings: Findings) -> Callable[[bytes], None]:
    carry = b""

    def count(chunk: bytes) -> None:
        nonlocal carry
        joined = carry + chunk
        cut = joined.rfind(b"<")
        if b"hidden=" in joined:
            findings.hidden_rows += len(_HIDDEN_ROW.findall(joined, 0, cut))
        carry = joined[cut:] if cut >= 0 and len(joined) - cut < 4_096 else b""

    return count


@dataclass
class _Workbook:
    findings: Findings

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.findings.is_1904 = True


@dataclass
class _ContentTypes:
    findings: Findings

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        told = attributes.get("ContentType", "").casefold()
        if "macroenabled" in told or "vbaproject" in told or "macrosheet" in told:
            self.findings.has_macros = True


@dataclass
class _Relationships:
    part: str
    findings: Findings

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if kind.endswith(("/vbaProject", "/xlMacrosheet", "/xlIntlMacrosheet", "/control")):
            self.findings.has_macros = True
        if kind.endswith(("/externalLink", "/externalLinkPath")):
            self.findings.links_outside = True
        if attributes.get("TargetMode") == "External":
            if kind.endswith(_CELL_TYPES):
                raise UnreadableSheetError(_LEAVES)
        elif _climbs_out(self.part, target):
            raise UnreadableSheetError(_LEAVES)


def _climbs_out(part: str, target: str) -> bool:
    """Whether a target inside the package climbs above its root. A part's folder is that above its _rels."""
    depth = 0 if target.startswith("/") else part.count("/") - 1
    for step in target.replace("\\", "/").strip("/").split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(step, 1)
        if depth < 0:
            return True
    return False


class _Repeats:
    """Rows and cells that an OpenDocument sheet repeats by number: a thousand bytes may stand for a million rows."""

    def __init__(self, findings: Findings, limits: Limits) -> None:
        self.findings, self.limits = findings, limits
        self.rows = self.row_repeat = self.width = self.filled_width = 0
        self.is_in_cell = False
        self.table, self.row = "", 0
        self.shown: set[int] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self.table, self.row = attributes.get("table:name", ""), 0
        elif tag == "table:table-row":
            self.shown = set()
            self.row_repeat = _repeat(attributes, "table:number-rows-repeated")
            self.width = self.filled_width = 0
            if attributes.get("table:visibility", "visible") != "visible":
                self.findings.hidden_rows += min(self.row_repeat, self.limits.rows)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            first = self.width
            self.width += _repeat(attributes, "table:number-columns-repeated")
            if attributes.get("office:value-type") == "percentage":
                self.shown.update(range(first, min(self.width, self.limits.columns)))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self.filled_width = self.width
            self.is_in_cell = True
        elif tag == "text:p" and self.is_in_cell:
            self.filled_width = self.width

    def end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self.is_in_cell = False
        elif tag == "table:table-row":
            if self.filled_width:
                self.rows += self.row_repeat
                refuse_past(self.rows, self.filled_width, self.limits)
            if self.shown:
                rows = dict.fromkeys(range(self.row, self.row + self.row_repeat), self.shown)
                self.findings.percentages.setdefault(self.table, {}).update(rows)
            self.row += self.row_repeat


def _repeat(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    return int(written) if written.isdecimal() and len(written) < 10 else 1


def refuse_past(rows: int, columns: int, limits: Limits) -> None:
    """raises UnreadableSheetError past the limits on filled rows and columns."""
    if rows > limits.rows:
        raise UnreadableSheetError(
            f"The file has more than {limits.rows:,} rows. Split it by month and upload the parts"
        )
    if columns > limits.columns:
        raise UnreadableSheetError(
            f"The file has more than {limits.columns:,} columns. Remove the columns that are not needed"
        )
