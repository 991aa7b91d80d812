"""The exact best set of members: a good one first, then the proof that nobody else could do better."""

from dataclasses import replace

import numpy as np

from .best import EXACT, Best, Check, Found, solve_among
from .bounds import Bound
from .greedy import climb
from .programme import Indices, Programme
from .relaxation import find_bound, is_impossible
from .tree import branch

__all__ = ["Found", "find_best"]

_FIRST = 30
_PORTION = 40
_LIKELY = 60
"""How many of the most promising enterprises are tried for a first good set."""


def find_best(
    programme: Programme, check: Check, *, floor: float = -np.inf, is_first_enough: bool = False, until: float = np.inf
) -> Found | None:
    """The best set of enterprises that carries the lot, keeps every row and passes the check; None where none does.

    check            exact gates of a set, in whole pence and heads
    floor            sets worth less than this do not count
    is_first_enough  stop at any set at all: for asking whether there is one
    until            when to stop, on the clock of time.perf_counter; what is found by then says it is not proved
    raises           TimeoutError where nothing was found in time
    source           docs/measures/consortium.md
    """
    best = Best(programme, check, floor, is_first_enough, until)
    _improve(programme, best)
    if best.is_late and best.found is None:
        raise TimeoutError("No consortium was found in time, and none was ruled out")
    return None if best.found is None else replace(best.found, is_proved=best.is_proved)


def _improve(programme: Programme, best: Best) -> None:
    best.offer(())
    if not len(programme.reach) or (programme.reach.sum(axis=0) < 1 - EXACT)[programme.asked].any():
        return
    if len(programme.reach) <= _FIRST and not best.is_settled:
        solve_among(programme, np.arange(len(programme.reach)), best)
        return
    bound = find_bound(programme)
    if best.is_settled or bound.total <= best.to_beat:
        return
    _climb(programme, bound, best)
    if best.found is None and not np.isfinite(best.floor):
        _find_any(programme, best)
        if best.found is None:
            return
    if not best.is_settled:
        branch(programme, bound, best)


def _climb(programme: Programme, bound: Bound, best: Best) -> None:
    """Good sets to begin with, found among the most promising."""
    kept = np.sort(np.argsort(-bound.adds, kind="stable")[:_LIKELY])
    likely = programme.only(kept)

    def offer(members: tuple[int, ...]) -> None:
        best.offer(tuple(int(one) for one in kept[list(members)]))

    ranked = np.argsort(-bound.prices.joins[kept], kind="stable")
    for size in (0, round(float(bound.prices.joins.sum()))):
        climb(likely, np.sort(ranked[: min(size, programme.most)]), offer)


def _find_any(programme: Programme, best: Best) -> None:
    """Find some set of this lot, or prove that there is none."""
    seen, portion = np.zeros(0, dtype=int), _PORTION
    while best.found is None and not best.is_late:
        remaining = _beyond(programme, seen)
        bound = find_bound(remaining)
        worthy = np.nonzero(bound.total + np.minimum(bound.adds, 0) > best.to_beat)[0]
        if bound.total <= best.to_beat:
            return
        if not len(np.setdiff1d(worthy, seen)) or (len(seen) and is_impossible(remaining)):
            return
        kept = _next_few(bound, worthy, seen, portion)
        solve_among(remaining.only(kept), kept, best)
        if len(kept) == len(worthy):
            return
        seen, portion = np.union1d(seen, kept), 3 * portion


def _beyond(programme: Programme, seen: Indices) -> Programme:
    """The lot where at least one member is new; what can be had among those seen has been had."""
    if not len(seen):
        return programme
    is_new = np.ones((1, len(programme.reach)))
    is_new[0, seen] = 0
    return programme.with_rows(-is_new, np.array([-1.0]))


def _next_few(bound: Bound, worthy: Indices, seen: Indices, portion: int) -> Indices:
    """Whom to look at next: the most promising, in portions small enough that each is solved quickly."""
    ranked = worthy[np.argsort(-bound.adds[worthy], kind="stable")]
    if not len(seen):
        return np.sort(ranked[:_FIRST])
    if len(ranked) <= 2 * portion:
        return np.sort(ranked)
    new = ranked[~np.isin(ranked, seen)]
    return np.union1d(ranked[:portion], new[:portion])
