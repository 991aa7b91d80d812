"""The solver is checked against trying every set of enterprises."""

from dataclasses import replace

import pytest

from procure.matching.consortium import Enterprise, Gates, Instance, Need, best_cover
from procure.matching.consortium.lot import Lot
from procure.matching.consortium.requirements import keys
from procure.matching.consortium.waiving import fewest_waived
from tests.ground.matching.consortium_lots import a_lot, best_division, breaks, every_set, everything_asked

QUICK, ALL = range(60), range(60, 500)


def alike(lot):
    """The lot where all suit almost as well, so that there are other consortia nearly as good."""
    fit = {need.id: 0.97 for need in lot.needs}
    enterprises = (
        replace(one, fit=fit | {lot.needs[0].id: 0.96 + 0.01 * (row % 3)}) for row, one in enumerate(lot.enterprises)
    )
    return replace(lot, enterprises=tuple(enterprises), gates=Gates(), alternatives=3)


def check(lot):
    sets, cover = every_set(lot), best_cover(lot)
    if not sets:
        assert cover.best is None
        check_clash(lot, cover.certificate)
        check_nearest(lot, cover.nearest)
        return
    assert cover.best is not None
    assert cover.best.objective == pytest.approx(max(sets.values()), abs=1e-6)
    check_members(lot, cover.best)
    check_alternatives(lot, cover, sets)
    check_losses(lot, cover)


def check_members(lot, proposal):
    by_id = {one.id: one for one in lot.enterprises}
    asked, members = everything_asked(lot), [by_id[one.id] for one in proposal.members]
    assert not breaks(lot, members, asked)
    assert sum(one.share for one in proposal.members) == pytest.approx(1)
    assert sum(one.lead for one in proposal.members) == 1
    for need in lot.needs:
        assert sum(one.units.get(need.id, 0) for one in proposal.members) == pytest.approx(need.units, rel=1e-8)
    fit = 0.0
    for one in proposal.members:
        enterprise = by_id[one.id]
        assert sum(one.units.values()) >= 1 - 1e-8
        assert all(units <= enterprise.capacity[need] * (1 + 1e-9) for need, units in one.units.items())
        worth = sum(one.units.get(need.id, 0) / need.units * need.value_pence for need in lot.needs)
        assert enterprise.capacity_pence is None or worth <= enterprise.capacity_pence * (1 + 1e-8) + 1e-6
        fit += sum(enterprise.fit.get(n.id, 0) * one.units.get(n.id, 0) / n.units for n in lot.needs) / len(lot.needs)
        if one.lead and lot.form == "lead" and lot.gates.turnover_pence:
            assert enterprise.turnover_pence >= lot.gates.turnover_pence
    assert proposal.objective == pytest.approx(fit - 0.02 * (len(members) - 1), abs=1e-7)


def check_alternatives(lot, cover, sets):
    floor = cover.best.objective - 0.03 * abs(cover.best.objective)
    earlier = [cover.best.ids]
    for rank in range(lot.alternatives):
        rivals = [
            value
            for ids, value in sets.items()
            if value >= floor - 1e-9 and all(2 * len(ids & other) <= max(len(ids), len(other)) for other in earlier)
        ]
        if rank >= len(cover.alternatives):
            assert not rivals
            return
        alternative = cover.alternatives[rank]
        assert alternative.objective == pytest.approx(max(rivals), abs=1e-6)
        assert sets[alternative.ids] == pytest.approx(alternative.objective, abs=1e-6)
        assert all(2 * len(alternative.ids & ids) <= max(len(alternative.ids), len(ids)) for ids in earlier)
        check_members(lot, alternative)
        earlier.append(alternative.ids)


def check_losses(lot, cover):
    by_id, asked = {one.id: one for one in lot.enterprises}, everything_asked(lot)
    assert set(cover.if_lost) == cover.best.ids
    for lost, told in cover.if_lost.items():
        left = [by_id[name] for name in cover.best.ids - {lost}]
        short = {n.id: n.units - sum(one.capacity.get(n.id, 0) for one in left) for n in lot.needs}
        expected = breaks(lot, left, asked) | {("need", name) for name, units in short.items() if units > 1e-9}
        if all(units <= 1e-9 for units in short.values()) and best_division(lot, left, asked) is None:
            expected.add(("capacity_pence", None))
        assert {(one.kind, one.id) for one in told} == expected
        assert all(one.short == pytest.approx(short[one.id]) for one in told if one.kind == "need")


def check_clash(lot, certificate):
    clash = {(one.kind, one.id) for one in certificate}
    assert clash <= everything_asked(lot)
    assert not every_set(lot, clash)
    for one in clash:
        assert every_set(lot, clash - {one}), f"{one} is needless"


def check_nearest(lot, nearest):
    by_id, asked = {one.id: one for one in lot.enterprises}, everything_asked(lot)
    lacks = {(one.kind, one.id) for one in nearest.lacks}
    assert lacks
    assert lacks <= asked
    members = [by_id[one.id] for one in nearest.members]
    assert not breaks(lot, members, asked - lacks)
    assert best_division(lot, members, asked - lacks) is not None
    for need in lot.needs:
        carried = sum(one.units.get(need.id, 0) for one in nearest.members)
        assert carried <= need.units * (1 + 1e-9)
        assert (carried < need.units * (1 - 1e-9)) == (("need", need.id) in lacks)
    for fewer in range(len(lacks)):
        assert not _lacking_only(lot, asked, fewer), "somebody comes nearer"


def _lacking_only(lot, asked, number):
    from itertools import combinations

    return any(every_set(lot, asked - set(waived)) for waived in combinations(sorted(asked, key=str), number))


@pytest.mark.parametrize("seed", QUICK)
def test_the_answer_is_the_best_of_every_set(seed):
    check(a_lot(seed))


@pytest.mark.parametrize("seed", range(60))
def test_the_alternatives_are_the_best_of_every_set(seed):
    check(alike(a_lot(seed)))


@pytest.mark.long
@pytest.mark.parametrize("seed", ALL)
def test_the_answer_is_the_best_of_every_set_in_five_hundred_lots(seed):
    check(a_lot(seed))


@pytest.mark.parametrize("seed", range(60))
def test_no_fewer_requirements_need_be_waived(seed):
    lot = a_lot(seed)
    cover = best_cover(lot)
    if cover.best is not None:
        return
    asked = everything_asked(lot)
    waived = fewest_waived(Lot.whole(lot), keys(cover.certificate))
    assert every_set(lot, asked - waived)
    assert not any(_lacking_only(lot, asked, fewer) for fewer in range(len(waived)))


def test_where_many_could_take_part_the_nearest_lacks_as_little_as_can_be():
    able = tuple(Enterprise(f"E{n}", {"meals": 60, "cleaning": 60}, turnover_pence=n) for n in range(150))
    needs = tuple(Need(name, 100, 0) for name in ("meals", "cleaning", "drivers", "nurses"))
    cover = best_cover(Instance(needs, able, Gates(turnover_pence=10**9), max_members=1))
    assert {one.kind for one in cover.nearest.lacks} == {"need", "turnover", "max_members"}
    assert [one.id for one in cover.nearest.lacks if one.kind == "need"] == ["drivers", "nurses"]
    assert cover.nearest.is_proved
