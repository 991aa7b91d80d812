"""Lots too large to try every set of: the branching search against one whole integer programme, and its cuts."""

import random

import numpy as np
import pytest

from procure.matching.consortium import Enterprise, Gates, Instance, Need, best_cover, cover_to_json
from procure.matching.consortium.carrying import divide
from procure.matching.consortium.lot import Lot
from procure.matching.consortium.relaxation import find_bound, tighten
from procure.matching.consortium.selection import select
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


@pytest.mark.parametrize("seed", range(8))
def test_the_answer_for_many_enterprises_is_that_of_one_whole_integer_programme(seed):
    lot = a_wide_lot(seed)
    programme = Lot.whole(lot).programme
    whole = select(programme, np.arange(len(programme.reach)), [], None)
    cover = best_cover(lot)
    assert cover.is_feasible == (whole is not None)
    if whole is not None:
        assert cover.best.objective == pytest.approx(whole[1], abs=1e-6)


@pytest.mark.parametrize("seed", range(40))
def test_no_cut_removes_a_set_that_covers_the_lot(seed):
    lot = a_lot(seed)
    whole = Lot.whole(lot)
    programme = whole.programme
    if not len(whole.enterprises):
        return
    cut, bound = tighten(programme, find_bound(programme), -100.0, 5)
    place = {one.id: row for row, one in enumerate(whole.enterprises)}
    for ids, objective in every_set(lot).items():
        members = sorted(place[name] for name in ids)
        parts, joins = np.zeros(programme.reach.shape), np.zeros(len(place))
        parts[members], joins[members] = divide(programme, members).parts, 1
        carried = (cut.cuts.carry * (cut.cuts.weigh @ parts.T)).sum(axis=1)
        assert (carried + cut.cuts.join @ joins <= cut.cuts.limits + 1e-7).all()
        assert bound.total >= objective - 1e-7


def test_an_answer_out_of_time_says_that_it_is_not_proved():
    cover = best_cover(a_wide_lot(0), seconds=0)
    assert not cover.is_proved
    assert cover_to_json(cover)["status"] == "unproved"


def test_an_answer_in_time_is_proved():
    assert best_cover(a_wide_lot(0), seconds=500).is_proved
