"""Statutory files from confirmed ledgers, on both databases."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import func, select

from procure import jobs
from procure.extensions import db
from procure.models import AuditEntry, Payee, Payment, Redaction
from procure.services.actors import Actor
from procure.services.errors import NotFoundError, RefusedError
from procure.services.ledgers import ledgers
from procure.services.publishing import redactions, statutory
from procure.spend import statutory_rules

from .. import factories

LEDGER = """Body,Supplier Name,Net Amount,Irrecoverable VAT,Payment Date,Transaction Number,Purpose
Us,Canal Kitchen CIC,"26,000.00",0.00,03/04/2026,1,Meals
Us,Canal Kitchen CIC,-700.00,0.00,20/05/2026,2,Credit
Us,Mrs Ada Stone,600.00,20.00,04/06/2026,3,Care of Ada
Us,Lock Cleaning Ltd,499.99,0.00,05/06/2026,4,Cleaning
Us,HM Revenue & Customs,9000.00,0.00,06/07/2026,5,PAYE
"""


def an_officer(anchor: int) -> Actor:
    return Actor(factories.a_person(), "Ann", "ann@example.org", anchor, "Anchor", frozenset({"anchor:finance"}))


def a_ledger(officer: Actor, text: str = LEDGER, *, confirmed: bool = True) -> int:
    receipt = ledgers.receive("spend.csv", io.BytesIO(text.encode()), by=officer)
    db.session.commit()
    jobs.run_all()
    assert receipt.ledger_id
    if confirmed:
        seen = ledgers.find(receipt.ledger_id, of=officer.acting_for).total_pence
        ledgers.confirm(receipt.ledger_id, seen, by=officer)
        db.session.commit()
    return receipt.ledger_id


def a_file(officer: Actor, kind: str = "transparency-code", code: str = "2026-q2", **choices: Any) -> Any:
    period = statutory.find_period(code, of=officer.acting_for)
    return statutory.make_file(kind, period, of=officer.acting_for, **choices)


def test_quarters_months_and_ledgers_with_confirmed_money_can_be_chosen(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        assert statutory.periods(officer.acting_for) == []
        ledger = a_ledger(officer)
        found = {each.code: each.words for each in statutory.periods(officer.acting_for)}
        assert found == {
            "2026-q3": "July to September 2026",
            "2026-q2": "April to June 2026",
            "2026-07": "July 2026",
            "2026-06": "June 2026",
            "2026-05": "May 2026",
            "2026-04": "April 2026",
            f"ledger-{ledger}": "spend.csv",
        }
        quarter = statutory.find_period("2026-q2", of=officer.acting_for)
        assert (quarter.first, quarter.last) == (date(2026, 4, 1), date(2026, 6, 30))

    make(story)


def test_the_file_and_what_stays_out_are_the_ledger_to_the_penny(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        ledger = a_ledger(officer)
        file = a_file(officer, code=f"ledger-{ledger}")
        whole = db.session.scalar(select(func.sum(Payment.pence)))
        assert file.totals.whole.ledger_pence == whole == 3_539_999
        assert [each.pence for each in file.included] == [2_600_000, -70_000, 60_000]
        assert sorted(one.words for one in file.totals.excluded) == [
            "Not over £500, alone or with the other lines of its transaction",
            "Tax, paid to HM Revenue and Customs",
        ]

    make(story)


def test_the_heading_says_the_amount_is_net_and_the_vat_is_lost(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        a_ledger(officer)
        file = a_file(officer)
        assert file.totals.vat_unknown == 0
        assert [each.line.irrecoverable_pence for each in file.included] == [0, 0, 2_000]
        assert a_file(officer, "section-70").totals.vat_unknown == 0
        assert a_file(officer, "over-25000").totals.vat_unknown == 1

    make(story)


def test_payments_that_do_not_count_are_not_published(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        a_ledger(officer)
        other = a_ledger(officer, LEDGER.replace("26,000.00", "27,000.00"), confirmed=False)
        assert a_file(officer).totals.included.lines == 3
        with pytest.raises(NotFoundError):
            statutory.find_period(f"ledger-{other}", of=officer.acting_for)

    make(story)


def test_another_anchors_payments_are_never_in_the_file(make: Any) -> None:
    def story() -> None:
        ours, theirs = an_officer(factories.an_anchor()), an_officer(factories.an_anchor())
        a_ledger(ours)
        ledger = a_ledger(theirs)
        assert a_file(ours).totals.whole.lines == 4
        with pytest.raises(NotFoundError):
            statutory.find_period(f"ledger-{ledger}", of=ours.acting_for)

    make(story)


def test_a_person_overrules_the_rule_about_names_and_can_give_it_back(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        a_ledger(officer)
        payees = {payee.name: payee.id for payee in db.session.scalars(select(Payee))}
        assert a_file(officer).totals.redactions == (("It has a title, as people’s names do", 1),)
        redactions.decide(payees["Mrs Ada Stone"], False, by=officer)
        redactions.decide(payees["Canal Kitchen CIC"], False, by=officer)
        redactions.decide(payees["Canal Kitchen CIC"], True, by=officer)
        db.session.commit()
        assert a_file(officer).totals.redactions == ((redactions.BY_A_PERSON, 2),)
        redactions.decide(payees["Canal Kitchen CIC"], None, by=officer)
        redactions.decide(payees["Mrs Ada Stone"], None, by=officer)
        db.session.commit()
        assert a_file(officer).totals.redactions == (("It has a title, as people’s names do", 1),)
        assert a_file(officer, hides_by_rule=False).totals.redactions == ()
        noted = db.session.scalar(select(func.count()).where(AuditEntry.action.like("name %")))
        assert noted == 5

    make(story)


def test_a_decision_outlives_a_ledger_that_is_uploaded_again(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        ledger = a_ledger(officer)
        payee = db.session.scalars(select(Payee.id).where(Payee.name == "Lock Cleaning Ltd")).one()
        redactions.decide(payee, True, by=officer)
        ledgers.discard(ledger, by=officer)
        db.session.commit()
        a_ledger(officer)
        names = {each.name: each.is_hidden for each in redactions.paid_names(officer.acting_for)}
        assert names == {"Mrs Ada Stone": True, "Lock Cleaning Ltd": True}
        assert [each.name for each in redactions.paid_names(officer.acting_for, "kitchen")] == ["Canal Kitchen CIC"]

    make(story)


def test_nobody_decides_about_another_anchors_names(make: Any) -> None:
    def story() -> None:
        ours, theirs = an_officer(factories.an_anchor()), an_officer(factories.an_anchor())
        a_ledger(theirs)
        payee = db.session.scalars(select(Payee.id)).first()
        assert payee
        with pytest.raises(NotFoundError):
            redactions.decide(payee, True, by=ours)
        assert db.session.scalar(select(func.count(Redaction.id))) == 0

    make(story)


def test_an_installation_may_bring_its_own_headings(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        a_ledger(officer)
        own = Path(current_app.instance_path) / statutory.OWN_RULES
        table = json.loads(statutory_rules.SHIPPED.read_text(encoding="utf-8"))
        table["files"][0]["headings"] = [["Who", "supplier"], ["How much", "amount"]]
        own.write_text(json.dumps(table), encoding="utf-8")
        assert a_file(officer).rule.headings == (("Who", "supplier"), ("How much", "amount"))
        own.write_text("{", encoding="utf-8")
        with pytest.raises(RefusedError, match="cannot be used"):
            statutory.rules()

    make(story)


SPLIT = """Supplier,Amount,Date,Transaction Number
Lock Cleaning Ltd,300.00,03/04/2026,17
Lock Cleaning Ltd,250.00,05/06/2026,17
Lock Cleaning Ltd,250.00,05/06/2026,18
Canal Kitchen CIC,300.00,03/04/2026,17
Canal Kitchen CIC,300.00,03/04/2026,
Canal Kitchen CIC,300.00,04/04/2026,
Lock Cleaning Ltd,400.00,03/07/2026,18
"""


def test_lines_of_one_transaction_are_judged_by_their_sum_within_the_period(make: Any) -> None:
    def story() -> None:
        officer = an_officer(factories.an_anchor())
        ledger = a_ledger(officer, SPLIT)
        assert [each.pence for each in a_file(officer).included] == [30_000, 25_000]
        assert [each.line.row for each in a_file(officer, code=f"ledger-{ledger}").included] == [2, 3, 4, 8]
        other = an_officer(factories.an_anchor())
        a_ledger(other, SPLIT.replace("300.00,03/04", "200.00,03/04"))
        assert [each.pence for each in a_file(other).included] == []

    make(story)
