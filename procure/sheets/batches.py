"""Payments packed by column: a million of them cross from the reading process, and wait, in few bytes and fast.

Plain bytes and not pickle or marshal, because they come from the process that read a stranger's file.
"""

import contextlib
import struct
import tempfile
import threading
import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import cast, overload

from procure.sheets.reading import PaymentRow

SEPARATOR = "\x1f"
_NOTHING = -(2**63)
_IN_MEMORY_BYTES = 8 * 1024 * 1024
_LENGTH = struct.Struct("<I")


def pack_numbers(numbers: Sequence[int | None]) -> bytes:
    with contextlib.suppress(TypeError):
        return array("q", cast("Sequence[int]", numbers)).tobytes()
    if all(number is None for number in numbers):
        return b""
    return array("q", [_NOTHING if number is None else number for number in numbers]).tobytes()


def pack_texts(texts: Sequence[str]) -> bytes:
    """Texts without unseen characters; a blank stands for none."""
    joined = SEPARATOR.join(texts)
    return joined.encode() if len(joined) >= len(texts) else b""


def pack(columns: Sequence[bytes]) -> bytes:
    return b"".join(_LENGTH.pack(len(column)) + column for column in columns)


def unpack(packed: bytes) -> Iterator[PaymentRow]:
    """The payments of one batch. raises ValueError where the bytes are no batch"""
    columns, at = [], 0
    while at < len(packed):
        (length,) = _LENGTH.unpack_from(packed, at)
        columns.append(packed[at + 4 : at + 4 + length])
        at += 4 + length
    if len(columns) != len(PaymentRow._fields):
        raise ValueError(f"{len(columns)} columns in a batch of payments")
    rows, supplier, pence, days, *rest, company, repeats = columns
    count = len(rows) // 8
    known: dict[int, date] = {}
    ordinals = array("q", days)
    for ordinal in set(ordinals):
        known[ordinal] = date.fromordinal(ordinal)
    return map(
        PaymentRow._make,
        zip(
            array("q", rows),
            supplier.decode().split(SEPARATOR),
            array("q", pence),
            map(known.__getitem__, ordinals),
            *(_texts(column, count) for column in rest[:6]),
            *(_numbers(column, count) for column in rest[6:]),
            _texts(company, count),
            _truths(repeats),
            strict=True,
        ),
    )


def _texts(column: bytes, count: int) -> Iterable[str | None]:
    if not column:
        return repeat(None, count)
    texts = column.decode().split(SEPARATOR)
    return [text or None for text in texts] if "" in texts else texts


def _numbers(column: bytes, count: int) -> Iterable[int | None]:
    if not column:
        return repeat(None, count)
    numbers = array("q", column)
    return [None if number == _NOTHING else number for number in numbers] if _NOTHING in numbers else numbers


def _truths(column: bytes) -> Iterable[bool]:
    return map(bool, column) if any(column) else repeat(False, len(column))


class Payments(Sequence[PaymentRow]):
    """Payments kept packed, in memory while few and in a nameless temporary file once many; unpacked when walked."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 - lives as long as this
        weakref.finalize(self, self._file.close)
        self._places: list[tuple[int, int, int]] = []  # first payment, offset, bytes
        self._count = 0
        self._turn = threading.Lock()

    def add(self, packed: bytes, count: int) -> None:
        with self._turn:
            offset = self._file.seek(0, 2)
            self._file.write(packed)
            self._places.append((self._count, offset, len(packed)))
            self._count += count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[PaymentRow]:
        for place in range(len(self._places)):
            yield from unpack(self._packed(place))

    @overload
    def __getitem__(self, index: int) -> PaymentRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[PaymentRow]: ...
    def __getitem__(self, index: int | slice) -> PaymentRow | list[PaymentRow]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(self._count))]
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError(index)
        place = next(n for n in range(len(self._places) - 1, -1, -1) if self._places[n][0] <= at)
        return list(unpack(self._packed(place)))[at - self._places[place][0]]

    def _packed(self, place: int) -> bytes:
        _, offset, size = self._places[place]
        with self._turn:
            self._file.seek(offset)
            return self._file.read(size)
