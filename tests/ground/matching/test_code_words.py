"""What official code names and everyday words say of a text, without any notice."""

import numpy as np
import pytest

from procure.matching.categories import DIVISION_NAMES
from procure.matching.categories.code_words import code_scores, group_words, shipped_code_words
from procure.matching.categories.notices import learn_notices
from procure.matching.categories.rows import CategoryRow

COMMON = {"Hospital catering": "55", "Street cleaning": "90", "Roof repairs": "45"}


def test_shipped_code_words_hold_words_of_known_groups_only():
    held = shipped_code_words()
    assert all(len(word.split()) <= 2 for word in held.words)
    assert all(len(group) == 3 and group[:2] in DIVISION_NAMES for group in held.groups)
    assert {group for _, group in group_words()} <= set(held.groups)
    assert all(phrase.strip() for phrase, _ in group_words())


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Tree surgery and felling", "772"),
        ("Swings and slides for a children's play area", "375"),
        ("Taxi journeys", "601"),
        ("Solicitors for conveyancing", "791"),
        ("Pest control", "909"),
        ("Wheeled bins", "446"),
    ],
)
def test_words_alone_name_the_group_of_an_everyday_purchase(text, group):
    groups = shipped_code_words().groups
    assert groups[code_scores([CategoryRow(text, title=text)], groups)[0].argmax()] == group


def test_a_division_is_as_likely_as_its_likeliest_group_and_what_is_no_code_stands_last():
    groups = shipped_code_words().groups
    row = CategoryRow("Tree surgery and felling", title="Tree surgery")
    told = dict(zip(groups, code_scores([row], groups)[0], strict=True))
    inside = [told[group] for group in groups if group[:2] == "77"]
    scores = code_scores([row], ["77", "no code", "7"])[0]
    assert scores.tolist() == pytest.approx([max(inside), min(told.values()), min(told.values())])
    assert code_scores([row], ["77211500"])[0, 0] == pytest.approx(told["772"])


def test_a_text_without_a_known_word_has_a_score_and_no_fault():
    scores = code_scores([CategoryRow("xyzzy"), CategoryRow("")], ["45", "77"])
    assert np.isfinite(scores).all()
    assert scores[0].tolist() == scores[1].tolist()
    assert code_scores([], ["45", "77"]).shape == (0, 2)


def test_a_code_that_notices_hardly_taught_is_found_by_the_shipped_words():
    taught = [
        CategoryRow(text, title=text, group=f"buyer {number}", labels=(code,))
        for number in range(60)
        for text, code in COMMON.items()
    ]
    taught.append(CategoryRow("lot 7", title="lot 7", group="buyer 99", labels=("37",)))
    asked = CategoryRow("Pianos and guitars", title="Pianos and guitars", group="elsewhere")
    assert learn_notices(taught).answer([asked])[0].label == "37"
