"""Social value is compared in counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.social_value import MEASURES, Ask, add_offers, compare

quantities = st.floats(0, 1e6)


def test_offers_are_weighed_as_the_buyer_weighed_the_asks():
    score = compare([Ask("local_jobs", 4, 60), Ask("apprenticeships", 2, 40)], {"local_jobs": 2, "apprenticeships": 3})
    assert score.part == pytest.approx(0.6 * 0.5 + 0.4 * 1)
    assert score.lines[0].sentence == "Local jobs: 2 full-time jobs offered, 4 full-time jobs asked."


def test_silence_is_told_apart_from_none():
    said_none, silent = (compare([Ask("carbon", 5)], offer).lines[0] for offer in ({"carbon": 0}, {}))
    assert said_none.offered == 0
    assert silent.offered is None
    assert "nothing is offered yet" in silent.sentence


def test_nothing_asked_has_no_score():
    assert compare([], {"carbon": 5}).part is None


@given(st.sampled_from(sorted(MEASURES)), quantities, quantities, quantities)
def test_offering_more_never_scores_less_and_never_more_than_whole(key, asked, offered, more):
    less, full = (compare([Ask(key, asked)], {key: quantity}).part for quantity in (offered, offered + more))
    assert 0 <= less <= full <= 1


def test_a_consortium_offers_the_sum_but_the_lowest_percentage():
    together = add_offers([{"local_jobs": 2, "living_wage": 100}, {"local_jobs": 1, "living_wage": 80}])
    assert together == {"local_jobs": 3, "living_wage": 80}
    assert "living_wage" not in add_offers([{"living_wage": 100}, {"local_jobs": 1}])


@pytest.mark.parametrize("ask", [Ask("smiles", 1), Ask("carbon", -1)])
def test_what_cannot_be_counted_is_refused(ask):
    with pytest.raises(ValueError, match=ask.measure):
        compare([ask], {})
