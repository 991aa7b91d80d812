"""A supplier meets a gate, does not, did once, or has not said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procure.rules import (
    Gate,
    Holding,
    Supplier,
    Workforce,
    check_gates,
    meter_barriers,
    supported_share,
    turnover_warning,
)

TODAY = date(2026, 11, 22)
LIABILITY = Gate("insurance", "Public liability", 500_000_000)
ISO = Gate("certificate_each", "ISO 9001")
TURNOVER = Gate("turnover", "Turnover", 100_000_00)


@pytest.mark.parametrize(
    ("gate", "holdings", "state"),
    [
        pytest.param(LIABILITY, [Holding("insurance", "public  LIABILITY", 500_000_000)], "met", id="just enough"),
        pytest.param(LIABILITY, [Holding("insurance", "Public liability", 499_999_999)], "not_met", id="a penny short"),
        pytest.param(
            LIABILITY, [Holding("insurance", "Public liability", 10**9, date(2026, 11, 21))], "expired", id="yesterday"
        ),
        pytest.param(
            LIABILITY, [Holding("insurance", "Public liability", 10**9, TODAY)], "met", id="good until tonight"
        ),
        pytest.param(LIABILITY, [Holding("insurance", "Public liability")], "unknown", id="amount not said"),
        pytest.param(
            LIABILITY, [Holding("insurance", "Employers' liability", 10**9)], "unknown", id="another insurance"
        ),
        pytest.param(ISO, [Holding("certificate", "ISO9001")], "met", id="spaces do not matter"),
        pytest.param(ISO, [], "unknown", id="nothing said"),
        pytest.param(TURNOVER, [Holding("turnover", "2025", 90_000_00)], "not_met", id="too little turnover"),
    ],
)
def test_a_gate_is_checked_on_the_day(gate, holdings, state):
    (result,) = check_gates([gate], holdings, TODAY)
    assert result.state == state
    assert result.sentence.startswith(gate.name)


@pytest.mark.parametrize(
    ("gate", "holdings", "known", "state"),
    [
        pytest.param(ISO, [], {"has_answered": True}, "not_met", id="asked, and holds none"),
        pytest.param(ISO, [], {"has_answered": False}, "unknown", id="not asked yet"),
        pytest.param(
            LIABILITY, [Holding("insurance", "Public liability", 10**9)], {"is_shared": False}, "unknown", id="cover"
        ),
        pytest.param(TURNOVER, [Holding("turnover", "t", 10**9)], {"is_shared": False}, "unknown", id="turnover"),
        pytest.param(ISO, [Holding("certificate", "ISO 9001")], {"is_shared": False}, "met", id="not certificates"),
    ],
)
def test_what_is_not_said_or_not_shared_is_never_guessed(gate, holdings, known, state):
    (result,) = check_gates([gate], holdings, TODAY, **known)
    assert result.state == state
    assert "10,000,000" not in result.sentence


def test_the_holding_that_runs_longest_counts():
    terms = [date(2027, 3, 1), date(2020, 1, 1)]
    (result,) = check_gates([ISO], [Holding("certificate", "ISO 9001", None, term) for term in terms], TODAY)
    assert (result.state, result.sentence) == ("met", "ISO 9001: held until 1 March 2027")


def test_the_meter_counts_those_whom_one_gate_alone_shuts_out():
    able, poor, bare = Holding("turnover", "t", 10**8), Holding("turnover", "t", 1), Holding("certificate", "ISO 9001")
    barriers = meter_barriers(
        [TURNOVER, ISO],
        [
            Supplier("both", (able, bare)),
            Supplier("small", (poor, bare), is_local=True, is_vcse=True),
            Supplier("silent", ()),
        ],
        TODAY,
    )
    assert [(one.excluded_alone, one.local, one.vcse) for one in barriers] == [(("small",), 1, 1), ((), 0, 0)]


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_relaxing_a_gate_never_shuts_anyone_out(asked, less, held):
    holding = [Holding("turnover", "t", held)]
    (strict,) = check_gates([Gate("turnover", "Turnover", asked)], holding, TODAY)
    (lenient,) = check_gates([Gate("turnover", "Turnover", max(0, asked - less))], holding, TODAY)
    assert strict.state != "met" or lenient.state == "met"


def test_twice_the_yearly_value_is_custom_and_never_called_law():
    assert turnover_warning(200, 100) is None
    words = turnover_warning(201_00, 100_00)
    assert words is not None
    assert "the Act sets no figure" in words


def test_a_consortium_reaches_thirty_percent_together_or_is_told_whom_to_add():
    members = {"a": Workforce(10, 0), "b": Workforce(10, 5)}
    share = supported_share(members, {"c": Workforce(5, 4), "d": Workforce(1, 1), "e": Workforce(50, 1)})
    assert (share.people, share.supported, share.is_reached, share.best_to_add) == (20, 5, False, "c")
    assert supported_share(members | {"c": Workforce(5, 4)}, {}).is_reached
