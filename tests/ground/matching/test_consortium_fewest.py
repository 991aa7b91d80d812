"""Where few may join, every set is tried: what is left out early could not have carried the lot."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from procure.matching.consortium import Enterprise, Instance, Need
from procure.matching.consortium.carrying import divide
from procure.matching.consortium.fewest import try_every
from procure.matching.consortium.lot import Lot
from procure.matching.consortium.standing_in import beaten_by, in_the_running
from tests.ground.matching.consortium_lots import a_lot


def _of_at_most(most, seed):
    return Lot.whole(replace(a_lot(seed), max_members=most))


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


def test_whoever_can_take_on_more_money_is_not_left_out_for_one_who_cannot():
    needs = (Need("meals", 10, 100), Need("cleaning", 10, 100))
    poor, rich = (
        Enterprise(name, {"meals": 10, "cleaning": 10}, {}, purse) for name, purse in (("a", 100), ("b", 200))
    )
    assert Lot.whole(Instance(needs, (poor, rich), max_members=1)).find_any() is not None


def test_it_says_when_there_are_too_many():
    lots = [_of_at_most(4, seed) for seed in range(40)]
    assert not all(try_every(lot.programme, lambda members: None, lambda: False, steps=3) for lot in lots)
