"""Rankings looked back on: no lot knows its future, and chance scores as chance."""

import random
from datetime import UTC, datetime, timedelta

from procure.matching.retrospect import Answered, by_code, compare

START = datetime(2026, 1, 1, tzinfo=UTC)


def a_lot(day: int, ranking: str, right: str, awarded: str = "", codes: str = "") -> Answered:
    return Answered(START + timedelta(days=day), tuple(ranking), tuple(codes), frozenset(right), frozenset(awarded))


def test_places_are_counted_as_people_would() -> None:
    found = compare([a_lot(1, "abc", "a"), a_lot(2, "abc", "c"), a_lot(3, "abc", "z")], "abcdef")["engine"]
    assert (found.lots, found.hit_1, found.hit_5, found.mrr) == (3, 1 / 3, 2 / 3, (1 + 1 / 3) / 3)
    assert found.coverage == 0.5


def test_popularity_knows_only_what_was_decided_before() -> None:
    lots = [a_lot(1, "", "a", "a"), a_lot(2, "", "a", "a"), a_lot(3, "", "b", "b")]
    assert compare(lots, "ab")["popularity"].hit_1 == 1 / 3
    assert compare(lots[::-1], "ab") == compare(lots, "ab")


def test_lots_decided_at_one_moment_do_not_know_of_each_other() -> None:
    assert compare([a_lot(1, "", "a", "a"), a_lot(1, "x", "a", "a")], "ab")["popularity"].hit_10 == 0


def test_new_suppliers_are_those_without_an_award_so_far() -> None:
    found = compare([a_lot(1, "ab", "a", "a"), a_lot(2, "ab", "a", "a")], "ab")["engine"]
    assert (found.new, found.long_tail) == (0.75, 1.0)


def test_nothing_asked_is_not_known_rather_than_nought() -> None:
    found = compare([], "ab")["engine"]
    assert (found.mrr, found.hit_1, found.new) == (None, None, None)


def test_shuffled_answers_fall_to_chance() -> None:
    chance = random.Random(7)
    keys = [f"k{number:02d}" for number in range(50)]
    lots = [
        Answered(START + timedelta(days=day), tuple(chance.sample(keys, 50)), (), frozenset({chance.choice(keys)}))
        for day in range(2_000)
    ]
    found = compare(lots, keys)["engine"]
    assert found.hit_10 is not None
    assert abs(found.hit_10 - 10 / 50) < 0.03


def test_codes_are_met_from_the_division_on_and_zeros_say_nothing() -> None:
    offered = {"a": {"55520000"}, "b": {"55000000"}, "c": {"50000000"}, "d": set()}
    assert by_code({"55523000"}, offered) == ("a", "b")
