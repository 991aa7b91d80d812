"""Where few may join, every set is tried: what is left out early could not have carried the lot."""

from dataclasses import replace
from itertools import combinations

import pytest

from procure.matching.consortium.carrying import divide
from procure.matching.consortium.fewest import try_every
from procure.matching.consortium.lot import Lot
from tests.ground.matching.consortium_lots import a_lot


def _of_at_most(most, seed):
    return Lot.whole(replace(a_lot(seed), max_members=most))


@pytest.mark.parametrize("most", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", range(40))
def test_every_set_that_could_do_it_is_offered_and_none_twice(seed, most):
    lot = _of_at_most(most, seed)
    offered = []
    assert try_every(lot.programme, offered.append, lambda: False)
    heads = range(len(lot.enterprises))
    sets = [members for size in range(most + 1) for members in combinations(heads, size)]
    able = {one for one in sets if lot.keeps_gates(one) and divide(lot.programme, one) is not None}
    assert able <= set(offered)
    assert len(offered) == len(set(offered))


def test_it_says_when_there_are_too_many():
    lots = [_of_at_most(4, seed) for seed in range(40)]
    assert not all(try_every(lot.programme, lambda members: None, lambda: False, steps=3) for lot in lots)
