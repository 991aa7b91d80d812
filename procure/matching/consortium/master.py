"""The linear relaxation of a lot, over the enterprises that matter so far; changed a little and solved again."""

from typing import Any

import numpy as np

from .bounds import Bound, Corner, Prices, bound_at
from .cuts import Cuts
from .linear import Answer, Entries
from .programme import Grid, Indices, Mask, Programme
from .solvers import start_programme

_SHORTFALL = 50.0
"""What a whole need or gate left uncovered costs: so there are prices even where nothing works."""
_AT_ONCE = 80
_ROUNDS = 60
_DUST = 1e-9
_LOOSE = 1e-7

Triples = tuple[Indices, Indices, Grid]


class Master:
    """A linear programme for one lot: parts of needs and of members, cuts, and a shortfall at a high price.

    joins  E  the column of each enterprise; -1 for those not let in yet
    """

    def __init__(self, programme: Programme, inside: Indices) -> None:
        self.programme = programme
        needs, gates = len(programme.units), len(programme.limits)
        self._gate_rows, self._heads_row = needs + np.arange(gates), needs + gates
        self.joins = np.full(len(programme.reach), -1)
        self._who, self._what, self._parts = (np.zeros(0, dtype=int) for _ in range(3))
        self._is_linked = np.zeros(0, dtype=bool)
        self.cuts = Cuts.none(len(programme.reach), needs)
        self._cut_rows = np.zeros(0, dtype=int)
        self._lower, self._upper = np.zeros(len(programme.reach)), np.ones(len(programme.reach))
        self.lp = start_programme()
        self.lp.add_rows(
            np.concatenate([programme.asked.astype(float), np.full(gates, -np.inf), [programme.fewest]]),
            np.concatenate([np.ones(needs), programme.limits_at(programme.most), [programme.most]]),
        )
        self.lp.add_columns(
            np.append(np.where(programme.asked, _SHORTFALL, 0.0), _SHORTFALL),
            np.zeros(needs + 1),
            np.full(needs + 1, np.inf),
            Entries(
                np.arange(needs + gates),
                np.minimum(np.arange(needs + gates), needs),
                np.repeat([1.0, -1.0], [needs, gates]),
            ),
        )
        self.let_in(inside)

    def begun_again(self) -> "Master":
        """The same programme, enterprises and cuts, solved from nothing."""
        again = Master(self.programme, np.nonzero(self.joins >= 0)[0])
        if len(self.cuts):
            again.add_cuts(self.cuts)
        return again

    def let_in(self, newcomers: Indices) -> None:
        """Give these enterprises their columns, and a row to those with a purse."""
        programme = self.programme
        who, what = np.nonzero(programme.reach[newcomers] > 0)
        pairs, heads = len(who), len(newcomers)
        named = newcomers[who]
        first_column = self.lp.columns
        joins = pairs + np.arange(heads)
        rows, columns, values = (
            np.concatenate(kind)
            for kind in zip(
                (what, np.arange(pairs), np.ones(pairs)),
                (np.full(heads, self._heads_row), joins, np.ones(heads)),
                self._purse_entries(newcomers, who, what),
                *self._gate_entries(newcomers, named, what),
                strict=True,
            )
        )
        self.lp.add_columns(
            np.concatenate([-programme.gain[named, what], programme.cost[newcomers]]),
            np.concatenate([np.zeros(pairs), self._lower[newcomers]]),
            np.concatenate([programme.reach[named, what] * self._upper[named], self._upper[newcomers]]),
            Entries(rows, columns, values),
        )
        self.joins[newcomers] = first_column + joins
        self._who = np.append(self._who, named)
        self._what = np.append(self._what, what)
        self._parts = np.append(self._parts, first_column + np.arange(pairs))
        self._is_linked = np.append(self._is_linked, np.zeros(pairs, dtype=bool))

    def _purse_entries(self, newcomers: Indices, who: Indices, what: Indices) -> Triples:
        programme = self.programme
        purse = programme.purse[newcomers]
        capped = np.nonzero(np.isfinite(purse))[0]
        line = np.full(len(newcomers), -1)
        line[capped] = self.lp.rows + np.arange(len(capped))
        self.lp.add_rows(np.full(len(capped), -np.inf), np.zeros(len(capped)))
        spends = np.nonzero((line[who] >= 0) & (programme.worth[what] > 0))[0]
        return (
            np.concatenate([line[who[spends]], line[capped]]),
            np.concatenate([spends, len(who) + capped]),
            np.concatenate([programme.worth[what[spends]], -purse[capped]]),
        )

    def _gate_entries(self, newcomers: Indices, named: Indices, what: Indices) -> list[Triples]:
        cuts, pairs = self.cuts, len(named)
        gate, holder = np.nonzero(self.programme.rows[:, newcomers])
        carried = cuts.carry[:, named] * cuts.weigh[:, what]
        cut, pair = np.nonzero(carried)
        tied, tier = np.nonzero(cuts.join[:, newcomers])
        return [
            (self._gate_rows[gate], pairs + holder, self.programme.rows[gate, newcomers[holder]]),
            (self._cut_rows[cut], pair, carried[cut, pair]),
            (self._cut_rows[tied], pairs + tier, cuts.join[tied, newcomers[tier]]),
        ]

    def _link(self, pairs: Indices) -> None:
        """From now on these parts are carried only as far as their enterprise joins."""
        count = np.arange(len(pairs))
        who, what = self._who[pairs], self._what[pairs]
        self.lp.add_rows(
            np.full(len(pairs), -np.inf),
            np.zeros(len(pairs)),
            Entries(
                np.tile(count, 2),
                np.concatenate([self._parts[pairs], self.joins[who]]),
                np.concatenate([np.ones(len(pairs)), -self.programme.reach[who, what]]),
            ),
        )
        self._is_linked[pairs] = True

    def add_cuts(self, cuts: Cuts) -> None:
        """Further rows that every set keeps."""
        first = self.lp.rows
        inside = np.nonzero(self.joins >= 0)[0]
        carried = cuts.carry[:, self._who] * cuts.weigh[:, self._what]
        cut, pair = np.nonzero(carried)
        tied, tier = np.nonzero(cuts.join[:, inside])
        relief = np.arange(len(cuts))
        self.lp.add_rows(
            np.full(len(cuts), -np.inf),
            cuts.limits,
            Entries(
                np.concatenate([cut, tied, relief]),
                np.concatenate(
                    [self._parts[pair], self.joins[inside[tier]], np.full(len(cuts), len(self.programme.units))]
                ),
                np.concatenate([carried[cut, pair], cuts.join[tied, inside[tier]], -np.ones(len(cuts))]),
            ),
        )
        self.cuts = self.cuts.joined(cuts)
        self._cut_rows = np.append(self._cut_rows, first + relief)

    def ask_more(self, programme: Programme) -> None:
        """From now on the programme is this one: the same with further gates at the end."""
        known, inside = len(self._gate_rows), np.nonzero(self.joins >= 0)[0]
        gate, holder = np.nonzero(programme.rows[known:][:, inside])
        further = len(programme.limits) - known
        first, relief = self.lp.rows, np.arange(further)
        self.lp.add_rows(
            np.full(further, -np.inf),
            programme.limits_at(programme.most)[known:],
            Entries(
                np.concatenate([gate, relief]),
                np.concatenate([self.joins[inside[holder]], np.full(further, len(programme.units))]),
                np.concatenate([programme.rows[known:][gate, inside[holder]], -np.ones(further)]),
            ),
        )
        self._gate_rows = np.append(self._gate_rows, first + relief)
        self.programme = programme

    def keep_cuts(self, kept: Mask) -> None:
        """Drop the other cuts."""
        dropped = self._cut_rows[~kept]
        if len(dropped):
            self.lp.drop_rows(dropped)
            left = self._cut_rows[kept]
            self._cut_rows = left - np.searchsorted(dropped, left)
            self._gate_rows = self._gate_rows - np.searchsorted(dropped, self._gate_rows)
            self.cuts = self.cuts.where(kept)

    def look_at(self, corner: Corner) -> None:
        """Only the sets of this corner count from now on."""
        lower, upper = corner.is_in.astype(float), (~corner.is_out).astype(float)
        is_changed = ((lower != self._lower) | (upper != self._upper)) & (self.joins >= 0)
        is_shut = (upper != self._upper) & (self.joins >= 0)
        self._lower, self._upper = lower, upper
        changed, pairs = np.nonzero(is_changed)[0], np.nonzero(is_shut[self._who])[0]
        if len(changed):
            who, what = self._who[pairs], self._what[pairs]
            self.lp.bound_columns(
                np.concatenate([self.joins[changed], self._parts[pairs]]),
                np.concatenate([lower[changed], np.zeros(len(pairs))]),
                np.concatenate([upper[changed], self.programme.reach[who, what] * upper[who]]),
            )
        self.lp.bound_row(self._heads_row, float(corner.fewest), float(corner.most))
        for row, limit in enumerate(self.programme.limits_at(corner.most)):
            if self.programme.sizes[row]:
                self.lp.bound_row(int(self._gate_rows[row]), -np.inf, float(limit))

    def find_bound(self, corner: Corner) -> Bound | None:
        """A bound on the sets of a corner, at prices that nobody outside would improve; None where there are none."""
        self.look_at(corner)
        best: Bound | None = None
        for _ in range(_ROUNDS):
            bound = self._price(corner)
            is_outside = (self.joins < 0) & ~corner.is_out
            if bound is None:
                newcomers = np.nonzero(is_outside)[0]
                if not len(newcomers):
                    return None
            else:
                if best is None or bound.total < best.total:
                    best = bound
                newcomers = np.nonzero(is_outside & (bound.adds > _DUST))[0]
                if not len(newcomers):
                    break
                newcomers = newcomers[np.argsort(-bound.adds[newcomers], kind="stable")[:_AT_ONCE]]
            self.let_in(np.sort(newcomers))
        return best

    @property
    def basis(self) -> Any:
        """Where the linear programme stands, to come back to."""
        return self.lp.basis

    @basis.setter
    def basis(self, basis: Any) -> None:
        self.lp.basis = basis

    def try_out(self, corner: Corner, steps: int) -> float:
        """About the bound on a corner, a few steps on from here; no proof."""
        self.look_at(corner)
        self.lp.set_steps(steps)
        cost = self.lp.try_out()
        self.lp.set_steps(1_000_000_000)
        return float(self.programme.cost.max(initial=0)) - cost

    def _solve(self) -> Answer | None:
        """The answer in which nobody carries more than they join; the rows that say so are added as they are broken."""
        while True:
            answer = self.lp.solve()
            if answer is None:
                return None
            allowed = self.programme.reach[self._who, self._what] * answer.columns[self.joins[self._who]]
            is_broken = ~self._is_linked & (answer.columns[self._parts] > allowed + _LOOSE)
            if not is_broken.any():
                return answer
            self._link(np.nonzero(is_broken)[0])

    def _price(self, corner: Corner) -> Bound | None:
        answer = self._solve()
        if answer is None:
            return None
        programme = self.programme
        needs = len(programme.units)
        parts, joins = np.zeros(programme.reach.shape), np.zeros(len(programme.reach))
        parts[self._who, self._what] = answer.columns[self._parts]
        inside = self.joins >= 0
        joins[inside] = answer.columns[self.joins[inside]]
        need_prices = -answer.prices[:needs]
        prices = Prices(
            needs=np.where(programme.asked, need_prices, np.maximum(need_prices, 0)),
            gates=np.maximum(-answer.prices[self._gate_rows], 0),
            cuts=np.maximum(-answer.prices[self._cut_rows], 0),
            place=float(-answer.prices[self._heads_row]),
            parts=parts,
            joins=joins,
        )
        return bound_at(programme, self.cuts, prices, corner)
