"""Who was paid: what the reconciler may and may not say."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.matching.payees import Query, Register, RegisterRow, identify, shipped
from procure.matching.payees.measure import measure
from procure.matching.payees.shards import affordable, shard_candidates
from procure.matching.payees.vetoes import veto
from procure.matching.text import gram_counts, weigh

NAMES = {
    "E1": "Otter Marsh Community Interest Company",
    "E2": "Otter Marsh Holdings Limited",
    "E3": "North Heron Hospital NHS Foundation Trust",
    "E4": "South Heron Hospital NHS Foundation Trust",
    "E5": "Heron Borough Council",
    "E6": "1st Badger Scout Group",
    "E7": "2nd Badger Scout Group",
    "E8": "Badger Building Services Limited",
    "E9": "Voluntary Hedgehog Organisations Group",
    "E10": "Swift Catering Limited",
    "E11": "Swift Catering Limited",
    "E12": "A B Kestrel Plumbing Limited",
    "E13": "The Willow Surgery",
    "E14": "Willow Tree Nursery School",
}
ROWS = [RegisterRow(entity, name) for entity, name in NAMES.items()]
REGISTER = Register.build(ROWS)


def the_answer(written, register=REGISTER, **known):
    return identify([Query(written, **known)], register)[0]


@pytest.mark.parametrize(
    ("written", "entity"),
    [
        pytest.param("OTTER MARSH CIC", "E1", id="legal form shortened"),
        pytest.param("otter  marsh c.i.c.", "E1", id="case and points"),
        pytest.param("NORTH HERON HOSP NHSFT", "E3", id="abbreviations"),
        pytest.param("SOUTH HERON HOSPITAL NHS FT BACS 0412", "E4", id="payment reference"),
        pytest.param("HERON BC", "E5", id="kind of council in initials"),
        pytest.param("BADGER BULIDING SERVICES LTD", "E8", id="letters swapped"),
        pytest.param("WILLOW SURGERY THE", "E13", id="article at the end"),
        pytest.param("VHOG", "E9", id="initials only"),
    ],
)
def test_the_payee_is_found_however_the_ledger_writes_it(written, entity):
    assert the_answer(written).candidates[0].entity == entity


def test_an_exact_name_is_accepted_and_says_why():
    answer = the_answer("Badger Building Services Limited")
    assert answer.decision == "accept"
    assert answer.reason
    assert all(signal.sentence for signal in answer.candidates[0].signals)


@pytest.mark.parametrize("written", ["3RD BADGER SCOUT GROUP", "EAST HERON HOSPITAL NHS FOUNDATION TRUST"])
def test_a_different_number_or_compass_point_is_never_accepted(written):
    assert the_answer(written).decision != "accept"


def test_two_organisations_of_one_name_wait_for_a_person():
    assert the_answer("Swift Catering Limited").decision == "review"


@pytest.mark.parametrize("written", ["MR A B KESTREL", "DR WILLOW AND PARTNERS", "KESTREL A B AND PARTNERS"])
def test_a_person_is_not_linked_to_an_organisation(written):
    assert the_answer(written).decision != "accept"


@pytest.mark.parametrize("written", ["", "   ", "!!!", "zzzz qqqq xxxx"])
def test_a_name_like_no_other_has_no_candidates_that_count(written):
    answer = the_answer(written)
    assert answer.decision == "none"
    assert all(candidate.probability < 0.5 for candidate in answer.candidates)


def test_a_registration_number_finds_the_payee_whatever_its_name():
    register = Register.build([*ROWS, RegisterRow("E20", "Wren Partnership LLP", numbers=("company:01234567",))])
    answer = the_answer("Some Quite Other Name", register, numbers=("Company: 1234567",))
    assert answer.candidates[0].entity == "E20"
    assert "registration number" in answer.candidates[0].signals[0].sentence


def test_a_postcode_tells_two_organisations_of_one_name_apart():
    register = Register.build(
        [RegisterRow("A", "Finch Care Ltd", postcode="PR1 2HE"), RegisterRow("B", "Finch Care Ltd", postcode="M1 1AE")]
    )
    assert the_answer("FINCH CARE", register, postcode="m1 1ae").candidates[0].entity == "B"
    assert the_answer("FINCH CARE", register, postcode="PR1 2HE").candidates[0].entity == "A"


def test_a_former_name_leads_to_the_organisation():
    register = Register.build([*ROWS, RegisterRow("E21", "Plover Futures CIC", ("Avocet Youth Trust",))])
    assert the_answer("AVOCET YOUTH TRUST", register).candidates[0].entity == "E21"


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_register_does_not_matter(chance: random.Random):
    shuffled = list(ROWS)
    chance.shuffle(shuffled)
    queries = [Query("OTTER MARSH LTD"), Query("BADGER SCOUTS"), Query("HERON HOSPITAL")]
    assert identify(queries, Register.build(shuffled)) == identify(queries, REGISTER)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_probabilities_are_between_nought_and_one_and_ranked(written):
    for answer in identify(written, REGISTER):
        chances = [candidate.probability for candidate in answer.candidates]
        assert all(0 <= chance <= 1 for chance in chances)
        assert sum(chances) <= 1 + 1e-9
        assert not chances or chances[0] == max(chances)
        assert len({candidate.entity for candidate in answer.candidates}) == len(chances) <= 5


def test_no_answer_depends_on_the_other_queries():
    queries = list(NAMES.values())
    assert identify(queries, REGISTER) == [identify([query], REGISTER)[0] for query in queries]


def test_a_register_cut_into_shards_answers_as_one():
    whole, cut = (Register.build(ROWS, shard_rows=size) for size in (100, 3))
    assert len(cut.shards) > 1
    assert identify(list(NAMES.values()), cut) == identify(list(NAMES.values()), whole)


def test_a_register_without_names_is_refused():
    with pytest.raises(ValueError, match="no names"):
        Register.build([RegisterRow("E1", " . ")])


def test_what_moved_a_candidate_adds_up_to_its_log_odds():
    chance = np.random.default_rng(3)
    trees = shipped().trees
    reasons = chance.normal(size=(20, len(shipped().correction)))
    start = trees.baseline + trees.value[trees.roots].sum()
    assert np.allclose(trees.log_odds(reasons), start + trees.contributions(reasons).sum(axis=1))


def test_only_common_letter_runs_are_left_out_and_never_all():
    queries = weigh(gram_counts(["otter marsh", "badger"]), REGISTER.char_idf)
    costs = np.full(queries.shape[1], 10_000_000)
    kept = affordable(queries, costs, budget=1_000, least=5)
    assert np.diff(kept.indptr).tolist() == [5, 5]
    assert (affordable(queries, costs * 0, budget=1_000, least=5) != queries).nnz == 0


def test_a_shard_gives_the_rows_with_the_greatest_cosine():
    rows = weigh(gram_counts([REGISTER.texts[row] for row in range(len(REGISTER))]), REGISTER.char_idf)
    whole = (rows @ rows.T).toarray()
    empty = weigh(gram_counts([""] * len(REGISTER)), REGISTER.char_idf)[:, :0]
    empty.resize((len(REGISTER), REGISTER.shards[0].word_postings.shape[0]))
    for row, (by_letters, _) in enumerate(shard_candidates(REGISTER.shards[0], rows, empty, top=3, budget=10**6)):
        best = sorted(-round(float(cosine), 5) for cosine in whole[row] if cosine > 0)[:3]
        assert [round(cosine, 5) for cosine, _ in by_letters] == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize(
    ("written", "name", "told"),
    [
        pytest.param("3RD BADGER SCOUT GROUP", "1st Badger Scout Group", "different numbers", id="number"),
        pytest.param("NORTH HERON HOSPITAL", "South Heron Hospital NHS Foundation Trust", "quarters", id="compass"),
        pytest.param("MR A B KESTREL", "A B Kestrel Plumbing Limited", "a person", id="person beside a company"),
        pytest.param("SWIFT CATERING", "Swift Catering Limited", "2 organisations", id="shared name"),
    ],
)
def test_no_score_may_overrule_what_speaks_against_a_link(written, name, told):
    found = measure([written], REGISTER)[0]
    pair = next(pair for row, pair in zip(found.rows, found.pairs, strict=True) if REGISTER.names[row] == name)
    assert told in (veto(pair) or "")
