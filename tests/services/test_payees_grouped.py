"""Names that are one payee, and one name that is two: decisions follow, no penny moves, nobody is overwritten."""

import threading
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from procure.extensions import db
from procure.models import Ledger, LeftOut, MonthlySpend, Payee, PayeeDecision, Payment, Upload
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.ledgers import ledgers
from procure.services.payees import payee_groups, payee_progress, payee_settling, payee_splitting
from procure.services.payees import payees as payee_service
from procure.services.payees.payee_changes import Target, follow_heads
from procure.services.payees.payee_groups import Shown
from procure.services.payees.payee_splitting import Split

from .. import factories
from .test_payees import a_payee, an_officer, seen


def shown(payee: int, anchor: int) -> Shown:
    return Shown(payee, seen(payee, anchor).seen)


def merged(one: int, other: int, officer: Actor) -> int:
    head = payee_groups.merge(shown(one, officer.acting_for), shown(other, officer.acting_for), by=officer)
    db.session.commit()
    return head.id


def taken_out(payee: int, officer: Actor) -> None:
    payee_groups.take_out(payee, seen(payee, officer.acting_for).seen, by=officer)
    db.session.commit()


def linked(payee: int, enterprise: int, officer: Actor) -> None:
    payee_settling.link(payee, Target(enterprise), seen(payee, officer.acting_for).seen, by=officer)
    db.session.commit()


def a_ledger_of(anchor: int, lines: list[tuple[str, int, str | None]]) -> int:
    """A confirmed ledger of payments (supplier, pence, department) to payees by name."""
    upload = Upload(
        organisation_id=anchor, kind="ledger", filename="spend.csv", stored_name=f"{anchor}-{id(lines)}-{len(lines)}",
        sha256="", size_bytes=1,
    )  # fmt: skip
    db.session.add(upload)
    db.session.flush()
    total = sum(pence for _, pence, _ in lines)
    ledger = Ledger(
        organisation_id=anchor, upload_id=upload.id, state="unconfirmed", payments_count=len(lines), total_pence=total
    )
    db.session.add(ledger)
    db.session.flush()
    ids = {name: payee_of(name, anchor) for name, _, _ in lines}
    for row, (name, pence, department) in enumerate(lines, 1):
        db.session.add(
            Payment(
                organisation_id=anchor, ledger_id=ledger.id, payee_id=ids[name], row=row, supplier=name, pence=pence,
                paid_on=date(2026, 1, row), department=department, transaction_number=f"{ledger.id}-{row}",
            )
        )  # fmt: skip
    db.session.commit()
    return ledger.id


def payee_of(name: str, anchor: int) -> int:
    """The payee of a name, as a ledger's reader finds or adds it."""
    mine = select(Payee.id).where(Payee.organisation_id == anchor, Payee.name == name)
    if db.session.scalar(mine) is None:
        db.session.add(Payee(organisation_id=anchor, name=name))
        db.session.flush()
    return db.session.scalars(mine).one()


def confirmed(ledger: int, officer: Actor) -> None:
    total = db.session.scalar(select(Ledger.total_pence).where(Ledger.id == ledger))
    ledgers.confirm(ledger, total or 0, by=officer)
    db.session.commit()


def money(anchor: int) -> dict[str, int]:
    """Name > pence in the sums that pages ask; it equals the payments themselves, penny by penny."""

    def of(record: Any) -> dict[str, int]:
        found = db.session.execute(
            select(Payee.name, func.sum(record.pence))
            .join(record, record.payee_id == Payee.id)
            .where(Payee.organisation_id == anchor, record.organisation_id == anchor)
            .group_by(Payee.name)
        )
        return {name: int(pence) for name, pence in found}

    assert of(MonthlySpend) == of(Payment)
    return of(MonthlySpend)


def test_merged_names_are_settled_together_and_apart_again(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise, other = factories.an_enterprise("St Basils"), factories.an_enterprise("Canal Boats")
        one, two = a_payee(anchor, "ST BASILS LTD BACS", 700), a_payee(anchor, "St Basil's", 300)
        assert merged(one, two, officer) == one
        linked(one, enterprise, officer)
        assert (seen(two, anchor).state, seen(two, anchor).enterprise_id) == ("confirmed", enterprise)
        assert payee_service.paid(seen(one, anchor)).pence == 1_000
        with pytest.raises(ConflictError):
            payee_settling.reject(two, seen(two, anchor).seen, by=officer)
        db.session.rollback()
        taken_out(two, officer)
        assert (seen(two, anchor).state, seen(two, anchor).enterprise_id) == ("unlinked", None)
        assert seen(one, anchor).enterprise_id == enterprise
        linked(two, other, officer)
        assert payee_service.paid(seen(one, anchor)).pence == 700

    make(story)


def test_a_decision_about_one_of_two_names_holds_for_both_once_they_are_merged(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise = factories.an_enterprise("Canal Kitchen")
        open_one, settled = a_payee(anchor, "CANAL KTCHN"), a_payee(anchor, "Canal Kitchen")
        linked(settled, enterprise, officer)
        assert merged(open_one, settled, officer) == settled
        assert seen(open_one, anchor).enterprise_id == enterprise
        rejected = a_payee(anchor, "Canal Kitchens")
        payee_settling.reject(rejected, "unlinked_0", by=officer)
        db.session.commit()
        with pytest.raises(RefusedError, match="settled differently"):
            merged(settled, rejected, officer)

    make(story)


def test_a_name_taken_out_keeps_its_own_decision_and_the_names_that_came_with_it(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise = factories.an_enterprise("Canal Kitchen")
        first, second, third = (a_payee(anchor, name) for name in ("Canal A", "Canal B", "Canal C"))
        linked(first, enterprise, officer)
        linked(second, enterprise, officer)
        merged(second, third, officer)
        assert merged(first, second, officer) == first
        assert {seen(each, anchor).head_id for each in (first, second, third)} == {first}
        taken_out(second, officer)
        assert seen(third, anchor).head_id == second
        assert (seen(second, anchor).state, seen(third, anchor).enterprise_id) == ("confirmed", enterprise)
        with pytest.raises(ConflictError):
            taken_out(second, officer)

    make(story)


def test_what_the_engine_finds_about_a_payee_holds_for_its_other_names(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise = factories.an_enterprise("Canal Kitchen")
        one, two = a_payee(anchor, "Canal Kitchen"), a_payee(anchor, "CK 0412")
        merged(one, two, officer)
        db.session.execute(
            update(Payee)
            .where(Payee.organisation_id == anchor, Payee.id == one)
            .values(state="accepted", enterprise_id=enterprise, probability=0.97)
        )
        follow_heads(anchor)
        db.session.commit()
        assert (seen(two, anchor).state, seen(two, anchor).enterprise_id) == ("accepted", enterprise)

    make(story)


def test_money_to_settle_counts_a_payee_once_whatever_its_names(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        one, two = a_payee(anchor, "Canal Kitchen", 700), a_payee(anchor, "CK 0412", -200)
        db.session.execute(update(Payee).where(Payee.organisation_id == anchor).values(state="review"))
        db.session.commit()
        merged(one, two, officer)
        told = payee_progress.settling(anchor)
        assert (told.next_payees, told.next_pence, told.percent) == (1, 500, 0)
        assert payee_progress.next_to_settle(anchor, after=seen(two, anchor)) is None
        assert [(band.code, band.pence) for band in told.bands if band.payees] == [("review", 500)]

    make(story)


def test_payments_under_one_name_become_two_payees_and_no_penny_moves(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        ledger = a_ledger_of(anchor, [("ABC", 100, "Estates"), ("ABC", 23, "Wards"), ("ABC", -7, "Estates")])
        confirmed(ledger, officer)
        origin = payee_of("ABC", anchor)
        part = payee_splitting.split(shown(origin, anchor), Split("department", "Estates"), by=officer).id
        db.session.commit()
        assert money(anchor) == {"ABC": 23, "ABC (department Estates)": 93}
        with pytest.raises(RefusedError):
            payee_splitting.split(shown(origin, anchor), Split("department", "Estates"), by=officer)
        db.session.rollback()
        payee_splitting.join(part, seen(part, anchor).seen, by=officer)
        db.session.commit()
        assert money(anchor) == {"ABC": 116}
        standing = select(PayeeDecision.kind).where(
            PayeeDecision.organisation_id == anchor, PayeeDecision.undone_at.is_(None)
        )
        assert db.session.scalars(standing).all() == []

    make(story)


def test_what_was_decided_holds_for_a_later_ledger(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise = factories.an_enterprise("Canal Kitchen")
        lines: list[tuple[str, int, str | None]] = [("ABC", 100, "Estates"), ("ABC", 23, None), ("CK", 5, None)]
        first = a_ledger_of(anchor, [*lines, ("Canal Kitchen", 9, None)])
        confirmed(first, officer)
        origin, kitchen = payee_of("ABC", anchor), payee_of("Canal Kitchen", anchor)
        payee_splitting.split(shown(origin, anchor), Split("department", "Estates"), by=officer)
        db.session.commit()
        merged(kitchen, payee_of("CK", anchor), officer)
        linked(kitchen, enterprise, officer)
        ledgers.discard(first, by=officer)
        db.session.commit()
        assert money(anchor) == {}
        confirmed(a_ledger_of(anchor, lines), officer)
        assert money(anchor) == {"ABC": 23, "ABC (department Estates)": 100, "CK": 5}
        assert seen(payee_of("CK", anchor), anchor).enterprise_id == enterprise
        assert payee_service.paid(seen(kitchen, anchor)).pence == 5

    make(story)


def test_lines_left_out_of_a_ledger_stay_with_their_payee(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        ledger = a_ledger_of(anchor, [("ABC", 100, "Estates"), ("ABC", 23, "Wards")])
        confirmed(ledger, officer)
        origin = payee_of("ABC", anchor)
        db.session.add(
            LeftOut(
                organisation_id=anchor, ledger_id=ledger, payee_id=origin, row=9, supplier="ABC", pence=100,
                paid_on=date(2026, 1, 1), department="Estates", why="repeat",
            )
        )  # fmt: skip
        db.session.commit()
        part = payee_splitting.split(shown(origin, anchor), Split("department", "Estates"), by=officer).id
        db.session.commit()
        assert db.session.scalar(select(LeftOut.payee_id).where(LeftOut.organisation_id == anchor)) == part

    make(story)


def test_a_stranger_merges_splits_and_takes_out_nothing(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        one, two = a_payee(anchor, "Canal"), a_payee(anchor, "Canel")
        stranger = an_officer(factories.an_anchor())
        mine = a_payee(stranger.acting_for, "Canal")
        for attempt in (
            lambda: payee_groups.merge(Shown(mine, "unlinked_0"), Shown(two, "unlinked_0"), by=stranger),
            lambda: payee_groups.merge(Shown(one, "unlinked_0"), Shown(two, "unlinked_0"), by=stranger),
            lambda: payee_groups.take_out(one, "unlinked_0", by=stranger),
            lambda: payee_splitting.split(Shown(one, "unlinked_0"), Split("department", "x"), by=stranger),
            lambda: payee_splitting.join(one, "unlinked_0", by=stranger),
        ):
            with pytest.raises(NotFoundError):
                attempt()
            db.session.rollback()

    make(story)


@pytest.mark.parametrize("act", ["link and reject", "merge and reject", "merge both ways"])
def test_of_two_officers_at_the_same_moment_one_is_told(make: Any, app: Any, act: str) -> None:
    """Two sessions, both having read the payee before either writes."""

    def prepare() -> tuple[int, int, int, int, Actor]:
        anchor = factories.an_anchor()
        one, two = a_payee(anchor, "Canal"), a_payee(anchor, "Canel")
        return anchor, one, two, factories.an_enterprise("Canal Kitchen"), an_officer(anchor)

    anchor, one, two, enterprise, officer = make(prepare)
    fresh = "unlinked_0"
    acts = {
        "link": lambda: payee_settling.link(one, Target(enterprise), fresh, by=officer),
        "reject": lambda: payee_settling.reject(one, fresh, by=officer),
        "merge": lambda: payee_groups.merge(Shown(one, fresh), Shown(two, fresh), by=officer),
        "back": lambda: payee_groups.merge(Shown(two, fresh), Shown(one, fresh), by=officer),
    }
    chosen = {"link and reject": "link reject", "merge and reject": "merge reject", "merge both ways": "merge back"}
    told: list[str] = []
    start = threading.Barrier(2)

    def officer_acts(name: str) -> None:
        with app.app_context():
            start.wait()
            try:
                acts[name]()
                db.session.commit()
                told.append("done")
            except ConflictError:
                db.session.rollback()
                told.append("told")
            finally:
                db.session.remove()

    both = [threading.Thread(target=officer_acts, args=(name,)) for name in chosen[act].split()]
    for each in both:
        each.start()
    for each in both:
        each.join(60)
    assert sorted(told) == ["done", "told"]

    def standing() -> int:
        found = select(func.count(PayeeDecision.id)).where(
            PayeeDecision.organisation_id == anchor, PayeeDecision.undone_at.is_(None)
        )
        return db.session.scalar(found) or 0

    assert make(standing) == 1
