"""Many short texts in one run of bytes, so that a million of them cost their letters and no more."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class TextRow(Protocol):
    """Anything that gives the text of a row: one run of bytes, or two of them end to end."""

    def __getitem__(self, row: int) -> str: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Texts:
    """letters of all texts end to end; starts  where each begins, and where the last ends."""

    letters: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        encoded = [text.encode("utf-8") for text in texts]
        starts = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts)

    def __getitem__(self, row: int) -> str:
        return self.letters[self.starts[row] : self.starts[row + 1]].tobytes().decode("utf-8")

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Both:
    """Texts end to end: rows of the first, then rows of the second."""

    first: TextRow
    second: TextRow

    def __getitem__(self, row: int) -> str:
        size = len(self.first)
        return self.first[row] if row < size else self.second[row - size]

    def __len__(self) -> int:
        return len(self.first) + len(self.second)


def rows_that_say(texts: TextRow, wanted: str) -> range:
    """The run of rows whose text is the one wanted; the texts stand in order."""
    return range(bisect_left(texts, wanted), bisect_right(texts, wanted))
