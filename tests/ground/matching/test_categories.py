"""Categories: what is suggested, what is learned, and how far it may be trusted."""

import random

import pytest

from procure.matching.categories import DIVISION_NAMES, suggest_cpv
from procure.matching.categories.confidence import folds_of, held_out_groups, learn_confidence
from procure.matching.categories.divisions import division_probabilities, shipped_weights
from procure.matching.categories.ledger_lines import learn_ledger_lines, line_weights
from procure.matching.categories.notices import learn_notices, own_rows
from procure.matching.categories.rows import CategoryRow

TRADES = {
    "55": ["school", "meals", "catering", "canteen", "lunch", "kitchen", "food"],
    "90": ["cleaning", "waste", "refuse", "recycling", "litter", "street"],
    "45": ["roof", "building", "refurbishment", "plumbing", "brick", "extension"],
}


def some_notices(count=240, seed=1, labels=None):
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        code = draw.choice(sorted(TRADES))
        text = " ".join(draw.choices(TRADES[code], k=3) + draw.choices(["town", "north", "new"], k=2))
        label = draw.choice(sorted(TRADES)) if labels == "shuffled" else code
        rows.append(CategoryRow(text, title=text, group=f"buyer {number % 40}", labels=(label,)))
    return rows


def some_lines(count=120):
    draw = random.Random(2)
    kinds = {"Food": "Dairy Produce", "Transport": "Coach Hire", "Care": "Home Care"}
    rows = []
    for number in range(count):
        label = draw.choice(sorted(kinds))
        name = f"{draw.choice(['Alder', 'Birch', 'Cedar', 'Dale'])} {kinds[label]} {number % 30}"
        rows.append(CategoryRow(f"{kinds[label]} payments", supplier=name, publisher="a", group=name, labels=(label,)))
    return rows


def share_right(rows, answers):
    return sum(answer.label == row.labels[0] for row, answer in zip(rows, answers, strict=True)) / len(rows)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hospital catering", "55000000"),
        ("grounds maintenance and tree surgery", "77000000"),
        ("laptops and monitors", "30000000"),
        ("Printing of leaflets", "79000000"),
        ("Counselling for young people", "85000000"),
        ("Deep cleaning of offices", "90000000"),
        ("Roofing and plastering", "45000000"),
    ],
)
def test_everyday_statements_get_the_division_an_officer_would_choose(text, code):
    first = suggest_cpv(text)[0]
    assert first.code == code
    assert first.label == DIVISION_NAMES[code[:2]]


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "12345"])
def test_the_engine_says_it_does_not_know(text):
    assert suggest_cpv(text) == []


def test_suggestions_are_chances_and_stand_likeliest_first():
    chances = division_probabilities("Cleaning of school kitchens")
    assert chances.sum() == pytest.approx(1)
    found = [suggestion.probability for suggestion in suggest_cpv("Cleaning of school kitchens", top=5)]
    assert found == sorted(found, reverse=True)


def test_shipped_weights_hold_words_only():
    assert all(len(word.split()) <= 2 for word in shipped_weights().words)
    assert set(shipped_weights().divisions) <= set(DIVISION_NAMES)


def test_a_learner_finds_the_division_of_buyers_it_never_saw():
    answers = learn_notices(some_notices()).answer(some_notices(80, seed=9))
    assert share_right(some_notices(80, seed=9), answers) > 0.95
    assert all(0 <= answer.probability <= 1 for answer in answers)


def test_shuffled_labels_fall_to_chance_and_the_learner_knows():
    asked = some_notices(150, seed=9)
    answers = learn_notices(some_notices(labels="shuffled")).answer(asked)
    assert share_right(asked, answers) < 0.5
    assert sum(answer.probability for answer in answers) / len(answers) < 0.55


def test_the_three_best_answers_differ():
    for answer in learn_notices(some_notices()).answer(some_notices(20, seed=5)):
        assert len({answer.label, answer.second, answer.third}) == 3


def test_one_category_cannot_be_learned_from():
    row = CategoryRow("meals", labels=("55",))
    for learn in (learn_notices, learn_ledger_lines):
        with pytest.raises(ValueError, match="two categories"):
            learn([row, row])


def test_our_own_lessons_name_every_division_and_only_divisions():
    assert {row.labels[0] for row in own_rows(2)} == set(DIVISION_NAMES)
    assert own_rows(3) == []


def test_a_supplier_seen_before_is_filed_as_before_whatever_the_words():
    lines = some_lines()
    learner = learn_ledger_lines(lines)
    asked = [CategoryRow("Sundry", supplier=line.supplier.upper(), publisher="a") for line in lines]
    assert share_right(lines, learner.answer(asked)) >= 0.97


def test_a_new_supplier_is_filed_by_the_words():
    answer = learn_ledger_lines(some_lines()).answer([CategoryRow("Coach Hire payments", supplier="Elm Coach Hire")])[0]
    assert answer.label == "Transport"


def test_groups_are_held_out_whole():
    groups = [f"g{number % 7}" for number in range(70)]
    marks = held_out_groups(groups)
    assert all(len({marks[i] for i, each in enumerate(groups) if each == group}) == 1 for group in set(groups))
    assert 0 < marks.sum() < len(groups)


def test_where_every_guess_was_right_the_chance_is_high_but_not_certain():
    import numpy as np

    confidence = learn_confidence(np.array([[0.9, 0.1], [0.8, 0.2]]), [True, True])
    assert 0.7 < confidence.probabilities(np.array([[0.5, 0.4]]))[0] < 1


def test_lines_of_one_supplier_are_tried_together_and_every_third_is_tried():
    suppliers = [f"supplier {number % 7}" for number in range(40)]
    folds = folds_of(suppliers)
    assert set(folds.tolist()) == {0, 1, 2}
    assert len({(supplier, int(fold)) for supplier, fold in zip(suppliers, folds, strict=True)}) == 7


def test_a_category_with_many_lines_counts_for_less_each():
    rows = [CategoryRow("x", group=str(number), labels=("common",)) for number in range(16)]
    weights = line_weights([*rows, CategoryRow("y", group="rare", labels=("rare",))])
    assert weights[-1] == pytest.approx(2 * weights[0])
    assert weights.sum() == pytest.approx(17)
