"""The same work in this process, in several, or on a cluster: pure functions of a part, given out in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, TypeVar

from procure.matching.payees.answers import Identification, Query, RegisterRow
from procure.matching.payees.parameters import Parameters
from procure.matching.payees.reconcile import identify
from procure.matching.payees.register import Register
from procure.matching.payees.stored import open_index

RUN: Final = 800
WAITING: Final = 6
Answer = TypeVar("Answer")


def identify_across(
    queries: Sequence[Query | str],
    folder: Path,
    *,
    workers: int = 1,
    executor: Executor | None = None,
    top: int = 5,
    parameters: Parameters | None = None,
    more: Sequence[RegisterRow] = (),
    run: int = RUN,
) -> list[Identification]:
    """As `identify`, against the index stored in a folder, shared out over processes or over a cluster's machines.

    executor  where the work is done: processes of its own where `workers` is two or more, or a cluster's
    more      rows searched together with the stored ones, as `Register.extended` puts them
    run       how many queries a worker takes at a time

    No answer depends on another query, so how the queries are cut changes nothing but the time.
    raises    UnusableIndexError
    """
    open_index(folder)  # its checksums are compared once, here
    tasks = [(queries[at : at + run], folder, top, parameters, tuple(more)) for at in range(0, len(queries), run)]
    with here_or_in(workers if len(tasks) > 1 else 1, executor) as pool:
        return [answer for part in ahead_of(identify_run, tasks, pool) for answer in part]


def identify_run(
    queries: Sequence[Query | str],
    folder: Path,
    top: int,
    parameters: Parameters | None,
    more: tuple[RegisterRow, ...] = (),
) -> list[Identification]:
    """One worker's share: pure, so that any pool, or a cluster, may run it."""
    stamp = (folder / "manifest.json").stat().st_mtime_ns
    return identify(queries, _opened(folder, stamp, more), top=top, parameters=parameters)


@lru_cache(maxsize=2)
def _opened(folder: Path, stamp: int, more: tuple[RegisterRow, ...]) -> Register:
    """Kept while the manifest is the one that was opened: `stamp` is its time."""
    return open_index(folder, checked=False).extended(more)


@contextmanager
def here_or_in(workers: int, executor: Executor | None) -> Iterator[Executor | None]:
    """The executor given; else processes, where there are to be two or more; else None, which is this process."""
    if executor is not None or workers < 2:
        yield executor
        return
    # spawned, because a fork of a process with threads, such as a server's, may never wake
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


def ahead_of(work: Callable[..., Answer], tasks: Iterable[tuple[Any, ...]], pool: Executor | None) -> Iterator[Answer]:
    """What `work` makes of each task, in order; a few tasks are under way at a time, so a long stream is never held."""
    if pool is None:
        yield from (work(*task) for task in tasks)
        return
    waiting: deque[Future[Answer]] = deque()
    for task in tasks:
        waiting.append(pool.submit(work, *task))
        if len(waiting) >= WAITING:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def cluster_executor(address: str) -> Executor:
    """A Dask cluster's machines as an executor; they must see the folder of the index under the same path.

    address  the scheduler's, such as "tcp://10.0.0.1:8786"
    raises   ImportError where the cluster extra is not installed
    """
    from distributed import Client

    executor: Executor = Client(address).get_executor(pure=False)
    return executor
