"""Which law a lot falls under depends on who buys, what, for how much and when."""

from datetime import date

import pytest

from procure.rules import find_regime, reservation_options

SPRING_2026 = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("buyer", "contract", "pounds", "began_on", "kind", "is_notifiable"),
    [
        pytest.param(
            "nhs", "goods_or_services", 112_515, SPRING_2026, "above_threshold", True, id="a trust at its threshold"
        ),
        pytest.param(
            "nhs", "goods_or_services", 112_514, SPRING_2026, "below_threshold", True, id="a trust a pound below"
        ),
        pytest.param(
            "council", "goods_or_services", 112_515, SPRING_2026, "below_threshold", True, id="a council has more room"
        ),
        pytest.param(
            "council",
            "goods_or_services",
            173_100,
            SPRING_2026,
            "above_threshold",
            True,
            id="a council at its threshold",
        ),
        pytest.param(
            "council", "goods_or_services", 24_999, SPRING_2026, "below_threshold", False, id="too small for a notice"
        ),
        pytest.param(
            "nhs",
            "goods_or_services",
            10_000,
            SPRING_2026,
            "below_threshold",
            True,
            id="notices start lower for trusts",
        ),
        pytest.param(
            "nhs", "goods_or_services", 114_000, date(2025, 12, 31), "below_threshold", True, id="the old threshold"
        ),
        pytest.param("nhs", "light_touch", 500_000, SPRING_2026, "below_threshold", True, id="light touch"),
        pytest.param("council", "works", 4_400_000, SPRING_2026, "above_threshold", True, id="works"),
        pytest.param("nhs", "works", 1_000, date(2030, 1, 1), "unknown", False, id="a day without a rule"),
    ],
)
def test_the_threshold_is_that_of_the_buyer_and_the_day(buyer, contract, pounds, began_on, kind, is_notifiable):
    regime = find_regime(buyer, contract, pounds * 100, began_on)
    assert (regime.kind, regime.is_notifiable) == (kind, is_notifiable)


def test_health_care_gets_no_advice_of_the_procurement_act():
    regime = find_regime("nhs", "light_touch", 10**9, SPRING_2026, is_health_care=True)
    assert regime.kind == "psr"
    assert reservation_options("nhs", "light_touch", regime, SPRING_2026) == []


def test_a_university_buying_health_care_is_not_under_the_provider_selection_regime():
    assert find_regime("university", "light_touch", 1, SPRING_2026, is_health_care=True).kind == "below_threshold"


@pytest.mark.parametrize(
    ("buyer", "pounds", "on", "kinds"),
    [
        pytest.param("council", 50_000, SPRING_2026, ["local_area", "sme_or_vcse"], id="a council after the Order"),
        pytest.param("council", 50_000, date(2026, 2, 3), [], id="a council the day before the Order"),
        pytest.param("central", 50_000, SPRING_2026, ["one_county"], id="a department"),
        pytest.param("nhs", 50_000, SPRING_2026, ["own_policy"], id="a trust"),
        pytest.param("council", 500_000, SPRING_2026, ["supported_employment"], id="no place above the threshold"),
    ],
)
def test_who_a_lot_may_be_reserved_for_depends_on_the_buyer(buyer, pounds, on, kinds):
    regime = find_regime(buyer, "goods_or_services", pounds * 100, on)
    assert [one.kind for one in reservation_options(buyer, "goods_or_services", regime, on)] == kinds


def test_every_rule_names_its_source():
    regime = find_regime("council", "light_touch", 10**9, SPRING_2026)
    options = reservation_options("council", "light_touch", regime, SPRING_2026)
    assert {one.kind for one in options} == {"supported_employment", "public_service_mutual"}
    assert all(one.source and one.words for one in options)
    assert regime.source == "PPN 023"


def test_a_buyer_of_no_known_kind_is_refused():
    with pytest.raises(ValueError, match="bakery"):
        find_regime("bakery", "works", 1, SPRING_2026)
