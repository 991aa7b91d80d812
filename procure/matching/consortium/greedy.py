"""A good consortium found quickly, without proof: the nearer it is to the best, the less is left to prove."""

from collections.abc import Callable, Iterator

import numpy as np

from .programme import Grid, Indices, Programme

_MISSING = 10.0
"""What a whole need, or a gate, left uncovered counts against a set: more than any fit could make good."""
_ROUNDS = 40
_DUST = 1e-9


def climb(programme: Programme, start: Indices, offer: Callable[[tuple[int, ...]], object]) -> None:
    """Add, drop and swap one member at a time while the set improves; offers every set on the way that fits.

    start  indices of the members to begin with, may be none
    """
    members, score = start, -np.inf
    for _ in range(_ROUNDS):
        moves = list(_moves(programme, members))
        scores = [_score(programme, sets) for sets in moves]
        best = max(range(len(moves)), key=lambda place: scores[place].max(initial=-np.inf), default=None)
        if best is None or scores[best].max(initial=-np.inf) <= score + _DUST:
            return
        row = int(scores[best].argmax())
        members, score = np.sort(moves[best][row]), float(scores[best][row])
        if score > -_MISSING / 100:
            offer(tuple(int(one) for one in members))


def _moves(programme: Programme, members: Indices) -> Iterator[Indices]:
    everyone = np.arange(len(programme.reach))
    yield members[None, :]
    for place in range(len(members)):
        rest = np.delete(members, place)
        if len(rest):
            yield rest[None, :]
        yield _joined(programme, rest, everyone)
    if len(members) < programme.most:
        yield _joined(programme, members, everyone)


def _joined(programme: Programme, members: Indices, everyone: Indices) -> Indices:
    """Each further member in turn beside these, but no excluded partners of theirs."""
    barred = set(members.tolist()).union(*(programme.apart.get(int(one), frozenset()) for one in members))
    new = np.setdiff1d(everyone, np.fromiter(barred, dtype=int))
    return np.column_stack([np.broadcast_to(members, (len(new), len(members))), new])


def _score(programme: Programme, sets: Indices) -> Grid:
    """About what each set (B x m) is worth: needs go to the best suited first, as far as purses allow."""
    gain, reach = programme.gain[sets], programme.reach[sets]
    purse = programme.purse[sets].copy()
    count, _, needs = gain.shape
    order = np.argsort(-np.where(reach > 0, gain, -np.inf).reshape(count, -1), axis=1, kind="stable")
    left, fit, every = np.ones((count, needs)), np.zeros(count), np.arange(count)
    most = int((reach > 0).sum(axis=(1, 2)).max(initial=0))
    for step in range(most):
        who, what = np.divmod(order[:, step], needs)
        worth = programme.worth[what]
        limit = np.divide(purse[every, who], worth, out=np.full(count, np.inf), where=worth > 0)
        part = np.minimum(np.minimum(reach[every, who, what], left[every, what]), np.maximum(limit, 0))
        left[every, what] -= part
        purse[every, who] -= part * worth
        fit += part * gain[every, who, what]
    lacks = np.maximum(programme.rows[:, sets].sum(axis=2).T - programme.limits, 0).sum(axis=1)
    fit -= _MISSING * (left[:, programme.asked].sum(axis=1) + lacks)
    return fit - programme.cost[sets][:, 1:].sum(axis=1)
