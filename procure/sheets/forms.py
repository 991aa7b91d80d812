"""Our own spreadsheets, lots and capabilities: rows of the one sheet or several whose headings we know by name."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from procure.sheets import frames
from procure.sheets.cells import show
from procure.sheets.child import listen
from procure.sheets.headings import normalise
from procure.sheets.limits import Limits
from procure.sheets.lines import is_example
from procure.sheets.money import CellError
from procure.sheets.reading import Cell, NonDataLine, Problem, RefusedRow
from procure.sheets.warnings import warn_of_file

Vocabulary = Mapping[str, re.Pattern[str]]
T = TypeVar("T")

_ROWS_TRIED = 60
NumberedRow = tuple[int, bool, list[Cell]]


@dataclass(frozen=True)
class FormSheet:
    """A sheet whose headings were found. `indexes` field > 0-based column; `below` its filled rows under them."""

    name: str | None
    is_hidden: bool
    header_row: int
    headings: tuple[str, ...]
    indexes: Mapping[str, int]
    below: Sequence[NumberedRow]

    @property
    def columns(self) -> dict[str, str]:
        return {name: self.headings[index] for name, index in self.indexes.items()}


@dataclass
class FormRow:
    """One row being read: asks for cells by field and keeps every fault, so that a person sees them all at once."""

    sheet: FormSheet
    number: int
    cells: Sequence[Cell]
    problems: list[Problem] = field(default_factory=list)

    def cell(self, name: str) -> Cell:
        index = self.sheet.indexes.get(name)
        return self.cells[index] if index is not None and index < len(self.cells) else None

    def text(self, name: str) -> str | None:
        return show(self.cell(name)) or None

    def has(self, name: str) -> bool:
        return name in self.sheet.indexes

    def read(self, name: str, reader: Callable[[Cell], T]) -> T | None:
        """The cell as its reader understands it; None where it is blank or, with a problem kept, where it is wrong."""
        if not show(self.cell(name)):
            return None
        try:
            return reader(self.cell(name))
        except CellError as error:
            self.fault(name, str(error))
            return None

    def require(self, name: str, message: str) -> None:
        if not show(self.cell(name)):
            self.fault(name, message)

    def fault(self, name: str, message: str) -> None:
        heading = self.sheet.columns.get(name)
        self.problems.append(Problem(self.sheet.name, self.number, heading, show(self.cell(name))[:1_000], message))

    def refused(self) -> RefusedRow:
        return RefusedRow(self.number, tuple(show(cell)[:1_000] for cell in self.cells), tuple(self.problems))


def read_sheets(path: str | Path, limits: Limits) -> tuple[list[tuple[str | None, bool, list[NumberedRow]]], list[str]]:
    """Every sheet's filled rows, numbered as the person sees them, and warnings. raises UnreadableSheetError"""
    sheets: list[tuple[str | None, bool, list[NumberedRow]]] = []
    warnings: list[str] = []
    for kind, body in listen(path, "rows", limits):
        if kind == frames.ROWS:
            name, is_hidden, rows = json.loads(body)
            plain = [(number, is_broken, [_cell(cell) for cell in cells]) for number, is_broken, cells in rows]
            sheets.append((name, is_hidden, plain))
        elif kind == frames.FILE_END:
            warnings += warn_of_file(json.loads(body), (), ())
    return sheets, warnings


def find_headings(
    name: str | None, is_hidden: bool, rows: Sequence[NumberedRow], vocabulary: Vocabulary
) -> FormSheet | None:
    """The row that names the most fields of a vocabulary, if it names two at least; the first one on a tie."""
    best: FormSheet | None = None
    for at, (number, _, cells) in enumerate(rows[:_ROWS_TRIED]):
        headings = tuple(show(cell) for cell in cells)
        indexes: dict[str, int] = {}
        for index, heading in enumerate(headings):
            known = next((key for key, words in vocabulary.items() if words.search(normalise(heading))), None)
            if known and known not in indexes and len(heading) < 80:
                indexes[known] = index
        if len(indexes) >= 2 and (best is None or len(indexes) > len(best.indexes)):
            best = FormSheet(name, is_hidden, number, headings, indexes, rows[at + 1 :])
    return best


def walk_rows(sheet: FormSheet, non_data: list[NonDataLine]) -> Iterator[FormRow]:
    """Rows to be read. Examples and repeated headings are named as such and left out."""
    known = [normalise(heading) for heading in sheet.headings if heading]
    for number, is_broken, cells in sheet.below:
        texts = [show(cell) for cell in cells]
        if any(is_example(text) for text in texts):
            non_data.append(NonDataLine(number, "example", " | ".join(filter(None, texts))[:200]))
        elif [normalise(text) for text in texts if text] == known:
            non_data.append(NonDataLine(number, "heading", " | ".join(filter(None, texts))[:200]))
        else:
            row = FormRow(sheet, number, cells)
            if is_broken:
                row.fault(
                    "", "A quotation mark on this line is not closed, or a cell is too long: put it right in the file"
                )
            yield row


def _cell(told: Any) -> Cell:
    return date.fromisoformat(told["day"]) if isinstance(told, dict) else told
