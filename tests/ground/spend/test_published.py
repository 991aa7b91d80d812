"""What anybody may read of an anchor's spend: lines of three payees or more that add up to every penny."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from procure.spend import Share
from procure.spend.published import LEAST_PAYEES, OTHERS, UNNAMED, Line, join_categories, join_years


def a_line(name: str, payees: int, pence: int, start: int = 0) -> Line:
    return Line(name, frozenset(range(start, start + payees)), Share(local=pence))


def told(lines: list[Line]) -> list[tuple[str, int]]:
    return [(line.name, line.share.total) for line in lines]


def test_small_categories_make_one_line_together() -> None:
    catering, cleaning = a_line("Catering", 4, 50_000_00), a_line("Cleaning", 1, 20_000_00, 10)
    printing, people = a_line("Printing", 1, 10_000_00, 20), a_line(UNNAMED, 1, 600_00, 30)
    assert told(join_categories([cleaning, printing, catering], people)) == [
        ("Catering", 50_000_00),
        (OTHERS, 30_600_00),
    ]
    assert told(join_categories([cleaning, printing, catering], None)) == [(OTHERS, 80_000_00)]


def test_people_have_a_line_of_their_own_where_there_are_enough() -> None:
    lines = join_categories([a_line("Catering", 4, 5)], a_line(UNNAMED, 3, 7, 10))
    assert told(lines) == [("Catering", 5), (UNNAMED, 7)]


def test_two_payees_alone_are_told_to_nobody() -> None:
    assert join_categories([a_line("Food", 1, 5), a_line("Fuel", 1, 5, 1)], None) == []
    assert join_years([a_line("2024-25", 2, 5)]) == []
    assert join_years([]) == join_categories([], None) == []


def test_a_small_year_is_told_with_its_neighbour() -> None:
    years = [a_line("2022-23", 1, 1), a_line("2023-24", 1, 2, 1), a_line("2024-25", 5, 4), a_line("2025-26", 2, 8)]
    assert told(join_years(years)) == [("2022-23 to 2025-26", 15)]
    assert told(join_years(years[2:])) == [("2024-25 to 2025-26", 12)]


amounts = st.lists(st.tuples(st.integers(1, 6), st.integers(-(10**9), 10**9)), max_size=12)


@given(sizes=amounts, people=st.integers(0, 5))
def test_every_line_has_enough_payees_and_all_add_up(sizes: list[tuple[int, int]], people: int) -> None:
    starts = count(0, 10)
    lines = [a_line(f"C{place}", *size, next(starts)) for place, size in enumerate(sizes)]
    unnamed = a_line(UNNAMED, people, 77, next(starts)) if people else None
    whole = sum(line.share.total for line in lines) + (77 if people else 0)
    for shown in (join_categories(lines, unnamed), join_years(lines)):
        assert all(len(line.payees) >= LEAST_PAYEES for line in shown)
    categories = join_categories(lines, unnamed)
    assert not categories or sum(line.share.total for line in categories) == whole
    everybody = sum(size for size, _ in sizes) + people
    assert bool(categories) == (everybody >= LEAST_PAYEES)
