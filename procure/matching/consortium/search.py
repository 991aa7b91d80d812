"""The exact best set of members: a good one first, then the proof that nobody else could do better."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from .best import EXACT, Best, Check, Found, Memory
from .bounds import Bound, Corner, Prices
from .fewest import Wanted, try_every
from .greedy import climb_among
from .master import Master
from .programme import Indices, Programme
from .standing_in import in_the_running
from .tree import Part, Tree, settle

__all__ = ["Found", "Memory", "begin", "better", "find_any", "find_best", "recall"]

LookRound = Callable[[Tree, Corner, Bound], None]

_EXCESS = 0.02
_FEW = 40
_TURNS = 4
_CUT_ROUNDS = 12
_SHRUNK = 0.7
_NEAR = 0.005
_MANY = 60
_SHORT = 1e-5
_RECALLED = 8
_COUNTABLE = 10
_SOME, _MANY_SETS = 2_000, 200_000
"""Up to so many members every set is tried: at first no more than some, then where that is not too many."""
_NOTHING = -1e-7
"""What a set is worth at the least where nothing is scored: a shortfall that could be seen would cost more."""


def find_best(
    programme: Programme, check: Check, *, floor: float = -np.inf, until: float = np.inf, memory: Memory | None = None
) -> Found | None:
    """The best set of enterprises that carries the lot, keeps every row and passes the check; None where none does.

    check   exact gates of a set, in whole pence and heads
    floor   sets worth less than this do not count
    memory  what earlier searches of the lot left; this one adds to it
    until   when to stop, on the clock of time.perf_counter; what is found by then says it is not proved
    raises  TimeoutError where nothing was found in time
    source  docs/measures/consortium.md
    """
    best = Best(programme, check, floor, is_first_enough=False, until=until, memory=memory or Memory())
    _search(best)
    return _answer(best)


def find_any(programme: Programme, check: Check, *, until: float = np.inf) -> Found | None:
    """Some set that carries the lot, keeps every row and passes the check; None where none does.

    raises  TimeoutError where neither was seen in time
    """
    whole = _unscored(programme)
    idle = replace(whole, least=0.0)
    names = in_the_running(idle)
    anyone = Best(idle.only(names), _named(check, names), _NOTHING, is_first_enough=True, until=until)
    _search_few(anyone)
    best = Best(whole, check, _NOTHING, is_first_enough=True, until=until, is_proved=anyone.is_proved)
    if anyone.found is not None and best.offer(tuple(names[list(anyone.found.members)].tolist())) is None:
        _search(best)
    return _answer(best)


def find_fullest(
    programme: Programme, check: Check, need: int, *, floor: float = -np.inf, until: float = np.inf
) -> Found | None:
    """The set that carries most of one need beside all that is asked; None where none does, or none is worth the floor.

    programme  nothing counts in it but how much of that need is carried, and it is not asked
    raises     TimeoutError where nothing was found in time
    """
    best = Best(programme, check, floor, is_first_enough=False, until=until)
    if not best.is_late and _is_within_reach(programme):
        asked = programme.asked.copy()
        asked[need] = True
        idle = replace(programme, asked=asked, least=0.0)
        names = in_the_running(idle)
        fullest = Best(replace(programme, least=0.0).only(names), _named(check, names), floor, False, until)
        part = Wanted(need, lambda: max(0.0, fullest.to_beat))
        is_countable = programme.most <= _COUNTABLE
        if is_countable and try_every(idle.only(names), fullest.offer, lambda: fullest.is_settled, _MANY_SETS, part):
            best.is_proved = fullest.is_proved
            if fullest.found is None:
                return _answer(best)
            if best.offer(tuple(names[list(fullest.found.members)].tolist())) is not None:
                return _answer(best)
    _search(best)
    return _answer(best)


def find_soon(programme: Programme, check: Check, *, until: float = np.inf) -> Found | None:
    """Some set that does, where one is seen at once; None proves nothing."""
    idle = replace(_unscored(programme), least=0.0)
    names = in_the_running(idle)
    best = Best(_unscored(programme), check, _NOTHING, is_first_enough=True, until=until)

    def offer(members: tuple[int, ...]) -> None:
        best.offer(tuple(names[list(members)].tolist()))

    if not try_every(idle.only(names), offer, lambda: best.is_settled, _SOME) and not best.is_settled:
        begin(best)
    return best.found


def _named(check: Check, names: Indices) -> Check:
    """The check of a whole lot for those of it who are numbered anew."""
    return lambda members: check(tuple(names[list(members)].tolist()))


def _search_few(best: Best) -> None:
    """Look for any set: where few may join, by trying every one."""
    programme = best.programme
    is_countable = programme.most <= _COUNTABLE
    if is_countable and try_every(programme, best.offer, lambda: best.is_settled, _SOME):
        return
    tree = begin(best)
    if tree is None or best.is_settled:
        return
    if not is_countable or not try_every(programme, best.offer, lambda: best.is_settled, _MANY_SETS):
        tree.search()


def prove_impossible(programme: Programme) -> Prices | None:
    """Prices at which even fractions of enterprises fall short of what is asked; None where they do not."""
    idle = _unscored(programme)
    bound = Master(idle, _promising(idle)).find_bound(Corner.whole(idle))
    return bound.prices if bound is not None and bound.total < -_SHORT else None


def _answer(best: Best) -> Found | None:
    if best.is_late and best.found is None:
        raise TimeoutError("No consortium was found in time, and none was ruled out")
    return None if best.found is None else replace(best.found, is_proved=best.is_proved)


def _unscored(programme: Programme) -> Programme:
    return replace(programme, gain=np.zeros_like(programme.gain), cost=np.zeros_like(programme.cost))


def _search(best: Best) -> None:
    """Look at every set that might be better."""
    tree = begin(best)
    if tree is not None:
        tree.search()


def begin(best: Best, look_round: LookRound | None = None) -> Tree | None:
    """What is left to be searched once whoever is of no use is left out; None where nothing is.

    look_round  called once, at the first bound
    """
    programme = best.programme
    best.offer(())
    if best.is_settled or not _is_within_reach(programme):
        return None
    names = np.arange(len(programme.reach))
    recalled = recall(best)
    master, corner = Master(programme, _promising(programme)), Corner.whole(programme)
    if best.memory.cuts is not None:
        master.add_cuts(best.memory.cuts)
    for turn in range(_TURNS):
        tree = Tree(programme, master, names, best)
        tight = tree.tighten(corner, _CUT_ROUNDS if turn else 0)
        if tight is None or not _has_begun(best, names, tight[1]):
            return None
        corner, bound, _ = tight
        if not turn:
            _better_all(best, names, bound, recalled)
            if look_round is not None:
                look_round(tree, corner, bound)
        settled = settle(programme, corner, bound, best.to_keep)
        if settled is None:
            return None
        corner, kept = settled, np.nonzero(~settled.is_out)[0]
        if turn and len(kept) > _SHRUNK * len(names):
            break
        inside = np.nonzero(bound.adds[kept] > -_NEAR)[0] if len(kept) > _MANY else np.arange(len(kept))
        cuts = master.cuts.where(bound.prices.cuts > 0).only(kept)
        programme, names, corner = programme.only(kept), names[kept], corner.only(kept)
        master = Master(programme, inside)
        if len(cuts):
            master.add_cuts(cuts)
    else:
        tree = Tree(programme, master, names, best)
    best.memory.cuts = master.cuts.where(bound.prices.cuts > 0).for_everybody(names, len(best.programme.reach))
    tree.await_part(Part(corner, bound.total, None, 0))
    return tree


def _is_within_reach(programme: Programme) -> bool:
    """Whether there is anybody, and all together could carry what is asked."""
    return bool(len(programme.reach)) and not (programme.reach.sum(axis=0) < 1 - EXACT)[programme.asked].any()


def _has_begun(best: Best, names: Indices, bound: Bound) -> bool:
    """Whether there is something to beat; False where no set keeps the rows."""
    return best.found is not None or bool(np.isfinite(best.floor)) or _seek(best, names, bound)


def _seek(best: Best, names: Indices, bound: Bound) -> bool:
    """Find some set to begin with, and better it among the most promising; False where there is none."""
    try:
        found = find_any(best.programme, best.check, until=best.until)
    except TimeoutError:
        return False
    if found is None or best.offer(found.members) is None:
        return False
    better(best, names, bound, found.members)
    return True


def recall(best: Best) -> list[tuple[int, ...]]:
    """The sets of earlier searches that are worth most where further rows count; those allowed are offered."""
    programme = best.programme
    sets = [members for members in best.memory.sets if len(members) <= programme.most]

    def worth(members: tuple[int, ...]) -> float:
        excess = np.maximum(programme.rows[:, list(members)].sum(axis=1) - programme.limits_at(len(members)), 0).sum()
        return best.memory.sets[members] - _EXCESS * float(excess)

    ranked = sorted(sets, key=worth, reverse=True)[:_RECALLED]
    for members in ranked:
        best.offer(members)
    return ranked


def _better_all(best: Best, names: Indices, bound: Bound, sets: list[tuple[int, ...]]) -> None:
    for members in sets:
        better(best, names, bound, members)


def better(best: Best, names: Indices, bound: Bound, members: tuple[int, ...]) -> None:
    """Climb from a set, among the most promising."""
    likely = names[np.argsort(-bound.adds, kind="stable")[:_FEW]]
    climb_among(best.programme, np.union1d(likely, members), np.array(members, dtype=int), best.offer)


def _promising(programme: Programme) -> Indices:
    serves = programme.gain * programme.reach
    looks = [serves.sum(axis=1), programme.reach.sum(axis=1), *serves.T, *programme.reach.T, *-programme.rows]
    best = [np.argsort(-look, kind="stable")[: _FEW if place < 2 else 5] for place, look in enumerate(looks)]
    return np.unique(np.concatenate(best))
