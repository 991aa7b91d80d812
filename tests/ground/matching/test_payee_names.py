"""What is read into a name as a ledger writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.matching.payees.alignment import align, likeness
from procure.matching.payees.names import read, readings
from procure.matching.payees.persons import personhood

LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz ABCDEFGHIJ&'.,-/0123456789()ÄÉß", min_size=0, max_size=40)


@pytest.mark.parametrize(
    ("written", "text", "form"),
    [
        pytest.param("ST BASILS LTD", "st basils", "ltd", id="legal form set aside"),
        pytest.param("The Oak Café (U.K.) Limited", "oak cafe uk", "ltd", id="article, accent and points"),
        pytest.param("OAK & ASH C.I.C.", "oak and ash", "cic", id="form in initials"),
        pytest.param("OAK COMMUNITY INTEREST COMPANY", "oak", "cic", id="form spelt out"),
        pytest.param(
            "NORTHERN LINCS HOSPS NHSFT", "northern lincolnshire hospitals nhs foundation trust", "", id="short"
        ),
        pytest.param("EXAMPLE M B C", "example metropolitan borough council", "", id="initials of a kind of council"),
        pytest.param("NORFOLKAA CAREAA TRUST", "norfolk care trust", "", id="broken hard spaces"),
        pytest.param("NATIONAL OTTER RESCUE SOCIETY (NORS)", "national otter rescue society", "", id="own initials"),
        pytest.param("LIMITED", "limited", "", id="a name of one word is itself"),
    ],
)
def test_a_name_is_spelt_out_and_its_legal_form_set_aside(written, text, form):
    name = read(written)
    assert (name.text, name.form) == (text, form)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("ST BASILS LTD BACS 0412", "st basils", id="payment reference"),
        pytest.param("NHS SUPPLIER INV 201 DNU SEE 55604", "nhs supplier", id="notes to self"),
        pytest.param("HA91729 OTTER HOSPITAL", "otter hospital", id="code in front"),
        pytest.param("OTTER COUNCIL002", "otter council", id="number run on"),
        pytest.param("OAK LTD T/A THE ASH TREE", "ash tree", id="trading name"),
        pytest.param("OAK LTD T/A THE ASH TREE", "oak", id="owner of a trading name"),
        pytest.param("OAK TRUST TOTAL ASH LIMITED", "ash", id="after a total"),
        pytest.param("FOUNDATION TRUST OTTER MARSH HOSPITAL", "otter marsh hospital", id="end of the line before"),
        pytest.param("NHS LITIGATION AUTHORITY DIRECT", "nhs resolution direct", id="body that took over"),
    ],
)
def test_one_reading_of_the_cell_is_the_payee(written, meant):
    assert meant in {name.text for name in readings(written)}


@given(LETTERS)
def test_any_cell_has_a_reading_and_case_and_spaces_do_not_matter(written):
    found = readings(written)
    assert found
    assert [name.text for name in readings(f"  {written.upper()} ")] == [
        name.text for name in readings(written.upper())
    ]


@pytest.mark.parametrize(
    ("written", "is_person"),
    [
        ("DR A B EXAMPLE AND PARTNERS", True),
        ("MRS J OTTER", True),
        ("EXAMPLE AND PARTNERS", True),
        ("OTTER MARSH SURGERY", False),
        ("DR EXAMPLE LIMITED", False),
        ("OTTER COUNCIL", False),
        ("", False),
    ],
)
def test_people_are_told_from_organisations(written, is_person):
    assert (personhood(read(written)) >= 0.9) is is_person


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param("lincs", "lincolnshire", True, id="letters in order"),
        pytest.param("hosp", "hospital", True, id="cut off"),
        pytest.param("managment", "management", True, id="a letter missing"),
        pytest.param("north", "south", False, id="compass points"),
        pytest.param("12", "13", False, id="numbers"),
        pytest.param("oak", "ash", False, id="other words"),
    ],
)
def test_a_word_stands_for_another_only_where_something_speaks_for_it(one, other, alike):
    assert (likeness(one, other) > 0) is alike
    assert likeness(one, other) == likeness(other, one)


@given(st.lists(st.sampled_from(["oak", "ash", "elm", "north", "house", "health", "care"]), max_size=6), st.data())
def test_every_word_is_either_met_or_left_over_and_never_both(words, data):
    others = data.draw(st.permutations(words))
    aligned = align(words, others)
    assert sorted({mine for mine, _, _ in aligned.met} | set(aligned.query_left)) == list(range(len(words)))
    assert not aligned.query_left
    assert not aligned.candidate_left


def test_words_run_together_meet_words_apart():
    assert align(["park", "house"], ["parkhouse"]).candidate_left == ()
    assert align(["parkhouse"], ["park", "house"]).query_left == ()
