"""Where HiGHS's own bindings are not installed, SciPy alone gives the same answers."""

import numpy as np
import pytest

from procure.matching.consortium import best_cover, solvers
from procure.matching.consortium.highs import HighsProgramme
from procure.matching.consortium.linear import Entries
from procure.matching.consortium.plain import PlainProgramme
from tests.ground.matching.consortium_lots import a_lot
from tests.ground.matching.test_consortium_bounds import a_wide_lot


def _objectives(cover):
    return [one.objective for one in (cover.best, *cover.alternatives) if one is not None]


@pytest.mark.parametrize("lot", [*map(a_lot, range(8)), a_wide_lot(0)])
def test_the_answers_are_the_same_without_highspy(lot, monkeypatch):
    with_it = best_cover(lot)
    monkeypatch.setattr(solvers, "has_highspy", lambda: False)
    assert isinstance(solvers.start_programme(), PlainProgramme)
    without_it = best_cover(lot)
    assert _objectives(without_it) == pytest.approx(_objectives(with_it), abs=1e-6)
    assert without_it.certificate == with_it.certificate


@pytest.mark.parametrize("kind", [HighsProgramme, PlainProgramme])
def test_a_programme_that_is_changed_is_solved_as_it_now_stands(kind):
    lp = kind(1e-9)
    lp.add_rows(np.array([-np.inf, 1.0]), np.array([4.0, np.inf]))
    places = np.arange(2)
    lp.add_columns(np.array([-3.0, -1.0]), np.zeros(2), np.full(2, 9.0), Entries(places * 0, places, np.ones(2)))
    lp.add_rows(np.array([-np.inf]), np.array([2.0]), Entries(np.array([0]), np.array([0]), np.ones(1)))
    lp.add_columns(np.array([5.0]), np.zeros(1), np.full(1, 9.0), Entries(np.array([1]), np.array([0]), np.ones(1)))
    answer = lp.solve()
    assert answer.columns == pytest.approx([2, 2, 1])
    assert answer.prices == pytest.approx([-1, 5, -2])
    lp.drop_rows(np.array([2]))
    lp.bound_columns(np.array([0]), np.zeros(1), np.full(1, 3.0))
    lp.bound_row(1, 2.0, 3.0)
    assert lp.solve().columns == pytest.approx([3, 1, 2])
    lp.bound_row(0, 30.0, 40.0)
    assert lp.solve() is None
    assert lp.try_out() == np.inf
