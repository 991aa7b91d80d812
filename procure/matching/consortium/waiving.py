"""The fewest requirements to waive so that the rest can be met: one of each clash, whichever clashes there are.

Source: Moreno-Centeno and Karp, The Implicit Hitting Set Approach to Solve Combinatorial Optimization Problems,
Operations Research 61 (2013).
"""

from math import inf

import numpy as np

from .certificate import find_certificate
from .linear import Entries
from .lot import Lot
from .programme import Key
from .requirements import keys
from .solvers import start_programme

_GATE = 1.01
"""What waiving a gate weighs beside a need: a further partner is found sooner than a rule is waived."""
_CLASHES = 25

Keys = frozenset[Key]


def fewest_waived(lot: Lot, clash: Keys, until: float = inf) -> Keys | None:
    """As few of the lot's requirements as can be, needs before gates; None where it would take too long.

    clash   some of them that cannot be met together
    raises  TimeoutError where the clock of time.perf_counter reads until before it is proved
    """
    clashes = [clash]
    while len(clashes) < _CLASHES:
        waived = _one_of_each(clashes)
        rest = lot.asking(lot.asked - waived)
        if rest.find_any(until) is not None:
            return waived
        clashes.append(keys(find_certificate(rest, until)))
    return None


def _one_of_each(clashes: list[Keys]) -> Keys:
    """The lightest set that holds something of each clash; the first in order among equals."""
    held = sorted(frozenset().union(*clashes), key=str)
    place = {key: column for column, key in enumerate(held)}
    entries = [(row, place[key]) for row, clash in enumerate(clashes) for key in clash]
    rows, columns = np.array(entries).T
    weights = np.array([1.0 if key[0] == "need" else _GATE for key in held])
    lp = start_programme()
    lp.add_rows(np.ones(len(clashes)), np.full(len(clashes), np.inf))
    heads = np.arange(len(held))
    lp.add_columns(weights, np.zeros(len(held)), np.ones(len(held)), Entries(rows, columns, np.ones(len(rows))))
    answer = lp.solve_whole(heads)
    assert answer is not None
    return frozenset(key for key, part in zip(held, answer.columns, strict=True) if part > 0.5)
