"""What may be asked instead of a gate: law is named as law, custom as custom, and each regime gets its own."""

from datetime import date

import pytest

from procure.rules import Circumstances, Gate, advice_for, alternative_to, topic_of

TODAY = date(2026, 11, 22)
TURNOVER = Gate("turnover", "Turnover", 500_000_00)
COVER = Gate("insurance", "Public liability", 1_000_000_000)
ACCOUNTS = Gate("certificate_each", "Two years of accounts")
DBS = Gate("certificate_each", "DBS")
EVERY_GATE = (TURNOVER, COVER, ACCOUNTS, DBS, Gate("certificate_any", "ISO 9001"))


def about(regime: str, contract: str = "goods_or_services", *, is_large: bool = False) -> Circumstances:
    return Circumstances(regime, contract, TODAY, 100_000_00, is_large)


def sources(gate: Gate, where: Circumstances) -> str:
    return " ".join(f"{one.source} {one.words}" for one in advice_for(gate, where))


@pytest.mark.parametrize("gate", EVERY_GATE)
@pytest.mark.parametrize("regime", ["psr", "unknown"])
def test_under_another_regime_nothing_is_said_of_the_procurement_act(gate, regime):
    told = sources(gate, about(regime))
    assert told
    assert "Act" not in told
    assert "section" not in told


@pytest.mark.parametrize(
    ("gate", "where", "words"),
    [
        pytest.param(TURNOVER, about("above_threshold"), "section 22", id="above: proportionate conditions"),
        pytest.param(TURNOVER, about("above_threshold"), "section 12(4)", id="above: barriers of small firms"),
        pytest.param(TURNOVER, about("below_threshold"), "section 85", id="below: no stage of suitability"),
        pytest.param(COVER, about("above_threshold"), "before the award", id="no insurance before the award"),
        pytest.param(ACCOUNTS, about("above_threshold"), "audited accounts only", id="accounts of those who audit"),
        pytest.param(
            TURNOVER, about("below_threshold", "works", is_large=True), "exception for works", id="large works"
        ),
        pytest.param(DBS, about("below_threshold"), "registered or checked", id="what the work itself requires"),
    ],
)
def test_the_rule_that_bears_on_a_gate_is_named(gate, where, words):
    assert words in sources(gate, where)


def test_large_works_are_not_told_that_there_may_be_no_stage_of_suitability():
    assert "You may not use this" not in sources(TURNOVER, about("below_threshold", "works", is_large=True))
    assert "You may not use this" in sources(TURNOVER, about("below_threshold", "works"))


def test_above_twice_the_yearly_value_is_warned_about_and_never_called_law():
    first = advice_for(TURNOVER, about("above_threshold"))[0]
    assert "more than twice the yearly value of £100,000" in first.words
    assert (first.source, first.verified) == ("Custom of buyers", False)
    assert "the Act sets no figure" in first.words


@pytest.mark.parametrize(
    ("pounds", "milder"),
    [(500_000, 200_000_00), (200_000, 100_000_00), (150_000, 100_000_00), (100_000, None)],
)
def test_a_milder_turnover_is_twice_the_yearly_value_and_then_once(pounds, milder):
    found = alternative_to(Gate("turnover", "Turnover", pounds * 100), about("below_threshold"))
    assert (found.gate.amount_pence if found else None) == milder


def test_no_alternative_asks_for_more():
    for gate in EVERY_GATE:
        found = alternative_to(gate, about("below_threshold"))
        if found is not None:
            assert (found.gate.amount_pence or 0) <= (gate.amount_pence or 0)


def test_a_gate_is_known_by_its_topic():
    assert [topic_of(gate) for gate in EVERY_GATE] == [
        "turnover", "insurance", "accounts", "registration", "certificate",
    ]  # fmt: skip
