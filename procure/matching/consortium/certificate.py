"""Why no consortium can win a lot: requirements that clash, none of them needless."""

from math import inf

from .cover import Requirement
from .lot import Lot
from .programme import Key
from .requirements import joint_gates, list_requirements
from .search import prove_impossible
from .words import tell

Keys = frozenset[Key]
_FREE = 1e-9

_FIRST_TO_GO = (
    "excluded_pair",
    "min_local",
    "certificate_any",
    "certificate_each",
    "turnover",
    "max_members",
    "insurance",
    "need",
)
"""Kinds in the order they are tried for leaving out: what is left should name the work, then the plain gates.

Of the needs those that enterprises have plenty of go first, so that the scarce ones are named.
"""


def find_certificate(lot: Lot, until: float = inf) -> tuple[Requirement, ...]:
    """Requirements that no set of these enterprises meets together, though without any one of them some set would.

    lot     one that has no consortium
    raises  TimeoutError where the clock of time.perf_counter reads until before it is proved
    source  deletion filter: Chinneck and Dravnieks, Locating Minimal Infeasible Constraint Sets in Linear
            Programs, ORSA Journal on Computing 3 (1991)
    """
    kept = _priced(lot) or lot.asked
    pairs = frozenset(key for key in kept if key[0] == "excluded_pair")
    if pairs and lot.asking(kept - pairs).find_any(until) is None:
        kept -= pairs
    plenty = _plenty(lot.asking(kept))
    for key in sorted(kept, key=lambda key: (_FIRST_TO_GO.index(key[0]), -plenty.get(key, 0.0), str(key[1]))):
        if key in kept:
            fewer = lot.asking(kept - {key})
            smaller = _priced(fewer)
            if smaller is not None:
                kept = smaller
            elif fewer.find_any(until) is None:
                kept = fewer.asked
    return tuple(tell(one, lot.instance) for one in list_requirements(lot.instance) if (one.kind, one.id) in kept)


def _plenty(lot: Lot) -> dict[Key, float]:
    """How often over all enterprises together could carry each need: the scarcest is left to the last."""
    needs: list[Key] = [("need", need.id) for need in lot.instance.needs]
    return dict(zip(needs, lot.programme.reach.sum(axis=0).tolist(), strict=True))


def _priced(lot: Lot) -> Keys | None:
    """Those of the requirements that by themselves cannot be met even by fractions of enterprises; None where all can.

    What has no price in the proof plays no part in it.
    """
    prices = prove_impossible(lot.programme)
    if prices is None:
        return None
    each = {key for key in lot.asked if key[0] in {"insurance", "certificate_each"}}
    rows = [key for key in joint_gates(lot.instance) if key in lot.asked]
    needs: list[Key] = [("need", need.id) for need in lot.instance.needs]
    paid = [key for key, price in zip(needs, prices.needs, strict=True) if abs(price) > _FREE and key in lot.asked]
    paid += [key for key, price in zip(rows, prices.gates, strict=True) if price > _FREE]
    if prices.place > _FREE and ("max_members", None) in lot.asked:
        paid.append(("max_members", None))
    return frozenset(paid) | each
