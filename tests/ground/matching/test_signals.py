"""Each reason says what it rests on, and keeps silent where it rests on nothing."""

import re
from datetime import date

import pytest

from procure.matching.catalogue import Award, Need, Offer
from procure.matching.catalogue.signals import (
    codes_signal,
    experience_signal,
    field_signal,
    recency_signal,
    region_signal,
    value_signal,
    words_signal,
)
from procure.matching.catalogue.stated import (
    area_signal,
    capacity_signal,
    distance_signal,
    missing_facts,
    stated_terms,
)


def as_rare(word):
    return float(len(word))


def test_the_words_that_met_are_named_in_the_spelling_of_each_side():
    signal = words_signal(Need("Catering for wards"), "Caterers for every ward", 1.0, as_rare)
    assert signal.sentence == "The lot asks for 'catering', 'wards'; their description says 'caterers', 'ward'"
    assert signal.words == ("catering", "wards")


def test_a_text_that_shares_no_word_says_so():
    assert words_signal(Need("Catering"), "Lunches", 0.1, as_rare).words == ()


def test_words_that_speak_against_a_match_are_told_as_few():
    signal = words_signal(Need("Catering for a hospital"), "Wigs for hospital patients", -0.2, as_rare)
    assert signal.to_supplier == "Little of the lot stands in your description: 'hospital'"
    assert signal.words == ("hospital",)


@pytest.mark.parametrize(
    ("place", "areas", "weight"),
    [
        pytest.param("B18 7QQ", ("B18",), 0.3, id="the district is served"),
        pytest.param("B18 7QQ", ("b18 ",), 0.3, id="however it is written"),
        pytest.param("B18 7QQ", ("West Midlands",), 0.3, id="the region is served"),
        pytest.param("B18 7QQ", ("M1",), -0.4, id="elsewhere only"),
        pytest.param("B18 7QQ", (), None, id="areas not stated"),
        pytest.param("", ("B18",), None, id="place not stated"),
    ],
)
def test_serving_the_place_counts_only_where_both_are_stated(place, areas, weight):
    signal = area_signal(Need("x", place=place), Offer("k", areas=areas))
    assert (signal.weight if signal else None) == weight


@pytest.mark.parametrize(
    ("lot", "most", "weight"),
    [(100, 100, 0.1), (101, 100, -0.5), (None, 100, None), (100, None, None)],
    ids=["just fits", "too large", "lot unknown", "capacity unknown"],
)
def test_capacity_is_judged_only_where_both_sums_are_known(lot, most, weight):
    signal = capacity_signal(Need("x", value_pence=lot), Offer("k", capacity_pence=most))
    assert (signal.weight if signal else None) == weight


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (("55523000",), "They share a CPV class under Hotel, restaurant and retail trade services"),
        (("55520000",), "They share a CPV class under Hotel, restaurant and retail trade services"),
        (("55100000",), "They share a CPV division: Hotel, restaurant and retail trade services"),
        (("45000000",), "None of their CPV codes is in the lot's division"),
    ],
)
def test_codes_are_compared_as_deep_as_they_agree(codes, says):
    assert codes_signal(Need("x", cpv=("55524000",)), Offer("k", cpv=codes), 1.0).sentence == says


def test_reasons_without_facts_keep_silent():
    need, offer = Need("x"), Offer("k")
    found = [value_signal(need, offer, 1.0), region_signal(need, offer, 1.0), distance_signal(need, offer)]
    assert [*found, codes_signal(need, offer, 1.0)] == [None] * 4


def test_the_distance_is_told_and_nearness_helps_a_little():
    near = distance_signal(Need("x", location=(52.49, -1.93)), Offer("k", location=(52.48, -1.90)))
    far = distance_signal(Need("x", location=(52.49, -1.93)), Offer("k", location=(51.5, -0.1)))
    assert (near.sentence, far.weight) == ("They are 1 miles away", 0.0) or near.weight > far.weight


def test_one_mile_is_one_mile():
    near = distance_signal(Need("x", location=(52.49, -1.93)), Offer("k", location=(52.4755, -1.93)))
    assert near.sentence == "They are 1 mile away"


def test_the_value_of_the_lot_stands_beside_what_was_won():
    offer = Offer("k", awards=(Award("a", value_pence=100_000_00), Award("b", value_pence=250_000_00)))
    told = value_signal(Need("x", value_pence=120_000_00), offer, 0.1).sentence
    assert told == "They have won work worth £100,000 to £250,000; this lot is worth £120,000"


def test_one_award_is_not_told_as_many():
    assert experience_signal(Offer("k", awards=(Award("a"),)), 0.0).sentence == "They have won 1 published award"


def test_what_is_not_known_is_listed_not_guessed():
    need = Need("x", value_pence=1, place="B18 7QQ", cpv=("55524000",))
    assert len(missing_facts(need, Offer("k"))) == 4
    assert missing_facts(Need("x"), Offer("k", awards=(Award("a"),))) == ()


def test_every_reason_is_told_to_the_supplier_itself_without_speaking_of_a_third():
    award = Award("Ward catering", cpv=("55520000",), value_pence=100, awarded_on=date(2025, 3, 1), place="B18 7QQ")
    need = Need(
        "Catering",
        cpv=("55520000",),
        value_pence=900,
        place="M1 1AE",
        location=(53.5, -2.2),
        starts_on=date(2026, 1, 1),
    )
    offer = Offer("k", ("Caterers",), ("55520000",), (award,), ("B18",), location=(52.4, -1.9), capacity_pence=100)
    told = [
        words_signal(need, "Caterers", 1.0, as_rare),
        words_signal(need, "Roofing", 1.0, as_rare),
        field_signal(need, 1.0),
        field_signal(need, -1.0),
        codes_signal(need, offer, 1.0),
        experience_signal(offer, 1.0),
        experience_signal(Offer("k"), 1.0),
        recency_signal(need, offer, 1.0),
        value_signal(need, offer, 1.0),
        region_signal(need, offer, 1.0),
        *stated_terms(need, offer),
    ]
    sentences = [signal.to_supplier for signal in told if signal]
    sentences += [to_them for _, to_them in missing_facts(need, Offer("k"))]
    assert len(sentences) == 17
    assert not [each for each in sentences if re.search(r"\b(they|their|them)\b", each, re.IGNORECASE)]
    assert [each for each in sentences if re.search(r"\byour?s?\b", each, re.IGNORECASE)] == sentences
