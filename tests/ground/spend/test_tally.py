"""Sums of many rows: every cell adds up to the penny, whatever the rows, and a larger area never holds less."""

from array import array
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procure.places import Area, Location, outcode_area
from procure.spend import Payment, Share, local_share, verdict
from procure.spend.cuts import TIMELESS
from procure.spend.tally import Codes, Rows, Tally, side_of

MONTHS = (date(2025, 12, 1), date(2026, 1, 1), date(2026, 4, 1))
PLACES = (
    Location(),
    Location("B18 5AA", "E08000025", ward="E05000001", region="E12000005", latitude=52.49, longitude=-1.93),
    Location("M1 1AE", "E08000003", ward="E05000009", region="E12000002", latitude=53.48, longitude=-2.23),
    Location("WS1 1AA", "E08000030", ward="E05000003", region="E12000005", latitude=52.58, longitude=-1.98),
    Location("B19 1AA", latitude=52.5, longitude=-1.9, is_rough=True),
)
AREAS = (
    outcode_area("Districts", ["B18", "B19"]),
    Area("Ward", wards=frozenset({"E05000001"})),
    Area("Authority", local_authorities=frozenset({"E08000025"})),
    Area("Region", regions=frozenset({"E12000005"})),
    Area("Miles", centre=(52.49, -1.93), miles=3),
)
CATEGORIES, SUPPLIERS = ("", "Food", "Cleaning"), ("1", "2", "3", "4")
rows = st.lists(
    st.tuples(
        st.integers(-(10**13), 10**13),
        st.sampled_from(range(len(MONTHS))),
        st.sampled_from(range(len(CATEGORIES))),
        st.sampled_from(range(len(PLACES) * 2)),
        st.booleans(),
    ),
    max_size=30,
)


def built(given_rows: list[Any]) -> Rows:
    """Spots are the places, first at an address of their own, then at one that many share."""
    return Rows(
        array("q", [row[0] for row in given_rows]),
        array("q", [1 for _ in given_rows]),
        Codes(array("q", [row[1] for row in given_rows]), MONTHS),
        array("q", [row[3] for row in given_rows]),
        Codes(array("q", [int(row[4]) for row in given_rows]), ("", "transfers")),
        {
            "category": Codes(array("q", [row[2] for row in given_rows]), CATEGORIES),
            "supplier": Codes(array("q", [row[3] % 4 for row in given_rows]), SUPPLIERS),
        },
    )


def payments(given_rows: list[Any]) -> list[tuple[Any, Payment]]:
    return [(row, Payment(row[0], PLACES[row[3] % 5], row[3] >= 5)) for row in given_rows]


def sides(area: Area) -> list[int]:
    return [side_of(*verdict(Payment(0, PLACES[at % 5], at >= 5), area)) for at in range(10)]


@settings(deadline=None)
@given(given_rows=rows)
def test_every_cell_is_what_its_payments_add_up_to(given_rows: list[Any]) -> None:
    tally, told = Tally(built(given_rows)), payments(given_rows)
    for area in AREAS:
        cells = list(tally.cells(sides(area)))
        for cut, month, key, share, number in cells:
            mine = [
                payment
                for row, payment in told
                if row[4] == (cut == "excluded")
                and (month is None or MONTHS[row[1]] == month)
                and (cut != "category" or CATEGORIES[row[2]] == key)
                and (cut != "supplier" or SUPPLIERS[row[3] % 4] == key)
            ]
            assert share == local_share(mine, area)
            assert share.local + share.elsewhere + share.unplaced == sum(payment.pence for payment in mine)
            assert number == len(mine)
            assert (month is None) == (cut in TIMELESS)
        for cut in ("whole", "category", "supplier"):
            whole = sum((cell.share for cell in cells if cell.cut == cut), Share())
            assert whole.total == sum(row[0] for row in given_rows if not row[4])
        assert sum(cell.share.total for cell in cells if cell.cut == "excluded") == sum(
            row[0] for row in given_rows if row[4]
        )


def nested() -> list[tuple[Area, Area]]:
    """Pairs in which the second holds the first."""
    here, there = "E08000025", "E08000030"
    return [
        (Area("a", miles=near, centre=(52.49, -1.93)), Area("b", miles=far, centre=(52.49, -1.93)))
        for near, far in ((0, 1), (1, 6), (6, 9), (9, 200))
    ] + [
        (outcode_area("a", ["B18"]), outcode_area("b", ["B18", "WS1"])),
        (Area("a", local_authorities=frozenset({here})), Area("b", local_authorities=frozenset({here, there}))),
        (Area("a", wards=frozenset({"E05000001"})), Area("b", wards=frozenset({"E05000001", "E05000003"}))),
        (outcode_area("a", ["B18"]), Area("b", outcodes=frozenset({"B18"}), counts_branches=True)),
    ]


@settings(deadline=None)
@given(
    money=st.lists(
        st.tuples(
            st.integers(0, 10**12), st.sampled_from(PLACES), st.booleans(), st.sampled_from(PLACES), st.booleans()
        ),
        max_size=20,
    )
)
def test_a_larger_area_never_holds_less_money_nor_a_lower_share(money: list[Any]) -> None:
    paid = [
        Payment(pence, place, shared, ((place, shared), (other, doubt))) for pence, place, shared, other, doubt in money
    ]
    for small, large in nested():
        inner, outer = local_share(paid, small), local_share(paid, large)
        assert inner.total == outer.total
        assert inner.local <= outer.local
        assert (inner.low or 0) <= (outer.low or 0)
        assert (inner.high or 0) <= (outer.high or 0)


def test_a_postcode_known_by_its_district_only_is_uncertain_near_the_edge() -> None:
    rough = PLACES[4]
    assert verdict(Payment(1, rough), Area("a", centre=(52.49, -1.93), miles=3)) == (True, True)
    assert verdict(Payment(1, rough), Area("a", centre=(52.49, -1.93), miles=30)) == (True, False)
    assert verdict(Payment(1, rough), Area("a", centre=(53.48, -2.23), miles=5)) == (False, False)


def test_sums_beyond_exact_floating_point_are_exact() -> None:
    most = 2**62
    rows = built([(most, 0, 0, 1, False), (1, 0, 0, 1, False), (-most, 0, 0, 1, False)])
    whole = [cell.share for cell in Tally(rows).cells(sides(AREAS[0])) if cell.cut == "whole"]
    assert whole == [Share(local=1)]
