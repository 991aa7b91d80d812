"""Who could stand in for whom, whatever the others are: so that only the better of two need be tried first.

It holds where nothing is scored and a member need not have a part: if any set will do, then also one in which nobody is
present without all who could stand in for them.
"""

import numpy as np

from .programme import Grid, Indices, Mask, Programme

_AT_ONCE = 200


def in_the_running(programme: Programme) -> Indices:
    """Those who have fewer than as many to stand in for them as there may be members."""
    merits, loners = _merits(programme), _loners(programme)
    order = np.argsort(-merits.sum(axis=1), kind="stable")
    kept = order[:0]
    for first in range(0, len(order), _AT_ONCE):
        block = order[first : first + _AT_ONCE]
        strong = kept[loners[kept]]
        no_worse = np.ones((len(strong), len(block)), dtype=bool)
        for merit in merits.T:
            no_worse &= merit[strong, None] >= merit[block]
        kept = np.concatenate([kept, block[no_worse.sum(axis=0) < programme.most]])
    return np.sort(kept)


def beaten_by(programme: Programme) -> Mask:
    """By whoever could stand in: for whom (E x E). Of two who are alike the first could, for the second."""
    merits, heads = _merits(programme), np.arange(len(programme.reach))
    no_worse = np.ones((len(heads), len(heads)), dtype=bool)
    for merit in merits.T:
        no_worse &= merit[:, None] >= merit
    beaten: Mask = no_worse & (~no_worse.T | (heads[:, None] < heads))
    for one, others in programme.apart.items():
        for other in np.nonzero(beaten[one])[0].tolist():
            beaten[one, other] = others - {other} <= programme.apart.get(other, frozenset())
    return beaten


def _merits(programme: Programme) -> Grid:
    """What counts of each enterprise (E x M), the more the better: needs, what they may cost together, and gates."""
    reach = programme.reach[:, programme.asked]
    money = np.minimum(programme.purse, reach @ programme.worth[programme.asked])
    return np.column_stack([reach, money, -programme.rows.T])


def _loners(programme: Programme) -> Mask:
    """Whoever may work with everybody."""
    loners = np.ones(len(programme.reach), dtype=bool)
    loners[list(programme.apart)] = False
    return loners
