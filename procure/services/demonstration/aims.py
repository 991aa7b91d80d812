"""What the demonstration place aims at: where progress is counted from, and how much of the money is to stay."""

from datetime import date

from ..actors import Actor
from ..place import place_baselines, place_targets

BASELINE, QUARTERS = date(2025, 4, 1), 2
WITHIN = date(2028, 3, 31)
PLACE_PERCENT = 30
ANCHORS = {"hospital": (25, True), "council": (45, None)}
"""Anchor > the target proposed to it, in percent, and whether it said yes; None: it has not answered."""


def add_aims(actors: dict[str, Actor]) -> None:
    """A baseline, a target of the place, one that an anchor accepted and one that waits for an answer."""
    place = actors["place-admin"]
    place_baselines.choose(BASELINE, QUARTERS, seen=0, by=place)
    reason = "Agreed by the board in October 2025"
    place_targets.set_target(place.acting_for, PLACE_PERCENT, WITHIN, reason, seen=0, by=place)
    for anchor, (percent, accepts) in ANCHORS.items():
        officer = actors[f"{anchor}-finance"]
        why = "Half way from where you were to the best anchor of your kind"
        target = place_targets.set_target(officer.acting_for, percent, WITHIN, why, seen=0, by=place)
        if accepts is not None:
            place_targets.answer(target.id, accept=accepts, by=officer)
