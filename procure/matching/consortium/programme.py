"""The lot as arrays: what each enterprise adds to each need, and the rows that bind a set as a whole."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .instance import COST_OF_A_PARTNER, Enterprise, Instance
from .requirements import joint_gates

Grid = NDArray[np.float64]
Mask = NDArray[np.bool_]
Indices = NDArray[np.int_]
Key = tuple[str, object]


@dataclass(frozen=True)
class Programme:
    """Arrays over E enterprises and N needs; every need is measured as a fraction of its units.

    gain    E x N  what carrying all of a need adds to the objective
    reach   E x N  largest part of a need an enterprise can carry, 0 to 1
    worth   N      pence of each need as a fraction of the lot's
    purse   E      most value an enterprise can carry, as a fraction of the lot's; infinite where nothing binds
    units   N      units of each need
    asked   N      whether the need must be carried whole; otherwise any part of it may be
    cost    E      what one more member takes off the objective
    rows    S x E  rows x members <= limits, for gates that a set meets or breaks as a whole
    limits  S
    sizes   S      members of an earlier set that the row keeps others different from: its limit follows from how many
            members these have; 0 for gates
    fewest  smallest number of members
    most    largest
    apart   excluded partners of each enterprise, by index
    least   units in all that each member carries at the least
    """

    gain: Grid
    reach: Grid
    worth: Grid
    purse: Grid
    units: Grid
    asked: Mask
    cost: Grid
    rows: Grid
    limits: Grid
    sizes: Indices
    fewest: int
    most: int
    apart: dict[int, frozenset[int]]
    least: float = 1.0

    def only(self, kept: Indices) -> "Programme":
        """The same lot with fewer enterprises, renumbered in the order given."""
        place = {int(old): new for new, old in enumerate(kept)}
        apart = {
            place[old]: frozenset(place[other] for other in partners if other in place)
            for old, partners in self.apart.items()
            if old in place
        }
        return replace(
            self,
            gain=self.gain[kept],
            reach=self.reach[kept],
            purse=self.purse[kept],
            cost=self.cost[kept],
            rows=self.rows[:, kept],
            apart=apart,
        )

    def different_from(self, members: Indices, heads: int) -> "Programme":
        """The same lot for sets that share at most half the members of the larger with an earlier one.

        members  those of it who are in this programme
        heads    how many it has in all
        """
        row = np.zeros((1, len(self.reach)))
        row[0, members] = 1
        return replace(
            self,
            rows=np.vstack([self.rows, row]),
            limits=np.append(self.limits, float(heads)),
            sizes=np.append(self.sizes, heads),
        )

    def limits_at(self, heads: int | Indices) -> Grid:
        """The limits on sets of so many members or fewer; for several numbers, one line each (B x S)."""
        most = np.asarray(heads)[..., None]
        shared = np.minimum(self.sizes, np.maximum(self.sizes, most) // 2)
        return np.where(self.sizes > 0, shared, self.limits)


def write_programme(
    instance: Instance, enterprises: list[Enterprise], asked: Collection[Key], *, is_scored: bool = True
) -> Programme:
    """Arrays for these enterprises and for the requirements asked; without a score only feasibility counts."""
    units = np.array([need.units for need in instance.needs], dtype=float)
    capacity = np.array(
        [[one.capacity.get(need.id, 0.0) for need in instance.needs] for one in enterprises], dtype=float
    )
    fit = np.array([[one.fit.get(need.id, 0.0) for need in instance.needs] for one in enterprises], dtype=float)
    shape = (len(enterprises), len(units))
    value = instance.value_pence or 1
    worth = np.array([need.value_pence for need in instance.needs], dtype=float) / value
    purse = np.array([np.inf if one.capacity_pence is None else one.capacity_pence / value for one in enterprises])
    affords = np.divide(purse[:, None], worth, out=np.full(shape, np.inf), where=worth > 0)
    rows, limits = _rows(instance, enterprises, asked)
    return Programme(
        gain=fit.reshape(shape) / len(units) if is_scored else np.zeros(shape),
        reach=np.minimum(np.minimum(1.0, capacity.reshape(shape) / units), affords),
        worth=worth,
        purse=purse,
        units=units,
        asked=np.array([("need", need.id) in asked for need in instance.needs]),
        cost=np.full(len(enterprises), COST_OF_A_PARTNER if is_scored else 0.0),
        rows=rows,
        limits=limits,
        sizes=np.zeros(len(limits), dtype=int),
        fewest=0,
        most=_most(instance, enterprises, asked),
        apart=_apart(enterprises, asked),
    )


def narrow_programme(
    whole: Programme, instance: Instance, enterprises: list[Enterprise], kept: Indices, asked: Collection[Key]
) -> Programme:
    """The programme of a whole lot where only some of its requirements are asked.

    enterprises  those kept, in the order of kept
    """
    rows = np.array([key in asked for key in joint_gates(instance)], dtype=bool)
    return replace(
        whole.only(kept),
        asked=np.array([("need", need.id) in asked for need in instance.needs]),
        rows=whole.rows[rows][:, kept],
        limits=whole.limits[rows],
        sizes=whole.sizes[rows],
        most=_most(instance, enterprises, asked),
        apart=_apart(enterprises, asked),
    )


def _most(instance: Instance, enterprises: list[Enterprise], asked: Collection[Key]) -> int:
    if ("max_members", None) not in asked or instance.max_members is None:
        return len(enterprises)
    return max(0, min(len(enterprises), instance.max_members))


def _rows(instance: Instance, enterprises: list[Enterprise], asked: Collection[Key]) -> tuple[Grid, Grid]:
    gates, rows, limits = instance.gates, [], []
    gate = gates.turnover_pence or 0
    if ("turnover", None) in asked:
        if instance.form == "lead":
            rows.append([-float(one.turnover_pence >= gate) for one in enterprises])
        else:
            rows.append([-max(0, min(one.turnover_pence, gate)) / gate for one in enterprises])
        limits.append(-1.0)
    for name in dict.fromkeys(gates.certificates_any):
        if ("certificate_any", name) in asked:
            rows.append([-float(name in one.certificates) for one in enterprises])
            limits.append(-1.0)
    if ("min_local", None) in asked:
        rows.append([-float(one.local) for one in enterprises])
        limits.append(-float(instance.min_local))
    return np.array(rows, dtype=float).reshape(len(rows), len(enterprises)), np.array(limits, dtype=float)


def _apart(enterprises: list[Enterprise], asked: Collection[Key]) -> dict[int, frozenset[int]]:
    place = {one.id: index for index, one in enumerate(enterprises)}
    partners: dict[int, set[int]] = {}
    for kind, pair in asked:
        if kind == "excluded_pair" and isinstance(pair, tuple) and place.keys() >= set(pair):
            first, second = place[pair[0]], place[pair[1]]
            partners.setdefault(first, set()).add(second)
            partners.setdefault(second, set()).add(first)
    return {index: frozenset(others) for index, others in partners.items()}
