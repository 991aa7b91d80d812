"""Kinds of work: texts that use other words for the same thing."""

import pytest

from procure.matching.catalogue import Catalogue, Need, Offer
from procure.matching.kinds import KINDS_FILE, kinds_in, known_terms, plain_words
from procure.matching.words import STOP_WORDS


def lines():
    held = [line for line in KINDS_FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    parted = (line.partition(":") for line in held)
    return [(kind.strip(), [term.strip() for term in terms.split(",")]) for kind, _, terms in parted]


@pytest.mark.parametrize(
    ("said", "asked", "kind"),
    [
        ("Dinners cooked for pensioners", "Provision of school meals", "catering"),
        ("We mow lawns and cut hedges", "Grounds maintenance of open spaces", "grounds maintenance"),
        ("Domiciliary care", "Care in the home for older people", "home care"),
        ("Taxis for pupils", "Home-to-school transport", "school transport"),
        ("Children&#039;s homes", "Semi-independent accommodation", "children's homes and leaving care"),
    ],
)
def test_two_who_say_it_differently_speak_of_one_kind_of_work(said, asked, kind):
    assert kind in kinds_in(said)
    assert kind in kinds_in(asked)


def test_words_inside_a_longer_term_are_not_heard_again():
    assert kinds_in("Fire doors") == kinds_in("fire door")
    assert list(kinds_in("Street lighting")) == ["street lighting"]
    assert "electrical work" in kinds_in("Lighting")


def test_a_word_of_two_kinds_counts_in_part_for_each():
    shared = {term: kinds for term, kinds in known_terms().items() if len(kinds) > 1 and len(term) == 1}
    assert shared
    for term, kinds in shared.items():
        assert sum(kinds_in(term[0]).values()) == pytest.approx(1.0)
        assert set(kinds_in(term[0])) == set(kinds)


def test_a_text_of_nothing_we_know_speaks_of_no_kind():
    assert not kinds_in("")
    assert not kinds_in("Xyzzy plugh, the of and")


@pytest.mark.parametrize("word", [*sorted(STOP_WORDS), "send", "new", "record", "key", "unit", "office"])
def test_a_word_that_every_notice_uses_stands_for_no_kind(word):
    assert not kinds_in(word)


def test_every_kind_is_named_once_and_knows_no_term_twice():
    names = [kind for kind, _ in lines()]
    assert len(names) == len(set(names)) > 150
    assert names == sorted(names, key=str.casefold)
    for kind, terms in lines():
        said = [tuple(plain_words(term)) for term in terms]
        assert all(said), kind
        assert len(said) == len(set(said)), kind


def test_a_lot_finds_who_says_it_in_other_words_and_is_told_the_kind():
    offers = [Offer("cook", ("Dinners cooked for pensioners",)), Offer("trees", ("Tree surgery",))]
    (found,) = Catalogue(offers).rank(Need("Lunches", "Lunches at the day centre"))
    assert found.key == "cook"
    told = {signal.name: signal.sentence for signal in found.signals}
    assert told["kind"] == "The lot and their work are both about 'catering'"
    assert told["words"].endswith("only the kind of work")
    assert all("and your work" in s.to_supplier for s in found.signals if s.name == "kind")


def test_work_of_other_kinds_is_said_to_be_so():
    (found,) = Catalogue([Offer("trees", ("Tree surgery at schools",))]).rank(Need("Cleaning of schools"))
    told = {signal.name: signal for signal in found.signals}
    assert told["kind"].sentence == "Their work is of other kinds"
    assert told["kind"].weight < 0


def test_a_kind_named_in_passing_is_no_reason():
    offer = Offer("a", ("Interpreting by video", "Translation of letters"))
    (found,) = Catalogue([offer]).rank(Need("Interpreting", "Interpreters and translation, also by video"))
    (told,) = [signal.sentence for signal in found.signals if signal.name == "kind"]
    assert told == "The lot and their work are both about 'translation and interpreting'"
