"""Which enterprise, or which number of members, to decide next: those whose decision brings the bound down most."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from .bounds import Bound, Corner
from .master import Master
from .programme import Grid, Programme

_WHOLE = 1e-6
_TRIED = 4
_STEPS = 10
_STALE = 3
"""How many decisions are tried out for a few steps of the linear programme, and how many in vain."""
_RELIABLE = 3
"""How often a decision must have been seen for its past to stand for a trial."""
_LEAST = 1e-6


@dataclass(frozen=True)
class Split:
    """One side of a decision: one enterprise in or out, or the number of members up or down.

    one    the enterprise; -1 for the number of members
    gap    how far this side moves the fraction
    total  an estimate of the bound on this side: it orders the work and proves nothing
    """

    one: int
    is_up: bool
    value: float
    gap: float
    total: float = np.inf

    def of(self, corner: Corner, programme: Programme) -> Corner | None:
        if self.one < 0:
            edge = int(np.floor(self.value))
            most, fewest = (corner.most, edge + 1) if self.is_up else (edge, corner.fewest)
            return close(programme, replace(corner, fewest=fewest, most=most))
        moved = (corner.is_in if self.is_up else corner.is_out).copy()
        moved[self.one] = True
        changed = replace(corner, is_in=moved) if self.is_up else replace(corner, is_out=moved)
        return close(programme, changed)


@dataclass(frozen=True)
class Decision:
    """Both sides of a decision."""

    down: Split
    up: Split

    def fall_from(self, total: float) -> float:
        """How far both sides bring the bound down, as one number."""
        return max(total - self.down.total, _LEAST) * max(total - self.up.total, _LEAST)

    def sides(self) -> Iterator[Split]:
        """The side to look at first, then the other."""
        yield from sorted((self.up, self.down), key=lambda side: (-side.total, not side.is_up))


class Splitter:
    """Remembers how far each decision has brought the bound down so far."""

    def __init__(self, enterprises: int) -> None:
        self._fall = np.zeros((2, enterprises + 1))
        self._seen = np.zeros((2, enterprises + 1))

    def learn(self, split: Split, before: float, after: float) -> None:
        if np.isfinite(after) and split.gap > _WHOLE:
            self._fall[int(split.is_up), split.one] += max(0.0, before - after) / split.gap
            self._seen[int(split.is_up), split.one] += 1

    def choose(self, master: Master, corner: Corner, bound: Bound, joins: Grid) -> Decision:
        doubtful = np.nonzero((np.minimum(joins, 1 - joins) > _WHOLE) & ~corner.is_in & ~corner.is_out)[0]
        values = {int(one): float(joins[one]) for one in doubtful}
        heads = float(joins.sum())
        if abs(heads - round(heads)) > 1e-4:
            values[-1] = heads
        assert values, "what is whole has been cut off"
        ranked = sorted(values, key=lambda one: (one >= 0, -self._score(one, values[one])))
        basis = master.basis
        best, best_score, stale = None, -1.0, 0
        for one in ranked[:_TRIED]:
            decision = self._try(master, corner, one, values[one], bound.total)
            score = decision.fall_from(bound.total)
            stale = 0 if score > best_score else stale + 1
            if score > best_score:
                best, best_score = decision, score
            if stale >= _STALE:
                break
            master.basis = basis
        master.look_at(corner)
        master.basis = basis
        assert best is not None
        return best

    def _score(self, one: int, value: float) -> float:
        fraction = value - np.floor(value)
        known = self._seen[:, one] > 0
        mean = np.divide(self._fall, self._seen, out=np.zeros_like(self._fall), where=self._seen > 0)[:, one]
        usual = float(self._fall.sum() / max(1, self._seen.sum())) or 1.0
        down, up = (mean[side] if known[side] else usual for side in (0, 1))
        return float(max(_LEAST, down * fraction) * max(_LEAST, up * (1 - fraction)))

    def _try(self, master: Master, corner: Corner, one: int, value: float, total: float) -> Decision:
        fraction, basis = value - float(np.floor(value)), master.basis
        sides = []
        is_known = (self._seen[:, one] >= _RELIABLE).all()
        for is_up, gap in ((False, fraction), (True, 1 - fraction)):
            side = Split(one, is_up, value, gap)
            if is_known:
                fall = self._fall[int(is_up), one] / self._seen[int(is_up), one] * gap
                sides.append(replace(side, total=total - fall))
                continue
            changed = side.of(corner, master.programme)
            if changed is None:
                sides.append(replace(side, total=-np.inf))
                continue
            sides.append(replace(side, total=master.try_out(changed, _STEPS)))
            master.basis = basis
        return Decision(*sides)


def close(programme: Programme, corner: Corner) -> Corner | None:
    """The corner without partners excluded by those in it; None where it holds no set."""
    is_out = corner.is_out.copy()
    for one in np.nonzero(corner.is_in)[0]:
        partners = programme.apart.get(int(one))
        if partners:
            is_out[list(partners)] = True
    heads = int(corner.is_in.sum())
    if (is_out & corner.is_in).any() or heads > corner.most or int((~is_out).sum()) < corner.fewest:
        return None
    if heads == corner.most:
        is_out = ~corner.is_in
    return replace(corner, is_out=is_out)
