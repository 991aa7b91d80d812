"""The first round of LM3 worked out for many payees at once is what one payee after another comes to."""

import random
from array import array
from datetime import date

from procure.spend import Share, recipient_of
from procure.spend.first_round import CREDITS, REASONS, Payer, Round, Rounds
from procure.spend.tally import Codes, Rows

MONTHS = [date(2025, month, 1) for month in range(1, 13)]
PAYEES, SPOTS = 12, 30


def some_rows(chance: random.Random, rows: int) -> tuple[Rows, list[int]]:
    """Rows of payees in two categories, and what an area says of their spots."""

    def codes(values: list[object]) -> Codes:
        return Codes(array("q", (chance.randrange(len(values)) for _ in range(rows))), values)

    nothing = Codes(array("q", bytes(8 * rows)), ("",))
    cuts = {"supplier": codes([str(10 + number) for number in range(PAYEES)]), "category": codes(["Food", "Pay"])}
    pence = array("q", (chance.randrange(-900, 1_000) for _ in range(rows)))
    spots = array("q", (chance.randrange(SPOTS) for _ in range(rows)))
    made = Rows(pence, array("q", [1] * rows), codes(list(MONTHS)), spots, nothing, cuts)
    return made, [chance.randrange(5) for _ in range(SPOTS)]


def payer_of(rows: Rows, reasons: dict[tuple[str, str], str], persons: frozenset[str] = frozenset()) -> Payer:
    ids = rows.cuts["supplier"].values
    names = {payee: f"Firm {number % 3}" for number, payee in enumerate(ids)}
    return Payer(
        names, persons, {(payee, each): reasons.get((payee, each), "") for payee in ids for each in CATEGORIES}
    )


CATEGORIES = ("Food", "Pay")


def plain(
    rows: Rows, sides: list[int], reasons: dict[tuple[str, str], str], first: date, last: date
) -> dict[int, Share]:
    """Payee > its share, row by row."""
    found: dict[int, Share] = {}
    for at in range(len(rows)):
        payee = rows.cuts["supplier"].values[rows.cuts["supplier"].at[at]]
        category = rows.cuts["category"].values[rows.cuts["category"].at[at]]
        if first <= rows.months.values[rows.months.at[at]] <= last and not reasons.get((payee, category)):
            amount, side = rows.pence[at], sides[rows.spots[at]]
            parts = ((amount, 0, 0, 0, 0), (amount, 0, 0, amount, 0), (0, amount, 0, 0, 0), (0, amount, 0, 0, amount),
                     (0, 0, amount, 0, 0))  # fmt: skip
            found[int(payee)] = found.get(int(payee), Share()) + Share(*parts[side])
    return found


def test_many_payees_at_once_are_what_each_comes_to_alone():
    for seed in range(60):
        chance = random.Random(seed)
        rows, sides = some_rows(chance, 200)
        ids = rows.cuts["supplier"].values
        reasons = {(ids[0], "Food"): "hidden", (ids[0], "Pay"): "hidden", (ids[1], "Pay"): "salaries"}
        found = Rounds(rows, rows.cuts["supplier"], payer_of(rows, reasons)).of(sides, MONTHS[2], MONTHS[8])
        expected = {
            payee: (share.total, one.received_pence, one.doubtful_pence)
            for payee, share in plain(rows, sides, reasons, MONTHS[2], MONTHS[8]).items()
            if share.total > 0
            for one in [recipient_of("", share)]
        }
        assert {one.payee_id: (one.pence, one.received, one.doubtful) for one in found.parties} == expected


def everything(rows: Rows, first: date, last: date) -> int:
    return sum(
        pence
        for pence, month in zip(rows.pence, rows.months.at, strict=True)
        if first <= rows.months.values[month] <= last
    )


def told(found: Round) -> int:
    return sum(one.pence for one in found.parties) + sum(pence for pence, _ in found.left_out.values())


def test_every_penny_counts_or_is_left_out_once():
    for seed in range(60):
        rows, sides = some_rows(random.Random(seed), 150)
        ids = rows.cuts["supplier"].values
        reasons = {(ids[2], "Food"): "transfers", (ids[2], "Pay"): "transfers", (ids[3], "Pay"): "pass_through"}
        found = Rounds(rows, rows.cuts["supplier"], payer_of(rows, reasons)).of(sides, MONTHS[0], MONTHS[5])
        assert told(found) == everything(rows, MONTHS[0], MONTHS[5])
        assert tuple(found.left_out) == REASONS


def test_people_and_those_who_surely_received_nothing_have_no_place_in_the_order():
    for seed in range(60):
        rows, sides = some_rows(random.Random(seed), 150)
        persons = frozenset(rows.cuts["supplier"].values[:4])
        found = Rounds(rows, rows.cuts["supplier"], payer_of(rows, {}, persons)).of(sides, MONTHS[0], MONTHS[-1])
        asked, others = found.parties[: found.suppliers], found.parties[found.suppliers :]
        assert all(not one.is_person and one.received + one.doubtful > 0 for one in asked)
        assert all(one.is_person or one.received + one.doubtful == 0 for one in others)
        names = payer_of(rows, {}).names
        keys = [(-one.received, -one.doubtful, names[str(one.payee_id)], one.payee_id) for one in asked]
        assert keys == sorted(keys)


def test_nothing_paid_in_the_months_asked_about_is_a_round_of_nothing():
    rows, sides = some_rows(random.Random(1), 50)
    found = Rounds(rows, rows.cuts["supplier"], payer_of(rows, {})).of(sides, date(2030, 1, 1), date(2030, 12, 1))
    assert (found.parties, found.suppliers, found.left_out[CREDITS]) == ([], 0, (0, 0))
    empty, _ = some_rows(random.Random(1), 0)
    assert Rounds(empty, empty.cuts["supplier"], payer_of(empty, {})).of([], MONTHS[0], MONTHS[1]).parties == []
