"""How far each anchor of a place has come: its share now, its share at the baseline, its target, the money shifted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...models import Organisation, PlaceBaseline, PlaceTarget
from ...spend import Share
from ...spend.progress import Shift, shifted
from . import place_baselines
from .place_baselines import Window
from .place_together import Quarter
from .places import AnchorShare


@dataclass(frozen=True)
class Row:
    """One anchor, or all together where there is none: shares of the latest quarters and of the baseline's.

    now, before  None where there is no money in those quarters
    shift        None where one of them is None, or they overlap
    has          in how many quarters of each window there is money: (latest, baseline)
    """

    anchor: Organisation | None
    now: Share | None
    before: Share | None
    shift: Shift | None
    target: PlaceTarget | None
    has: tuple[int, int] = (0, 0)

    @property
    def reaches_target(self) -> bool | None:
        """Whether the target is reached: None where that depends on doubtful money, or there is none to reach."""
        if self.target is None or self.now is None or self.now.low is None or self.now.high is None:
            return None
        wanted = self.target.percent / 100
        return True if self.now.low >= wanted else False if self.now.high < wanted else None


@dataclass(frozen=True)
class Progress:
    """Every shown anchor by name; all together last, where there are three or more. Both windows are of one length."""

    rows: tuple[Row, ...]
    together: Row | None
    window: Window | None
    baseline: Window | None
    shift: Shift | None
    """Money shifted by all shown anchors that have money in both windows; None where none has."""
    shifting: int
    """How many anchors that is."""

    @property
    def overlaps(self) -> bool:
        return bool(self.window and self.baseline and self.window.overlaps(self.baseline))


def progress(
    anchors: Sequence[AnchorShare],
    together: Sequence[Quarter],
    baseline: PlaceBaseline | None,
    targets: dict[int, PlaceTarget],
    *,
    place_id: int,
) -> Progress:
    """How far everybody has come.

    anchors   those shown, with quarters as periods
    together  the quarters of all anchors
    targets   as `place_targets.in_force` gives them; an anchor's counts once it accepted
    """
    base = place_baselines.window(baseline.first_quarter, baseline.quarters) if baseline else None
    length = len(base.quarters) if base else place_baselines.USUAL
    latest = place_baselines.latest((quarter for each in anchors for quarter in each.periods), length)
    if latest is None:
        latest = place_baselines.latest((each.quarter for each in together), length)
    rows = [_row(each.anchor, each.periods, latest, base, _accepted(targets.get(each.anchor.id))) for each in anchors]
    shifts = [row.shift for row in rows if row.shift is not None]
    return Progress(
        rows=tuple(rows),
        together=_together(together, latest, base, targets.get(place_id)),
        window=latest,
        baseline=base,
        shift=sum(shifts[1:], shifts[0]) if shifts else None,
        shifting=len(shifts),
    )


def _accepted(target: PlaceTarget | None) -> PlaceTarget | None:
    return target if target is not None and target.state == "accepted" else None


def _row(
    anchor: Organisation | None,
    periods: dict[date, Share],
    latest: Window | None,
    base: Window | None,
    target: PlaceTarget | None,
) -> Row:
    now, before = _sum(periods, latest), _sum(periods, base)
    apart = latest is not None and base is not None and not latest.overlaps(base)
    shift = shifted(before, now) if apart and now is not None and before is not None else None
    return Row(anchor, now, before, shift, target, (_has(periods, latest), _has(periods, base)))


def _together(
    quarters: Sequence[Quarter], latest: Window | None, base: Window | None, target: PlaceTarget | None
) -> Row | None:
    """All anchors: no shift, because other anchors may have been counted in the baseline."""
    periods = {each.quarter: each.share for each in quarters if each.share is not None}
    now = _sum(periods, latest)
    if now is None and target is None:
        return None
    has = (_has(periods, latest), _has(periods, base))
    return Row(None, now, _sum(periods, base), None, target, has)


def _sum(periods: dict[date, Share], window: Window | None) -> Share | None:
    found = [periods[quarter] for quarter in window.quarters if quarter in periods] if window else []
    return sum(found[1:], found[0]) if found else None


def _has(periods: dict[date, Share], window: Window | None) -> int:
    return sum(quarter in periods for quarter in window.quarters) if window else 0
