"""Payments of one sheet that wait to be sent on, and what they have come to so far."""

from collections.abc import Callable, Sequence
from typing import cast

from procure.sheets.batches import SEPARATOR, pack, pack_numbers, pack_texts
from procure.sheets.cells import read_company_number, read_postcode, show, tidy
from procure.sheets.money import CellError, plain_column, plain_pence, read_pence
from procure.sheets.reading import Cell
from procure.sheets.table import Row

_TEXTS = ("category", "description", "transaction_number", "department")
_UNTIDY = ("  ", f" {SEPARATOR}", f"{SEPARATOR} ")
_UNSEEN = bytes([*range(31), 127])  # all but the separator
_KNOWN_KEPT = 50_000

Columns = Sequence[Sequence[Cell]]


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
        self._tidy: dict[int | None, set[str] | None] = {}
        self._forget()

    def _forget(self) -> None:
        self._numbers: list[int] = []
        self._turned_numbers: Sequence[int] = ()
        self._pence: list[int] = []
        self._days: list[int] = []
        self._repeated = bytearray()
        self._rows: list[Row] = []
        self._turned: Columns = ()

    def __len__(self) -> int:
        return len(self._days)

    def add(self, number: int, pence: int, day: int, cells: Row, mark: int) -> None:
        """Add one payment. It is a repeat where an earlier row of the sheet had the same mark."""
        self._count([mark], [pence])
        self._numbers.append(number)
        self._pence.append(pence)
        self._days.append(day)
        self._rows.append(cells)

    def add_all(self, first: int, pence: list[int], days: list[int], columns: Columns, marks: list[int]) -> None:
        """Add payments of rows that follow one another, the first of them `first`, while none wait."""
        self._count(marks, pence)
        self._turned_numbers = range(first, first + len(pence))
        self._pence, self._days, self._turned = pence, days, columns

    def _count(self, marks: Sequence[int], pence: Sequence[int]) -> None:
        fresh = set(marks)
        if len(fresh) == len(marks) and self._seen.isdisjoint(fresh):
            self._repeated.extend(bytes(len(marks)))
        else:
            self._mark_repeats(marks, pence)
        self._seen |= fresh
        self.count += len(marks)
        self.total_pence += sum(pence)

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
        days = set(self._days)
        self.first = min(self.first or self._days[0], *days)
        self.last = max(self.last, *days)
        columns = self._columns()
        packed = [
            pack_numbers(self._turned_numbers or self._numbers),
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

    def _columns(self) -> Columns:
        """The waiting rows turned; rows of unequal length are filled up with blanks."""
        if self._turned:
            return self._turned
        width = max(map(len, self._rows))
        if min(map(len, self._rows)) < width:
            return list(zip(*([*row, *[""] * (width - len(row))] for row in self._rows), strict=True))
        return list(zip(*self._rows, strict=True))

    def _cells(self, columns: Columns, index: int | None) -> Sequence[Cell]:
        return columns[index] if index is not None and index < len(columns) else ()

    def _texts(self, columns: Columns, index: int | None) -> bytes:
        """One column as shown, packed. Most cells are tidy already, and in most columns they were met before."""
        cells = self._cells(columns, index)
        try:
            texts = cast("Sequence[str]", cells)
            joined = SEPARATOR.join(texts)
        except TypeError:
            texts = [cell if type(cell) is str else show(cell) for cell in cells]
            joined = SEPARATOR.join(texts)
        if len(joined) < len(texts):
            return b""
        if self._is_tidy(texts, joined, index):
            return joined.encode()
        return pack_texts([tidy(text)[: self.most_characters] for text in texts])

    def _is_tidy(self, texts: Sequence[str], joined: str, index: int | None) -> bool:
        known = self._tidy.setdefault(index, set())
        if known is None:
            return _are_tidy(joined, len(texts), self.most_characters)
        fresh = set(texts) - known
        if fresh and not _are_tidy(SEPARATOR.join(fresh), len(fresh), self.most_characters):
            return False
        if len(fresh) > len(texts) // 2 and known:
            self._tidy[index] = None  # in such a column remembering does not pay
        elif len(known) < _KNOWN_KEPT:
            known |= fresh
        return True

    def _read_texts(
        self,
        columns: Columns,
        index: int | None,
        read: Callable[[Cell], str | None],
        known: dict[Cell, str],
    ) -> bytes:
        """One column each of whose cells is read, remembering what the commonest came to."""
        cells = self._cells(columns, index)
        if len(known) > _KNOWN_KEPT:
            known.clear()
        known.update((cell, read(cell) or "") for cell in set(cells) if cell not in known)
        return pack_texts(list(map(known.__getitem__, cells)))

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


def _are_tidy(joined: str, texts: int, most_characters: int) -> bool:
    """Whether so many texts, joined, are as `tidy` would leave them."""
    if len(joined) > most_characters and max(map(len, joined.split(SEPARATOR))) > most_characters:
        return False
    if joined[:1] in (" ", "'") or joined[-1:] == " " or ("'" in joined and f"{SEPARATOR}'" in joined):
        return False
    return not (" " in joined and any(sign in joined for sign in _UNTIDY)) and _is_printable(joined, texts)


def _is_printable(joined: str, texts: int) -> bool:
    """Whether so many texts, joined, hold no unseen characters; a separator inside one of them is unseen too."""
    if joined.count(SEPARATOR) != texts - 1:
        return False
    if joined.isascii():  # deleting bytes is many times faster than asking about each character
        packed = joined.encode()
        return len(packed.translate(None, _UNSEEN)) == len(packed)
    return joined.replace(SEPARATOR, "").isprintable()
