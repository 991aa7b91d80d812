"""Small random lots, and the answer found by trying every set of enterprises."""

import random
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from procure.matching.consortium import Enterprise, Gates, Instance, Need

EVERY_KIND = (
    "turnover",
    "insurance",
    "certificate_each",
    "certificate_any",
    "min_local",
    "max_members",
    "excluded_pair",
)


def a_lot(seed, *, alternatives=2):
    """A lot of two to four needs and up to seven enterprises; about every third has no consortium."""
    dice = random.Random(seed)
    needs = tuple(
        Need(f"need {n}", dice.choice([1, 5, 40, 100, 2.5]), dice.randint(0, 50) * 1_000_00)
        for n in range(dice.randint(2, 4))
    )
    value = sum(need.value_pence for need in needs)
    return Instance(
        needs,
        tuple(_an_enterprise(dice, f"E{e}", needs, value) for e in range(dice.randint(1, 7))),
        Gates(
            dice.choice([None, value, value // 2]),
            dice.choice([None, None, 5_000_000_00]),
            dice.choice([(), (), ("DBS",)]),
            dice.choice([(), ("ISO9001",), ("ISO9001", "ISO14001")]),
        ),
        form=dice.choice(["joint", "lead"]),
        max_members=dice.choice([None, 1, 2, 3, 4]),
        min_local=dice.choice([0, 1, 1, 2]),
        excluded_pairs=tuple((f"E{a}", f"E{b}") for a, b in combinations(range(7), 2) if dice.random() < 0.1),
        alternatives=alternatives,
    )


def _an_enterprise(dice, name, needs, value):
    does = [need for need in needs if dice.random() < 0.7]
    return Enterprise(
        name,
        {need.id: round(need.units * dice.choice([0.2, 0.5, 0.5, 1.0, 1.3]), 3) for need in does},
        {need.id: round(dice.random(), 3) for need in does if dice.random() < 0.9},
        dice.choice([None, value // 2, value // 3, value]),
        dice.choice([0, value // 3, value // 2, value, 2 * value]),
        dice.choice([1_000_000_00, 5_000_000_00, 10_000_000_00]),
        frozenset(name for name in ("DBS", "ISO9001", "ISO14001") if dice.random() < 0.6),
        dice.random() < 0.5,
    )


def everything_asked(lot):
    """Every requirement of a lot as (kind, id)."""
    gates = lot.gates
    known = {one.id for one in lot.enterprises}
    asked = [("need", need.id) for need in lot.needs]
    asked += [("turnover", None)] if gates.turnover_pence else []
    asked += [("insurance", None)] if gates.insurance_pence else []
    asked += [("certificate_each", name) for name in gates.certificates_each]
    asked += [("certificate_any", name) for name in gates.certificates_any]
    asked += [("min_local", None)] if lot.min_local else []
    asked += [("max_members", None)] if lot.max_members is not None else []
    asked += [("excluded_pair", pair) for pair in lot.excluded_pairs if known.issuperset(pair)]
    return set(asked)


def breaks(lot, members, asked):
    """Requirements among those asked, other than needs, that these members break."""
    gates = lot.gates
    turnovers = [one.turnover_pence for one in members]
    ids = {one.id for one in members}
    met = {
        "turnover": lambda _: (
            (max(turnovers, default=-1) if lot.form == "lead" else sum(turnovers)) >= gates.turnover_pence
        ),
        "insurance": lambda _: all(one.insurance_pence >= gates.insurance_pence for one in members),
        "certificate_each": lambda name: all(name in one.certificates for one in members),
        "certificate_any": lambda name: any(name in one.certificates for one in members),
        "min_local": lambda _: sum(one.local for one in members) >= lot.min_local,
        "max_members": lambda _: len(members) <= lot.max_members,
        "excluded_pair": lambda pair: not ids.issuperset(pair),
    }
    return {(kind, name) for kind, name in asked if kind != "need" and not met[kind](name)}


def best_division(lot, members, asked):
    """The objective of the best division among these members, by one linear programme over everything; or None."""
    if not members:
        return None if any(kind == "need" for kind, _ in asked) else 0.0
    cells = [(e, n) for e in range(len(members)) for n in range(len(lot.needs))]
    gain = [-members[e].fit.get(lot.needs[n].id, 0) / lot.needs[n].units / len(lot.needs) for e, n in cells]
    upper, limits, equal, units = [], [], [], []
    for n, need in enumerate(lot.needs):
        row = [float(column == n) for _, column in cells]
        if ("need", need.id) in asked:
            equal.append(row)
            units.append(need.units)
        else:
            upper.append(row)
            limits.append(need.units)
    for e, one in enumerate(members):
        if one.capacity_pence is not None:
            upper.append([lot.needs[n].value_pence / lot.needs[n].units * (row == e) for row, n in cells])
            limits.append(one.capacity_pence)
        upper.append([-float(row == e) for row, _ in cells])
        limits.append(-1.0)
    scale = [max(1.0, max(map(abs, row))) for row in upper]
    answer = linprog(
        gain,
        A_ub=np.array(upper) / np.array(scale)[:, None],
        b_ub=np.array(limits) / np.array(scale),
        A_eq=equal or None,
        b_eq=units or None,
        bounds=[(0, members[e].capacity.get(lot.needs[n].id, 0)) for e, n in cells],
    )
    return None if answer.status != 0 else -answer.fun - 0.02 * (len(members) - 1)


def every_set(lot, asked=None):
    """Every set that meets what is asked, with its objective, found by trying them all."""
    asked = everything_asked(lot) if asked is None else asked
    found = {}
    for size in range(len(lot.enterprises) + 1):
        for members in combinations(lot.enterprises, size):
            if not breaks(lot, members, asked):
                objective = best_division(lot, members, asked)
                if objective is not None:
                    found[frozenset(one.id for one in members)] = objective
    return found
