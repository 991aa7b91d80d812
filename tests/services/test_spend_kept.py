"""First rounds of LM3 and what figures are made of: kept by the job, and the same as a plain look at every row."""

from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from procure.extensions import db
from procure.models import Ledger, LedgerMonth, LedgerPayee, LocalArea, MonthlySpend, Payee, SpendSums, Watch, now
from procure.models import Payment as Line
from procure.places import Area, outward_code
from procure.services import rollups
from procure.services.actors import Actor
from procure.services.multiplier import multiplier_money
from procure.services.payees import payee_kinds, payee_places
from procure.services.place import place_detail, place_totals
from procure.services.reference.locations import locations_of
from procure.services.shares import (
    areas,
    shares,
    spend_details,
    spend_periods,
    spend_rounds,
    spend_rules,
    spend_stamps,
    spend_sums,
)
from procure.spend import Payment, local_share, recipient_of, verdict
from procure.spend.kinds import PUBLIC

from .. import factories
from . import places
from .place_stories import a_place, a_quarter, paid
from .spend_stories import AREA, CHANGES, MILES, WARDS, a_world

QUARTER = date(2025, 1, 1)
Rows = list[tuple[int, str, date, str, Payment]]


def plain_rows(of: int, area: Area, *, with_vat: bool = False) -> Rows:
    """(payee that speaks, its group, month, category, money) of every row of the roll-up, placed one by one."""
    joins, where = payee_places.placed_spend([of])
    paid = MonthlySpend.pence - MonthlySpend.vat_within_pence
    if with_vat:
        paid += MonthlySpend.vat_pence
    kinds = payee_kinds.kinds_of(of)
    heads = dict(db.session.execute(select(Payee.id, Payee.merged_into_id).where(Payee.organisation_id == of)).all())
    found = db.session.execute(
        joins.add_columns(MonthlySpend.payee_id, MonthlySpend.month, MonthlySpend.category, paid, *where.labelled)
    ).all()
    rows = []
    for payee, month, category, pence, written, _, doubt in found:
        head = heads[payee] or payee
        known = payee_places.readable(written)
        place = locations_of([known])[known] if known else None
        money = Payment(int(pence), place, bool(doubt)) if place else Payment(int(pence))
        rows.append((head, kinds[head].group, month, category, money))
    return rows


def plain_round(of: int, area: Area) -> dict[int, tuple[int, int, int]]:
    """Payee > (paid, received, doubtful), of all time; the rules of the first round said once more."""
    rules = spend_rules.in_force(of)
    money = defaultdict(list)
    for head, group, _, category, payment in plain_rows(of, area):
        if group != PUBLIC and not rules.rule_for(group, category):
            money[head].append(payment)
    found = {}
    for head, payments in money.items():
        share = local_share(payments, area)
        one = recipient_of("", share)
        if share.total > 0:
            found[head] = (share.total, one.received_pence, one.doubtful_pence)
    return found


def plain_districts(of: int, area: Area) -> dict[str, tuple[int, int, int]]:
    """District > (pence, payees, the most one got) that certainly stayed."""
    rules = spend_rules.in_force(of)
    sums: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for head, group, _, category, payment in plain_rows(of, area, with_vat=not rules.leaves_out_vat):
        if verdict(payment, area) == (True, False) and not rules.rule_for(group, category):
            sums[outward_code(str(payment.place.postcode))][head] += payment.pence
    told = {district: [pence for pence in payees.values() if pence] for district, payees in sums.items()}
    return {district: (sum(pence), len(pence), max(pence, key=abs)) for district, pence in told.items() if pence}


def kept_round(of: int, area: Area, period: str) -> spend_rounds.Kept:
    sums = spend_stamps.find(of, area, spend_stamps.ROUNDS)
    assert sums is not None
    assert sums.stamp == spend_stamps.stamp(of)
    found = spend_rounds.find(of, sums.id, period, None)
    assert found is not None
    return found


def watched(of: int) -> int:
    """A place that sees what the anchor's figures are made of, in an area of its own."""
    place = factories.an_organisation(is_place=True)
    db.session.add(LocalArea(organisation_id=place, name="City", outcodes=["B18", "M1"], is_headline=True))
    db.session.add(Watch(place_id=place, anchor_id=of, agreed_at=now(), level="detail"))
    db.session.commit()
    return place


def vat_beside(of: int) -> int:
    """VAT that the ledgers tell apart and no amount holds."""
    told = func.sum(MonthlySpend.vat_pence - MonthlySpend.vat_within_pence)
    return int(db.session.scalar(select(told).where(MonthlySpend.organisation_id == of)) or 0)


def check(of: int, place: int) -> None:
    """What is kept equals the plain look at every row, and pages read it."""
    spend_sums.refresh(of)
    db.session.commit()
    (period, *_) = spend_periods.periods(of)
    for area in (AREA, WARDS, MILES):
        found = kept_round(of, area, period.code)
        every = found.parties.of(plain_round(of, area))
        assert {each.payee_id: (each.pence, each.received, each.doubtful) for each in every} == plain_round(of, area)
        assert found.whole.parties == len(every)
        assert found.whole.pence == sum(each.pence for each in every)
        assert found.whole.received == sum(each.received for each in every)
        assert found.whole.doubtful == sum(each.doubtful for each in every)
        out = sum(pence for pence, _ in found.whole.left_out.values())
        assert found.whole.pence + out == shares.confirmed_pence(of) + vat_beside(of)
        suppliers = found.parties.asked(1, 99)
        assert len(suppliers) == found.whole.suppliers
        assert suppliers == sorted(suppliers, key=lambda one: (-one.received, -one.doubtful, one.in_ledger))
    headline = areas.headline(place)
    assert headline is not None
    city = areas.shape(headline)
    kept = spend_stamps.find(of, city, spend_stamps.DETAIL)
    assert kept is not None
    assert kept.stamp == spend_stamps.stamp_without(spend_stamps.stamp(of), [])
    told = spend_details.detail_of(of, city)
    assert {name: (cell.pence, cell.payees, cell.largest) for name, cell in told.districts.items()} == plain_districts(
        of, city
    )
    (year,) = told.years
    positive = {head: sum(row[-1].pence for row in rows) for head, rows in by_head(of, city).items()}
    assert year.pence == sum(pence for pence in positive.values() if pence > 0)


def by_head(of: int, area: Area) -> dict[int, Rows]:
    """What counts, by payee."""
    rules = spend_rules.in_force(of)
    found: dict[int, Rows] = defaultdict(list)
    for row in plain_rows(of, area, with_vat=not rules.leaves_out_vat):
        if not rules.rule_for(row[1], row[3]):
            found[row[0]].append(row)
    return found


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_kept_rounds_and_districts_equal_a_plain_look_after_every_change(make: Any, change: Any) -> None:
    def story() -> None:
        me, ids = a_world()
        place = watched(me.acting_for)
        check(me.acting_for, place)
        assert not spend_sums.is_due(me.acting_for)
        change(me, ids)
        db.session.commit()
        assert spend_sums.is_due(me.acting_for)
        check(me.acting_for, place)

    make(story)


def test_a_page_reads_the_kept_round_and_finds_the_same_as_it_would_work_out(make: Any) -> None:
    def story() -> None:
        me, _ = a_world()
        far = places.a_payee(me.acting_for, (900, "LS1 1UR"), name="Payee far away")
        person = places.a_payee(me.acting_for, (800, "B18 5AA"), name="Payee in person", state="person")
        area = areas.headline(me.acting_for)
        (period, *_) = spend_periods.periods(me.acting_for)
        assert area is not None
        before = multiplier_money.first_round(me.acting_for, area, period)
        spend_sums.refresh(me.acting_for)
        db.session.commit()
        after = multiplier_money.first_round(me.acting_for, area, period)
        assert (type(before.parties).__module__, type(after.parties).__name__) == (spend_rounds.__name__, "Stored")
        assert (before.whole, before.left_out) == (after.whole, after.left_out)
        for one in (before.parties, after.parties):
            assert not {far, person} & {each.payee_id for each in one.asked(1, 99)}
            assert [each.is_person for each in one.of([far, person])] == [False, True]
            assert [each.name for each in one.named("PAYEE")] == [each.name for each in one.asked(1, 99)]
            assert one.named("nobody of this name") == []
        assert before.parties.asked(2, 1) == after.parties.asked(2, 1)
        everybody = db.session.scalars(select(Payee.id).where(Payee.organisation_id == me.acting_for)).all()
        assert before.parties.of(everybody) == after.parties.of(everybody)

    make(story)


def test_a_round_too_large_for_a_page_is_shown_as_of_when_it_was_worked_out(make: Any) -> None:
    def story() -> None:
        me, ids = a_world()
        area = areas.headline(me.acting_for)
        (period, *_) = spend_periods.periods(me.acting_for)
        assert area is not None
        spend_sums.refresh(me.acting_for)
        mine = Ledger.organisation_id == me.acting_for
        db.session.execute(update(Ledger).where(mine).values(sums_count=spend_stamps.SMALL, total_pence=1))
        db.session.execute(update(Payee).where(Payee.id == ids["nobody"]).values(kind="public_body"))
        db.session.commit()
        old = multiplier_money.first_round(me.acting_for, area, period)
        assert old.as_of is not None
        spend_sums.refresh(me.acting_for)
        db.session.commit()
        fresh = multiplier_money.first_round(me.acting_for, area, period)
        assert fresh.as_of is None
        assert old.ledger_pence == fresh.ledger_pence
        assert old.pence > fresh.pence

    make(story)


def shown_and_counted() -> tuple[Actor, Actor, Area]:
    """A place with three anchors that were counted in a total; the first then shows what its figures are made of."""
    place, officers = a_place(3)
    for officer in officers:
        a_quarter(officer.acting_for, QUARTER)
        paid(officer.acting_for, *(("B18 5AA", date(2025, 5, 1), 10_00) for _ in range(9)))
    headline = areas.headline(place.acting_for)
    assert headline is not None
    return place, officers[0], areas.shape(headline)


def test_detail_is_never_read_from_a_day_when_other_quarters_were_held_back(make: Any) -> None:
    def story() -> None:
        place, officer, city = shown_and_counted()
        anchor = officer.acting_for
        db.session.execute(update(Ledger).where(Ledger.organisation_id == anchor).values(sums_count=spend_stamps.SMALL))
        db.session.commit()
        spend_sums.refresh(anchor)
        db.session.commit()
        assert spend_details.detail_of(anchor, city).districts["B18"].pence == 210_00
        place_totals.publish(by=place, today=date(2025, 4, 2))
        db.session.commit()
        assert spend_sums.is_due(anchor)
        found = spend_details.detail_of(anchor, city)
        assert (found.as_of, found.districts["B18"].pence) == (None, 90_00)
        spend_sums.refresh(anchor)
        db.session.commit()
        kept = db.session.scalars(select(SpendSums).where(SpendSums.area_key == city.key + spend_stamps.DETAIL))
        assert {each.stamp.rpartition("/without/")[2] for each in kept} == {"2025-01-01"}
        assert spend_details.detail_of(anchor, city).districts["B18"].pence == 90_00
        money = place_detail.money_by_district([spend_details.detail_of(anchor, city)])
        assert money.pence == 90_00

    make(story)


def test_ledgers_are_summed_by_month_and_by_payee_with_their_monthly_sums(make: Any) -> None:
    def story() -> None:
        of = factories.an_organisation(is_anchor=True)
        ledger = db.session.get(Ledger, places.a_ledger(of))
        assert ledger is not None
        payees = [places.a_payee(of, ledger=ledger.id) for _ in range(2)]
        for row, (payee, day, pence) in enumerate(
            ((payees[0], date(2026, 1, 31), 5), (payees[0], date(2026, 2, 1), 70), (payees[1], date(2026, 2, 9), -4))
        ):
            db.session.add(
                Line(
                    organisation_id=of, ledger_id=ledger.id, payee_id=payee, row=row, supplier="S", pence=pence,
                    paid_on=day, category=f"{row}",
                )
            )  # fmt: skip
        db.session.flush()
        rollups.add(ledger)
        db.session.commit()
        months = db.session.execute(select(LedgerMonth.month, LedgerMonth.payments, LedgerMonth.pence)).all()
        by_payee = db.session.execute(select(LedgerPayee.payee_id, LedgerPayee.payments, LedgerPayee.pence)).all()
        assert sorted(map(tuple, months)) == [(date(2026, 1, 1), 1, 5), (date(2026, 2, 1), 2, 66)]
        assert sorted(map(tuple, by_payee)) == [(payees[0], 2, 75), (payees[1], 1, -4)]
        assert shares.confirmed_pence(of) == 71
        rollups.remove(ledger)
        db.session.commit()
        assert [db.session.scalar(select(func.count(each.id))) for each in (LedgerMonth, LedgerPayee)] == [0, 0]
        assert shares.confirmed_pence(of) == 0

    make(story)
