"""The unlock ladder: what opens the most work, in which order."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from procure.matching.ladder import Closed, Step, best_pair, climb


def a_lot(lot: int, pence: int | None, *missing: str) -> Closed:
    return Closed(lot, pence, frozenset(f"{lot}:{one}" for one in missing))


def a_step(key: str, *closes: str, effort: int = 1, partner: bool = False) -> Step:
    return Step(key, effort, frozenset(closes), partner)


def test_the_step_that_opens_most_money_comes_first() -> None:
    lots = [a_lot(1, 500, "dbs"), a_lot(2, 300, "iso"), a_lot(3, 400, "iso")]
    ladder = climb(lots, [a_step("dbs", "1:dbs"), a_step("iso", "2:iso", "3:iso")])
    assert [(rung.steps, rung.lots, rung.pence) for rung in ladder.rungs] == [
        (("iso",), (2, 3), 700),
        (("dbs",), (1,), 500),
    ]


def test_of_two_that_open_the_same_the_lesser_effort_wins() -> None:
    steps = [a_step("a-partner", "1:dbs", effort=3), a_step("b-answer", "1:dbs", effort=0)]
    assert climb([a_lot(1, 5, "dbs")], steps).rungs[0].steps == ("b-answer",)


def test_two_that_open_nothing_alone_stand_on_one_rung() -> None:
    ladder = climb([a_lot(1, 900, "dbs", "iso")], [a_step("dbs", "1:dbs"), a_step("iso", "1:iso")])
    assert [(rung.steps, rung.pence) for rung in ladder.rungs] == [(("dbs", "iso"), 900)]


def test_a_best_step_that_spoils_the_best_pair_waits() -> None:
    lots = [a_lot(1, 100, "x"), a_lot(2, 60, "a"), a_lot(3, 500, "a", "b")]
    steps = [a_step("x", "1:x"), a_step("a", "2:a", "3:a"), a_step("b", "3:b")]
    assert [(rung.steps, rung.pence) for rung in climb(lots, steps).rungs] == [
        (("a",), 60),
        (("b",), 500),
        (("x",), 100),
    ]


def test_a_step_taken_below_helps_the_steps_above_it() -> None:
    lots = [a_lot(1, 900, "a"), a_lot(2, 10, "a", "b", "c")]
    steps = [a_step("a", "1:a", "2:a"), a_step("b", "2:b"), a_step("c", "2:c")]
    assert [rung.steps for rung in climb(lots, steps).rungs] == [("a",), ("b", "c")]


def test_what_no_rung_reaches_is_told() -> None:
    ladder = climb([a_lot(1, 5, "a", "b", "c"), a_lot(2, 5, "z")], [a_step(key, f"1:{key}") for key in "abc"])
    assert ladder.rungs == ()
    assert ladder.out_of_reach == (1, 2)


def test_a_lot_without_a_value_is_opened_and_counted_apart() -> None:
    rung = climb([a_lot(1, None, "a"), a_lot(2, 7, "a")], [a_step("a", "1:a", "2:a")]).rungs[0]
    assert (rung.pence, rung.unvalued, rung.lots) == (7, 1, (1, 2))


def test_partners_who_would_do_instead_are_named_most_money_first() -> None:
    lots = [a_lot(1, 5, "iso"), a_lot(2, 9, "iso")]
    steps = [
        a_step("iso", "1:iso", "2:iso"),
        a_step("one", "1:iso", effort=3, partner=True),
        a_step("other", "2:iso", effort=3, partner=True),
        a_step("no partner", "1:iso", effort=3),
    ]
    assert climb(lots, steps).rungs[0].instead == ("other", "one")


GAPS = st.frozensets(st.sampled_from("abcd"), min_size=1, max_size=3)
LOTS = st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 50)), GAPS), max_size=6)
STEPS = st.lists(st.frozensets(st.tuples(st.integers(0, 5), st.sampled_from("abcd")), max_size=8), max_size=6)


def _world(lots: list, steps: list) -> tuple[list[Closed], list[Step]]:
    closed = [a_lot(number, pence, *gaps) for number, (pence, gaps) in enumerate(lots)]
    return closed, [
        a_step(f"s{number}", *(f"{lot}:{gap}" for lot, gap in closes)) for number, closes in enumerate(steps)
    ]


def _money(closed: list[Closed], steps: tuple[Step, ...]) -> int:
    had = frozenset().union(*(step.closes for step in steps))
    return sum(one.pence or 0 for one in closed if one.missing <= had)


@settings(max_examples=300, deadline=None)
@given(LOTS, STEPS)
def test_the_first_two_steps_open_as_much_as_any_two(lots: list, steps: list) -> None:
    closed, offered = _world(lots, steps)
    best = max((_money(closed, pair) for pair in combinations(offered, 2)), default=0)
    pair = best_pair(closed, offered)
    alone = max((_money(closed, (step,)) for step in offered), default=0)
    assert max(pair.pence if pair else 0, alone) == max(best, alone)
    taken = 0
    opened = 0
    for rung in climb(closed, offered).rungs:
        if taken + len(rung.steps) > 2:
            break
        taken, opened = taken + len(rung.steps), opened + rung.pence
    assert opened == max(best, alone)


@settings(max_examples=200, deadline=None)
@given(LOTS, STEPS, st.randoms())
def test_no_pound_counts_twice_and_the_order_given_changes_nothing(lots: list, steps: list, chance: object) -> None:
    closed, offered = _world(lots, steps)
    ladder = climb(closed, offered)
    shown = [lot for rung in ladder.rungs for lot in rung.lots]
    assert len(shown) == len(set(shown))
    assert sorted([*shown, *ladder.out_of_reach]) == [one.lot for one in closed]
    for pile in (closed, offered):
        chance.shuffle(pile)  # type: ignore[attr-defined]
    assert climb(closed, offered) == ladder
