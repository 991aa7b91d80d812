"""Sums kept ready are what a plain query says, whatever moved; a page never shows an old figure as a new one."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from procure import jobs
from procure.extensions import db
from procure.models import (
    Job,
    Ledger,
    LocalArea,
    MonthlySpend,
    Payee,
    RegisteredBody,
    SpendSums,
)
from procure.models import Payment as Line
from procure.places import Area, outcode_area
from procure.services import rollups
from procure.services.payees import payee_kinds, payee_places, payee_sites, payee_suppliers, payees
from procure.services.reference.locations import locations_of
from procure.services.shares import areas, shares, spend_rules, spend_stamps, spend_sums
from procure.spend import Payment, Share, local_share, verdict
from procure.spend.cuts import CUTS, size_band
from procure.spend.exclusions import RULES

from .. import factories
from . import places
from .spend_stories import AREA, CHANGES, MILES, WARDS, a_world, site_declared


def plain(of: int, area: Area) -> Share:
    """The share by a query of its own: every row of the roll-up, placed one by one."""
    joins, where = payee_places.placed_spend([of])
    kinds, rules = payee_kinds.kinds_of(of), spend_rules.in_force(of)
    whole = Share()
    paid = MonthlySpend.pence - MonthlySpend.vat_within_pence
    if not rules.leaves_out_vat:
        paid += MonthlySpend.vat_pence
    found = db.session.execute(
        joins.add_columns(MonthlySpend.payee_id, MonthlySpend.category, paid, *where.labelled)
    ).all()
    for payee, category, pence, written, _source, doubt in found:
        if rules.rule_for(kinds[payee].group, category):
            continue
        known = payee_places.readable(written)
        place = locations_of([known])[known] if known else None
        payment = Payment(int(pence), place, bool(doubt)) if place else Payment(int(pence))
        whole += local_share([payment], area)
    return whole


def work_out(of: int) -> None:
    spend_sums.refresh(of)
    db.session.commit()


def check(of: int) -> None:
    """What is kept equals the plain query for every area, and every cut adds up to the whole."""
    work_out(of)
    for area in (AREA, WARDS, MILES):
        found = spend_sums.sums_for(of, area)
        assert type(found).__name__ == "Stored", "the page would work it out itself"
        assert found.as_of is None
        whole = shares.KeptShare(of, area, found).whole
        assert whole == plain(of, area)
        for cut in CUTS:
            if cut not in ("excluded", "whole"):
                assert sum((share for _, share, _ in found.cut(cut)), Share()) == whole, cut
        out = sum(share.total for _, share, _ in found.cut("excluded"))
        paid = MonthlySpend.pence - MonthlySpend.vat_within_pence + MonthlySpend.vat_pence
        everything = db.session.scalar(select(func.sum(paid)).where(MonthlySpend.organisation_id == of))
        assert whole.total + out == (everything or 0)


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_kept_sums_equal_a_plain_query_after_every_change(make: Any, change: Any) -> None:
    def story() -> None:
        me, ids = a_world()
        check(me.acting_for)
        assert not spend_sums.is_due(me.acting_for)
        change(me, ids)
        db.session.commit()
        assert spend_sums.is_due(me.acting_for)
        assert type(spend_sums.sums_for(me.acting_for, AREA)).__name__ == "InMemory"
        check(me.acting_for)

    make(story)


def test_what_is_too_much_for_a_page_is_shown_as_of_when_it_was_worked_out(make: Any) -> None:
    def story() -> None:
        me, ids = a_world()
        work_out(me.acting_for)
        before = shares.local_spend(me.acting_for, AREA).whole
        site_declared(me, ids)
        mine = Ledger.organisation_id == me.acting_for
        db.session.execute(update(Ledger).where(mine).values(sums_count=spend_stamps.SMALL))
        db.session.commit()
        found = shares.local_spend(me.acting_for, AREA)
        assert found.as_of is not None
        assert found.whole == before
        work_out(me.acting_for)
        assert shares.local_spend(me.acting_for, AREA).as_of is None
        assert shares.local_spend(me.acting_for, AREA).whole != before

    make(story)


def test_a_changed_area_is_summed_by_a_job_and_the_workers_round_finds_what_nobody_marked(make: Any) -> None:
    def story() -> None:
        me, ids = a_world()
        jobs.run_all()
        assert not spend_sums.is_due(me.acting_for)
        areas.save(areas.list_areas(me.acting_for)[0].id, "Around us", ["B18"], is_headline=True, by=me)
        db.session.commit()
        assert db.session.scalar(select(func.count(Job.id)).where(Job.state == "queued")) == 1
        jobs.run_all()
        assert not spend_sums.is_due(me.acting_for)
        site_declared(me, ids)
        db.session.commit()
        assert len(spend_sums.queue_due()) == 1
        assert spend_sums.queue_due() == []
        db.session.commit()
        jobs.run_all()
        assert not spend_sums.is_due(me.acting_for)
        assert {job.state for job in db.session.scalars(select(Job))} == {"done"}

    make(story)


def test_the_definition_before_is_kept_with_its_sums_and_a_removed_area_takes_its_own_away(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        first = areas.list_areas(me.acting_for)[0]
        areas.save(first.id, "Around us", ["B18"], is_headline=True, by=me)
        db.session.commit()
        past = areas.before(me.acting_for)[first.id]
        assert (past.outcodes, past.version, first.version) == (["B18", "B19"], 1, 2)
        work_out(me.acting_for)
        keys = set(db.session.scalars(select(SpendSums.area_key)))
        now = {outcode_area("", ["B18"]).key, WARDS.key, MILES.key}
        assert keys == {AREA.key, *now, *(f"{key}/lm3" for key in now)}
        for area in db.session.scalars(select(LocalArea).where(LocalArea.name == "Near")).all():
            areas.remove(area.id, by=me)
        db.session.commit()
        work_out(me.acting_for)
        assert MILES.key not in set(db.session.scalars(select(SpendSums.area_key)))

    make(story)


def test_every_rule_leaves_out_its_own_and_no_pound_twice(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        spend_rules.switch("transfers", is_on=True, reason="Purchases only", categories=[], seen=0, by=me)
        category = db.session.scalars(select(MonthlySpend.category).where(MonthlySpend.pence == 600_000)).one()
        spend_rules.switch("pass_through", is_on=True, reason="Handed on", categories=[category], seen=0, by=me)
        db.session.commit()
        lines = shares.local_spend(me.acting_for, AREA).excluded
        assert [(key, share.total) for key, share, _ in lines] == [("transfers", 500_000), ("vat", 100_800)]
        assert set(RULES) >= {key for key, _, _ in lines}
        check(me.acting_for)

    make(story)


def test_a_branch_in_the_area_makes_its_payee_local_and_never_less_of_it(make: Any) -> None:
    def story() -> None:
        me, ids = a_world()
        based = Area("Based or branched", outcodes=AREA.outcodes, counts_branches=True)
        payee = payees.find(ids["line"], of=me.acting_for)
        was = shares.local_spend(me.acting_for, based).whole
        payee_sites.declare(payee, "trading", "B18 5AA", "They told us", seen=0, by=me)
        db.session.commit()
        found, narrow = shares.local_spend(me.acting_for, based).whole, shares.local_spend(me.acting_for, AREA).whole
        assert found.local == was.local + 1
        assert (found.total, found.unplaced) == (narrow.total, narrow.unplaced)
        assert verdict(Payment(1), based) == (None, False)

    make(story)


def test_months_are_those_of_the_payments(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        work_out(me.acting_for)
        found = shares.local_spend(me.acting_for, AREA)
        assert [month for month, _ in found.months] == [date(2026, 1, 1)]
        assert found.quarters == [(date(2026, 1, 1), found.whole)]

    make(story)


def test_the_roll_up_counts_its_sums_and_sorts_payments_by_size_and_department(make: Any) -> None:
    def story() -> None:
        of = factories.an_organisation(is_anchor=True)
        ledger = db.session.get(Ledger, places.a_ledger(of))
        assert ledger is not None
        payee = places.a_payee(of, ledger=ledger.id)
        amounts = [-1, 0, 499_99, 500_00, 4_999_99, 5_000_00, 25_000_00, 100_000_00, 1_000_000_00, 10**11]
        for row, pence in enumerate(amounts):
            db.session.add(
                Line(
                    organisation_id=of, ledger_id=ledger.id, payee_id=payee, row=row, supplier="S", pence=pence,
                    paid_on=date(2026, 1, 31), department="Estates" if row else None,
                )
            )  # fmt: skip
        db.session.flush()
        written = rollups.add(ledger)
        db.session.commit()
        found = db.session.scalars(select(MonthlySpend).where(MonthlySpend.organisation_id == of)).all()
        assert written == ledger.sums_count == len(found) == len({(size_band(p), p < 0) for p in amounts})
        assert {row.size_band: row.pence for row in found} == {
            band: sum(pence for pence in amounts if size_band(pence) == band) for band in map(size_band, amounts)
        }
        assert {(row.size_band, row.department) for row in found} >= {(1, ""), (2, "Estates")}
        assert spend_stamps.count_rows(of) == written

    make(story)


def test_a_supplier_is_one_line_however_its_name_is_written(make: Any) -> None:
    def story() -> None:
        me, ids = a_world()
        of, body = me.acting_for, places.a_body()
        linked = places.a_payee(of, (100, ""), name="Otter Roofing Limited", body_id=body)
        places.a_payee(of, (200, ""), name="*OTTER ROOFING LTD")
        places.a_payee(of, (400, ""), name="Marsh Otters", body_id=body)
        places.a_payee(of, (800, ""), name="Otter Roofing North Ltd")
        work_out(of)
        found = spend_sums.sums_for(of, AREA)
        lines = {key: share.total for key, share, _ in found.largest("supplier", 300)}
        assert lines[str(linked)] == 700
        assert payee_suppliers.count_names(of)[linked] == 3
        called = payee_suppliers.names_of(of, [linked, ids["nobody"]])
        registered, nobody = db.session.get(RegisteredBody, body), db.session.get(Payee, ids["nobody"])
        assert registered
        assert nobody
        told = {head: (each.name, each.state) for head, each in called.items()}
        assert told == {linked: (registered.name, "accepted"), nobody.id: (nobody.name, "unlinked")}
        assert called[linked].spelling == called[linked].in_ledger != registered.name
        assert sum(lines.values()) == shares.KeptShare(of, AREA, found).whole.total
        assert len(lines) == len(ids) - 1 + 2

    make(story)
