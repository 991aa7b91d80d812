"""Social value is compared in counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.social_value import MEASURES, Ask, add_offers, compare, measure_named, quantity_named

quantities = st.floats(0, 1e6)


def test_offers_are_weighed_as_the_buyer_weighed_the_asks():
    score = compare([Ask("local_jobs", 4, 60), Ask("apprenticeships", 2, 40)], {"local_jobs": 2, "apprenticeships": 3})
    assert score.part == pytest.approx(0.6 * 0.5 + 0.4 * 1)
    assert score.lines[0].sentence == "Local full-time jobs: 2 local jobs offered, 4 local jobs asked."


@pytest.mark.parametrize(
    ("spoken", "measure"),
    [
        ("local_jobs", "local_jobs"),
        ("local jobs", "local_jobs"),
        ("FTE posts", "local_jobs"),
        ("Apprenticeships", "apprenticeships"),
        ("jobs paid the real Living Wage", "living_wage"),
        ("pounds spent with VCSEs", "vcse_spend"),
        ("kg CO2e saved", "carbon"),
        ("after school clubs", None),
        ("compost heaps", None),
    ],
)
def test_people_name_a_measure_in_their_own_words(spoken, measure):
    assert measure_named(spoken) == measure


@pytest.mark.parametrize(
    ("spoken", "written", "kept"),
    [
        ("local jobs", 10, 10),
        ("pounds spent with VCSEs", 5_000, 500_000),
        ("tonnes of carbon", 3, 3),
        ("kg of carbon", 2_500, 3),
    ],
)
def test_a_quantity_is_kept_in_the_unit_of_its_measure(spoken, written, kept):
    assert quantity_named(spoken, written) == kept


def test_money_is_said_in_pounds_and_a_single_thing_in_the_singular():
    said = [MEASURES[key].words(quantity) for key, quantity in (("vcse_spend", 1_200_000), ("local_jobs", 1))]
    assert said == ["£12,000 spent with charities and social enterprises", "1 local job"]


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
