"""Payments of one sheet that wait to be sent on, and what they have come to so far."""

from collections.abc import Callable, Sequence
from typing import cast

from procure.sheets.batches import SEPARATOR, pack, pack_numbers, pack_texts
from procure.sheets.cells import read_company_number, read_postcode, show, tidy
from procure.sheets.money import CellError, plain_column, plain_pence, read_pence
from procure.sheets.reading import Cell
from procure.sheets.table import Row

_TEXTS = ("category", "description", "transaction_number", "department")
_UNTIDY = ("  ", f" {SEPARATOR}", f"{SEPARATOR} ", f"{SEPARATOR}'")
_UNSEEN = bytes([*range(31), 127])  # all but the separator
_KNOWN_KEPT = 50_000


class PendingPayments:
    """Rows as they were read, with what the core cells came to; their other cells are read a column at a time."""

    def __init__(self, most_characters: int) -> None:
        self.most_characters = most_characters
        self.count = self.total_pence = 0
        self.first = self.last = 0
        self.repeats = self.repeats_pence = 0
        self._seen: set[int] = set()
        self._postcodes: dict[Cell, str] = {}
        self._companies: dict[Cell, str] = {}
        self._forget()

    def _forget(self) -> None:
        self._numbers: list[int] = []
        self._pence: list[int] = []
        self._days: list[int] = []
        self._repeated = bytearray()
        self._rows: list[Sequence[Cell]] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, pence: int, day: int, cells: Row) -> None:
        """Add one payment. It is a repeat where every cell of an earlier row of the sheet was the same."""
        self.add_all([number], [pence], [day], [tuple(cells)])

    def add_all(
        self, numbers: Sequence[int], pence: Sequence[int], days: Sequence[int], rows: Sequence[tuple[Cell, ...]]
    ) -> None:
        """Add payments in the order of their rows."""
        marks = list(map(hash, rows))
        fresh = set(marks)
        if len(fresh) == len(marks) and self._seen.isdisjoint(fresh):
            self._repeated.extend(bytes(len(marks)))
        else:
            self._mark_repeats(marks, pence)
        self._seen |= fresh
        self.count += len(rows)
        self.total_pence += sum(pence)
        self._numbers.extend(numbers)
        self._pence.extend(pence)
        self._days.extend(days)
        self._rows.extend(rows)

    def _mark_repeats(self, marks: Sequence[int], pence: Sequence[int]) -> None:
        known: set[int] = set()
        for mark, amount in zip(marks, pence, strict=True):
            is_repeat = mark in known or mark in self._seen
            known.add(mark)
            self._repeated.append(is_repeat)
            if is_repeat:
                self.repeats += 1
                self.repeats_pence += amount

    def pack(self, indexes: dict[str, int]) -> bytes:
        """The waiting payments by column, in the order of PaymentRow's fields; then none wait."""
        self.first = min(self.first or self._days[0], min(self._days))
        self.last = max(self.last, max(self._days))
        columns = self._columns()
        packed = [
            pack_numbers(self._numbers),
            self._texts(columns, indexes["supplier"]),
            pack_numbers(self._pence),
            pack_numbers(self._days),
            *(self._texts(columns, indexes.get(name)) for name in _TEXTS),
            self._read_texts(columns, indexes.get("supplier_postcode"), read_postcode, self._postcodes),
            self._texts(columns, indexes.get("supplier_id")),
            *(pack_numbers(self._money(self._cells(columns, indexes.get(name)))) for name in ("vat", "gross")),
            self._read_texts(columns, indexes.get("company_number"), read_company_number, self._companies),
            bytes(self._repeated),
        ]
        self._forget()
        return pack(packed)

    def _columns(self) -> list[tuple[Cell, ...]]:
        """The waiting rows turned; rows of unequal length are filled up with blanks."""
        width = max(map(len, self._rows))
        if min(map(len, self._rows)) < width:
            return list(zip(*([*row, *[""] * (width - len(row))] for row in self._rows), strict=True))
        return list(zip(*self._rows, strict=True))

    def _cells(self, columns: list[tuple[Cell, ...]], index: int | None) -> Sequence[Cell]:
        return columns[index] if index is not None and index < len(columns) else ()

    def _texts(self, columns: list[tuple[Cell, ...]], index: int | None) -> bytes:
        """One column as shown, packed. Most columns are tidy already, which the joined text tells fastest."""
        cells = self._cells(columns, index)
        try:
            texts = cast("Sequence[str]", cells)
            joined = SEPARATOR.join(texts)
        except TypeError:
            texts = [cell if type(cell) is str else show(cell) for cell in cells]
            joined = SEPARATOR.join(texts)
        if len(joined) < len(texts):
            return b""
        is_tidy = _is_printable(joined, len(texts)) and not any(sign in joined for sign in _UNTIDY)
        is_short = len(joined) <= self.most_characters or max(map(len, texts)) <= self.most_characters
        if is_tidy and is_short and joined[:1] not in (" ", "'") and joined[-1:] != " ":
            return joined.encode()
        return pack_texts([tidy(text)[: self.most_characters] for text in texts])

    def _read_texts(
        self,
        columns: list[tuple[Cell, ...]],
        index: int | None,
        read: Callable[[Cell], str | None],
        known: dict[Cell, str],
    ) -> bytes:
        """One column each of whose cells is read, remembering what the commonest came to."""
        cells = self._cells(columns, index)
        if len(known) > _KNOWN_KEPT:
            known.clear()
        known.update((cell, read(cell) or "") for cell in set(cells) if cell not in known)
        return pack_texts([known[cell] for cell in cells])

    def _money(self, cells: Sequence[Cell]) -> Sequence[int | None]:
        """Pence of a column beside the amount; what cannot be read there is None, for no payment hangs on it."""
        if not cells:
            return ()
        return [
            self._other_money(cell) if pence is None else pence
            for cell, pence in zip(cells, self._plain(cells), strict=True)
        ]

    def _plain(self, cells: Sequence[Cell]) -> Sequence[int | None]:
        distinct = set(cells)
        if len(distinct) > len(cells) // 4:
            return plain_column(cells)
        known = dict(zip(distinct, map(plain_pence, distinct), strict=True))
        return list(map(known.__getitem__, cells))

    def _other_money(self, cell: Cell) -> int | None:
        try:
            return None if cell in ("", None) else read_pence(cell)
        except CellError:
            return None


def _is_printable(joined: str, texts: int) -> bool:
    """Whether so many texts, joined, hold no unseen characters; a separator inside one of them is unseen too."""
    if joined.count(SEPARATOR) != texts - 1:
        return False
    if joined.isascii():  # deleting bytes is many times faster than asking about each character
        packed = joined.encode()
        return len(packed.translate(None, _UNSEEN)) == len(packed)
    return joined.replace(SEPARATOR, "").isprintable()
