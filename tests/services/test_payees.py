"""Payees: what the engine thinks, what a person decides, and that the person's word stands."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from procure import jobs
from procure.extensions import db
from procure.models import Enterprise, Ledger, MonthlySpend, Organisation, Payee, Upload, now
from procure.services.actors import Actor
from procure.services.errors import ConflictError, NotFoundError
from procure.services.payees import payee_candidates, payee_checks, payee_progress, payee_settling, payees
from procure.services.payees.payee_changes import Target

from .. import factories


def an_officer(anchor: int) -> Actor:
    return Actor(factories.a_person(), "Ann", "ann@example.org", anchor, "Anchor", frozenset({"anchor:finance"}))


def a_payee(anchor: int, name: str, pence: int = 100_00) -> int:
    """A payee of a confirmed ledger."""
    upload = Upload(
        organisation_id=anchor, kind="ledger", filename="a", stored_name=f"{anchor}{name}", sha256="", size_bytes=1
    )
    payee = Payee(organisation_id=anchor, name=name)
    db.session.add_all([upload, payee])
    db.session.flush()
    ledger = Ledger(organisation_id=anchor, upload_id=upload.id, state="confirmed")
    db.session.add(ledger)
    db.session.flush()
    db.session.add(
        MonthlySpend(
            organisation_id=anchor, ledger_id=ledger.id, payee_id=payee.id, month=date(2026, 1, 1), payments=1,
            pence=pence,
        )
    )  # fmt: skip
    factories.add_up(anchor)
    return payee.id


def seen(payee: int, anchor: int) -> Payee:
    db.session.expire_all()
    return payees.find(payee, of=anchor)


def check(anchor: int) -> None:
    payee_checks.queue(of=anchor, person_id=None)
    db.session.commit()
    jobs.run_all()


def test_a_payee_that_is_plainly_an_enterprise_is_linked_with_a_reason(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        enterprise = factories.an_enterprise("Brightwell Catering CIC")
        factories.an_enterprise("Northgate Cleaning Limited", postcode="B19 1AA")
        payee, other = a_payee(anchor, "BRIGHTWELL CATERING C.I.C."), a_payee(anchor, "Zebra Crossing Paint")
        check(anchor)
        found = seen(payee, anchor)
        assert (found.state, found.enterprise_id) == ("accepted", enterprise)
        assert found.reason
        assert found.candidates[0]["enterprise_id"] == enterprise
        assert seen(other, anchor).state == "unlinked"

    make(story)


def test_an_enterprise_that_registers_later_is_found_at_the_next_check(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        payee = a_payee(anchor, "Brightwell Catering CIC")
        check(anchor)
        assert seen(payee, anchor).state == "unlinked"
        assert payee_checks.count_stale(anchor) == 0
        factories.an_enterprise("Brightwell Catering CIC")
        assert payee_checks.count_stale(anchor) == 1
        assert len(payee_checks.queue_everywhere(person_id=None)) == 1
        db.session.commit()
        jobs.run_all()
        assert seen(payee, anchor).state == "accepted"

    make(story)


def test_a_small_register_links_no_name_that_differs(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        factories.an_enterprise("Northgate Meals")
        payee = a_payee(anchor, "Nobody Knows Ltd")
        check(anchor)
        assert seen(payee, anchor).enterprise_id is None

    make(story)


def test_the_engine_never_overrules_a_person(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise = factories.an_enterprise("Brightwell Catering CIC")
        payee = a_payee(anchor, "Brightwell Catering CIC")
        question = payee_checks.gather(of=anchor)
        answers = payee_checks.answer(question)
        payee_settling.reject(payee, "unlinked", by=officer)
        payee_checks.keep(question, answers, of=anchor)
        db.session.commit()
        assert seen(payee, anchor).state == "rejected"
        payee_settling.undo(payee, seen(payee, anchor).seen, by=officer)
        db.session.commit()
        check(anchor)
        assert seen(payee, anchor).enterprise_id == enterprise

    make(story)


def test_two_people_who_settle_the_same_payee_do_not_overwrite_each_other(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise = factories.an_enterprise("Canal Kitchen")
        payee = a_payee(anchor, "CANAL K")
        payee_settling.link(payee, Target(enterprise), "unlinked", by=officer)
        db.session.commit()
        with pytest.raises(ConflictError):
            payee_settling.reject(payee, "unlinked", by=officer)
        db.session.rollback()
        assert seen(payee, anchor).enterprise_id == enterprise

    make(story)


def test_a_payee_cannot_be_linked_to_what_is_no_registered_enterprise(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        payee = a_payee(anchor, "Canal")
        suspended = factories.an_enterprise("Canal")
        db.session.execute(update(Organisation).where(Organisation.id == suspended).values(suspended_at=now()))
        for enterprise in (anchor, 987_654_321, suspended):
            with pytest.raises(NotFoundError):
                payee_settling.link(payee, Target(enterprise), "unlinked", by=officer)

    make(story)


def test_a_stranger_finds_no_payee(make: Any) -> None:
    def story() -> None:
        payee = a_payee(factories.an_anchor(), "Canal")
        stranger = an_officer(factories.an_anchor())
        with pytest.raises(NotFoundError):
            payee_settling.reject(payee, "unlinked", by=stranger)

    make(story)


def test_doubtful_payees_are_settled_money_first(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        small, large = a_payee(anchor, "Small", 1), a_payee(anchor, "Large", 2)
        db.session.execute(update(Payee).values(state="review"))
        db.session.commit()
        first = payee_progress.next_to_settle(anchor)
        assert first
        assert first.id == large
        following = payee_progress.next_to_settle(anchor, after=first)
        assert following
        assert following.id == small

    make(story)


def test_only_one_check_waits_at_a_time(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        assert payee_checks.queue(of=anchor, person_id=None)
        assert payee_checks.queue(of=anchor, person_id=None) is None

    make(story)


def test_enterprises_are_found_by_words_of_their_name(make: Any) -> None:
    def story() -> None:
        factories.an_enterprise("Canal Kitchen 100% CIC")
        factories.an_enterprise("Canal Boats")
        assert [each.facts.name for each in payee_candidates.search("kitchen canal")] == ["Canal Kitchen 100% CIC"]
        assert len(payee_candidates.search("%")) == 1
        assert db.session.scalar(select(Enterprise.organisation_id).limit(1))

    make(story)


def test_the_bar_tells_what_the_next_decisions_settle(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        assert payee_progress.settling(anchor).percent is None
        a_payee(anchor, "Clear Ltd", 9200)
        for name, pence in (("Doubtful A", 500), ("Doubtful B", 300)):
            number = a_payee(anchor, name, pence)
            db.session.execute(
                update(Payee).where(Payee.organisation_id == anchor, Payee.id == number).values(state="review")
            )
        told = payee_progress.settling(anchor, ahead=1)
        assert (told.percent, told.next_payees, told.next_pence) == (92, 1, 500)
        assert payee_progress.settling(anchor).next_pence == 800

    make(story)
