"""Consortia against PuLP and CBC on made-up lots: the same optimum, and how long each takes.

python -m bench.consortium [--enterprises 500] [--needs 12] [--lots 3]
"""

import argparse
import random
from time import perf_counter

from procure.matching.consortium import Enterprise, Gates, Instance, Need, best_cover

CBC_SECONDS = 120


def a_lot(enterprises: int, needs: int, seed: int) -> Instance:
    """A lot in which each enterprise serves one to four needs, with every kind of gate."""
    dice = random.Random(seed)
    wanted = tuple(Need(f"n{n}", dice.randint(20, 400), dice.randint(5, 100) * 100_000) for n in range(needs))
    value = sum(need.value_pence for need in wanted)
    return Instance(
        wanted,
        tuple(_an_enterprise(f"E{e}", wanted, value, dice) for e in range(enterprises)),
        Gates(value // 2, 200_000_000, ("DBS",), ("ISO9001",)),
        max_members=8,
        min_local=1,
        excluded_pairs=tuple((f"E{dice.randrange(enterprises)}", f"E{dice.randrange(enterprises)}") for _ in range(20)),
    )


def _an_enterprise(name: str, needs: tuple[Need, ...], value: int, dice: random.Random) -> Enterprise:
    does = dice.sample(needs, dice.randint(1, 4))
    return Enterprise(
        name,
        {need.id: int(need.units * dice.uniform(0.3, 1.5)) for need in does},
        {need.id: round(dice.random(), 3) for need in does},
        int(value * dice.uniform(0.1, 0.8)),
        int(value * dice.lognormvariate(-1.5, 1)),
        dice.choice([1, 2, 5, 10]) * 100_000_000,
        frozenset(name for name in ("DBS", "ISO9001") if dice.random() < 0.6),
        dice.random() < 0.3,
    )


def solve_with_cbc(lot: Instance) -> float | None:
    """The contract's model written out whole, for CBC."""
    import pulp

    able = [
        one
        for one in lot.enterprises
        if one.insurance_pence >= (lot.gates.insurance_pence or 0)
        and one.certificates.issuperset(lot.gates.certificates_each)
    ]
    joins = {one.id: pulp.LpVariable(f"z_{one.id}", cat="Binary") for one in able}
    parts = {
        (one.id, need.id): pulp.LpVariable(f"y_{one.id}_{need.id}", 0)
        for one in able
        for need in lot.needs
        if one.capacity.get(need.id, 0) > 0
    }
    programme = pulp.LpProblem("lot", pulp.LpMaximize)
    fit = {one.id: one.fit for one in able}
    programme += pulp.lpSum(fit[e].get(n, 0) / len(lot.needs) * part for (e, n), part in parts.items()) - 0.02 * (
        pulp.lpSum(joins.values()) - 1
    )
    for need in lot.needs:
        programme += pulp.lpSum(part for (_, n), part in parts.items() if n == need.id) == 1
    for one in able:
        own = [(need, parts[one.id, need.id]) for need in lot.needs if (one.id, need.id) in parts]
        for need, part in own:
            programme += part <= min(1, one.capacity[need.id] / need.units) * joins[one.id]
        if one.capacity_pence is not None:
            worth = [need.value_pence / lot.value_pence * part for need, part in own]
            programme += pulp.lpSum(worth) <= one.capacity_pence / lot.value_pence * joins[one.id]
        programme += pulp.lpSum(need.units * part for need, part in own) >= joins[one.id]
    gate = lot.gates.turnover_pence or 1
    programme += pulp.lpSum(one.turnover_pence / gate * joins[one.id] for one in able) >= 1
    programme += pulp.lpSum(joins[one.id] for one in able if one.local) >= lot.min_local
    programme += pulp.lpSum(joins.values()) <= (lot.max_members or len(able))
    for name in lot.gates.certificates_any:
        programme += pulp.lpSum(joins[one.id] for one in able if name in one.certificates) >= 1
    for first, second in lot.excluded_pairs:
        if first != second and first in joins and second in joins:
            programme += joins[first] + joins[second] <= 1
    programme.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0, timeLimit=CBC_SECONDS))
    return float(pulp.value(programme.objective)) if programme.status == 1 else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--enterprises", type=int, default=500)
    parser.add_argument("--needs", type=int, default=12)
    parser.add_argument("--lots", type=int, default=3)
    asked = parser.parse_args()
    for seed in range(asked.lots):
        lot = a_lot(asked.enterprises, asked.needs, seed)
        began = perf_counter()
        cover = best_cover(lot)
        ours = cover.best.objective if cover.best else None
        middle = perf_counter()
        theirs = solve_with_cbc(lot)
        print(f"lot {seed}: procure {ours} in {middle - began:.2f} s, CBC {theirs} in {perf_counter() - middle:.2f} s")


if __name__ == "__main__":
    main()
