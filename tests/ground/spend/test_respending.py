"""Three questions to a supplier, and the part of its money it spends in the area again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.spend.respending import Spending

numbers = st.one_of(st.none(), st.integers(0, 100))


@st.composite
def spendings(draw):
    staff = draw(numbers)
    suppliers = draw(st.one_of(st.none(), st.integers(0, 100 - (staff or 0))))
    return Spending(staff, suppliers, draw(numbers), draw(numbers))


def test_all_answers_give_one_part():
    told = Spending(staff=45, suppliers=40, local_staff=60, local_suppliers=25)
    assert told.respent == (0.37, 0.37)
    assert told.in_area == ((2700, 2700), (1000, 1000))


@pytest.mark.parametrize(
    ("told", "least", "most"),
    [
        pytest.param(Spending(), 0, 1, id="nothing said"),
        pytest.param(Spending(staff=50, local_staff=100), 0.5, 1, id="nothing of suppliers"),
        pytest.param(Spending(staff=50, suppliers=20, local_suppliers=50), 0.1, 0.6, id="not where staff live"),
        pytest.param(Spending(local_staff=30, local_suppliers=10), 0, 0.3, id="neither part is known"),
        pytest.param(Spending(suppliers=100, local_suppliers=0, local_staff=100), 0, 0, id="all to suppliers away"),
    ],
)
def test_what_is_not_known_gives_a_range(told, least, most):
    assert told.respent == (least, most)


@given(spendings(), st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_whatever_the_unknown_turns_out_to_be_lies_in_the_range(told, staff, suppliers, local_staff, local_suppliers):
    staff = staff if told.staff is None else told.staff
    suppliers = suppliers if told.suppliers is None else told.suppliers
    if staff + suppliers > 100:
        if told.suppliers is None:
            suppliers = 100 - staff if told.staff is not None else 0
        if told.staff is None:
            staff = 100 - suppliers
    full = Spending(
        staff,
        suppliers,
        local_staff if told.local_staff is None else told.local_staff,
        local_suppliers if told.local_suppliers is None else told.local_suppliers,
    )
    least, most = told.respent
    assert full.respent[0] == full.respent[1]
    assert 0 <= least <= full.respent[0] <= most <= 1


@pytest.mark.parametrize("wrong", [{"staff": -1}, {"staff": 101}, {"staff": 60, "suppliers": 41}, {"local_staff": 101}])
def test_answers_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError):
        Spending(**wrong)
