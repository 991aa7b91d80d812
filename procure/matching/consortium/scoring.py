"""About what many sets of enterprises are worth, all at once: quick enough to try every swap, no proof."""

import numpy as np

from .programme import Grid, Indices, Programme

_MISSING = 10.0
"""What a whole need, or a gate, left uncovered counts against a set: more than any fit could make good."""
FEASIBLE = -_MISSING / 100
"""A score above this is worth an exact look."""


class Scorer:
    """Scores sets of one programme; a member numbered nobody fills an empty place in a set."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.nobody = len(programme.reach)
        who, what = np.nonzero(programme.reach > 0)
        order = np.argsort(-programme.gain[who, what], kind="stable")
        who, what = who[order], what[order]
        self._what = np.append(what, 0)
        self._reach = np.append(programme.reach[who, what], 0.0)
        self._gain = np.append(programme.gain[who, what], 0.0)
        self._worth = programme.worth[self._what]
        self._ranks = _by_enterprise(who, self.nobody)
        self._purse = np.append(programme.purse, 0.0)
        self._cost = np.append(programme.cost, 0.0)
        self._rows = np.column_stack([programme.rows, np.zeros(len(programme.rows))])

    def score(self, sets: Indices) -> Grid:
        """Worth of each set (B x m): needs go to the best suited first, as far as purses allow."""
        programme = self.programme
        count, size = sets.shape
        pairs, place = self._in_order(sets)
        what, reach, worth = self._what[pairs], self._reach[pairs], self._worth[pairs]
        left, purse = np.ones(count * len(programme.units)), self._purse[sets].ravel()
        needs, owners = np.arange(count) * len(programme.units) + what, np.arange(count) * size + place
        parts = np.empty_like(reach)
        with np.errstate(divide="ignore", invalid="ignore"):
            for step, (need, owner, price) in enumerate(zip(needs, owners, worth, strict=True)):
                open_part, money = left[need], purse[owner]
                part = np.fmin(np.minimum(reach[step], open_part), money / price)
                left[need] = open_part - part
                purse[owner] = np.maximum(money - part * price, 0)
                parts[step] = part
        fit = (parts * self._gain[pairs]).sum(axis=0)
        limits = programme.limits_at((sets < self.nobody).sum(axis=1))
        lacks = np.maximum(self._rows[:, sets].sum(axis=2).T - limits, 0).sum(axis=1)
        lacks += left.reshape(count, -1)[:, programme.asked].sum(axis=1)
        cost = self._cost[sets]
        return fit - _MISSING * lacks - (cost.sum(axis=1) - cost.max(axis=1, initial=0))

    def _in_order(self, sets: Indices) -> tuple[Indices, Indices]:
        """What the members of each set could carry, best suited first, and the place of who would (steps x B)."""
        count, size = sets.shape
        keys = self._ranks[sets] * size + np.arange(size)[:, None]
        keys = np.sort(keys.reshape(count, -1), axis=1).T
        is_real = (keys < (len(self._what) - 1) * size).any(axis=1)
        pairs, place = np.divmod(np.ascontiguousarray(keys[is_real]), size)
        return pairs, place


def _by_enterprise(who: Indices, nobody: int) -> Indices:
    """The ranks of what each enterprise could carry, filled up with the one after the last."""
    order = np.argsort(who, kind="stable")
    counts = np.bincount(who, minlength=nobody + 1)
    ranks = np.full((nobody + 1, int(counts.max(initial=0))), len(who))
    first = np.cumsum(counts) - counts
    ranks[who[order], np.arange(len(who)) - first[who[order]]] = order
    return ranks
