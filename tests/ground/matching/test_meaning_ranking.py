"""What a model of meaning adds to a ranking, and what it must leave as it was."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.matching.catalogue import Award, Catalogue, Need, Offer
from procure.matching.catalogue.signals import MEANING
from procure.matching.meaning import read_model

from ...made_model import FIELDS, make_model

LUNCHES = Need("Suppers", "Suppers at the day centre")
DINNERS = Offer("d", ("Dinners cooked for pensioners",))
TREES = Offer("t", ("Trees and hedges",))
STATEMENTS = st.lists(st.sampled_from(" ".join(FIELDS).split()), min_size=1, max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return read_model(make_model(tmp_path_factory.mktemp("model")))


def told(matches):
    return [(match.key, match.score, match.probability, match.signals) for match in matches]


def reason(match, name="meaning"):
    return next((signal for signal in match.signals if signal.name == name), None)


def test_a_supplier_who_says_it_in_other_words_is_found_with_the_reason(model):
    assert Catalogue([DINNERS, TREES]).rank(LUNCHES) == []
    (found,) = Catalogue([DINNERS, TREES], model).rank(LUNCHES)
    assert found.key == "d"
    assert found.signals[0].sentence == "None of the lot's own words stand in what they say, only its sense"
    assert found.signals[1].name == "meaning"
    assert found.signals[1].sentence == (
        "Their text means much the same as the lot's, in other words: 'Dinners cooked for pensioners'"
    )
    assert found.signals[1].to_supplier.startswith("Your text means much the same")
    assert 0 < found.signals[1].weight <= MEANING
    assert found.probability > 0.5


def test_a_text_with_the_lots_own_words_is_not_called_other_words(model):
    (found,) = Catalogue([Offer("l", ("Suppers cooked here",))], model).rank(LUNCHES)
    assert "other words" not in reason(found).sentence


def test_an_award_is_quoted_by_its_title(model):
    won = Award("Dinners for schools", "Dinners cooked daily " * 40, awarded_on=date(2024, 5, 1))
    (found,) = Catalogue([Offer("a", awards=(won,))], model).rank(LUNCHES)
    assert reason(found).sentence.endswith("'Dinners for schools'")


def test_a_long_statement_is_quoted_in_short(model):
    (found,) = Catalogue([Offer("a", ("Dinners cooked " * 30,))], model).rank(LUNCHES)
    assert len(reason(found).sentence) < 200


def test_texts_the_model_knows_nothing_of_rank_as_without_it(model):
    offers = [Offer("a", ("Quantum annealing",)), Offer("b", ("Annealing of glass",))]
    need = Need("Annealing", "Annealing by quantum")
    assert told(Catalogue(offers, model).rank(need)) == told(Catalogue(offers).rank(need))
    assert Catalogue(offers, model).rank(Need("")) == []


def test_meaning_never_lowers_a_chance_and_adds_at_most_its_stated_weight_to_a_score(model):
    offers = [DINNERS, TREES, Offer("l", ("Lunches and meals",)), Offer("m", ("Meals",), cpv=("55520000",))]
    need = Need("Suppers", "cooked suppers", cpv=("90910000",))
    plain = {match.key: match for match in Catalogue(offers).rank(need)}
    for match in Catalogue(offers, model).rank(need):
        if match.key in plain:
            assert match.probability >= plain[match.key].probability
            assert -1e-9 <= match.score - plain[match.key].score <= MEANING + 1e-9


def test_no_match_has_more_than_five_reasons(model):
    won = tuple(Award(f"Dinners {n}", "", ("55520000",), 10**6, date(2024, 5, n + 1), "B18 7QH") for n in range(4))
    offer = Offer("a", awards=won, areas=("B18",), capacity_pence=10**8)
    need = Need("Suppers", "", ("55520000",), 10**6, "B18 7QH", starts_on=date(2024, 9, 1))
    (found,) = Catalogue([offer], model).rank(need)
    assert 3 <= len(found.signals) <= 5
    assert reason(found)


def test_in_a_large_catalogue_too_meaning_brings_suppliers_in(model):
    others = [Offer(f"k{n:03d}", (f"Day centre of kind x{n}z",)) for n in range(420)]
    assert "d" not in {match.key for match in Catalogue([*others, DINNERS]).rank(LUNCHES, top=500)}
    assert "d" in {match.key for match in Catalogue([*others, DINNERS], model).rank(LUNCHES, top=500)}


def test_awards_out_of_sight_mean_nothing(model):
    won = Award("Dinners cooked", awarded_on=date(2024, 5, 1))
    catalogue = Catalogue([Offer("a", awards=(won,))], model)
    assert catalogue.evidence(LUNCHES, before=date(2024, 5, 1)) is None
    assert catalogue.evidence(LUNCHES, before=date(2024, 5, 2)).meaning[0] > 0.9


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), STATEMENTS, min_size=2, max_size=6), STATEMENTS)
@settings(max_examples=30, deadline=None)
def test_swapping_the_names_of_two_suppliers_leaves_the_scores_where_the_capabilities_are(model, stated, asked):
    first, second = sorted(stated)[:2]
    swapped = stated | {first: stated[second], second: stated[first]}
    other = {first: second, second: first}
    before = told(Catalogue((Offer(k, (v,)) for k, v in stated.items()), model).rank(Need(asked)))
    after = told(Catalogue((Offer(k, (v,)) for k, v in swapped.items()), model).rank(Need(asked)))
    assert {(other.get(key, key), *rest) for key, *rest in before} == {(key, *rest) for key, *rest in after}


@given(st.lists(STATEMENTS, min_size=1, max_size=8), STATEMENTS, st.data())
@settings(max_examples=30, deadline=None)
def test_putting_and_removing_offers_leaves_the_catalogue_as_if_built_so(model, statements, asked, data):
    offers = [Offer(f"k{n}", (text,)) for n, text in enumerate(statements)]
    gone = data.draw(st.sets(st.sampled_from([offer.key for offer in offers])))
    grown = Catalogue((Offer(offer.key, ("something else entirely", "meals")) for offer in offers), model)
    for offer in offers:
        grown.put(offer)
    for key in gone:
        grown.remove(key)
    built = Catalogue((offer for offer in offers if offer.key not in gone), model)
    assert told(grown.rank(Need(asked))) == told(built.rank(Need(asked)))
