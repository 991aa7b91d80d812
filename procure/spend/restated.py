"""Why a share changed: because money moved, because boundaries did, or because local means something else now.

source  docs/measures/local-share.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .shares import Share

PARTS: Final = {
    "real": "Money that moved",
    "boundary": "Boundaries that moved",
    "definition": "Another definition of local",
}


@dataclass(frozen=True)
class Step:
    """One part of a change, in pence and in share; a share is None where a period has no total above zero.

    low, high  the change of the lowest and of the highest share, exactly
    """

    local: int
    elsewhere: int
    unplaced: int
    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True)
class Change:
    """The change of local share between two periods, and the three parts that add up to it exactly."""

    start: Share
    end: Share
    parts: dict[str, Step]
    whole: Step


def restate(start: Share, moved: Share, redrawn: Share, end: Share) -> Change:
    """Take a change apart.

    start    the first period, by the old definition on old boundaries
    moved    the second period, by the old definition on old boundaries
    redrawn  the second period, by the old definition on new boundaries
    end      the second period, by the new definition on new boundaries
    raises   ValueError where the shares of the second period are not of the same money
    """
    if not moved.total == redrawn.total == end.total:
        raise ValueError(f"the second period has {moved.total}, {redrawn.total} and {end.total} pence")
    steps = ((start, moved), (moved, redrawn), (redrawn, end))
    parts = {name: _step(was, now) for name, (was, now) in zip(PARTS, steps, strict=True)}
    return Change(start, end, parts, _step(start, end))


def _step(was: Share, now: Share) -> Step:
    return Step(
        now.local - was.local,
        now.elsewhere - was.elsewhere,
        now.unplaced - was.unplaced,
        _minus(_low(now), _low(was)),
        _minus(_high(now), _high(was)),
    )


def _low(share: Share) -> Fraction | None:
    return Fraction(share.local - share.local_shared, share.total) if share.total > 0 else None


def _high(share: Share) -> Fraction | None:
    possible = share.local + share.unplaced + share.elsewhere_shared
    return Fraction(possible, share.total) if share.total > 0 else None


def _minus(now: Fraction | None, was: Fraction | None) -> Fraction | None:
    return None if now is None or was is None else now - was


def shown_points(parts: Sequence[Fraction], digits: int = 2) -> list[int]:
    """Parts of a share in hundredths of a point, rounded so that what is shown still adds up to the rounded whole.

    digits   after the point of a percentage point: 2 gives 0.01 point
    returns  whole numbers of that unit
    """
    unit = 100 * 10**digits
    exact = [part * unit for part in parts]
    whole = round(sum(exact, Fraction(0)))
    down = [part.numerator // part.denominator for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: (down[at] - exact[at], at))
    for at in by_rest[: whole - sum(down)]:
        down[at] += 1
    return down
