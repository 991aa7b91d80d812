"""Who comes nearest where no consortium works: fewest requirements lacked, then the smallest shortfall."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from time import perf_counter
from typing import Any

import numpy as np

from .best import EXACT
from .carrying import divide
from .cover import Nearest, Requirement
from .instance import Enterprise, Instance
from .linear import Entries, LinearProgramme
from .lot import Lot
from .programme import Grid, Indices, Programme, write_programme
from .requirements import broken_gates, keys, list_requirements, may_join
from .search import Found, find_any, find_best, find_fullest, find_soon
from .solvers import start_programme
from .waiving import fewest_waived
from .words import tell

_SHORTFALL, _FIT, _HEAD = 0.1, 0.001, 0.0001
"""What a whole missing need, a whole fit and one more member weigh beside one requirement lacked."""
_GATE = 1.12
"""A gate lacked weighs a little more than a need lacked: a further partner is found sooner than a rule is waived."""
_FEW = 30
"""Up to so many enterprises one integer programme looks at everything at once; beyond, one lack is tried first."""
Waived = tuple[tuple[int, ...], frozenset[tuple[str, object]]]
_MOST = 120
"""Enterprises looked at; beyond them this answer is close, not proved closest."""


def find_nearest(lot: Lot, clash: Sequence[Requirement], until: float = inf) -> Nearest:
    """Members who meet every requirement but the few they lack, each with what is missing.

    lot     one that has no consortium, so something is always lacked
    clash   its certificate: something of it is always lacked
    raises  TimeoutError where the clock of time.perf_counter reads until before anybody is found
    """
    instance, lot = lot.instance, lot.asking(())
    few_lacks = _few_lacks(lot, clash, until) if len(lot.enterprises) > _FEW else None
    members, waived = few_lacks or _fewest_lacks(lot, until)
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
    is_proved = (few_lacks is not None or len(lot.enterprises) <= _MOST) and perf_counter() < until
    return Nearest(lot.name_members(members, load), tuple(lacks), is_proved)


def _tidy(units: float) -> float:
    units = round(units, 9)
    return int(units) if units == int(units) else units


def _one_lack(lot: Lot, clash: Sequence[Requirement], until: float) -> Waived | None:
    """Those who lack one requirement only, a need with the least shortfall before a gate; None where there are none."""
    asked = keys(list_requirements(lot.instance))
    place = {one.id: row for row, one in enumerate(lot.enterprises)}
    nearest: tuple[float, Waived] | None = None
    for lacked in sorted(clash, key=lambda one: one.kind != "need"):
        if nearest is not None and lacked.kind != "need":
            break
        rest = lot.asking(asked - keys([lacked]))
        if lacked.kind == "need":
            place_of_need = [need.id for need in lot.instance.needs].index(str(lacked.id))
            floor = -inf if nearest is None else nearest[0] + 2 * EXACT
            found = find_fullest(filling(rest.programme), rest.keeps_gates, place_of_need, floor=floor, until=until)
        else:
            found = _with_fewer(rest, find_any(rest.programme, rest.keeps_gates, until=until), until)
        if found is not None and (nearest is None or found.objective > nearest[0]):
            members = tuple(sorted(place[rest.enterprises[one].id] for one in found.members))
            nearest = found.objective, (members, keys([lacked]))
    return None if nearest is None else nearest[1]


def _with_fewer(rest: Lot, found: Found | None, until: float) -> Found | None:
    """The set found, or one of fewer members where one is seen at once: no further above the limit than need be."""
    limit = rest.instance.max_members
    if found is None or limit is None or len(found.members) <= limit:
        return found
    sizes = range(limit + 1, len(found.members))
    seen = (find_soon(replace(rest.programme, most=most), rest.keeps_gates, until=until) for most in sizes)
    return next((fewer for fewer in seen if fewer is not None), found)


def _few_lacks(lot: Lot, clash: Sequence[Requirement], until: float) -> Waived | None:
    """Those who lack the fewest requirements, and least of the needs among them; None where that is not seen soon."""
    one_lacked = _one_lack(lot, clash, until)
    if one_lacked is not None:
        return one_lacked
    waived = fewest_waived(lot.asking(keys(list_requirements(lot.instance))), keys(clash), until)
    if waived is None:
        return None
    place = {one.id: row for row, one in enumerate(lot.enterprises)}
    rest = lot.asking(keys(list_requirements(lot.instance)) - waived)
    found = find_best(filling(rest.programme), rest.keeps_gates, until=until)
    assert found is not None
    return tuple(sorted(place[rest.enterprises[one].id] for one in found.members)), waived


def filling(programme: Programme) -> Programme:
    """The lot where only how much of the need lacked is carried counts."""
    gain = np.where(programme.asked, 0.0, np.ones_like(programme.gain))
    return replace(programme, gain=gain, cost=np.zeros(len(gain)))


def _fewest_lacks(lot: Lot, until: float) -> Waived:
    kept, asked = _likely(lot), list_requirements(lot.instance)
    lp, joins = _write(lot, kept, asked)
    waivers = lp.columns - len(asked) + np.arange(len(asked))
    answer = lp.solve_whole(np.append(joins, waivers), until - perf_counter())
    if answer is None:
        raise TimeoutError("Nobody was found near enough in time")
    chosen = kept[answer.columns[joins] > 0.5]
    waived = frozenset(
        (one.kind, one.id) for one, part in zip(asked, answer.columns[waivers], strict=True) if part > 0.5
    )
    return tuple(int(one) for one in chosen), waived


def _write(lot: Lot, kept: Indices, asked: list[Requirement]) -> tuple[LinearProgramme, Indices]:
    """Columns: parts, members, waivers. Rows: needs, then what each may carry, spend and must do, then the gates."""
    programme = lot.programme
    reach, purse, worth = programme.reach[kept], programme.purse[kept], programme.worth
    who, what = np.nonzero(reach > 0)
    pairs, heads, needs = len(who), len(kept), len(worth)
    each, joins = np.arange(pairs), pairs + np.arange(heads)
    sets, limits = _waivable_rows(lot, kept, asked)
    gate, column = np.nonzero(sets)
    capped = np.nonzero(np.isfinite(purse))[0]
    spends = np.nonzero(np.isfinite(purse)[who])[0]
    need_waivers = [pairs + heads + place for place, one in enumerate(asked) if one.kind == "need"]
    link, spend, work = needs, needs + pairs, needs + pairs + heads
    first_gate = work + heads
    triples = [
        (what, each, np.ones(pairs)),
        (first_gate + len(limits) + what, each, np.ones(pairs)),
        (first_gate + len(limits) + np.arange(needs), np.array(need_waivers), np.ones(needs)),
        (link + each, each, np.ones(pairs)),
        (link + each, joins[who], -reach[who, what]),
        (spend + who[spends], spends, worth[what[spends]]),
        (spend + capped, joins[capped], -purse[capped]),
        (work + who, each, -programme.units[what]),
        (work + np.arange(heads), joins, np.ones(heads)),
        (first_gate + gate, pairs + column, sets[gate, column]),
    ]
    rows, columns, values = (np.concatenate(kind) for kind in zip(*triples, strict=True))
    weights = np.array([1.0 if one.kind == "need" else _GATE for one in asked])
    lp = start_programme()
    lp.add_rows(
        np.concatenate([np.full(first_gate + len(limits), -np.inf), np.ones(needs)]),
        np.concatenate([np.ones(needs), np.zeros(pairs + 2 * heads), limits, np.full(needs, np.inf)]),
    )
    lp.add_columns(
        np.concatenate([-_SHORTFALL - _FIT * programme.gain[kept][who, what], np.full(heads, _HEAD), weights]),
        np.zeros(pairs + heads + len(asked)),
        np.concatenate([reach[who, what], np.ones(heads + len(asked))]),
        Entries(rows, columns, values),
    )
    return lp, joins


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
