"""Lots too large to try every set of: the branching search against one whole integer programme, and its cuts."""

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from procure.matching.consortium import Enterprise, Gates, Instance, Need, best_cover, cover_to_json
from procure.matching.consortium.best import Best
from procure.matching.consortium.bounds import Corner
from procure.matching.consortium.carrying import divide
from procure.matching.consortium.lot import Lot
from procure.matching.consortium.master import Master
from procure.matching.consortium.tree import Tree
from tests.ground.matching.consortium_lots import a_lot, every_set


def a_wide_lot(seed, enterprises=70):
    """Six needs and so many enterprises that the lot must be split."""
    dice = random.Random(seed)
    needs = tuple(Need(f"n{n}", dice.randint(20, 400), dice.randint(5, 100) * 100_000) for n in range(6))
    value = sum(need.value_pence for need in needs)

    def one(name):
        does = dice.sample(needs, dice.randint(1, 4))
        return Enterprise(
            name,
            {need.id: max(1, int(need.units * dice.uniform(0.2, 1.2))) for need in does},
            {need.id: round(dice.random(), 2) for need in does},
            dice.choice([None, int(value * dice.uniform(0.1, 0.6))]),
            int(value * dice.uniform(0, 0.6)),
            local=dice.random() < 0.3,
        )

    return Instance(
        needs,
        tuple(one(f"E{e}") for e in range(enterprises)),
        Gates(turnover_pence=value),
        max_members=dice.choice([4, 5, 7]),
        min_local=2,
        excluded_pairs=tuple((f"E{dice.randrange(70)}", f"E{dice.randrange(70)}") for _ in range(30)),
    )


def whole_programme(lot):
    """The best objective by one integer programme over everything at once, with SciPy; or None."""
    programme = Lot.whole(lot).programme
    who, what = np.nonzero(programme.reach > 0)
    pairs, heads = len(who), len(programme.reach)
    each, columns = np.arange(pairs), pairs + heads
    link = sparse.coo_array(
        (
            np.concatenate([np.ones(pairs), -programme.reach[who, what]]),
            (np.tile(each, 2), np.concatenate([each, pairs + who])),
        ),
        shape=(pairs, columns),
    )
    covers, spends, works = np.zeros((len(programme.units), columns)), *np.zeros((2, heads, columns))
    covers[what, each] = 1
    spends[who, each] = programme.worth[what]
    works[who, each] = -programme.units[what]
    everyone = np.arange(heads)
    spends[everyone, pairs + everyone] = -np.minimum(programme.purse, 2)
    works[everyone, pairs + everyone] = 1
    sets = [*programme.rows, np.ones(heads)]
    limits = [*programme.limits, programme.most]
    for one, others in programme.apart.items():
        for other in others:
            sets.append(np.isin(everyone, [one, other]).astype(float))
            limits.append(1.0)
    costs = np.concatenate([-programme.gain[who, what], programme.cost])
    answer = milp(
        100 * costs,
        constraints=[
            LinearConstraint(link.tocsr(), -np.inf, 0),
            LinearConstraint(covers, 1, 1),
            LinearConstraint(np.vstack([spends, works]), -np.inf, 0),
            LinearConstraint(np.hstack([np.zeros((len(sets), pairs)), np.vstack(sets)]), -np.inf, limits),
        ],
        integrality=np.repeat([0, 1], [pairs, heads]),
        bounds=Bounds(0, np.ones(columns)),
        options={"mip_rel_gap": 0},
    )
    return None if answer.x is None else 0.02 - answer.fun / 100


@pytest.mark.parametrize("seed", range(8))
def test_the_answer_for_many_enterprises_is_that_of_one_whole_integer_programme(seed):
    lot = a_wide_lot(seed)
    whole = whole_programme(lot)
    cover = best_cover(lot)
    assert cover.is_feasible == (whole is not None)
    if whole is not None:
        assert cover.best.objective == pytest.approx(whole, abs=1e-6)


@pytest.mark.parametrize("seed", range(40))
def test_no_cut_removes_a_set_that_covers_the_lot(seed):
    lot = a_lot(seed)
    whole = Lot.whole(lot)
    programme = whole.programme
    if not len(whole.enterprises):
        return
    everyone = np.arange(len(whole.enterprises))
    master = Master(programme, everyone)
    best = Best(programme, lambda members: False, -100.0, is_first_enough=False)
    tight = Tree(programme, master, everyone, best).tighten(Corner.whole(programme), 5)
    place = {one.id: row for row, one in enumerate(whole.enterprises)}
    for ids, objective in every_set(lot).items():
        members = sorted(place[name] for name in ids)
        parts, joins = np.zeros(programme.reach.shape), np.zeros(len(place))
        parts[members], joins[members] = divide(programme, members).parts, 1
        cuts = master.cuts
        carried = (cuts.carry * (cuts.weigh @ parts.T)).sum(axis=1)
        seen = any(tuple(members) == tuple(one) for one in best.seen)
        assert seen or (carried + cuts.join @ joins <= cuts.limits + 1e-7).all()
        assert seen or tight[1].total >= objective - 1e-7


@pytest.mark.parametrize("seed", range(60))
def test_a_cut_found_among_some_removes_no_set_of_everybody(seed):
    whole = Lot.whole(a_lot(seed))
    programme, heads = whole.programme, len(whole.enterprises)
    some = np.arange(heads - 1)
    if heads < 2:
        return
    few = programme.only(some)
    master = Master(few, some)
    best = Best(few, lambda members: False, -100.0, is_first_enough=False)
    Tree(few, master, some, best).tighten(Corner.whole(few), 5)
    cuts = master.cuts.for_everybody(some, heads)
    for size in range(1, heads + 1):
        for members in combinations(range(heads), size):
            load, joins = divide(programme, members), np.zeros(heads)
            if load is not None:
                parts = np.zeros(programme.reach.shape)
                parts[list(members)], joins[list(members)] = load.parts, 1
                carried = (cuts.carry * (cuts.weigh @ parts.T)).sum(axis=1)
                assert (carried + cuts.join @ joins <= cuts.limits + 1e-7).all()


@pytest.mark.parametrize("seed", range(4))
def test_a_consortium_above_the_limit_is_no_larger_than_it_must_be(seed):
    lot = replace(a_wide_lot(seed), max_members=1, min_local=1)
    nearest = best_cover(lot).nearest
    assert [one.kind for one in nearest.lacks] == ["max_members"]
    smaller = replace(lot, max_members=len(nearest.members) - 1)
    assert not best_cover(smaller).is_feasible


def test_an_answer_out_of_time_says_that_it_is_not_proved():
    cover = best_cover(a_wide_lot(0), seconds=0)
    assert not cover.is_proved
    assert cover_to_json(cover)["status"] == "unproved"


def test_an_answer_in_time_is_proved():
    assert best_cover(a_wide_lot(0), seconds=500).is_proved
