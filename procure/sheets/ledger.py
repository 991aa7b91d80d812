"""One sheet of a spend file, line by line: payments in batches, refusals with advice, and lines that are no data."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from typing import cast

from procure.sheets import lines
from procure.sheets.cells import show
from procure.sheets.columns import Layout
from procure.sheets.counts import Fault, SheetCounts
from procure.sheets.days import Order, read_payment_day
from procure.sheets.headings import CORE
from procure.sheets.limits import Limits
from procure.sheets.markup import refuse_past
from procure.sheets.money import CellError, plain_column, plain_pence, read_pence
from procure.sheets.pending import PendingPayments
from procure.sheets.reading import Cell
from procure.sheets.table import BrokenRow, Chunk, Row, Table

_NAMES_KEPT = 50_000
_CAUTIOUS = frozenset({"total", "grand", "subto", "sub t", "sub-t", "overa", "final", "repor", "page ", "net t"})
_SHOWN = 1_000  # characters of a refused cell that are kept
_NOTES_KEPT = 500

Emit = Callable[[bytes, int], None]


class LedgerSheet:
    """Reads one sheet by its layout. A class, because each line needs the same dozen facts and changes the same counts.

    emit               called with every batch of payments, packed, and how many they are
    filled_before      rows of the file's other sheets, which count towards the limit too
    overflow_is_usual  many rows have cells to the right of the headings, so that one more is no sign of a shifted line
    """

    def __init__(
        self,
        table: Table,
        layout: Layout,
        *,
        order: Order,
        limits: Limits,
        emit: Emit,
        last_day: date,
        filled_before: int = 0,
        overflow_is_usual: bool = False,
    ) -> None:
        self.table, self.layout, self.order = table, layout, order
        self.limits, self.emit, self.last_day = limits, emit, last_day
        self.width = len(layout.headings)
        self.result = SheetCounts()
        self.days: dict[Cell, int] = {}
        self.names: set[Cell] = set()
        self.pending = PendingPayments(limits.cell_characters)
        self.filled_before = filled_before
        self.overflow_is_usual = overflow_is_usual
        self._aim(dict(layout.indexes))

    def read(self) -> SheetCounts:
        """Walk the whole sheet, sending payments on as they come."""
        self._name_lines_above(islice(self.table.walk(), self.layout.first_row))
        number = self.layout.first_row + 1
        for chunk in self.table.chunks(self.layout.first_row):
            if not self._take_all(number, chunk):
                self._take_one_by_one(number, chunk.rows())
            self._flush()
            number += chunk.count
        self.result.refused_rows.sort(key=lambda refused: refused[0])
        return self.result

    def _name_lines_above(self, rows: "islice[Row]") -> None:
        for number, cells in enumerate(rows, 1):
            if number >= self.layout.header_row:
                self._note(number, "heading", cells)
            else:
                self._note(number, "blank" if lines.is_blank(cells) else "title", cells)

    def _take_all(self, number: int, chunk: Chunk) -> bool:
        """Take a chunk whose every line is plainly a payment, a column at a time; False where one line is not."""
        columns = chunk.columns
        if columns is None or not max(self.at_core) < len(columns) <= self.width:
            return False
        suppliers, amounts, days = (columns[at] for at in self.at_core)
        ordinals = list(map(self.days.get, days))
        if None in ordinals:
            self._learn_days(days)
            ordinals = list(map(self.days.get, days))
        pence = plain_column(amounts)
        if None in ordinals or None in pence or not all(map(self._is_plain_name, set(suppliers) - self.names)):
            return False
        self.pending.add_all(number, cast("list[int]", pence), cast("list[int]", ordinals), columns, chunk.marks())
        return True

    def _learn_days(self, days: Sequence[Cell]) -> None:
        for day in set(days):
            with contextlib.suppress(CellError):
                self._day(day)

    def _is_plain_name(self, supplier: Cell) -> bool:
        """Whether a cell is somebody's name and could be nothing else."""
        if supplier in self.names:
            return True
        is_plain = (
            type(supplier) is str
            and bool(supplier.strip())
            and supplier.isprintable()
            and len(supplier) <= self.limits.cell_characters
            and supplier[:5].lower() not in _CAUTIOUS
            and not lines.is_example(supplier)
        )
        if is_plain:
            self.names = self.names if len(self.names) < _NAMES_KEPT else set()
            self.names.add(supplier)
        return is_plain

    def _take_one_by_one(self, number: int, chunk: list[Row]) -> None:
        for at, cells in enumerate(chunk, number):
            if not self._take(at, cells):
                self._settle(at, cells)

    def _take(self, number: int, cells: Row) -> bool:
        """Take a line as a payment if it plainly is one; the rest is settled with more care."""
        supplier_at, amount_at, day_at = self.at_core
        try:
            supplier, pence, day = cells[supplier_at], plain_pence(cells[amount_at]), self.days.get(cells[day_at])
        except IndexError:
            return False
        if pence is None or day is None or len(cells) > self.width or cells.__class__ is BrokenRow:
            return False
        if not self._is_plain_name(supplier):
            return False
        self.pending.add(number, pence, day, cells, self.table.mark(cells))
        return True

    def _aim(self, indexes: dict[str, int]) -> None:
        """Point at the columns. Payments that wait are sent first, because they were read by the columns before."""
        self._flush()
        self.indexes = indexes
        self.at_core = tuple(indexes[name] for name in CORE)

    def _settle(self, number: int, cells: Row) -> None:
        """Decide about a line that is not plainly a payment."""
        if lines.is_blank(cells):
            self.result.counts["blank"] += 1
            return
        if isinstance(cells, BrokenRow):
            told = "A quotation mark on this line is not closed, or a cell is too long: put it right in the file"
            self._refuse(number, cells, [(None, show(cells[0]), told)])
            return
        cells = self._trim(number, cells)
        faults, supplier, pence, day = self._judge(cells)
        if lines.is_example(supplier):
            self._note(number, "example", cells)
        elif not faults and not self._is_disguised_total(supplier, pence, cells):
            self.pending.add(number, pence, day, cells, self.table.mark(cells))
        elif not faults:
            self._total(number, pence, cells)
        elif (moved := lines.find_repeated_headings(cells, self.layout.headings)) is not None:
            self._follow_headings(number, cells, moved)
        else:
            self._name_or_refuse(number, cells, faults, day)

    def _trim(self, number: int, cells: Row) -> Row:
        """Drop blank cells beyond the headings; refuse the file past the limit of columns."""
        last = len(cells)
        while last > self.width and cells[last - 1] in ("", None):
            last -= 1
        refuse_past(0, last, self.limits)
        return cells[:last]

    def _judge(self, cells: Row) -> tuple[list[Fault], str, int, int]:
        """Everything wrong with a line as a payment; supplier, pence and day ordinal as far as they could be read."""
        faults: list[Fault] = []
        supplier = show(self._cell(cells, "supplier"))
        pence = day = 0
        if not supplier:
            faults.append((self._heading("supplier"), "", "Enter who was paid"))
        elif len(supplier) > self.limits.cell_characters:
            faults.append(
                (self._heading("supplier"), supplier[:80], "The name is too long: check for a missing quotation mark")
            )
        try:
            pence = read_pence(self._cell(cells, "amount"))
        except CellError as error:
            faults.append((self._heading("amount"), show(self._cell(cells, "amount")), str(error)))
        try:
            day = self._day(self._cell(cells, "paid_on"))
        except CellError as error:
            faults.append((self._heading("paid_on"), show(self._cell(cells, "paid_on")), str(error)))
        if len(cells) > self.width and self.table.is_text and not self.overflow_is_usual:
            told = "The line has more cells than there are headings: a comma inside a name may need quotation marks"
            faults.append((None, show(cells[self.width]), told))
        return faults, supplier, pence, day

    def _is_disguised_total(self, supplier: str, pence: int, cells: Row) -> bool:
        """A line called "Total", or called the total of something and equal to the sum above it, is no payment.

        Unless it is called no more than "Total" and filled in every field like any other payment: a firm has that name.
        """
        if pence == self.pending.total_pence and self.pending.count > 1 and lines.is_total_label(supplier):
            return True
        if not lines.is_total_only(supplier):
            return False
        others = [name for name in self.indexes if name not in CORE]
        return not others or not all(show(self._cell(cells, name)) for name in others)

    def _follow_headings(self, number: int, cells: Row, moved: dict[str, int]) -> None:
        self._note(number, "heading", cells)
        if all(name in moved for name in CORE):
            # A heading row that says the same keeps what the cells taught; only a moved column is followed.
            same = [show(cell) for cell in cells] == list(self.layout.headings)
            self._aim(dict(self.layout.indexes) if same else self._moved(cells, moved))
            self.width = max(self.width, len(cells))

    def _moved(self, cells: Row, named: dict[str, int]) -> dict[str, int]:
        """Each field's column by the heading it had; by the words of the new heading where that is gone."""
        texts = [show(cell) for cell in cells]
        moved = {}
        for name in self.layout.indexes:
            heading = self.layout.headings[self.layout.indexes[name]]
            if heading in texts:
                moved[name] = texts.index(heading)
            elif name in named:
                moved[name] = named[name]
        return moved

    def _name_or_refuse(self, number: int, cells: Row, faults: list[Fault], day: int) -> None:
        named = lines.name_line(cells, self.indexes["amount"], self.indexes["supplier"], bool(day))
        kind = named or ("total" if not day and self._is_sum_above(cells) else None)
        if kind is None:
            self._refuse(number, self._with_plain_day(cells, day), faults)
        elif kind == "total":
            try:
                self._total(number, read_pence(self._cell(cells, "amount")), cells)
            except CellError:
                self._note(number, kind, cells)
        else:
            self._note(number, kind, cells)

    def _is_sum_above(self, cells: Row) -> bool:
        """Whether a line begins as a total and equals the payments above it, or those since the total before."""
        above = self.pending.total_pence
        sums = (above, above - self.result.totals[-1][2]) if self.result.totals else (above,)
        return lines.begins_as_total(cells) and plain_pence(self._cell(cells, "amount")) in sums

    def _total(self, number: int, pence: int, cells: Row) -> None:
        self._note(number, "total", cells)
        self.result.totals.append((number, pence, self.pending.total_pence))

    def _note(self, number: int, kind: str, cells: Row) -> None:
        self.result.counts[kind] += 1
        if kind != "blank" and len(self.result.non_data) < _NOTES_KEPT:
            text = " | ".join(filter(None, map(show, cells)))
            self.result.non_data.append((number, kind, text[:200]))

    def _with_plain_day(self, cells: Row, day: int) -> Row:
        """The cells with a day that was read written year first: among refusals alone, its order would be lost."""
        at = self.indexes["paid_on"]
        return [*cells[:at], date.fromordinal(day).isoformat(), *cells[at + 1 :]] if day else cells

    def _refuse(self, number: int, cells: Sequence[Cell], faults: list[Fault]) -> None:
        self.result.counts["refused"] += 1
        self.result.problems_total += len(faults)
        self._refuse_too_many()
        if len(self.result.refused_rows) < self.limits.refused_rows_kept:
            shown = [show(cell)[:_SHOWN] for cell in cells]
            told = [(heading, value[:_SHOWN], message) for heading, value, message in faults]
            self.result.refused_rows.append((number, shown, told))

    def _refuse_too_many(self) -> None:
        counts = self.result.counts
        refuse_past(self.filled_before + sum(counts.values()) - counts["blank"], 0, self.limits)

    def _cell(self, cells: Row, name: str) -> Cell:
        index = self.indexes[name]
        return cells[index] if index < len(cells) else ""

    def _heading(self, name: str) -> str:
        return self.layout.headings[self.layout.indexes[name]]

    def _day(self, cell: Cell) -> int:
        day = read_payment_day(cell, self.order, last=self.last_day, is_1904=self.table.is_1904).toordinal()
        self.days[cell] = day
        return day

    def _flush(self) -> None:
        count = len(self.pending)
        if count:
            self.result.counts["payment"] += count
            self._refuse_too_many()
            self.emit(self.pending.pack(self.indexes), count)
