"""Sums kept ready are what a plain query says, whatever moved; a page never shows an old figure as a new one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from procure import jobs
from procure.extensions import db
from procure.models import (
    Edition,
    Enterprise,
    Job,
    Ledger,
    LocalArea,
    MonthlySpend,
    Organisation,
    Payee,
    PostcodePlace,
    SpendSums,
    now,
)
from procure.models import Payment as Line
from procure.places import Area, outcode_area
from procure.services import (
    areas,
    payee_kinds,
    payee_places,
    payee_sites,
    payees,
    rollups,
    shares,
    spend_divisions,
    spend_rules,
    spend_sums,
)
from procure.services.actors import Actor
from procure.services.area_words import Wanted
from procure.services.locations import locations_of
from procure.spend import Payment, Share, local_share, verdict
from procure.spend.cuts import CUTS, size_band
from procure.spend.exclusions import RULES

from .. import factories
from . import places

AREA = outcode_area("Around us", ["B18", "B19"])
WARDS = Area("Our wards", wards=frozenset({"E05000001"}))
MILES = Area("Near", centre=(52.49, -1.93), miles=2)


def plain(of: int, area: Area) -> Share:
    """The share by a query of its own: every row of the roll-up, placed one by one."""
    joins, where = payee_places.placed_spend([of])
    kinds, rules = payee_kinds.kinds_of(of), spend_rules.in_force(of)
    whole = Share()
    found = db.session.execute(
        joins.add_columns(MonthlySpend.payee_id, MonthlySpend.category, MonthlySpend.pence, *where.labelled)
    ).all()
    for payee, category, pence, written, _source, doubt in found:
        if rules.rule_for(kinds[payee].group, category):
            continue
        known = payee_places.readable(written)
        place = locations_of([known])[known] if known else None
        payment = Payment(int(pence), place, bool(doubt)) if place else Payment(int(pence))
        whole += local_share([payment], area)
    return whole


def a_world() -> tuple[Actor, dict[str, int]]:
    """An anchor with areas of three kinds and payees placed by every kind of evidence."""
    anchor = factories.an_organisation(is_anchor=True)
    officer = places.an_officer(anchor)
    areas.save(None, "Around us", ["B18", "B19"], is_headline=True, by=officer)
    areas.define(None, Wanted("Our wards", "wards", ("E05000001",)), is_headline=False, by=officer)
    circle = Wanted("Near", "circle", latitude=52.49, longitude=-1.93, miles=2, site="B18 7QH")
    areas.define(None, circle, is_headline=False, by=officer)
    db.session.add(PostcodePlace(postcode="B18 5AA", ward="E05000001", latitude=52.491, longitude=-1.93, edition_id=1))
    db.session.add(PostcodePlace(postcode="M1 1AE", ward="E05009999", latitude=53.48, longitude=-2.23, edition_id=1))
    enterprise = factories.an_enterprise(postcode="B18 5AA")
    places.a_shared_office("1 many street", "M1 1AE")
    ids = {
        "line": places.a_payee(anchor, (1, "M1 1AE"), (20, "B19 1AA")),
        "enterprise": places.a_payee(anchor, (300, ""), enterprise_id=enterprise),
        "shared": places.a_payee(anchor, (4_000, ""), body_id=places.a_body("M1 1AE", street="1 many street")),
        "nobody": places.a_payee(anchor, (50_000, ""), (-7, "")),
        "council": places.a_payee(anchor, (600_000, "B18 5AA"), name="Sandwell Metropolitan Borough Council"),
    }
    db.session.execute(update(Ledger).where(Ledger.organisation_id == anchor).values(sums_count=1, sums_version=1))
    db.session.commit()
    return officer, {**ids, "of_enterprise": enterprise}


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
        everything = db.session.scalar(select(func.sum(MonthlySpend.pence)).where(MonthlySpend.organisation_id == of))
        assert whole.total + out == (everything or 0)


def site_declared(me: Actor, ids: dict[str, int]) -> None:
    payee = payees.find(ids["nobody"], of=me.acting_for)
    payee_sites.declare(payee, "delivery", "B18 5AA", "They told us", seen=0, by=me)


def profile_moved(me: Actor, ids: dict[str, int]) -> None:
    db.session.execute(update(Organisation).where(Organisation.id == ids["of_enterprise"]).values(postcode="M1 1AE"))
    mine = Enterprise.organisation_id == ids["of_enterprise"]
    db.session.execute(update(Enterprise).where(mine).values(version=Enterprise.version + 1))


def link_rejected(me: Actor, ids: dict[str, int]) -> None:
    db.session.execute(update(Payee).where(Payee.id == ids["enterprise"]).values(state="rejected", enterprise_id=None))


def names_merged(me: Actor, ids: dict[str, int]) -> None:
    into = {"merged_into_id": ids["enterprise"], "state": "accepted", "enterprise_id": ids["of_enterprise"]}
    db.session.execute(update(Payee).where(Payee.id == ids["nobody"]).values(**into))


def register_loaded(me: Actor, ids: dict[str, int]) -> None:
    db.session.execute(delete(PostcodePlace).where(PostcodePlace.postcode == "B18 5AA"))
    db.session.add(
        Edition(
            kind="postcodes", series="p", title="P", licence="", filename="", sha256="", state="ready", loaded_at=now()
        )
    )


def ledger_discarded(me: Actor, ids: dict[str, int]) -> None:
    ledger = db.session.scalars(
        select(Ledger).where(Ledger.organisation_id == me.acting_for).order_by(Ledger.id)
    ).first()
    assert ledger is not None
    rollups.remove(ledger)
    ledger.state = "discarded"


def rule_switched(me: Actor, ids: dict[str, int]) -> None:
    spend_rules.switch("transfers", is_on=True, reason="Purchases only", categories=[], seen=0, by=me)


def category_corrected(me: Actor, ids: dict[str, int]) -> None:
    category = spend_rules.known_categories(me.acting_for)[0]
    spend_divisions.correct(category, "55", "Our caterers", seen=0, by=me)


CHANGES: list[Callable[[Actor, dict[str, int]], None]] = [
    site_declared, profile_moved, link_rejected, names_merged, register_loaded, ledger_discarded, rule_switched,
    category_corrected,
]  # fmt: skip


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
        db.session.execute(update(Ledger).where(mine).values(sums_count=spend_sums.SMALL))
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
        assert {AREA.key, outcode_area("", ["B18"]).key, WARDS.key, MILES.key} == keys
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
        assert [(key, share.total) for key, share, _ in lines] == [("transfers", 600_000)]
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
        assert spend_sums.count_rows(of) == written

    make(story)
