"""The shift list from what is stored: it reconciles to the ledger, follows officers, and keeps its addresses."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from procure import jobs
from procure.extensions import db
from procure.models import AuditEntry, Decision, LocalArea, MonthlySpend, PostcodePlace, ShiftAnswer, ShiftRow, ShiftRun
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.lots import tenders
from procure.services.shift import shift, shift_answers, shift_lots, shift_plans
from procure.services.shift.shift_answers import CONTRACT, INFLUENCE
from procure.spend.shift import Able

from .. import factories
from .places import an_officer
from .shift_stories import FAR, NEAR, a_ledger, a_purchase, planted


def a_cleaner(name: str = "Near cleaners", capacity: int | None = 50_000_00, postcode: str = NEAR) -> int:
    return factories.an_enterprise(
        name, capabilities=(("Contract cleaning of offices", "90910000", None, None),), capacity_pence=capacity,
        postcode=postcode,
    )  # fmt: skip


def an_anchor_that_buys(*bought: tuple[str, str, int], **facts: Any) -> int:
    """An anchor with one payment a row: (category, text, pence), to a far firm each."""
    anchor = factories.an_anchor(**facts)
    ledger = a_ledger(anchor)
    for number, (category, text, pence) in enumerate(bought):
        a_purchase(anchor, f"Far firm {number}", category, text, pence, ledger=ledger)
    db.session.commit()
    return anchor


def worked_out(anchor: int) -> ShiftRun:
    run = shift.work_out(anchor)
    assert run is not None
    db.session.commit()
    return run


def rows_of(anchor: int) -> list[ShiftRow]:
    return list(
        db.session.scalars(
            select(ShiftRow).where(ShiftRow.organisation_id == anchor).order_by(ShiftRow.left_pence.desc())
        )
    )


def test_every_penny_of_the_year_is_in_one_part(make: Any) -> None:
    def story() -> None:
        world = planted(5, rows=40)
        ledger = a_ledger(world.anchor)
        a_purchase(world.anchor, "Near", "Cleaning", "Cleaning", 7_77, ledger=ledger, at=NEAR)
        a_purchase(world.anchor, "Nowhere", "Cleaning", "Cleaning", 3_33, ledger=ledger, at="")
        a_purchase(world.anchor, "Credit", "Cleaning", "Cleaning", -5_55, ledger=ledger)
        a_purchase(world.anchor, "Grid", "Electricity", "Power", 9_99, ledger=ledger)
        a_purchase(world.anchor, "Old", "Cleaning", "Cleaning", 1_000_00, ledger=ledger, on=date(2025, 6, 30))
        db.session.commit()
        run = worked_out(world.anchor)
        year = select(func.sum(MonthlySpend.pence)).where(
            MonthlySpend.organisation_id == world.anchor, MonthlySpend.month >= date(2025, 7, 1)
        )
        assert run.total_pence == db.session.scalar(year)
        assert run.local_pence == 7_77
        assert run.doubtful_pence == 3_33
        assert run.stays_pence == 9_99 - 5_55
        assert sum(row.total_pence for row in rows_of(world.anchor)) == run.total_pence

    make(story)


def test_an_enterprise_is_not_given_to_two_rows(make: Any) -> None:
    def story() -> None:
        a_cleaner()
        anchor = an_anchor_that_buys(
            ("Cleaning", "Contract cleaning", 40_000_00), ("Cleaning", "Office cleaning", 30_000_00)
        )
        run = worked_out(anchor)
        assert run.with_somebody_pence == 70_000_00
        assert run.home_low_pence == 50_000_00
        assert [row.home_low_pence for row in rows_of(anchor)] == [40_000_00, 10_000_00]
        assert [row.plan["kind"] for row in rows_of(anchor)] == ["alone", "alone"]

    make(story)


def test_only_enterprises_of_the_area_count_and_never_the_payee_itself(make: Any) -> None:
    def story() -> None:
        a_cleaner(postcode=FAR)
        anchor = an_anchor_that_buys(("Cleaning", "Contract cleaning", 40_000_00))
        assert worked_out(anchor).with_nobody_pence == 40_000_00
        near = a_cleaner()
        a_purchase(
            anchor, "Near cleaners", "Cleaning", "Contract cleaning", 10_000_00, ledger=a_ledger(anchor),
            enterprise_id=near,
        )  # fmt: skip
        db.session.commit()
        worked_out(anchor)
        assert [row.has_candidate for row in rows_of(anchor)] == [True, False]

    make(story)


def test_an_area_of_another_kind_asks_the_postcode_directory(make: Any) -> None:
    def story() -> None:
        a_cleaner("Inside", postcode="B18 5AA")
        a_cleaner("Outside", postcode="B19 1AA")
        anchor = an_anchor_that_buys(("Cleaning", "Contract cleaning", 40_000_00))
        for postcode, authority in (("B18 5AA", "E08000025"), ("B19 1AA", "E08000028"), (FAR, "E08000003")):
            db.session.add(PostcodePlace(postcode=postcode, authority=authority, edition_id=1))
        db.session.execute(
            update(LocalArea)
            .where(LocalArea.organisation_id == anchor)
            .values(kind="local_authorities", codes=["E08000025"], outcodes=[])
        )
        db.session.commit()
        run = worked_out(anchor)
        assert run.enterprises == 1
        assert run.with_somebody_pence == 40_000_00
        assert len(rows_of(anchor)[0].candidates) == 1
        assert not shift.is_stale(run)

    make(story)


def test_an_officers_word_counts_at_once_outlives_a_working_out_and_can_be_taken_back(make: Any) -> None:
    def story() -> None:
        a_cleaner()
        anchor = an_anchor_that_buys(("Cleaning", "Contract cleaning", 40_000_00))
        worked_out(anchor)
        officer = an_officer(anchor)
        row = rows_of(anchor)[0]
        answer = shift_answers.answer(row, INFLUENCE, "framework", "The region's", seen=0, by=officer)
        shift.settle(anchor)
        db.session.commit()
        run = shift.current(anchor)
        assert run is not None
        assert (run.stays_pence, run.with_somebody_pence, run.home_low_pence) == (40_000_00, 0, 0)
        again = worked_out(anchor)
        assert (again.stays_pence, again.with_somebody_pence) == (40_000_00, 0)
        assert rows_of(anchor)[0].id == row.id
        shift_answers.take_back(answer.id, by=officer)
        shift.settle(anchor)
        db.session.commit()
        assert again.home_low_pence == 40_000_00
        with pytest.raises(ConflictError):
            shift_answers.take_back(answer.id, by=officer)
        told = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert "shift row answered: influence" in told
        assert "shift row answer taken back: influence" in told

    make(story)


def test_taking_back_puts_the_earlier_answer_in_force_again(make: Any) -> None:
    def story() -> None:
        anchor = an_anchor_that_buys(("Electricity", "Power", 40_000_00))
        worked_out(anchor)
        officer, row = an_officer(anchor), rows_of(anchor)[0]
        first = shift_answers.answer(row, INFLUENCE, "yes", "A community supplier", seen=0, by=officer)
        with pytest.raises(ConflictError):
            shift_answers.answer(row, INFLUENCE, "utility", "No", seen=0, by=officer)
        second = shift_answers.answer(row, INFLUENCE, "utility", "No", seen=first.id, by=officer)
        assert shift_answers.influence_of(anchor) == {(row.payee_id, row.category): False}
        shift_answers.take_back(second.id, by=officer)
        assert shift_answers.influence_of(anchor) == {(row.payee_id, row.category): True}
        assert len(shift_answers.history(row)) == 2

    make(story)


def test_an_answer_needs_a_reason_and_must_be_one(make: Any) -> None:
    def story() -> None:
        anchor = an_anchor_that_buys(("Electricity", "Power", 40_000_00))
        worked_out(anchor)
        officer, row = an_officer(anchor), rows_of(anchor)[0]
        for about, said, reason in ((INFLUENCE, "yes", " "), (INFLUENCE, "perhaps", "x"), (CONTRACT, "soon", "x")):
            with pytest.raises(RefusedError):
                shift_answers.answer(row, about, said, reason, seen=0, by=officer)
        assert db.session.scalar(select(func.count(ShiftAnswer.id)).where(ShiftAnswer.organisation_id == anchor)) == 0

    make(story)


def test_what_was_said_of_a_name_follows_it_into_the_payee_it_is_merged_with(make: Any) -> None:
    def story() -> None:
        anchor = an_anchor_that_buys(("Cleaning", "Contract cleaning", 40_000_00), ("Cleaning", "Cleaning", 10_000_00))
        worked_out(anchor)
        head, name = rows_of(anchor)
        shift_answers.answer(name, INFLUENCE, "contract", "Till 2030", seen=0, by=an_officer(anchor))
        name.payee.merged_into_id = head.payee_id
        db.session.commit()
        run = worked_out(anchor)
        assert len(rows_of(anchor)) == 1
        assert run.stays_pence == 50_000_00

    make(story)


def test_what_was_said_of_one_way_to_write_a_name_counts_for_the_supplier(make: Any) -> None:
    def story() -> None:
        anchor = an_anchor_that_buys(("Cleaning", "Contract cleaning", 40_000_00), ("Cleaning", "Cleaning", 10_000_00))
        worked_out(anchor)
        head, name = rows_of(anchor)
        shift_answers.answer(name, INFLUENCE, "contract", "Till 2030", seen=0, by=an_officer(anchor))
        head.payee.name, name.payee.name = "Otter Cleaning Ltd", "*OTTER CLEANING LIMITED"
        db.session.commit()
        run = worked_out(anchor)
        [row] = rows_of(anchor)
        assert run.stays_pence == row.left_pence == 50_000_00
        assert shift_answers.standing(row)[INFLUENCE].reason == "Till 2030"
        assert shift_answers.said_of(anchor).of(row)[INFLUENCE].reason == "Till 2030"

    make(story)


def test_the_list_is_stale_once_money_payees_or_enterprises_change(make: Any) -> None:
    def story() -> None:
        anchor = an_anchor_that_buys(("Cleaning", "Contract cleaning", 40_000_00))
        run = worked_out(anchor)
        assert not shift.is_stale(run)
        a_cleaner()
        assert shift.is_stale(run)
        run = worked_out(anchor)
        assert not shift.is_stale(run)
        a_purchase(anchor, "Another", "Books", "Books", 1_00, ledger=a_ledger(anchor))
        db.session.commit()
        assert shift.is_stale(run)

    make(story)


def test_the_end_of_a_contract_is_what_an_officer_says_else_that_of_a_lot_awarded_to_the_payee(make: Any) -> None:
    def story() -> None:
        far = a_cleaner("Far cleaners", postcode=FAR)
        anchor = factories.an_anchor()
        a_purchase(anchor, "Far cleaners", "Cleaning", "Cleaning", 9_00, ledger=a_ledger(anchor), enterprise_id=far)
        lot = factories.a_lot(anchor, "Old cleaning", state="awarded", ends_on=date(2027, 3, 31))
        db.session.add(Decision(organisation_id=anchor, lot_id=lot, enterprise_id=far, action="award", reason="Best"))
        db.session.commit()
        worked_out(anchor)
        row = rows_of(anchor)[0]
        ends = shift_answers.said_of(anchor).ends(row)
        assert ends is not None
        assert (ends.on, "Old cleaning" in ends.told) == (date(2027, 3, 31), True)
        shift_answers.answer(row, CONTRACT, "2028-01-31", "Extended", seen=0, by=an_officer(anchor))
        ends = shift_answers.said_of(anchor).ends(row)
        assert ends is not None
        assert ends.on == date(2028, 1, 31)

    make(story)


def test_a_lot_made_of_a_row_is_a_draft_that_does_not_name_the_payee(make: Any) -> None:
    def story() -> None:
        anchor = an_anchor_that_buys(("CLEANING", "Contract cleaning", 40_000_00), ("Electricity", "Power", 10_000_00))
        worked_out(anchor)
        officer = an_officer(anchor)
        row, power = rows_of(anchor)
        ends = shift_answers.Ends(date(2027, 3, 31), "You said so")
        from procure.models import Organisation

        organisation = db.session.get(Organisation, anchor)
        assert organisation is not None
        lot = shift_lots.make_lot(row, organisation, ends, by=officer)
        found = tenders.find_lot(lot.id, of=anchor)
        assert (found.state, found.title, found.value_pence) == ("draft", "Cleaning", 40_000_00)
        assert found.starts_on == date(2027, 4, 1)
        assert "Far firm" not in found.title + found.description
        with pytest.raises(RefusedError):
            shift_lots.make_lot(power, organisation, None, by=officer)

    make(story)


def test_another_anchors_rows_are_nobodys(make: Any) -> None:
    def story() -> None:
        anchor, other = an_anchor_that_buys(("Cleaning", "Cleaning", 1_00)), factories.an_anchor()
        worked_out(anchor)
        with pytest.raises(NotFoundError):
            shift.find(rows_of(anchor)[0].id, of=other)
        answer = shift_answers.answer(rows_of(anchor)[0], INFLUENCE, "other", "x", seen=0, by=an_officer(anchor))
        with pytest.raises(NotFoundError):
            shift_answers.take_back(answer.id, by=an_officer(other))
        assert shift.current(other) is None
        assert shift_answers.influence_of(other) == {}

    make(story)


def test_the_job_works_the_list_out_and_says_how_far_it_is(make: Any) -> None:
    def story() -> None:
        a_cleaner()
        anchor = an_anchor_that_buys(("Cleaning", "Contract cleaning", 40_000_00))
        job = shift.queue(by=an_officer(anchor))
        assert job is not None
        db.session.commit()
        assert shift.queue(by=an_officer(anchor)) is None
        db.session.rollback()
        assert jobs.run_all() == 1
        run = shift.current(anchor)
        assert run is not None
        assert run.home_low_pence == 40_000_00

    make(story)


def test_without_an_area_or_money_there_is_nothing_to_work_out(make: Any) -> None:
    def story() -> None:
        bare = factories.an_organisation("Bare", is_anchor=True)
        with pytest.raises(RefusedError):
            shift.queue(by=an_officer(bare))
        with pytest.raises(RefusedError):
            shift.queue(by=an_officer(factories.an_anchor()))
        assert shift.work_out(bare) is None

    make(story)


def test_who_carries_a_row_alone_together_unsaid_or_in_part() -> None:
    def kind(pence: int, *able: Able) -> tuple[str | None, list[int]]:
        plan, _, _ = shift_plans.plan_of(pence, able)
        return plan.get("kind"), [one["pence"] for one in plan.get("members", ())]

    large, small, smaller = Able(1, 0.6, 100_00), Able(2, 0.9, 60_00), Able(3, 0.8, 50_00)
    assert kind(90_00, small, smaller, large) == ("alone", [90_00])
    assert kind(100_00, small, smaller)[0] == "together"
    assert sum(kind(100_00, small, smaller)[1]) == 100_00
    assert kind(100_00, small, Able(4, 0.7, None)) == ("unsaid", [100_00])
    assert kind(200_00, small, smaller) == ("part", [60_00, 50_00])
    assert kind(200_00) == (None, [])
    _, probability, expected = shift_plans.plan_of(200_00, (small, smaller))
    assert expected == round(0.9 * 60_00 + 0.8 * 50_00)
    assert probability == pytest.approx(expected / 110_00)
