"""Payments of one sheet that wait to be sent on, and what they have come to so far."""

from collections.abc import Sequence

from procure.sheets.batches import SEPARATOR, pack, pack_numbers, pack_texts
from procure.sheets.cells import read_company_number, read_postcode, show, tidy
from procure.sheets.money import CellError, read_pence
from procure.sheets.reading import Cell
from procure.sheets.table import Row

_TEXTS = ("category", "description", "transaction_number", "department")


class PendingPayments:
    """Rows as they were read, with what the core cells came to; their other cells are read a column at a time."""

    def __init__(self, most_characters: int) -> None:
        self.most_characters = most_characters
        self.count = self.total_pence = 0
        self.first = self.last = 0
        self.repeats = self.repeats_pence = 0
        self._seen: set[int] = set()
        self._forget()

    def _forget(self) -> None:
        self._numbers: list[int] = []
        self._pence: list[int] = []
        self._days: list[int] = []
        self._repeated = bytearray()
        self._rows: list[Row] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, pence: int, day: int, cells: Row) -> None:
        """Add one payment. It is a repeat where every cell of an earlier row of the sheet was the same."""
        before = len(self._seen)
        self._seen.add(hash(tuple(cells)))
        is_repeat = len(self._seen) == before
        if is_repeat:
            self.repeats += 1
            self.repeats_pence += pence
        self.count += 1
        self.total_pence += pence
        self._numbers.append(number)
        self._pence.append(pence)
        self._days.append(day)
        self._repeated.append(is_repeat)
        self._rows.append(cells)

    def pack(self, indexes: dict[str, int]) -> bytes:
        """The waiting payments by column, in the order of PaymentRow's fields; then none wait."""
        self.first = min(self.first or self._days[0], *self._days)
        self.last = max(self.last, *self._days)
        columns = [
            pack_numbers(self._numbers),
            pack_texts(self._texts(indexes["supplier"])),
            pack_numbers(self._pence),
            pack_numbers(self._days),
            *(pack_texts(self._texts(indexes.get(name))) for name in _TEXTS),
            pack_texts([read_postcode(text) or "" for text in self._texts(indexes.get("supplier_postcode"))]),
            pack_texts(self._texts(indexes.get("supplier_id"))),
            *(pack_numbers([_money(cell) for cell in self._cells(indexes.get(name))]) for name in ("vat", "gross")),
            pack_texts([read_company_number(text) or "" for text in self._texts(indexes.get("company_number"))]),
            bytes(self._repeated),
        ]
        self._forget()
        return pack(columns)

    def _cells(self, index: int | None) -> list[Cell]:
        if index is None:
            return []
        return [row[index] if index < len(row) else "" for row in self._rows]

    def _texts(self, index: int | None) -> Sequence[str]:
        """One column as shown. Most columns are tidy already, which the joined text tells faster than each cell does."""
        cells = self._cells(index)
        texts = [cell if type(cell) is str else show(cell) for cell in cells]
        joined = SEPARATOR.join(texts)
        is_tidy = "".join(texts).isprintable() and not any(
            sign in joined for sign in ("  ", f" {SEPARATOR}", f"{SEPARATOR} ", f"{SEPARATOR}'")
        )
        if not is_tidy or joined[:1] in (" ", "'") or joined[-1:] == " ":
            texts = [tidy(text) for text in texts]
        if len(joined) > self.most_characters:
            texts = [text[: self.most_characters] for text in texts]
        return texts


def _money(cell: Cell) -> int | None:
    if cell in ("", None):
        return None
    try:
        return read_pence(cell)
    except CellError:
        return None
