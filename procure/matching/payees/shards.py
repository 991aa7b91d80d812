"""The two blockers: which registered names share rare letter runs, or rare words, with a payee.

A shard is a run of register rows with its own postings. What is rare is counted over the whole register, and the cut is
made once, when the register is built: no answer depends on which process, or which machine, asks a shard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.names import telling
from procure.matching.text import GRAMS, WORDS, gram_counts, nearest, weigh, word_counts

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Found = tuple[float, int]
LEAST_GRAMS: Final = 5
LEAST_WORDS: Final = 2


@dataclass(frozen=True)
class Shard:
    """Postings of a run of register rows: features x rows, for letter runs and for words."""

    first_row: int
    char_postings: "csr_matrix"
    word_postings: "csr_matrix"


@dataclass(frozen=True)
class Counts:
    """How often each letter run, and each word, stands in each name of a run of register rows."""

    grams: "csr_matrix"
    words: "csr_matrix"

    def holders(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many names hold each letter run, and each word."""
        return (
            np.bincount(self.grams.indices, minlength=GRAMS).astype(np.int64),
            np.bincount(self.words.indices, minlength=WORDS).astype(np.int64),
        )


def count(texts: Sequence[str]) -> Counts:
    """The first half of building a shard: needs nothing but its own names."""
    return Counts(gram_counts(texts), word_counts([search_words(text) for text in texts]))


def weigh_and_turn(
    counts: Counts, char_idf: NDArray[np.float32], word_idf: NDArray[np.float32], *, first_row: int
) -> Shard:
    """The second half: needs the rarities, which are counted over the whole register."""
    return Shard(first_row, weigh(counts.grams, char_idf).T.tocsr(), weigh(counts.words, word_idf).T.tocsr())


def search_words(text: str) -> tuple[str, ...]:
    """The words by which a name is found, and its initials marked as such where it has three words or more."""
    words = telling(text)
    initials = "".join(word[0] for word in words)
    return (*words, f"~{initials}") if 3 <= len(initials) <= 7 else words


def asked_words(text: str) -> tuple[str, ...]:
    """The words by which a payee is looked for: a short word may be somebody's initials."""
    words = telling(text)
    return (*words, *(f"~{word}" for word in words if 3 <= len(word) <= 7))


def shard_candidates(
    shard: Shard, char_queries: "csr_matrix", word_queries: "csr_matrix", *, top: int, budget: int, threads: int = 1
) -> list[tuple[list[Found], list[Found]]]:
    """For every query the `top` rows of this shard by letters, and the `top` by words, each with its cosine.

    budget  how many postings a query may read in this shard, for letters and for words
    """
    letters = affordable(char_queries, np.diff(shard.char_postings.indptr), budget=budget, least=LEAST_GRAMS)
    words = affordable(word_queries, np.diff(shard.word_postings.indptr), budget=budget, least=LEAST_WORDS)
    by_letters = nearest(letters, shard.char_postings, top=top, threads=threads)
    by_words = nearest(words, shard.word_postings, top=top, threads=threads)
    return [
        (_found(by_letters, query, shard.first_row), _found(by_words, query, shard.first_row))
        for query in range(char_queries.shape[0])
    ]


def merge_candidates(shards: Sequence[tuple[list[Found], list[Found]]], *, top: int) -> set[int]:
    """The register rows that either blocker puts among its `top` over all shards; ties go to the earlier row."""
    rows: set[int] = set()
    for blocker in (0, 1):
        found = sorted(candidate for each in shards for candidate in each[blocker])
        rows.update(row for _, row in found[:top])
    return rows


def affordable(queries: "csr_matrix", costs: NDArray[np.int32], *, budget: int, least: int) -> "csr_matrix":
    """Each query's rarest features, as many as the budget of postings pays for and never fewer than `least`.

    Common features say little and cost most: in a register of a million names they are nearly all of the work. Nothing
    is left out of a small register, and the candidates found are compared in full whatever found them.
    """
    from scipy.sparse import csr_matrix

    owners = np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr))
    prices = costs[queries.indices].astype(np.int64)
    cheapest = np.lexsort((queries.indices, prices, owners))
    spent = np.cumsum(prices[cheapest])
    starts = queries.indptr[:-1]
    before = np.concatenate([[0], spent])[starts]
    ranks = np.arange(len(cheapest)) - starts[owners]
    kept = np.sort(cheapest[(spent - before[owners] <= budget) | (ranks < least)])
    ends = np.searchsorted(owners[kept], np.arange(queries.shape[0] + 1)).astype(np.int32)
    return csr_matrix((queries.data[kept], queries.indices[kept], ends), shape=queries.shape)


def _found(nearest_rows: "csr_matrix", query: int, first_row: int) -> list[Found]:
    run = slice(nearest_rows.indptr[query], nearest_rows.indptr[query + 1])
    rows = (nearest_rows.indices[run] + first_row).tolist()
    return list(zip((-nearest_rows.data[run]).tolist(), rows, strict=True))
