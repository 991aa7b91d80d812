"""Building a register's index in a folder from a stream of rows: memory for some blocks of rows, whatever their number.

Rows are read in blocks and each block is put in order; the ordered blocks are merged into columns; every run of columns
is counted, and when all have been counted, weighed and turned into postings. The steps over blocks and runs are pure
functions of files, so they may run in this process, in several, or on a cluster whose machines share the folder.
"""

import heapq
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.answers import RegisterRow
from procure.matching.payees.columns import Columns, columns_of, in_order, numbered
from procure.matching.payees.entries import Entry, entries_of, with_sharers
from procure.matching.payees.register import SHARD_ROWS
from procure.matching.payees.shards import Counts, count, weigh_and_turn
from procure.matching.payees.stored import mapped, mapped_texts, save_postings, write_manifest
from procure.matching.payees.workers import ahead_of, here_or_in
from procure.matching.text import GRAMS, WORDS, rarity_of_holders

BLOCK: Final = 25_000
_PIECE: Final = 1_000
_ROW_ARRAYS: Final[dict[str, type[np.generic]]] = {"previous": np.uint8, "alone": np.int32, "keys": np.int64}
_NUMBERS: Final[dict[str, type[np.generic]]] = {"stated": np.int64, "stating": np.int32}


def build_index(
    rows: Iterable[RegisterRow],
    folder: Path,
    *,
    edition: str = "",
    workers: int = 1,
    executor: Executor | None = None,
    report: Callable[[int], None] | None = None,
    shard_rows: int = SHARD_ROWS,
) -> int:
    """Store the index of a register in a folder, in place of one that may be there; how many names it holds.

    rows      any order, read once; equal rows count once
    edition   what the rows are, for `open_index` to compare
    executor  where the work is done: processes of its own where `workers` is two or more, or a cluster's
    report    is told how many rows were read so far
    raises    ValueError where no row has a name
    """
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    try:
        with here_or_in(workers, executor) as pool:
            runs = _spool(rows, making, pool, report)
            shards = _write_columns(_merged(runs), making, pool, shard_rows)
            if not shards:
                raise ValueError("the register has no names")
            names = _finish(making, shards, pool)
        write_manifest(making, edition=edition, rows=names, shards=shards)
        _put_in_place(making, folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return names


def _put_in_place(making: Path, folder: Path) -> None:
    """Whoever has the old index mapped keeps it until they let go."""
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    making.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _spool(
    rows: Iterable[RegisterRow], making: Path, pool: Executor | None, report: Callable[[int], None] | None
) -> list[Path]:
    """Blocks of rows, read and put in order, each in a file of its own."""
    stream = iter(rows)
    blocks = iter(lambda: list(islice(stream, BLOCK)), [])
    tasks = ((block, making / f"run{number}") for number, block in enumerate(blocks))
    runs, read = [], 0
    for run, size in ahead_of(read_block, tasks, pool):
        runs.append(run)
        read += size
        if report:
            report(read)
    return runs


def read_block(block: list[RegisterRow], run: Path) -> tuple[Path, int]:
    """Write a block's entries in order, in pieces that can be read one at a time."""
    entries = entries_of(block)
    with run.open("wb") as stream:
        for start in range(0, len(entries), _PIECE):
            pickle.dump([tuple(entry) for entry in entries[start : start + _PIECE]], stream)
    return run, len(block)


def _merged(runs: list[Path]) -> Iterator[Entry]:
    return map(Entry._make, heapq.merge(*map(_entries_in, runs)))


def _entries_in(run: Path) -> Iterator[tuple[Any, ...]]:
    with run.open("rb") as stream:
        while True:
            try:
                # our own file of a minute ago, in a folder of our own
                piece = pickle.load(stream)  # noqa: S301
            except EOFError:
                break
            yield from piece
    run.unlink()


def _write_columns(
    entries: Iterable[Entry], making: Path, pool: Executor | None, shard_rows: int
) -> list[tuple[int, int]]:
    """Columns to their files, each run counted as soon as it is written; first row and number of rows of each run."""
    shards: list[tuple[int, int]] = []

    def written() -> Iterator[tuple[Path, int, int, int]]:
        stream, first = with_sharers(entries), 0
        while size := _append_run(stream, making, first, shard_rows):
            shards.append((first, size))
            yield making, len(shards) - 1, first, size
            first += size

    for _ in ahead_of(count_run, written(), pool):
        pass
    return shards


def _append_run(stream: Iterator[tuple[Entry, int]], making: Path, first: int, shard_rows: int) -> int:
    size = 0
    while size < shard_rows and (block := list(islice(stream, min(BLOCK, shard_rows - size)))):
        _append(columns_of(block), making, first + size)
        size += len(block)
    return size


def _append(columns: Columns, making: Path, first: int) -> None:
    for part, texts in columns.texts.items():
        letters = making / f"{part}.letters"
        held = letters.stat().st_size if letters.exists() else 0
        _add(letters, texts.letters)
        _add(making / f"{part}.starts", (texts.starts if not first else texts.starts[1:]) + held)
    for part, kind in _ROW_ARRAYS.items():
        _add(making / part, getattr(columns, part).astype(kind, copy=False))
    _add(making / "stated", columns.stated)
    _add(making / "stating", (columns.stating + first).astype(np.int32))


def _add(path: Path, values: NDArray[Any]) -> None:
    with path.open("ab") as stream:
        stream.write(values.tobytes())


def count_run(making: Path, number: int, first: int, size: int) -> None:
    """First half of a shard: its names counted, and how many of them hold each letter run and each word."""
    texts = mapped_texts(making, "texts")
    counts = count([texts[row] for row in range(first, first + size)])
    folder = making / f"shard{number}"
    folder.mkdir()
    grams, words = counts.holders()
    np.savez(folder / "holders.npz", grams=grams, words=words)
    with (folder / "counts").open("wb") as stream:
        pickle.dump(counts, stream, protocol=5)


def turn_run(making: Path, number: int, first: int) -> None:
    """Second half: the counts weighed by the rarities of the whole register and turned into postings."""
    folder = making / f"shard{number}"
    with (folder / "counts").open("rb") as stream:
        counts: Counts = pickle.load(stream)  # noqa: S301 - our own file of a minute ago
    char_idf, word_idf = (mapped(making / part, np.float32) for part in ("char_idf", "word_idf"))
    save_postings(folder, weigh_and_turn(counts, char_idf, word_idf, first_row=first))
    (folder / "counts").unlink()


def _finish(making: Path, shards: list[tuple[int, int]], pool: Executor | None) -> int:
    """What can only be known once every row is there: rarities, postings, organisations, numbers."""
    names = sum(size for _, size in shards)
    grams, words = np.zeros(GRAMS, dtype=np.int64), np.zeros(WORDS, dtype=np.int64)
    for number in range(len(shards)):
        path = making / f"shard{number}" / "holders.npz"
        with np.load(path) as held:
            grams, words = grams + held["grams"], words + held["words"]
        path.unlink()
    rarity_of_holders(grams, names).tofile(making / "char_idf")
    rarity_of_holders(words, names).tofile(making / "word_idf")
    for _ in ahead_of(turn_run, ((making, number, first) for number, (first, _) in enumerate(shards)), pool):
        pass
    entity_keys, entity_of_row = numbered(mapped(making / "keys", np.int64))
    number_keys, number_rows = in_order(*(mapped(making / part, kind) for part, kind in _NUMBERS.items()))
    entity_keys.tofile(making / "entity_keys")
    entity_of_row.tofile(making / "entity_of_row")
    number_keys.tofile(making / "number_keys")
    number_rows.tofile(making / "number_rows")
    for part in ("keys", *_NUMBERS):
        (making / part).unlink()
    return names
