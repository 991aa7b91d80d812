"""The weights that order suppliers, and what they say they did."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.matching.catalogue.evidence import MEASURES
from procure.matching.catalogue.weighing import Scales, Weight, shipped_scales, weigh

PLACES = {name: place for place, name in enumerate(MEASURES)}
LIKENESSES = [name for name in MEASURES if name.startswith(("text_", "title_", "kind", "field_best", "field_mean"))]


def a_row(**known):
    row = np.full(len(MEASURES), np.nan)
    for name in LIKENESSES:
        row[PLACES[name]] = 0.2
    for name, value in known.items():
        row[PLACES[name]] = value
    return row


def score(row):
    return float(weigh(np.array([row]), shipped_scales())[0][0])


def test_the_shipped_weights_are_of_the_measures_taken():
    assert shipped_scales().measures == MEASURES
    assert {weight.measure for weight in shipped_scales().weights} <= set(MEASURES)


@given(
    st.lists(st.lists(st.one_of(st.just(np.nan), st.floats(0, 9)), min_size=29, max_size=29), min_size=1, max_size=4)
)
def test_what_the_measures_moved_adds_up_to_the_score(rows):
    scores, moved = weigh(np.array(rows), shipped_scales())
    assert np.isfinite(scores).all()
    assert moved.sum(axis=1) == pytest.approx(scores)


@given(
    st.sampled_from([name for name in LIKENESSES if not name.endswith("_place")]),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_closer_text_never_lowers_a_score(name, one, other):
    less, more = sorted((one, other))
    assert score(a_row(**{name: less})) <= score(a_row(**{name: more})) + 1e-9


@given(st.sampled_from([name for name in LIKENESSES if name.endswith("_place")]), st.integers(0, 50))
def test_a_worse_place_in_a_list_never_raises_a_score(name, place):
    assert score(a_row(**{name: np.log1p(place + 1)})) <= score(a_row(**{name: np.log1p(place)})) + 1e-9


def test_what_is_not_known_adds_nothing_by_itself():
    scales = Scales("", ("days",), (Weight("days", "plain", 5.0, -1.0), Weight("days", "size", 5.0, -1.0)), {}, 0.0)
    assert weigh(np.array([[np.nan], [5.0], [0.0]]), scales)[0].tolist() == [0.0, 0.0, 10.0]


def test_a_reading_of_the_unknown_hears_of_it():
    scales = Scales("", ("code",), (Weight("code", "unknown", 0.25, 2.0),), {}, 0.0)
    assert weigh(np.array([[np.nan], [5.0]]), scales)[0].tolist() == [1.5, -0.5]
