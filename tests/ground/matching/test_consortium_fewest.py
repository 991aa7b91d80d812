"""Where few may join, every set is tried: what is left out early could not have carried the lot."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from procure.matching.consortium import Enterprise, Gates, Instance, Need
from procure.matching.consortium.carrying import divide
from procure.matching.consortium.fewest import round_up, try_every
from procure.matching.consortium.lot import Lot
from procure.matching.consortium.nearest import filling
from procure.matching.consortium.search import find_fullest
from procure.matching.consortium.standing_in import beaten_by, in_the_running
from tests.ground.matching.consortium_lots import a_lot


def _of_at_most(most, seed):
    return Lot.whole(replace(a_lot(seed), max_members=most))


def _of_many_sizes(instance, seed):
    """The lot without gates, each enterprise there twice and able to carry less than most."""
    dice = np.random.default_rng(seed)
    return replace(
        instance,
        gates=Gates(),
        min_local=0,
        enterprises=tuple(
            replace(
                one,
                id=f"{one.id}{twin}",
                capacity={need: units * dice.uniform(0.4, 0.9) for need, units in one.capacity.items()},
            )
            for one in instance.enterprises
            for twin in "ab"
        ),
    )


@pytest.mark.parametrize("most", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("seed", range(40))
def test_every_set_that_could_do_it_is_offered_and_none_twice(seed, most):
    lot = _of_at_most(most, seed)
    offered = []
    assert try_every(lot.programme, offered.append, lambda: False, 100_000)
    heads = range(len(lot.enterprises))
    sets = [members for size in range(most + 1) for members in combinations(heads, size)]
    able = {one for one in sets if lot.keeps_gates(one) and divide(lot.programme, one) is not None}
    assert able <= set(offered)
    assert len(offered) == len(set(offered))


@pytest.mark.parametrize("most", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("seed", range(40))
def test_with_stand_ins_left_out_some_set_is_still_offered_wherever_one_could_do_it(seed, most):
    lot = _of_at_most(most, seed)
    idle = replace(lot.programme, least=0.0)
    names = in_the_running(idle)
    offered = []
    assert try_every(idle.only(names), offered.append, lambda: False, 100_000)
    heads = range(len(lot.enterprises))
    sets = [members for size in range(most + 1) for members in combinations(heads, size)]
    found = [tuple(names[list(members)]) for members in offered]
    able = [[one for one in among if lot.keeps_gates(one) and divide(idle, one)] for among in (sets, found)]
    assert bool(able[0]) == bool(able[1])


@pytest.mark.parametrize("seed", range(80))
def test_whoever_could_stand_in_carries_the_others_part_in_every_set(seed):
    lot = _of_at_most(4, seed)
    idle = replace(lot.programme, least=0.0)
    beaten = beaten_by(idle)
    for one, other in np.argwhere(beaten):
        others = [head for head in range(len(beaten)) if head not in (one, other)]
        for rest in [team for size in range(3) for team in combinations(others, size)]:
            with_one, with_other = tuple(sorted((one, *rest))), tuple(sorted((other, *rest)))
            if lot.keeps_gates(with_other) and divide(idle, with_other) is not None:
                assert lot.keeps_gates(with_one)
                assert divide(idle, with_one) is not None


@pytest.mark.parametrize("seed", range(200))
def test_whoever_give_all_that_is_missing_give_it_in_rounded_parts_too(seed):
    dice = np.random.default_rng(seed)
    missing = dice.choice([1, 0.5, 1 / 3, 2e-6, 1e-12, 0], 5)
    gives = np.minimum(missing * dice.choice([0, 0.1, 1 / 4, 1 / 3, 0.5, 0.7, 1 - 1e-10], (7, 5)), missing)
    counted, asked = round_up(gives, missing)
    for members in [list(team) for size in range(1, 6) for team in combinations(range(7), size)]:
        if (gives[members].sum(axis=0) >= missing - 1e-9).all():
            assert (counted[members].sum(axis=0) >= asked - 1e-9).all()


@pytest.mark.parametrize("most", [2, 3])
@pytest.mark.parametrize("seed", range(60))
def test_the_fullest_set_carries_most_of_the_need_lacked(seed, most):
    whole = Lot.whole(_of_many_sizes(replace(a_lot(seed), max_members=most), seed))
    for place, need in enumerate(whole.instance.needs):
        lot = whole.asking(whole.asked - {("need", need.id)})
        programme, heads = filling(lot.programme), range(len(lot.enterprises))
        sets = [members for size in range(most + 1) for members in combinations(heads, size)]
        loads = [divide(programme, one) for one in sets if lot.keeps_gates(one)]
        fullest = max((load.fit for load in loads if load is not None), default=None)
        found = find_fullest(programme, lot.keeps_gates, place)
        assert (found and found.objective) == pytest.approx(fullest, abs=1e-6)
        assert fullest is None or find_fullest(programme, lot.keeps_gates, place, floor=fullest + 1e-5) is None


def test_whoever_can_take_on_more_money_is_not_left_out_for_one_who_cannot():
    needs = (Need("meals", 10, 100), Need("cleaning", 10, 100))
    poor, rich = (
        Enterprise(name, {"meals": 10, "cleaning": 10}, {}, purse) for name, purse in (("a", 100), ("b", 200))
    )
    assert Lot.whole(Instance(needs, (poor, rich), max_members=1)).find_any() is not None


def test_it_says_when_there_are_too_many():
    lots = [_of_at_most(4, seed) for seed in range(40)]
    assert not all(try_every(lot.programme, lambda members: None, lambda: False, steps=3) for lot in lots)
