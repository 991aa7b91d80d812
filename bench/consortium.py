"""Consortia beside CBC (PuLP) and SciPy's milp on made-up lots: the same optimum, and what each costs.

PYTHONPATH=. python bench/consortium.py [--enterprises 500] [--needs 12] [--lots 5] [--alternatives 3]
    [--members 3] [--carries 0.3 1.5] [--seconds 60]

--carries is the least and the most of a need that an enterprise can carry: with 0.1 0.6 and 6 members nobody can.

Peers are given the same model written out whole, after leaving out who fails a gate alone. Printed are processor
seconds, CBC's own process included: the machine's other work moves them less than the clock. --seconds, the limit of
each answer, is by the clock. A peer that is not installed says so.
"""

import argparse
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from statistics import median

import numpy as np

from procure.matching.consortium import Enterprise, Gates, Instance, Need, best_cover

Answer = tuple[float | None, bool]
Solver = Callable[[Instance, float], Answer]
GATE, HEAD = 1.0, 0.02
CARRIES = (0.3, 1.5)


def a_lot(enterprises: int, needs: int, seed: int, carries: tuple[float, float] = CARRIES) -> Instance:
    """A lot in which each enterprise serves one to four needs, with every kind of gate."""
    dice = random.Random(seed)
    wanted = tuple(Need(f"n{n}", dice.randint(20, 400), dice.randint(5, 100) * 100_000) for n in range(needs))
    value = sum(need.value_pence for need in wanted)
    return Instance(
        wanted,
        tuple(_an_enterprise(f"E{e}", wanted, value, dice, carries) for e in range(enterprises)),
        Gates(value // 2, 200_000_000, ("DBS",), ("ISO9001",)),
        max_members=8,
        min_local=1,
        excluded_pairs=tuple((f"E{dice.randrange(enterprises)}", f"E{dice.randrange(enterprises)}") for _ in range(20)),
    )


def _an_enterprise(
    name: str, needs: tuple[Need, ...], value: int, dice: random.Random, carries: tuple[float, float]
) -> Enterprise:
    does = dice.sample(needs, dice.randint(1, 4))
    return Enterprise(
        name,
        {need.id: int(need.units * dice.uniform(*carries)) for need in does},
        {need.id: round(dice.random(), 3) for need in does},
        int(value * dice.uniform(0.1, 0.8)),
        int(value * dice.lognormvariate(-1.5, 1)),
        dice.choice([1, 2, 5, 10]) * 100_000_000,
        frozenset(name for name in ("DBS", "ISO9001") if dice.random() < 0.6),
        dice.random() < 0.3,
    )


@dataclass
class Model:
    """Least cost; columns are parts of needs, then members. Each row is (entries by column, least, most)."""

    parts: list[tuple[int, int]]
    heads: int
    cost: list[float] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def row(self, entries: dict[int, float], least: float, most: float) -> None:
        self.rows.append((entries, least, most))


def write_model(lot: Instance) -> Model:
    """The contract's model, whole."""
    gates, needs = lot.gates, lot.needs
    each = set(gates.certificates_each)
    able = [one for one in lot.enterprises if one.insurance_pence >= (gates.insurance_pence or 0)]
    able = [one for one in able if one.certificates >= each]
    cells = [(e, n) for e, one in enumerate(able) for n, need in enumerate(needs) if one.capacity.get(need.id, 0) > 0]
    model, count = Model(cells, len(able)), len(cells)
    model.cost = [-able[e].fit.get(needs[n].id, 0) / len(needs) for e, n in cells] + [HEAD] * len(able)
    for n in range(len(needs)):
        model.row({column: 1.0 for column, cell in enumerate(cells) if cell[1] == n}, 1, 1)
    own: list[list[tuple[int, int]]] = [[] for _ in able]
    for column, (e, n) in enumerate(cells):
        own[e].append((column, n))
        model.row({column: 1.0, count + e: -min(1, able[e].capacity[needs[n].id] / needs[n].units)}, -np.inf, 0)
    for e, one in enumerate(able):
        worth = {column: needs[n].value_pence / lot.value_pence for column, n in own[e]}
        model.row(worth | {count + e: -(one.capacity_pence or 0) / lot.value_pence}, -np.inf, 0)
        model.row({column: needs[n].units for column, n in own[e]} | {count + e: -1.0}, 0, np.inf)
    add_gates(model, lot, able)
    return model


def add_gates(model: Model, lot: Instance, able: list[Enterprise]) -> None:
    """Rows over members alone."""
    first, gate = len(model.parts), lot.gates.turnover_pence or 1
    place = {one.id: first + e for e, one in enumerate(able)}
    model.row({place[one.id]: one.turnover_pence / gate for one in able}, GATE, np.inf)
    model.row({place[one.id]: 1.0 for one in able if one.local}, lot.min_local, np.inf)
    model.row({place[one.id]: 1.0 for one in able}, 0, lot.max_members or len(able))
    for name in lot.gates.certificates_any:
        model.row({place[one.id]: 1.0 for one in able if name in one.certificates}, GATE, np.inf)
    for one, other in lot.excluded_pairs:
        if one != other and place.keys() >= {one, other}:
            model.row({place[one]: 1.0, place[other]: 1.0}, 0, 1)


def by_procure(lot: Instance, seconds: float) -> Answer:
    cover = best_cover(lot, seconds)
    return (cover.best.objective if cover.best else None), cover.is_proved


def by_cbc(lot: Instance, seconds: float) -> Answer:
    import pulp

    model = write_model(lot)
    columns = [pulp.LpVariable(f"y{c}", 0, 1) for c in range(len(model.parts))]
    columns += [pulp.LpVariable(f"z{c}", cat="Binary") for c in range(model.heads)]
    programme = pulp.LpProblem("lot", pulp.LpMinimize)
    programme += pulp.LpAffineExpression(zip(columns, model.cost, strict=True))
    for entries, least, most in model.rows:
        row = pulp.LpAffineExpression([(columns[c], value) for c, value in entries.items()])
        if least > -np.inf:
            programme += row >= least
        if most < np.inf:
            programme += row <= most
    programme.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0, gapAbs=1e-9, timeLimit=seconds))
    if programme.status != 1:
        return None, programme.status == -1
    return HEAD - float(pulp.value(programme.objective)), programme.sol_status == 1


def by_milp(lot: Instance, seconds: float) -> Answer:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    model = write_model(lot)
    entries = [(row, column, value) for row, (own, *_) in enumerate(model.rows) for column, value in own.items()]
    rows, columns, values = zip(*entries, strict=True)
    matrix = csr_array((values, (rows, columns)), shape=(len(model.rows), len(model.cost)))
    answer = milp(
        np.array(model.cost),
        integrality=np.repeat([0, 1], [len(model.parts), model.heads]),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, [row[1] for row in model.rows], [row[2] for row in model.rows]),
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    return (None if answer.x is None else HEAD - float(answer.fun)), answer.status in (0, 2)


def compare(name: str, solver: Solver, lots: list[Instance], seconds: float) -> None:
    """One line: medians and worst over the lots, and the optima."""
    spent, answers = [], []
    for lot in lots:
        before = os.times()[:4]
        answers.append(solver(lot, seconds))
        spent.append(sum(os.times()[:4]) - sum(before))
    proved = sum(is_proved for _, is_proved in answers)
    optima = " ".join("none" if value is None else f"{value:.6f}" for value, _ in answers)
    line = f"{name:24} median {median(spent):6.2f} s, most {max(spent):6.2f} s, proved {proved} of {len(lots)}"
    print(f"{line}: {optima}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (
        ("enterprises", 500),
        ("needs", 12),
        ("lots", 5),
        ("alternatives", 3),
        ("members", 3),
        ("seconds", 60),
    ):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--carries", type=float, nargs=2, default=CARRIES)
    asked = parser.parse_args()
    lots = [a_lot(asked.enterprises, asked.needs, seed, tuple(asked.carries)) for seed in range(asked.lots)]
    further = [replace(lot, alternatives=asked.alternatives) for lot in lots]
    fewer = [replace(lot, max_members=asked.members) for lot in lots]
    print(f"{len(lots)} lots, {asked.enterprises} enterprises, {asked.needs} needs; load {os.getloadavg()[0]:.1f}")
    compare("procure", by_procure, lots, asked.seconds)
    compare(f"procure, {asked.alternatives} alternatives", by_procure, further, asked.seconds)
    compare(f"procure, {asked.members} members", by_procure, fewer, asked.seconds)
    for name, package, solver in (("CBC", "pulp", by_cbc), ("SciPy milp", "scipy", by_milp)):
        if find_spec(package) is None:
            print(f"{name:24} not installed")
        else:
            compare(name, solver, lots, asked.seconds)


if __name__ == "__main__":
    main()
