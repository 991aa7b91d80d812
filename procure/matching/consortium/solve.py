"""From a lot to its certified answer."""

from collections.abc import Sequence
from math import inf
from time import perf_counter

from .alternatives import find_alternatives
from .certificate import find_certificate
from .cover import Cover, Nearest, Requirement
from .instance import Instance
from .losses import find_losses
from .lot import Lot
from .nearest import find_nearest
from .search import Memory, find_best


def best_cover(instance: Instance, seconds: float | None = None) -> Cover:
    """The best consortium for a lot, with alternatives and what each loss would break, or the proof there is none.

    The model: members at most max_members, each carrying at least one unit in all and nothing beyond its capacities;
    every need carried whole; every gate met. The objective is the mean over needs of the fit of the units carried,
    less 0.02 for each member beyond the first. Exact to 1e-6; the first in order of ids leads a tie of shares.

    seconds  for pages, which must not wait: past this time the answer is what was found by then, and says that it is
             not proved. None waits for the proof.
    source   docs/measures/consortium.md
    """
    began = perf_counter()
    lot = Lot.whole(instance)
    until = inf if seconds is None else began + seconds
    memory = Memory()
    try:
        found = find_best(lot.programme, lot.keeps_gates, until=until, memory=memory)
        if found is None:
            certificate = find_certificate(lot, until)
            return Cover(
                None,
                certificate=certificate,
                nearest=_seek_nearest(lot, certificate, until),
                seconds=perf_counter() - began,
            )
    except TimeoutError:
        return Cover(None, seconds=perf_counter() - began, is_proved=False)
    alternatives = find_alternatives(lot, found, instance.alternatives, until, memory)
    return Cover(
        lot.propose(found),
        tuple(lot.propose(other) for other in alternatives),
        find_losses(lot, found.members),
        is_proved=found.is_proved and perf_counter() < until,
        seconds=perf_counter() - began,
    )


def _seek_nearest(lot: Lot, certificate: Sequence[Requirement], until: float) -> Nearest | None:
    """Who comes nearest; None where nobody was found in time: the clash is proved without them."""
    try:
        return find_nearest(lot, certificate, until)
    except TimeoutError:
        return None
