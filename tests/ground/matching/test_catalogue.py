"""What must hold of any ranking, whoever is in the catalogue."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procure.matching.catalogue import Award, Catalogue, Need, Offer

MEALS = Need("Patient catering", "Catering for wards at the city hospital, 200 meals a day")
TRADES = {
    "catering": "Hospital catering and ward hostess service",
    "cleaning": "Office cleaning and window cleaning",
    "gardens": "Grounds maintenance, tree surgery and planting",
    "transport": "Minibus transport for day centres",
    "printing": "Printing of leaflets and posters",
}
WORDS = st.sampled_from(
    ["catering", "meals", "cleaning", "windows", "trees", "minibus", "transport", "printing", "wards", "hospital"]
)
STATEMENTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def a_caterer(key="c", **changes):
    lunches = Award("School meals for primary schools", "Cooked lunches", (), 5_000_000, date(2024, 5, 1))
    return Offer(key, **{"awards": (lunches,), **changes})


def an_old_hand(key, count):
    days = [date(2024, 1, day + 1) for day in range(count)]
    return Offer(key, awards=tuple(Award(f"Catering for wards {day}", awarded_on=day) for day in days))


def the_trades():
    return [Offer(key, capabilities=(text,)) for key, text in TRADES.items()]


def told(matches):
    return [(match.key, match.score, match.probability) for match in matches]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Catering for hospital wards", "catering"),
        ("Daily cleaning of three offices", "cleaning"),
        ("Upkeep of grounds and trees", "gardens"),
        ("Minibus to the day centre", "transport"),
        ("Posters and leaflets to be printed", "printing"),
    ],
)
def test_a_lot_finds_whoever_states_that_trade(title, expected):
    assert Catalogue(the_trades()).rank(Need(title))[0].key == expected


def test_nobody_is_found_for_work_nobody_speaks_of():
    assert Catalogue(the_trades()).rank(Need("Quantum annealing")) == []


def test_an_empty_catalogue_and_an_empty_need_find_nobody():
    assert Catalogue().rank(MEALS) == []
    assert Catalogue(the_trades()).rank(Need("")) == []


def test_a_supplier_without_awards_is_ranked_by_what_it_states_and_its_newness_is_told():
    found = Catalogue(the_trades()).rank(MEALS)[0]
    assert found.key == "catering"
    assert "No published award is known" in found.missing
    assert found.probability > 0.5


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), STATEMENTS, min_size=2, max_size=6), STATEMENTS)
@settings(max_examples=30, deadline=None)
def test_swapping_the_names_of_two_suppliers_leaves_the_scores_where_the_capabilities_are(stated, asked):
    first, second = sorted(stated)[:2]
    swapped = stated | {first: stated[second], second: stated[first]}
    other = {first: second, second: first}
    before = told(Catalogue(Offer(k, (v,)) for k, v in stated.items()).rank(Need(asked)))
    after = told(Catalogue(Offer(k, (v,)) for k, v in swapped.items()).rank(Need(asked)))
    assert {(other.get(k, k), s, p) for k, s, p in before} == set(after)


def test_equal_capabilities_rank_equally_and_stand_in_the_order_of_their_keys():
    found = Catalogue([Offer("b", ("Ward catering",)), Offer("a", ("Ward catering",))]).rank(MEALS)
    assert [match.key for match in found] == ["a", "b"]
    assert found[0].score == found[1].score


@given(st.lists(STATEMENTS, min_size=1, max_size=8), st.data())
@settings(max_examples=25, deadline=None)
def test_putting_and_removing_offers_leaves_the_catalogue_as_if_built_so(statements, data):
    offers = [Offer(f"k{n}", (text,)) for n, text in enumerate(statements)]
    gone = data.draw(st.sets(st.sampled_from([offer.key for offer in offers])))
    grown = Catalogue(Offer(offer.key, ("something else entirely",)) for offer in offers)
    for offer in offers:
        grown.put(offer)
    for key in gone:
        grown.remove(key)
    built = Catalogue(offer for offer in offers if offer.key not in gone)
    need = Need("Hospital catering and cleaning of windows")
    assert told(grown.rank(need)) == told(built.rank(need))
    assert len(grown) == len(built)


def test_removing_an_unknown_key_changes_nothing():
    catalogue = Catalogue(the_trades())
    catalogue.remove("nobody")
    assert len(catalogue) == len(TRADES)


def test_a_need_does_not_know_who_asks():
    assert not {"buyer", "incumbent", "anchor"} & set(Need.__dataclass_fields__)


def test_only_the_shortlist_is_told():
    catalogue = Catalogue(an_old_hand(f"h{n}", n + 1) for n in range(6))
    assert len(catalogue.rank(MEALS, top=2)) == 2


def test_a_match_has_three_to_five_reasons_and_a_probability():
    for match in Catalogue([a_caterer(), *the_trades()]).rank(MEALS):
        assert 1 <= len(match.signals) <= 5
        assert 0 <= match.probability <= 1
    assert len(Catalogue([a_caterer()]).rank(MEALS)[0].signals) >= 3


def test_a_code_shared_with_the_lot_finds_a_supplier_who_uses_other_words():
    need = Need("Provision of nourishment", cpv=("55524000",))
    found = Catalogue([Offer("a", ("Our kitchen feeds people",), cpv=("55523000",)), *the_trades()]).rank(need)
    assert found[0].key == "a"


def test_awards_of_the_day_asked_and_later_are_out_of_sight():
    catalogue = Catalogue([a_caterer()])
    assert catalogue.evidence(MEALS, before=date(2024, 5, 1)) is None
    assert catalogue.evidence(MEALS, before=date(2024, 5, 2)) is not None
