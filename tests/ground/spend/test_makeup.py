"""What spend is made of, worked out for many rows at once, is what a plain look at every row says."""

import random
from array import array
from collections import defaultdict
from datetime import date

import pytest

from procure.spend.cuts import quarter_of
from procure.spend.kinds import PERSON, PUBLIC, VCSE
from procure.spend.makeup import Makings, paid_to
from procure.spend.tally import Codes, Rows

MONTHS = [date(2024 + number // 12, number % 12 + 1, 1) for number in range(24)]
NAMES = ["B18", "B19", None, "B18", None]


def some_rows(chance: random.Random, rows: int) -> Rows:
    """Rows of forty payees at five spots; some are left out by a rule."""

    def codes(values: list[object]) -> Codes:
        return Codes(array("q", (chance.randrange(len(values)) for _ in range(rows))), values)

    pence = array("q", (chance.randrange(-100, 1_000) for _ in range(rows)))
    spots = array("q", (chance.randrange(len(NAMES)) for _ in range(rows)))
    excluded, supplier = codes(["", "", "salaries"]), codes([str(number) for number in range(40)])
    return Rows(pence, array("q", [1] * rows), codes(list(MONTHS)), spots, excluded, {"supplier": supplier})


def plain(rows: Rows, held_back: set[date]) -> list[tuple[date, str, int, str | None]]:
    """(month, payee, pence, district) of every row that counts."""
    supplier = rows.cuts["supplier"]
    return [
        (
            rows.months.values[rows.months.at[at]],
            supplier.values[supplier.at[at]],
            rows.pence[at],
            NAMES[rows.spots[at]],
        )
        for at in range(len(rows))
        if not rows.excluded.values[rows.excluded.at[at]]
        and quarter_of(rows.months.values[rows.months.at[at]]) not in held_back
    ]


def groups_of(rows: Rows) -> dict[str, str]:
    kinds = (VCSE, PUBLIC, PERSON, "company", "company")
    return {payee: kinds[number % len(kinds)] for number, payee in enumerate(rows.cuts["supplier"].values)}


def test_districts_and_years_are_those_of_the_rows_that_count_outside_quarters_held_back():
    for seed in range(60):
        rows = some_rows(random.Random(seed), 400)
        held = {date(2024, 4, 1), date(2025, 10, 1)}
        found = Makings(rows, held, groups_of(rows))
        districts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        years: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for month, payee, pence, district in plain(rows, held):
            years[month.year][payee] += pence
            if district:
                districts[district][payee] += pence
        assert found.districts(NAMES) == {
            district: paid_to(list(payees.values())) for district, payees in districts.items()
        }
        for one in found.years():
            suppliers = {
                payee: pence
                for payee, pence in years[one.year].items()
                if pence > 0 and groups_of(rows)[payee] not in (PUBLIC, PERSON)
            }
            assert one.pence == sum(pence for pence in years[one.year].values() if pence > 0)
            assert one.payees == len(suppliers)
            whole = sum(suppliers.values())
            assert one.concentration == pytest.approx(sum((pence / whole) ** 2 for pence in suppliers.values()))


def test_a_quarter_held_back_leaves_nothing_of_itself():
    rows = some_rows(random.Random(3), 300)
    every = {quarter_of(month) for month in MONTHS}
    found = Makings(rows, every, groups_of(rows))
    assert (found.districts(NAMES), found.years()) == ({}, [])


def test_somebody_who_got_nothing_in_the_end_is_not_counted_as_paid():
    assert (paid_to([5, 0, -7]).payees, paid_to([5, 0, -7]).largest) == (2, -7)
    assert paid_to([0]).payees == 0
