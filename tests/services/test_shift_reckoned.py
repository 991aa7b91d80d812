"""The shift list beside the rest of the product: what a rule leaves out, what suppliers told, a new ledger."""

from typing import Any

import pytest
from sqlalchemy import func, select

from procure.cli.jobs import _look_after_jobs
from procure.extensions import db
from procure.models import Job, Ledger, LocalArea, MonthlySpend, Payee, ShiftRow, ShiftRun, now
from procure.services.actors import Actor
from procure.services.errors import RefusedError
from procure.services.multiplier import multiplier_answers, multiplier_surveys
from procure.services.payees import payee_checks
from procure.services.shares import areas, shares, spend_rules
from procure.services.shift import shift, shift_answers, shift_due, shift_parts, shift_respent
from procure.spend import Spending
from procure.spend.shift import multiplier_change

from .. import factories
from .places import an_officer
from .shift_stories import FAR, NEAR, a_ledger, a_purchase


def a_world() -> tuple[Actor, int]:
    """An anchor that buys cleaning far away, pays a public body and hands on a precept; and the near cleaner."""
    cleaner = factories.an_enterprise(
        "Near cleaners", capabilities=(("Contract cleaning of offices", "90910000", None, None),),
        capacity_pence=50_000_00,
    )  # fmt: skip
    anchor = factories.an_anchor("Anchor")
    ledger = a_ledger(anchor)
    a_purchase(anchor, "Far Cleaners", "Cleaning", "Contract cleaning", 40_000_00, ledger=ledger)
    a_purchase(anchor, "Far Council", "Cleaning", "Contract cleaning", 9_000_00, ledger=ledger, state="public_body")
    a_purchase(anchor, "Fire service", "Handed on", "Contract cleaning", 500_00, ledger=ledger)
    a_purchase(
        anchor, "Near cleaners", "Cleaning", "Cleaning", 10_000_00, ledger=ledger, at=NEAR, enterprise_id=cleaner
    )
    db.session.commit()
    return an_officer(anchor), cleaner


def worked_out(of: int) -> ShiftRun:
    run = shift.work_out(of)
    assert run is not None
    db.session.commit()
    return run


def row_of(of: int, payee: str) -> ShiftRow:
    return db.session.scalars(
        select(ShiftRow).join(Payee).where(ShiftRow.organisation_id == of, Payee.name == payee)
    ).one()


def test_what_a_rule_leaves_out_of_the_local_share_is_on_no_list_and_every_penny_is_still_told(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        of = me.acting_for
        before = worked_out(of)
        assert shift_parts.left_out_pence(before) is None
        assert before.with_somebody_pence == 40_500_00
        spend_rules.switch("transfers", is_on=True, reason="Purchases only", categories=[], seen=0, by=me)
        spend_rules.switch("pass_through", is_on=True, reason="Not ours", categories=["Handed on"], seen=0, by=me)
        db.session.commit()
        assert shift.is_stale(before)
        run = worked_out(of)
        area = areas.headline(of)
        assert area is not None
        assert (run.with_somebody_pence, run.stays_pence, run.home_low_pence) == (40_000_00, 0, 40_000_00)
        assert run.total_pence == shares.local_spend(of, areas.shape(area)).whole.total == 50_000_00
        assert shift_parts.left_out_pence(run) == 9_500_00
        everything = select(func.sum(MonthlySpend.pence)).where(MonthlySpend.organisation_id == of)
        assert sum(pence for _, pence in shift_parts.parts_of(run)) == db.session.scalar(everything)

    make(story)


def test_an_officer_cannot_move_what_a_rule_leaves_out(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        worked_out(me.acting_for)
        row = row_of(me.acting_for, "Far Council")
        shift_answers.answer(row, "influence", "yes", "We buy it from them", seen=0, by=me)
        spend_rules.switch("transfers", is_on=True, reason="Purchases only", categories=[], seen=0, by=me)
        run = worked_out(me.acting_for)
        row = row_of(me.acting_for, "Far Council")
        assert (row.rule, row.is_influenceable, row.home_high_pence) == ("out_transfers", False, 0)
        assert run.with_somebody_pence == 40_500_00
        with pytest.raises(RefusedError):
            shift_answers.answer(row, "influence", "framework", "No", seen=0, by=me)

    make(story)


def tell(me: Actor, payee: str, told: Spending, year: int = 2025) -> None:
    area = areas.headline(me.acting_for)
    assert area is not None
    head = db.session.scalars(select(Payee).where(Payee.organisation_id == me.acting_for, Payee.name == payee)).one()
    asked = multiplier_surveys.ask(head, area, year, email=None, seen=0, by=me, base_url="").survey
    multiplier_answers.answer_by_link(asked, told, seen=asked.version)
    db.session.commit()


def test_what_a_supplier_told_of_its_spending_narrows_what_coming_home_does_to_lm3(make: Any) -> None:
    def story() -> None:
        me, cleaner = a_world()
        run = worked_out(me.acting_for)
        assert shift_respent.told_to(run) == {}
        assert shift_respent.again_of(run, {}) == (0, 40_500_00)
        tell(me, "Near cleaners", Spending(60, 30, 50, None))
        told = shift_respent.told_to(run)
        assert told == {cleaner: (0.3, 0.6)}
        row = row_of(me.acting_for, "Far Cleaners")
        likely = row.probability
        assert likely is not None
        least, most = shift_respent.again_of(run, told)
        assert abs(least - 0.3 * likely * 40_500_00) <= 2
        assert most == 24_300_00
        assert shift_respent.again_of_row(row, told) == (round(0.3 * row.home_expected_pence), 24_000_00)
        wide = multiplier_change(run.home_expected_pence, run.home_high_pence, run.total_pence, (0, 40_500_00))
        narrow = multiplier_change(run.home_expected_pence, run.home_high_pence, run.total_pence, (least, most))
        assert wide is not None
        assert narrow is not None
        assert wide.low < narrow.low < narrow.high < wide.high

    make(story)


def test_the_later_answer_counts_and_one_about_another_area_or_to_another_anchor_does_not(make: Any) -> None:
    def story() -> None:
        me, cleaner = a_world()
        run = worked_out(me.acting_for)
        tell(me, "Near cleaners", Spending(50, 50, 20, 20), 2025)
        tell(me, "Near cleaners", Spending(50, 50, 40, 40), 2026)
        assert shift_respent.told_to(run) == {cleaner: (0.4, 0.4)}
        other = an_officer(factories.an_anchor("Other"))
        a_purchase(
            other.acting_for, "Near cleaners", "Cleaning", "Cleaning", 10_000_00, ledger=a_ledger(other.acting_for),
            at=NEAR, enterprise_id=cleaner,
        )  # fmt: skip
        db.session.commit()
        assert shift_respent.told_to(worked_out(other.acting_for)) == {}
        area = db.session.scalars(select(LocalArea).where(LocalArea.organisation_id == me.acting_for)).one()
        area.outcodes = ["B1", "B18"]
        db.session.commit()
        assert shift_respent.told_to(run) == {}

    make(story)


def test_a_confirmed_ledger_has_the_list_made_anew_once_its_payees_are_looked_at(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        of = me.acting_for
        assert shift_due.queue_due() == []
        confirm(of)
        check = payee_checks.queue(of=of, person_id=None)
        assert check is not None
        assert shift_due.queue_due() == []
        check.state = "done"
        [job] = shift_due.queue_due()
        assert (job.kind, job.organisation_id) == (shift.KIND, of)
        assert shift_due.queue_due() == []
        job.state = "parked"
        assert shift_due.queue_due() == []
        confirm(of)
        assert [each.organisation_id for each in shift_due.queue_due()] == [of]

    make(story)


def confirm(of: int) -> None:
    """Another ledger is confirmed, after everything that was asked before."""
    ledger = a_ledger(of)
    a_purchase(of, f"Far Printers {ledger}", "Printing", "Leaflets", 1_00, ledger=ledger, at=FAR)
    db.session.get_one(Ledger, ledger).decided_at = now()
    db.session.flush()


def test_an_anchor_that_has_not_said_what_local_means_gets_no_list(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        confirm(me.acting_for)
        for area in db.session.scalars(select(LocalArea).where(LocalArea.organisation_id == me.acting_for)):
            db.session.delete(area)
        db.session.flush()
        assert shift_due.queue_due() == []

    make(story)


def test_the_worker_looks_for_lists_that_are_due(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        confirm(me.acting_for)
        db.session.commit()
        _look_after_jobs(with_sums=True)
        asked = select(Job.id).where(Job.organisation_id == me.acting_for, Job.kind == shift.KIND)
        assert len(db.session.scalars(asked).all()) == 1

    make(story)
