"""Branch and bound: split the lot until each part is beaten by its bound or small enough to be solved whole.

Source: Land and Doig, An Automatic Method of Solving Discrete Programming Problems, Econometrica 28 (1960).
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from .best import Best, solve_among
from .bounds import Bound
from .programme import Indices, Programme
from .relaxation import NEAR, find_bound, tighten

_LEAF = 90
"""Enterprises that the integer programme takes at once; more are split first."""
_ROOT_ROUNDS = 10
_ROUNDS = 2
_WHOLE = 0.02
"""Fractions this close to a whole number are not worth a split."""


@dataclass(frozen=True)
class Part:
    """A part of the lot's possible sets: its enterprises by their names in the whole lot, and its bound."""

    programme: Programme
    names: Indices
    bound: Bound

    def without_useless(self, to_beat: float) -> "Part":
        """The part without those who could not take part in anything better."""
        kept = np.nonzero(self.bound.total + np.minimum(self.bound.adds, 0) > to_beat)[0]
        if len(kept) == len(self.names):
            return self
        return Part(self.programme.only(kept), self.names[kept], self.bound.only(kept))


def branch(programme: Programme, bound: Bound, best: Best) -> None:
    """Better the best as far as it can be bettered; returns once no part of the lot can."""
    root = Part(programme, np.arange(len(programme.reach)), bound).without_useless(best.to_beat)
    order = count()
    waiting = [(-bound.total, next(order), _tightened(root, best, _ROOT_ROUNDS))]
    while waiting and not best.is_settled:
        part = heapq.heappop(waiting)[2]
        if part.bound.total <= best.to_beat:
            continue
        part = part.without_useless(best.to_beat)
        children = [] if len(part.names) <= _LEAF else list(_split(part))
        if not children:
            solve_among(part.programme, part.names, best)
        for child in children:
            inside = np.nonzero(child.bound.adds > -NEAR)[0]
            priced = replace(child, bound=find_bound(child.programme, inside))
            if priced.bound.total > best.to_beat:
                priced = _tightened(priced.without_useless(best.to_beat), best, _ROUNDS)
                heapq.heappush(waiting, (-priced.bound.total, next(order), priced))


def _tightened(part: Part, best: Best, rounds: int) -> Part:
    programme, bound = tighten(part.programme, part.bound, best.to_beat, rounds)
    return Part(programme, part.names, bound).without_useless(best.to_beat)


def _split(part: Part) -> Iterator[Part]:
    """Two parts that together hold every set of this one: by the number of members, else by one member."""
    joins, programme = part.bound.prices.joins, part.programme
    heads = float(joins.sum())
    if abs(heads - round(heads)) > _WHOLE:
        fewer = int(np.floor(heads))
        more = programme.with_rows(-np.ones((1, len(joins))), np.array([-fewer - 1.0]))
        yield replace(part, programme=replace(programme, most=fewer))
        yield replace(part, programme=more)
        return
    doubt = np.minimum(joins, 1 - joins)
    one = int(np.argmax(doubt))
    if doubt[one] > _WHOLE / 10:
        yield _with(part, one)
        others = np.delete(np.arange(len(joins)), one)
        yield Part(programme.only(others), part.names[others], part.bound.only(others))


def _with(part: Part, one: int) -> Part:
    row = np.zeros((1, len(part.names)))
    row[0, one] = -1
    joined = part.programme.with_rows(row, np.array([-1.0]))
    apart = joined.apart.get(one, frozenset())
    kept = np.array([place for place in range(len(part.names)) if place not in apart])
    return Part(joined.only(kept), part.names[kept], part.bound.only(kept))
