"""Categories: what is suggested, what is learned, and how far it may be trusted."""

import random
from dataclasses import replace

import pytest

from procure.matching.categories import DIVISION_NAMES, suggest_cpv
from procure.matching.categories.chances import chances_of, join_chances, learn_sharpness, smooth_by_writer
from procure.matching.categories.confidence import folds_of, learn_confidence
from procure.matching.categories.divisions import division_probabilities, shipped_weights
from procure.matching.categories.kernel_ridge import BLOCK, likeness, solve
from procure.matching.categories.ledger_lines import learn_ledger_lines, lesson_weights, payee, together
from procure.matching.categories.notices import learn_notices, own_rows
from procure.matching.categories.rows import CategoryRow
from procure.matching.categories.strangers import answer_for_stranger

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


def lines_of(text, kinds):
    """Thirty lines of each kind of supplier, under the kind's category."""
    return [
        CategoryRow(text, supplier=f"{kind} {number}", labels=(label,))
        for number in range(30)
        for kind, label in kinds.items()
    ]


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


@pytest.mark.parametrize(("text", "code"), [("Shellfish", "03000000"), ("Puppets", "37000000")])
def test_what_no_notice_taught_is_known_by_code_names_and_everyday_words(text, code):
    assert division_probabilities(text) is None
    assert suggest_cpv(text)[0].code == code


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "12345"])
def test_the_engine_says_it_does_not_know(text):
    assert suggest_cpv(text) == []


def test_suggestions_are_chances_and_stand_likeliest_first():
    chances = division_probabilities("Cleaning of school kitchens")
    assert chances.sum() == pytest.approx(1)
    found = [suggestion.probability for suggestion in suggest_cpv("Cleaning of school kitchens", top=99, least=0)]
    assert found == sorted(found, reverse=True)
    assert sum(found) == pytest.approx(1)


def test_shipped_weights_hold_words_only():
    assert all(len(word.split()) <= 2 for word in shipped_weights().words)
    assert set(shipped_weights().divisions) <= set(DIVISION_NAMES)


def test_a_learner_finds_the_division_of_buyers_it_never_saw():
    answers = learn_notices(some_notices()).answer(some_notices(80, seed=9))
    assert share_right(some_notices(80, seed=9), answers) > 0.95
    assert all(0 <= answer.probability <= 1 for answer in answers)


def test_notices_without_titles_are_learned_from_too():
    untitled = [replace(row, title="") for row in some_notices()]
    assert share_right(untitled, learn_notices(untitled).answer(untitled)) > 0.95


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


def test_where_every_guess_was_right_the_chance_is_high_but_not_certain():
    import numpy as np

    confidence = learn_confidence(np.array([[0.9, 0.1], [0.8, 0.2]]), [True, True])
    assert 0.7 < confidence.probabilities(np.array([[0.5, 0.4]]))[0] < 1


def test_lines_of_one_supplier_are_tried_together_and_every_third_is_tried():
    suppliers = [f"supplier {number % 7}" for number in range(40)]
    folds = folds_of(suppliers)
    assert set(folds.tolist()) == {0, 1, 2}
    assert len({(supplier, int(fold)) for supplier, fold in zip(suppliers, folds, strict=True)}) == 7


def test_a_buyer_with_most_of_the_notices_and_our_own_lessons_are_never_held_out():
    folds = folds_of(["ministry"] * 50 + [f"council {n}" for n in range(40)] + [""] * 10, largest=0.1)
    assert set(folds[:50].tolist()) == set(folds[90:].tolist()) == {-1}
    assert set(folds[50:90].tolist()) == {0, 1, 2}


def test_a_category_with_many_lessons_counts_for_less_each():
    weights = lesson_weights([1] * 17, ["common"] * 16 + ["rare"])
    assert weights[-1] == pytest.approx(4 * weights[0])
    assert weights.sum() == pytest.approx(17)


def test_a_supplier_with_many_lines_counts_for_more_but_not_in_step():
    few, many = lesson_weights([1, 16], ["x", "x"])
    assert few < many < 16 * few


def test_lines_of_one_supplier_asked_together_get_one_answer():
    learner = learn_ledger_lines(some_lines())
    lines = [CategoryRow(text, supplier="Oak") for text in ("Sundry", "Coach Hire payments", "Coach Hire", "Petty")]
    answers = learner.answer(lines)
    assert {answer.label for answer in answers} == {"Transport"}
    assert len({answer.probability for answer in answers}) == 1


def test_lines_that_name_no_supplier_stand_for_themselves():
    learner = learn_ledger_lines(some_lines())
    answers = learner.answer([CategoryRow("Coach Hire payments"), CategoryRow("Dairy Produce payments")])
    assert [answer.label for answer in answers] == ["Transport", "Food"]


def test_a_supplier_is_the_same_with_and_without_limited():
    assert payee(CategoryRow("x", supplier="Oak & Sons Ltd.")) == payee(CategoryRow("x", supplier="OAK & SONS LIMITED"))
    assert payee(CategoryRow("x", supplier="Limited")) == "limited"
    assert payee(CategoryRow("x")) == ""


def test_the_mean_of_a_suppliers_lines_stands_for_it():
    from scipy.sparse import csr_matrix

    mean, supplier = together(csr_matrix([[1.0, 0.0], [0.0, 3.0], [3.0, 0.0]]), ["b", "a", "b"])
    assert supplier.tolist() == [1, 0, 1]
    assert mean.toarray().tolist() == [[0.0, 3.0], [2.0, 0.0]]


def test_what_another_publisher_files_a_line_under_is_evidence_for_one_whose_words_differ():
    ours = lines_of("line", {"Dairy": "Eat", "Coaches": "Go"})
    theirs = lines_of("", {"Dairy": "A", "Butcher": "A", "Coaches": "B", "Cabs": "B"})
    asked = [CategoryRow("line", supplier="Butcher"), CategoryRow("line", supplier="Cabs")]
    assert len({answer.label for answer in learn_ledger_lines(ours).answer(asked)}) == 1
    assert [answer.label for answer in learn_ledger_lines(ours, theirs).answer(asked)] == ["Eat", "Go"]


def test_chances_add_up_and_the_sharper_reading_is_surer():
    import numpy as np

    scores = np.array([[1.0, 0.0, -1.0], [0.2, 0.1, 0.0]])
    plain, sharp = chances_of(scores, 1.0), chances_of(scores, 8.0)
    assert plain.sum(axis=1) == pytest.approx([1, 1])
    assert (sharp.max(axis=1) > plain.max(axis=1)).all()
    assert learn_sharpness(np.tile(scores, (50, 1)), [0] * 100) > learn_sharpness(
        np.tile(scores, (50, 1)), [0, 1, 2, 2] * 25
    )


def test_what_one_learner_rules_out_needs_strong_support_from_the_others():
    import numpy as np

    joined = join_chances([np.array([[0.5, 0.5]]), np.array([[0.999999, 0.000001]])])
    assert joined[0, 0] > 0.99
    assert joined.sum() == pytest.approx(1)


def test_other_texts_of_a_writer_lean_a_doubtful_one():
    import numpy as np

    chances = np.array([[0.9, 0.1]] * 8 + [[0.48, 0.52]] + [[0.1, 0.9]] * 8 + [[0.48, 0.52]])
    leant = smooth_by_writer(chances, ["roofer"] * 9 + ["caterer"] * 9)
    assert leant[8].argmax() == 0
    assert leant[17].argmax() == 1
    assert leant.sum(axis=1) == pytest.approx(np.ones(18))
    assert (leant[:8].argmax(axis=1) == 0).all()


def test_the_weight_of_a_lesson_is_like_so_many_of_it():
    import numpy as np

    alike = np.array([[1.0, 0.3], [0.3, 1.0]], dtype=np.float32)
    targets = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    twice = np.array([[1.0, 1.0, 0.3], [1.0, 1.0, 0.3], [0.3, 0.3, 1.0]], dtype=np.float32)
    heavy = solve(alike.copy(), targets, np.array([2.0, 1.0]))
    both = solve(twice.copy(), targets[[0, 0, 1]], np.array([1.0, 1.0, 1.0]))
    assert alike @ heavy == pytest.approx(np.vstack([twice[0] @ both, twice[2] @ both]), abs=1e-5)


def test_a_stranger_teaches_itself_what_its_own_departments_buy():
    theirs = lines_of("bill", {"Dairy": "Food", "Coaches": "Travel"})
    ours = [CategoryRow(row.text, supplier=row.supplier, unit={"Food": "Kitchens", "Travel": "Schools"}[row.labels[0]])
            for row in lines_of("cost code", {"Dairy": "Food", "Coaches": "Travel"})]  # fmt: skip
    asked = [CategoryRow("cost code", supplier=name, unit=unit)
             for name, unit in (("Oakhurst", "Kitchens"), ("Elmhurst", "Schools"))]  # fmt: skip
    assert len({answer.label for answer in learn_ledger_lines(theirs).answer(asked)}) == 1
    answers = answer_for_stranger(theirs, [*ours, *asked])[-2:]
    assert [answer.label for answer in answers] == ["Food", "Travel"]


def test_a_stranger_with_no_lines_and_others_with_one_category():
    theirs = some_lines()
    assert answer_for_stranger(theirs, []) == []
    with pytest.raises(ValueError, match="two categories"):
        answer_for_stranger([CategoryRow("x", supplier="y", labels=("z",))], theirs)


def test_likeness_is_the_same_whatever_the_block_of_rows():
    import numpy as np
    from scipy.sparse import random as sparse_random

    rows = sparse_random(BLOCK + 7, 40, density=0.2, random_state=4, format="csr")
    others = sparse_random(9, 40, density=0.2, random_state=5, format="csr")
    assert likeness(rows, others) == pytest.approx(rows.toarray() @ others.toarray().T, abs=1e-6)
    assert np.allclose(likeness(rows, others)[-1], (rows[-1] @ others.T).toarray()[0])
