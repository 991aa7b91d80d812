"""Who comes nearest where no consortium works: fewest requirements lacked, then the smallest shortfall."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from .carrying import divide
from .cover import Nearest, Requirement
from .instance import Enterprise, Instance
from .lot import Lot
from .programme import Grid, Indices, write_programme
from .requirements import broken_gates, keys, list_requirements, may_join
from .rows import write_own_rows
from .words import tell

_SHORTFALL, _FIT, _HEAD = 0.1, 0.001, 0.0001
"""What a whole missing need, a whole fit and one more member weigh beside one requirement lacked."""
_GATE = 1.12
"""A gate lacked weighs a little more than a need lacked: a further partner is found sooner than a rule is waived."""
_MOST = 120
"""Enterprises looked at; beyond them this answer is close, not proved closest."""


def find_nearest(instance: Instance) -> Nearest:
    """Members who meet every requirement but the few they lack, each with what is missing.

    instance  one that has no consortium, so something is always lacked
    """
    lot = Lot(instance, frozenset())
    members, waived = _fewest_lacks(lot)
    asked = keys(list_requirements(instance)) - waived
    everything = write_programme(instance, lot.enterprises, asked)
    load = divide(replace(everything, gain=everything.gain + 1.0), members) or divide(lot.programme, ())
    assert load is not None
    members = members[: len(load.parts)]
    lacks = [
        tell(Requirement("need", need.id), instance, _tidy(need.units * float(1 - part)))
        for need, part in zip(instance.needs, load.parts.sum(axis=0), strict=True)
        if part < 1 - 1e-9
    ]
    lacks += [tell(one, instance) for one in broken_gates([lot.enterprises[one] for one in members], instance)]
    return Nearest(lot.name_members(members, load), tuple(lacks))


def _tidy(units: float) -> float:
    units = round(units, 9)
    return int(units) if units == int(units) else units


def _fewest_lacks(lot: Lot) -> tuple[tuple[int, ...], frozenset[tuple[str, object]]]:
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    kept = _likely(lot)
    rows, asked = write_own_rows(lot.programme, kept), list_requirements(lot.instance)
    pairs, heads, waivers = len(rows.who), len(kept), len(asked)
    weights = np.array([1.0 if one.kind == "need" else _GATE for one in asked])
    sets, limits = _waivable_rows(lot, kept, asked)
    needs = [place for place, one in enumerate(asked) if one.kind == "need"]
    waive_need = sparse.coo_array((np.ones(len(needs)), (np.arange(len(needs)), needs)), shape=(len(needs), waivers))
    blank = sparse.csr_array
    answer = milp(
        np.concatenate(
            [
                -_SHORTFALL - _FIT * lot.programme.gain[kept][rows.who, rows.what],
                np.full(heads, _HEAD),
                weights,
            ]
        ),
        constraints=[
            LinearConstraint(sparse.hstack([rows.covers, waive_need]).tocsr(), 1, np.inf),
            LinearConstraint(sparse.hstack([rows.covers, blank((len(needs), waivers))]).tocsr(), -np.inf, 1),
            LinearConstraint(sparse.hstack([rows.own, blank((rows.own.shape[0], waivers))]).tocsr(), -np.inf, 0),
            LinearConstraint(sparse.hstack([rows.works, blank((heads, waivers))]).tocsr(), -np.inf, 0),
            LinearConstraint(sparse.hstack([blank((len(limits), pairs)), blank(sets)]).tocsr(), -np.inf, limits),
        ],
        integrality=np.concatenate([np.zeros(pairs), np.ones(heads + waivers)]),
        bounds=Bounds(0, np.concatenate([np.full(pairs, np.inf), np.ones(heads + waivers)])),
    )
    chosen = kept[answer.x[pairs : pairs + heads] > 0.5]
    waived = frozenset(
        (one.kind, one.id) for one, is_on in zip(asked, answer.x[pairs + heads :] > 0.5, strict=True) if is_on
    )
    return tuple(int(one) for one in chosen), waived


def _likely(lot: Lot) -> Indices:
    """Those who could matter: everybody in a small lot, else the strongest for each need and each gate."""
    everyone = np.arange(len(lot.enterprises))
    if len(everyone) <= _MOST:
        return everyone
    whole = keys(list_requirements(lot.instance))
    full = write_programme(lot.instance, lot.enterprises, whole)
    holds = np.array([_holds_all(one, lot.instance) for one in lot.enterprises], dtype=float)
    looks = [*(full.reach * (1 + holds[:, None])).T, *-full.rows, full.reach.sum(axis=1) * (1 + holds)]
    each = max(2, _MOST // len(looks))
    return np.unique(np.concatenate([np.argsort(-look, kind="stable")[:each] for look in looks]))


def _holds_all(enterprise: Enterprise, instance: Instance) -> bool:
    gates = instance.gates
    is_insured = enterprise.insurance_pence >= (gates.insurance_pence or 0)
    return is_insured and enterprise.certificates.issuperset(gates.certificates_each)


def _waivable_rows(lot: Lot, kept: Indices, asked: list[Requirement]) -> tuple[Grid, Grid]:
    """Rows over members and waivers, each waived by its own requirement's waiver."""
    rows: list[Grid] = []
    limits: list[float] = []
    enterprises = [lot.enterprises[one] for one in kept]
    for place, one in enumerate(asked):
        for row, limit, slack in _rows_of(one, lot.instance, enterprises):
            waiver = np.zeros(len(asked))
            waiver[place] = -slack
            rows.append(np.concatenate([row, waiver]))
            limits.append(limit)
    width = len(kept) + len(asked)
    return np.array(rows).reshape(len(rows), width), np.array(limits)


def _rows_of(one: Requirement, instance: Instance, enterprises: list[Enterprise]) -> Iterator[tuple[Any, float, float]]:
    if one.kind in {"turnover", "certificate_any", "min_local"}:
        programme = write_programme(instance, enterprises, {(one.kind, one.id)})
        yield programme.rows[0], float(programme.limits[0]), -float(programme.limits[0])
    elif one.kind == "max_members":
        yield np.ones(len(enterprises)), float(instance.max_members or 0), float(len(enterprises))
    elif one.kind == "excluded_pair":
        assert isinstance(one.id, tuple)
        yield np.array([float(each.id in one.id) for each in enterprises]), 1.0, 1.0
    elif one.kind in {"insurance", "certificate_each"}:
        for place, enterprise in enumerate(enterprises):
            if not may_join(enterprise, instance, {(one.kind, one.id)}):
                yield np.eye(1, len(enterprises), place)[0], 0.0, 1.0
