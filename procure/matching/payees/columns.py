"""Entries as columns: the same arrays whether a register stays in memory or is written to a folder block by block."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.entries import Entry
from procure.matching.payees.numbers import number_key
from procure.matching.payees.texts import Texts

TEXTS: Final = ("entities", "names", "texts", "forms", "postcodes", "kinds", "numbers")
_FIELDS: Final = ("entity", "name", "text", "form", "postcode", "kind", "numbers")


@dataclass(frozen=True, slots=True)
class Columns:
    """A run of register rows.

    texts         a run of bytes for each of TEXTS
    previous      row > 1 where the name is a former or trading name
    alone         row > how many organisations share the name once it is spelt out
    keys          row > a number that stands for its organisation, the same on every machine
    stated, stating  key of every registration number, and the row, counted from the run's first, that states it
    """

    texts: dict[str, Texts]
    previous: NDArray[np.uint8]
    alone: NDArray[np.int32]
    keys: NDArray[np.int64]
    stated: NDArray[np.int64]
    stating: NDArray[np.int32]


def columns_of(entries: Sequence[tuple[Entry, int]]) -> Columns:
    """Columns of entries with their sharers, in the order given."""
    told = [entry for entry, _ in entries]
    numbers = [(number_key(each), row) for row, entry in enumerate(told) for each in entry.numbers.split()]
    return Columns(
        texts={
            part: Texts.of([getattr(entry, field) for entry in told])
            for part, field in zip(TEXTS, _FIELDS, strict=True)
        },
        previous=np.fromiter((entry.previous for entry in told), dtype=np.uint8, count=len(told)),
        alone=np.fromiter((sharers for _, sharers in entries), dtype=np.int32, count=len(told)),
        keys=np.fromiter((number_key(entry.entity) for entry in told), dtype=np.int64, count=len(told)),
        stated=np.array([key for key, _ in numbers], dtype=np.int64),
        stating=np.array([row for _, row in numbers], dtype=np.int32),
    )


def in_order(stated: NDArray[np.int64], stating: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Keys of registration numbers sorted, with their rows, so that one can be looked up."""
    order = np.lexsort((stating, stated))
    return stated[order], stating[order]


def numbered(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The organisations' keys, sorted, each once; and for every row the place of its organisation among them."""
    entity_keys, entity_of_row = np.unique(keys, return_inverse=True)
    return entity_keys, entity_of_row.astype(np.int32)
