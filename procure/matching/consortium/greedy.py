"""A good consortium found quickly, without proof: the nearer it is to the best, the less is left to prove."""

from collections.abc import Callable, Iterator

import numpy as np

from .programme import Grid, Indices, Mask, Programme
from .scoring import FEASIBLE, Scorer

_ROUNDS = 40
_DUST = 1e-9

Offer = Callable[[tuple[int, ...]], object]


def climb_among(programme: Programme, kept: Indices, start: Indices, offer: Offer) -> None:
    """Add, drop and swap one member at a time while the set improves; offers every set on the way that fits.

    kept   the few enterprises to choose among; start is among them
    start  the members to begin with, may be none
    """
    near = programme.only(kept)
    scorer, apart = Scorer(near), _apart(near)
    place = np.full(len(programme.reach), -1)
    place[kept] = np.arange(len(kept))
    members, score = place[start], -np.inf
    for _ in range(_ROUNDS):
        sets = _moves(near, apart, members)
        scores = scorer.score(sets)
        best = int(scores.argmax())
        if scores[best] <= score + _DUST:
            return
        members, score = np.sort(sets[best][sets[best] < scorer.nobody]), float(scores[best])
        if score > FEASIBLE:
            offer(tuple(int(one) for one in kept[members]))


def round_up(programme: Programme, joins: Grid) -> Iterator[tuple[int, ...]]:
    """Sets close to these fractions of members."""
    ranked = np.argsort(-joins, kind="stable")
    heads = float(joins.sum())
    for size in {int(np.floor(heads + 1e-6)), int(np.ceil(heads - 1e-6))}:
        members: list[int] = []
        for one in ranked:
            if len(members) >= min(size, programme.most) or joins[one] <= 0:
                break
            if programme.apart.get(int(one), frozenset()).isdisjoint(members):
                members.append(int(one))
        if members:
            yield tuple(sorted(members))


def _apart(programme: Programme) -> Mask:
    """Who excludes whom."""
    apart = np.zeros((len(programme.reach), len(programme.reach)), dtype=bool)
    for one, others in programme.apart.items():
        apart[one, list(others)] = True
    return apart


def _moves(programme: Programme, apart: Mask, members: Indices) -> Indices:
    """The set itself and its neighbours (B x m), filled up with nobody."""
    size, nobody = len(members), len(apart)
    same = np.append(members, nobody)[None, :]
    others = np.delete(np.arange(nobody), members)
    clashes = apart[others][:, members]
    dropped = np.tile(same, (size if size > 1 else 0, 1))
    dropped[np.arange(len(dropped)), np.arange(len(dropped))] = nobody
    free = others[~clashes.any(axis=1)] if size < programme.most else others[:0]
    added = np.tile(same, (len(free), 1))
    added[:, size] = free
    who, out = np.nonzero((clashes.sum(axis=1)[:, None] - clashes) == 0)
    swapped = np.tile(same, (len(who), 1))
    swapped[np.arange(len(who)), out] = others[who]
    return np.concatenate([same, dropped, added, swapped])
