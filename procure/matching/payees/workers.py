"""The same answers from several processes: each maps the one stored register and takes a run of the queries."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from procure.matching.payees.answers import Identification, Query
from procure.matching.payees.parameters import Parameters
from procure.matching.payees.reconcile import identify
from procure.matching.payees.register import Register

RUN: Final = 800


def identify_across(
    queries: Sequence[Query | str],
    folder: Path,
    *,
    workers: int,
    top: int = 5,
    parameters: Parameters | None = None,
    run: int = RUN,
) -> list[Identification]:
    """As `identify`, against the register stored in a folder, shared out over processes.

    run  how many queries a worker takes at a time

    No answer depends on another query, so how the queries are cut changes nothing but the time.
    """
    runs = [list(queries[start : start + run]) for start in range(0, len(queries), run)]
    if workers < 2 or len(runs) < 2:
        return [answer for part in runs for answer in identify_run(part, folder, top, parameters)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(identify_run, part, folder, top, parameters) for part in runs]
        return [answer for future in waiting for answer in future.result()]


def identify_run(
    queries: Sequence[Query | str], folder: Path, top: int, parameters: Parameters | None
) -> list[Identification]:
    """One worker's share: pure, so that any pool, or a cluster, may run it."""
    return identify(queries, _opened(folder), top=top, parameters=parameters)


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Register:
    return Register.open(folder)
