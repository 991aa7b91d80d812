"""Other consortia nearly as good, each made up mostly of other members."""

from collections.abc import Sequence

import numpy as np

from .lot import Lot
from .programme import Programme
from .search import Found, find_best

_WITHIN = 0.03
"""How far below the best an alternative may lie, as a fraction of the best's objective."""


def find_alternatives(lot: Lot, best: Found, wanted: int, until: float = np.inf) -> list[Found]:
    """Up to so many further sets, best first.

    Each is the best set within 3% of the best objective that shares at most half the members of the larger set
    with the best and with every earlier alternative. Once the clock of time.perf_counter reads until, those found
    by then are all.
    """
    floor = best.objective - _WITHIN * abs(best.objective)
    chosen = [best]
    while len(chosen) <= wanted:
        try:
            following = _next(lot, chosen, floor, until)
        except TimeoutError:
            break
        if following is None:
            break
        chosen.append(following)
    return chosen[1:]


def _next(lot: Lot, chosen: Sequence[Found], floor: float, until: float) -> Found | None:
    earlier = [frozenset(found.members) for found in chosen]

    def differs(members: tuple[int, ...]) -> bool:
        return lot.keeps_gates(members) and all(is_different(members, other) for other in earlier)

    following: Found | None = None
    for size in _sizes(earlier, lot.programme.most):
        programme = _with_limits(lot.programme, earlier, size)
        to_beat = floor if following is None else following.objective
        found = find_best(programme, differs, floor=to_beat, until=until)
        if found is not None and (following is None or found.objective > following.objective):
            following = found
    return following


def is_different(members: Sequence[int], other: frozenset[int]) -> bool:
    """Whether two sets share at most half the members of the larger."""
    return 2 * len(other.intersection(members)) <= max(len(other), len(members))


def _sizes(earlier: Sequence[frozenset[int]], most: int) -> list[int]:
    """Least sizes to try: a larger set may share more members, so each even size opens sets the smaller did not."""
    widest = min(most, 2 * max(len(other) for other in earlier))
    smallest = min(len(other) for other in earlier)
    return [0, *(size for size in range(2, widest + 1, 2) if size > smallest)]


def _with_limits(programme: Programme, earlier: Sequence[frozenset[int]], size: int) -> Programme:
    rows, limits = np.zeros((len(earlier) + 1, len(programme.reach))), np.zeros(len(earlier) + 1)
    for row, other in enumerate(earlier):
        rows[row, sorted(other)] = 1
        limits[row] = max(len(other), size) // 2
    rows[-1], limits[-1] = -1, -size
    return programme.with_rows(rows, limits) if size else programme.with_rows(rows[:-1], limits[:-1])
