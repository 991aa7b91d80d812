"""The next lawful step: by value, buyer and regime; no advice of the Procurement Act where it may not hold."""

from datetime import date

import pytest

from procure.models import ShiftRow
from procure.services.shift.shift_answers import Ends
from procure.services.shift.shift_steps import Step, step_for

TODAY = date(2026, 11, 22)


def a_row(pounds: int = 50_000, category: str = "Cleaning", **facts: object) -> ShiftRow:
    plain: dict[str, object] = {
        "category": category, "left_pence": pounds * 100, "is_influenceable": True, "has_candidate": True,
        "descriptions": [], "trades": [], "cpv": None,
    }  # fmt: skip
    return ShiftRow(**{**plain, **facts})


def words_of(step: Step) -> str:
    return " ".join(f"{one.words} {one.source}" for one in step.advice)


def test_what_cannot_be_moved_has_no_step() -> None:
    step = step_for(a_row(is_influenceable=False), "council", on=TODAY)
    assert (step.kind, step.regime) == ("none", None)
    assert "Act" not in words_of(step)


@pytest.mark.parametrize(
    ("buyer", "pounds", "kind", "said"),
    [
        ("council", 50_000, "reserve", "Order 2026"),
        ("nhs", 50_000, "quote", "sections 84 to 87"),
        ("university", 20_000, "quote", "no notice is due"),
        ("central", 50_000, "reserve", "PPN 005"),
        ("nhs", 120_000, "lots", "section 18"),
        ("council", 120_000, "reserve", "below the threshold"),
        ("council", 180_000, "lots", "section 18"),
    ],
)
def test_the_step_depends_on_who_buys_and_on_the_pounds(buyer: str, pounds: int, kind: str, said: str) -> None:
    step = step_for(a_row(pounds), buyer, on=TODAY)
    assert step.kind == kind
    assert said in words_of(step)


def test_where_nobody_is_known_the_step_is_to_look_for_somebody() -> None:
    step = step_for(a_row(has_candidate=False), "council", on=TODAY)
    assert step.kind == "grow"


@pytest.mark.parametrize("buyer", ["nhs", "council"])
def test_what_may_be_health_care_is_asked_first_and_gets_no_advice_of_the_act(buyer: str) -> None:
    row = a_row(500_000, "Mental health services")
    for said, kind in (({}, "ask"), ({"health_care": "yes"}, "psr")):
        step = step_for(row, buyer, on=TODAY, said=said)
        assert step.kind == kind
        assert "section" not in words_of(step)
        assert "Order 2026" not in words_of(step)
    assert step_for(row, buyer, on=TODAY, said={"health_care": "no"}).kind in ("lots", "reserve", "quote")


def test_a_university_is_never_asked_about_health_care() -> None:
    assert step_for(a_row(20_000, "Mental health services"), "university", on=TODAY).kind == "quote"


def test_the_day_to_begin_to_talk_leaves_time_to_form_to_tender_and_to_stand_still() -> None:
    ends = Ends(date(2027, 3, 31), "You said so")
    small = step_for(a_row(50_000), "council", on=TODAY, ends=ends)
    large = step_for(a_row(900_000), "council", on=TODAY, ends=ends)
    assert small.kind == large.kind == "talk"
    assert small.by is not None
    assert large.by is not None
    assert large.by < small.by < ends.on
    assert small.by == date(2027, 2, 1), "40 working days; Easter falls between"
    assert not small.is_late
    assert step_for(a_row(), "council", on=date(2027, 3, 1), ends=ends).is_late


def test_a_contract_that_has_ended_leaves_nothing_to_wait_for() -> None:
    step = step_for(a_row(), "council", on=TODAY, ends=Ends(date(2026, 1, 31), "You said so"))
    assert (step.kind, step.by) == ("reserve", None)


def test_the_year_from_which_on_a_contract_reaches_the_threshold_is_said() -> None:
    assert step_for(a_row(60_000), "council", on=TODAY).years == 3
    assert step_for(a_row(10_000), "council", on=TODAY).years is None
