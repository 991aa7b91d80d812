"""Why no consortium can win a lot: requirements that clash, none of them needless."""

from .cover import Requirement
from .instance import Instance
from .lot import can_meet
from .requirements import list_requirements
from .words import tell

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
"""Kinds in the order they are tried for leaving out: what is left should name the work, then the plain gates."""


def find_certificate(instance: Instance) -> tuple[Requirement, ...]:
    """Requirements that no set of these enterprises meets together, though without any one of them some set would.

    instance  one that has no consortium
    source    deletion filter: Chinneck and Dravnieks, Locating Minimal Infeasible Constraint Sets in Linear
              Programs, ORSA Journal on Computing 3 (1991)
    """
    asked = list_requirements(instance)
    kept = {(one.kind, one.id) for one in asked}
    pairs = {key for key in kept if key[0] == "excluded_pair"}
    if pairs and not can_meet(instance, kept - pairs):
        kept -= pairs
    for key in sorted(kept, key=lambda key: (_FIRST_TO_GO.index(key[0]), str(key[1]))):
        if not can_meet(instance, kept - {key}):
            kept.discard(key)
    return tuple(tell(one, instance) for one in asked if (one.kind, one.id) in kept)
