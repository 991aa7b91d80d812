"""The unlock ladder: in which order things to get open the most work that is closed today.

A lot stays closed while anything it asks for is missing. A step, such as a certificate or a partner, closes some of
these gaps, in one lot or in many. A rung is one step, or two where neither opens anything without the other. Every lot
stands on one rung only, so no pound is counted twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

MOST_RUNGS = 6
MOST_INSTEAD = 3


@dataclass(frozen=True, slots=True)
class Closed:
    """A lot that fits and cannot be had yet.

    pence    what it is worth; None where nobody has said
    missing  keys of its gaps, of no other lot's
    """

    lot: int
    pence: int | None
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to get, and the gaps it closes.

    effort   0 the least; it decides only between steps that open the same money
    partner  whether it is another enterprise: only these are offered in place of a step
    """

    key: str
    effort: int
    closes: frozenset[str]
    partner: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """One step up, or two that must be taken together, with what opens then.

    lots      keys of the lots it opens, on top of the rungs below
    unvalued  how many of them have no stated value, so that `pence` lacks them
    instead   keys of the partners that would open the most of the same lots
    """

    steps: tuple[str, ...]
    lots: tuple[int, ...]
    pence: int
    unvalued: int
    instead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs from the ground up, and the lots that no rung here reaches."""

    rungs: tuple[Rung, ...]
    out_of_reach: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A step or a pair, ordered so that the smallest is the best: money, lots, effort, fewest steps, key."""

    pence: int
    lots: frozenset[int]
    steps: tuple[Step, ...]

    @property
    def order(self) -> tuple[int, int, int, int, tuple[str, ...]]:
        effort = sum(step.effort for step in self.steps)
        return -self.pence, -len(self.lots), effort, len(self.steps), tuple(step.key for step in self.steps)


def climb(closed: Iterable[Closed], steps: Iterable[Step], most: int = MOST_RUNGS) -> Ladder:
    """The ladder for these lots.

    Each rung is the single step that opens the most money then, or, where no single step opens anything, the best pair.
    The first two steps together are the best pair there is: where the best single step would spoil that, the pair
    comes first.
    """
    left = {one.lot: one for one in closed if one.missing}
    offered = sorted(set(steps), key=lambda step: step.key)
    rungs: list[Rung] = []
    queue = _best_start(left, offered)
    while len(rungs) < most:
        chosen = queue.pop(0) if queue else _best_single(left, offered) or best_pair(left.values(), offered)
        if chosen is None:
            break
        rungs.append(_rung(chosen, left, offered))
        left = _after(left, chosen)
    return Ladder(tuple(rungs), tuple(sorted(left)))


def best_pair(closed: Iterable[Closed], steps: Iterable[Step]) -> _Choice | None:
    """The two steps that open the most money together, found exactly; None where no second step adds anything.

    Pairs that open a lot only together are few and all looked at. Any other pair opens at most the sum of its two, so
    steps in the order of their money are tried until no sum can win.
    """
    left = {one.lot: one for one in closed}
    relevant = [step for step in steps if any(step.closes & one.missing for one in left.values())]
    alone = {step: _opened(left, step.closes) for step in relevant}
    found = [_choice(left, pair) for pair in _only_together(left, relevant)]
    best = min((one for one in found if one.lots), key=lambda one: one.order, default=None)
    useful = [step for step in relevant if alone[step]]
    ranked = sorted(useful, key=lambda step: (-_pence(left, alone[step]), -len(alone[step]), step.key))
    for place, first in enumerate(ranked):
        for second in ranked[place + 1 :]:
            bound = _pence(left, alone[first]) + _pence(left, alone[second])
            if best is not None and bound < best.pence:
                break
            pair = _choice(left, (first, second))
            if pair.lots and (best is None or pair.order < best.order):
                best = pair
    return best


def _best_start(left: Mapping[int, Closed], steps: Sequence[Step]) -> list[_Choice]:
    """The first rungs, where the best pair opens more than the best step and then the next best."""
    first = _best_single(left, steps)
    pair = best_pair(left.values(), steps)
    if first is None or pair is None:
        return []
    second = _best_single(_after(left, first), steps)
    if pair.pence <= first.pence + (second.pence if second else 0):
        return []
    one, other = sorted((_choice(left, (step,)) for step in pair.steps), key=lambda each: each.order)
    if not one.lots:
        return [pair]
    return [one, _choice(_after(left, one), other.steps)]


def _best_single(left: Mapping[int, Closed], steps: Iterable[Step]) -> _Choice | None:
    choices = (_choice(left, (step,)) for step in steps)
    return min((one for one in choices if one.lots), key=lambda one: one.order, default=None)


def _only_together(left: Mapping[int, Closed], steps: Sequence[Step]) -> list[tuple[Step, Step]]:
    """Pairs that open some lot neither opens alone."""
    found: set[tuple[Step, Step]] = set()
    for one in left.values():
        near = [step for step in steps if step.closes & one.missing and not one.missing <= step.closes]
        found.update(
            (first, second) for first, second in combinations(near, 2) if one.missing <= first.closes | second.closes
        )
    return sorted(found, key=lambda pair: (pair[0].key, pair[1].key))


def _choice(left: Mapping[int, Closed], steps: tuple[Step, ...]) -> _Choice:
    lots = _opened(left, frozenset().union(*(step.closes for step in steps)))
    ordered = tuple(sorted(steps, key=lambda step: (step.effort, step.key)))
    return _Choice(_pence(left, lots), lots, ordered)


def _opened(left: Mapping[int, Closed], closes: frozenset[str]) -> frozenset[int]:
    return frozenset(lot for lot, one in left.items() if one.missing <= closes)


def _pence(left: Mapping[int, Closed], lots: Iterable[int]) -> int:
    return sum(left[lot].pence or 0 for lot in lots)


def _after(left: Mapping[int, Closed], chosen: _Choice) -> dict[int, Closed]:
    """What is still closed, and what it still misses, once the steps are taken."""
    had = frozenset().union(*(step.closes for step in chosen.steps))
    return {lot: Closed(lot, one.pence, one.missing - had) for lot, one in left.items() if not one.missing <= had}


def _rung(chosen: _Choice, left: Mapping[int, Closed], steps: Iterable[Step]) -> Rung:
    behind = {lot: left[lot] for lot in chosen.lots}
    others = [_choice(behind, (step,)) for step in steps if step.partner and step not in chosen.steps]
    instead = sorted((one for one in others if one.lots), key=lambda one: one.order)[:MOST_INSTEAD]
    return Rung(
        steps=tuple(step.key for step in chosen.steps),
        lots=tuple(sorted(chosen.lots)),
        pence=chosen.pence,
        unvalued=sum(left[lot].pence is None for lot in chosen.lots),
        instead=tuple(one.steps[0].key for one in instead),
    )
