"""What could come home: every penny in one part, no pound and no capacity counted twice."""

from hypothesis import given
from hypothesis import strategies as st

from procure.spend.kinds import BUSINESS, PERSON, PUBLIC
from procure.spend.shift import (
    Able,
    Bought,
    Carried,
    Home,
    give_out,
    multiplier_change,
    reckon,
    share_change,
    spent_again,
)
from procure.spend.shift_rules import LEFT_OUT, OPEN, RULES, About, rule_of

PENCE = st.integers(-10_000, 50_000)


@st.composite
def worlds(draw: st.DrawFn) -> list[Bought]:
    """Rows whose enterprises say the same of themselves wherever they stand."""
    capacity = {number: draw(st.one_of(st.none(), st.integers(0, 60_000))) for number in range(1, 6)}
    rows = []
    for number in range(draw(st.integers(0, 12))):
        ids = draw(st.lists(st.integers(1, 5), unique=True, max_size=4))
        able = tuple(Able(one, draw(st.floats(0.5, 1)), capacity[one]) for one in ids)
        rows.append(Bought(f"{number}", draw(PENCE), draw(PENCE), draw(PENCE), draw(st.booleans()), able))
    return rows


@given(worlds())
def test_the_five_parts_add_up_to_every_penny(rows: list[Bought]) -> None:
    sums = reckon(rows)
    parts = (sums.local, sums.doubtful, sums.stays, sums.with_somebody, sums.with_nobody)
    assert sum(parts) == sums.total == sum(row.local + row.doubtful + row.left for row in rows)


@given(worlds())
def test_no_capacity_is_given_out_twice_and_no_pound_counted_twice(rows: list[Bought]) -> None:
    homes = give_out(rows)
    said = {able.enterprise: able.capacity_pence for row in rows for able in row.able}
    stated = sum(pence for pence in said.values() if pence is not None)
    assert sum(home.low for home in homes.values()) <= stated
    for row in rows:
        home = homes[row.key]
        assert 0 <= home.low <= home.high <= max(0, row.left)
        assert home.expected <= home.low
    sums = reckon(rows)
    assert sums.home.high <= max(0, sums.with_somebody)


@given(worlds(), st.randoms())
def test_the_order_in_which_rows_are_given_changes_nothing(rows: list[Bought], random: object) -> None:
    turned = list(rows)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert give_out(turned) == give_out(rows)
    assert reckon(turned) == reckon(rows)


def test_the_worked_example_of_the_document() -> None:
    cleaner = (Able(1, 0.8, 20_000_00),)
    rows = [
        Bought("a", 20_000_00, 10_000_00, 25_000_00, False),
        Bought("b", 0, 0, 30_000_00, True, cleaner),
        Bought("c", 0, 0, 10_000_00, True, cleaner),
        Bought("d", 0, 0, 5_000_00, True),
    ]
    sums = reckon(rows)
    assert (sums.local, sums.doubtful, sums.stays) == (20_000_00, 10_000_00, 25_000_00)
    assert (sums.with_somebody, sums.with_nobody, sums.total) == (40_000_00, 5_000_00, 100_000_00)
    assert sums.home == Home(20_000_00, 20_000_00, 16_000_00)
    served, unserved = give_out(rows)["b"], give_out(rows)["c"]
    assert (served.carried, unserved) == ((Carried(1, 20_000_00, 16_000_00),), Home())
    share = share_change(sums.home.expected, sums.home.high, sums.total)
    assert share is not None
    assert (share.low, share.high) == (0.16, 0.2)
    more = multiplier_change(sums.home.expected, sums.home.high, sums.total, spent_again(served, {}))
    assert more is not None
    assert (more.low, more.high) == (0.16, 0.4)
    told = spent_again(served, {1: (0.3, 0.5), 2: (0.9, 1.0)})
    assert told == (4_800_00, 10_000_00)
    better = multiplier_change(sums.home.expected, sums.home.high, sums.total, told)
    assert better is not None
    assert (better.low, better.high) == (0.208, 0.3)


@given(worlds(), st.dictionaries(st.integers(1, 5), st.floats(0, 1)))
def test_whoever_tells_what_it_spends_here_only_narrows_the_range(rows: list[Bought], parts: dict[int, float]) -> None:
    for home in give_out(rows).values():
        low, high = spent_again(home, {one: (part, part) for one, part in parts.items()})
        assert spent_again(home, {}) == (0, home.high)
        assert 0 <= low <= home.expected + len(home.carried)
        assert high <= home.high
        assert sum(one.pence for one in home.carried) == home.low


def test_who_has_not_said_how_much_it_can_take_makes_a_range() -> None:
    row = Bought("a", 0, 0, 100, True, (Able(1, 0.9, None), Able(2, 0.6, 40)))
    assert give_out([row])["a"] == Home(40, 100, 24, (Carried(2, 40, 24),))


def test_without_a_total_no_change_is_known() -> None:
    assert share_change(1, 2, 0) is None
    assert multiplier_change(1, 2, -5, (0, 2)) is None


def test_what_an_anchor_leaves_out_of_its_local_share_is_left_out_before_anything_else_is_asked() -> None:
    assert rule_of(About("Precepts", PUBLIC, 100, left_out="pass_through")) == "out_pass_through"
    assert rule_of(About("Cleaning", BUSINESS, -5, left_out="transfers")) == "out_transfers"
    assert {"out_transfers", "out_salaries", "out_pass_through"} <= set(LEFT_OUT) <= set(RULES)


def test_the_rules_say_what_cannot_be_moved() -> None:
    def rule(category: str, kind: str = BUSINESS, left: int = 100, **facts: object) -> str:
        return rule_of(About(category, kind, left, **facts))  # type: ignore[arg-type]

    assert rule("Cleaning") == OPEN
    assert rule("Cleaning", PERSON) == "person"
    assert rule("Cleaning", PUBLIC) == "public_body"
    assert rule("Cleaning", left=-1) == "credit"
    assert rule("Cleaning", left=0) == "stayed"
    assert rule("Electricity") == rule("Energy and utilities") == "utility"
    assert rule("Gas boiler servicing") == rule("Energy efficiency works") == OPEN
    assert rule("Housing benefit") == rule("Grants to voluntary bodies") == "pass_through"
    assert rule("Salaries and wages") == "salaries"
    assert rule("SERVICES FROM NHS BODIES") == "public_body"
    assert rule("Public address systems") == OPEN
    assert rule("Other", sic=("35140",)) == "utility"
    assert rule("Other", sic=("35140", "81210")) == OPEN


def test_payment_lines_are_asked_only_where_no_category_is_given() -> None:
    assert rule_of(About("", BUSINESS, 1, descriptions=("Electricity supply",))) == "utility"
    assert rule_of(About("Buildings", BUSINESS, 1, descriptions=("Electricity supply",))) == OPEN
