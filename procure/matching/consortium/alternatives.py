"""Other consortia nearly as good, each made up mostly of other members."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from .lot import Lot
from .programme import Programme
from .search import Found, Memory, find_best

_WITHIN = 0.03
"""How far below the best an alternative may lie, as a fraction of the best's objective."""


def find_alternatives(
    lot: Lot, best: Found, wanted: int, until: float = np.inf, memory: Memory | None = None
) -> list[Found]:
    """Up to so many further sets, best first.

    Each is the best set within 3% of the best objective that shares at most half the members of the larger set
    with the best and with every earlier alternative. Once the clock of time.perf_counter reads until, those found
    by then are all.
    """
    floor = best.objective - _WITHIN * abs(best.objective)
    chosen = [best]
    while len(chosen) <= wanted:
        try:
            following = _next(lot, chosen, floor, until, memory)
        except TimeoutError:
            break
        if following is None:
            break
        chosen.append(following)
    return chosen[1:]


def _next(lot: Lot, chosen: Sequence[Found], floor: float, until: float, memory: Memory | None) -> Found | None:
    earlier = [frozenset(found.members) for found in chosen]

    def differs(members: tuple[int, ...]) -> bool:
        return lot.keeps_gates(members) and all(is_different(members, other) for other in earlier)

    following: Found | None = None
    for programme in _by_size(lot.programme, earlier):
        to_beat = floor if following is None else following.objective
        found = find_best(programme, differs, floor=to_beat, until=until, memory=memory)
        if found is not None and (following is None or found.objective > following.objective):
            following = found
    return following


def is_different(members: Sequence[int], other: frozenset[int]) -> bool:
    """Whether two sets share at most half the members of the larger."""
    return 2 * len(other.intersection(members)) <= max(len(other), len(members))


def _by_size(programme: Programme, earlier: Sequence[frozenset[int]]) -> Iterator[Programme]:
    """The lot once for each range of sizes in which the same set is the larger of each two."""
    sizes = sorted({size for other in earlier if (size := len(other)) < programme.most})
    for fewest, most in zip([0, *(size + 1 for size in sizes)], [*sizes, programme.most], strict=True):
        rows, limits = np.zeros((len(earlier), len(programme.reach))), np.zeros(len(earlier))
        for row, other in enumerate(earlier):
            if most <= len(other):
                limits[row] = len(other) // 2
                rows[row, sorted(other)] = 1
            else:
                rows[row] = -0.5
                rows[row, sorted(other)] = 0.5
        yield replace(programme.with_rows(rows, limits), fewest=fewest, most=most)
