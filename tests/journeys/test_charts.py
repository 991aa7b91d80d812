"""Small columns in time: what is drawn is what was given, nothing leaves the paper, and gaps stay gaps."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from procure.pages.charts import LEAST_HEIGHT, month_columns, year_columns

VALUES = st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), min_size=1, max_size=12)


def test_a_credit_hangs_below_the_line_and_a_month_without_payments_leaves_a_gap() -> None:
    chart = month_columns([(date(2026, 1, 1), 300), (date(2026, 2, 1), -100), (date(2026, 4, 1), 100)])
    paid, credit, later = chart.columns
    assert round(paid.y + paid.height, 1) == credit.y == chart.zero
    assert round(paid.height / credit.height) == 3
    assert round((later.x - credit.x) / (credit.x - paid.x)) == 2


def test_a_range_stands_where_it_is_and_says_its_year() -> None:
    chart = year_columns([(2024, 0.25, 0.5, "25% to 50%"), (2025, 0.5, 1.0, "50% to 100%")])
    first, second = chart.columns
    assert (first.when, first.words, second.when) == ("2024", "25% to 50%", "2025")
    assert abs(second.y + second.height - first.y) <= 0.2
    assert abs(second.height - 2 * first.height) <= 0.2
    assert round(first.y + 2 * first.height, 1) == chart.zero


def test_nothing_given_draws_nothing() -> None:
    assert month_columns([]).columns == year_columns([]).columns == ()


@given(VALUES)
def test_no_column_leaves_the_paper_or_is_too_thin_to_see(values: list[tuple[float, float]]) -> None:
    chart = year_columns([(2000 + place, min(pair), max(pair), "") for place, pair in enumerate(values)])
    for column in chart.columns:
        assert column.height >= LEAST_HEIGHT
        assert 0 <= column.x <= column.middle <= chart.width
        assert -0.2 <= column.y <= column.y + column.height <= chart.height + 0.2
