"""What an officer says of a payee: each decision is kept, seen by the next, and can be taken back."""

from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import Edition, PayeeDecision, Redaction, RegisteredBody
from procure.services.errors import ConflictError, NotFoundError
from procure.services.payees import payee_candidates, payee_checks, payee_settling, payees
from procure.services.payees.payee_changes import Target
from procure.services.publishing import redactions

from .. import factories
from .test_payees import a_payee, an_officer, check, seen


def a_body(name: str, number: str = "01234567", **facts: Any) -> int:
    """A company on the register."""
    edition = Edition(kind="companies", series="companies", title="T", licence="OGL", filename="f", sha256="")
    db.session.add(edition)
    db.session.flush()
    body = RegisteredBody(
        register="companies", number=number, name=name, name_key=name.casefold(), form="company", edition_id=edition.id,
        **{"postcode": "B18 5AA", "status": "Active", "sic": ["56290"], **facts},
    )  # fmt: skip
    db.session.add(body)
    db.session.commit()
    return body.id


def kept(anchor: int) -> list[tuple[str, bool]]:
    """Kind of each decision, and whether it was taken back, oldest first."""
    found = select(PayeeDecision).where(PayeeDecision.organisation_id == anchor).order_by(PayeeDecision.id)
    return [(each.kind, each.undone_at is not None) for each in db.session.scalars(found)]


def test_a_payee_may_be_a_body_of_a_register(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        body = a_body("CANAL KITCHEN LIMITED")
        payee = a_payee(anchor, "CANAL K")
        assert [each.facts.name for each in payee_candidates.search("canal kit")] == ["CANAL KITCHEN LIMITED"]
        payee_settling.link(payee, Target(body_id=body), "unlinked_0", by=officer)
        db.session.commit()
        linked = payees.linked_to(seen(payee, anchor))
        assert linked == payees.Linked("CANAL KITCHEN LIMITED", "B18 5AA", body_id=body)
        with pytest.raises(NotFoundError):
            payee_settling.link(payee, Target(body_id=987_654), seen(payee, anchor).seen, by=officer)

    make(story)


def test_every_decision_is_kept_with_what_the_officer_saw(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise = factories.an_enterprise("Brightwell Catering CIC")
        payee = a_payee(anchor, "BRIGHTWELL CATERING C.I.C.")
        check(anchor)
        candidates = seen(payee, anchor).candidates
        payee_settling.reject(payee, "accepted_0", by=officer)
        payee_settling.link(payee, Target(enterprise), seen(payee, anchor).seen, by=officer)
        db.session.commit()
        assert kept(anchor) == [("rejected", True), ("linked", False)]
        first = db.session.scalars(select(PayeeDecision).where(PayeeDecision.organisation_id == anchor)).first()
        assert first is not None
        assert (first.candidates, first.seen, first.name) == (candidates, "accepted_0", "BRIGHTWELL CATERING C.I.C.")
        assert first.probability == candidates[0]["probability"]

    make(story)


def test_taking_a_decision_back_restores_what_we_thought(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        enterprise = factories.an_enterprise("Brightwell Catering CIC")
        payee = a_payee(anchor, "Brightwell Catering CIC")
        check(anchor)
        for decide in (payee_settling.reject, payee_settling.call_person, payee_settling.call_public_body):
            decide(payee, seen(payee, anchor).seen, by=officer)
            db.session.commit()
            assert seen(payee, anchor).enterprise_id is None
            payee_settling.undo(payee, seen(payee, anchor).seen, by=officer)
            db.session.commit()
            assert (seen(payee, anchor).state, seen(payee, anchor).enterprise_id) == ("accepted", enterprise)
            assert seen(payee, anchor).kind is None
        with pytest.raises(ConflictError):
            payee_settling.undo(payee, seen(payee, anchor).seen, by=officer)
        db.session.rollback()
        assert all(is_undone for _, is_undone in kept(anchor))

    make(story)


def test_an_officer_who_saw_an_earlier_decision_changes_nothing(make: Any) -> None:
    """The state is the same as they saw, the decision is not."""

    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        one, other = factories.an_enterprise("Canal Kitchen"), factories.an_enterprise("Canal Boats")
        payee = a_payee(anchor, "CANAL")
        payee_settling.link(payee, Target(one), "unlinked_0", by=officer)
        db.session.commit()
        old = seen(payee, anchor).seen
        payee_settling.undo(payee, old, by=officer)
        payee_settling.link(payee, Target(other), seen(payee, anchor).seen, by=officer)
        db.session.commit()
        for stale in (old, "confirmed", "confirmed_", "confirmed_99999999999999", "_", ""):
            with pytest.raises(ConflictError):
                payee_settling.undo(payee, stale, by=officer)
            db.session.rollback()
        assert seen(payee, anchor).enterprise_id == other

    make(story)


def test_a_person_is_linked_to_nobody_and_named_in_no_published_file(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        officer = an_officer(anchor)
        factories.an_enterprise("Jane Smith")
        payee = a_payee(anchor, "Jane Smith")
        db.session.add(Redaction(organisation_id=anchor, name="Jane Smith", is_hidden=False))
        db.session.commit()
        assert redactions.redactor(anchor)("Jane Smith") is None
        payee_settling.call_person(payee, "unlinked_0", by=officer)
        db.session.commit()
        check(anchor)
        assert (seen(payee, anchor).state, seen(payee, anchor).enterprise_id) == ("person", None)
        assert payee_checks.count_stale(anchor) == 0
        assert redactions.redactor(anchor, by_rule=False)("Jane Smith") == redactions.SAID_TO_BE_A_PERSON
        assert [each.name for each in redactions.paid_names(anchor)] == ["Jane Smith"]
        assert redactions.redactor(factories.an_anchor())("Jane Smith") is None
        payee_settling.undo(payee, seen(payee, anchor).seen, by=officer)
        db.session.commit()
        assert redactions.redactor(anchor)("Jane Smith") is None

    make(story)


def test_candidates_stand_side_by_side_with_what_registers_say(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        enterprise = factories.an_enterprise("Canal Kitchen", company_number="07654321", summary="Meals for wards")
        body, gone = a_body("CANAL BOATS LIMITED"), factories.an_enterprise("Gone")
        payee = a_payee(anchor, "CANAL")
        found = seen(payee, anchor)
        found.candidates = [
            {"enterprise_id": enterprise, "body_id": None, "name": "Canal Kitchen", "probability": 0.7, "reasons": []},
            {"body_id": body, "name": "CANAL BOATS LIMITED", "probability": 0.2, "reasons": []},
            {"enterprise_id": gone + 99, "name": "Gone", "probability": 0.1, "reasons": []},
        ]
        db.session.commit()
        first, second = payee_candidates.candidates(seen(payee, anchor))
        assert (first.facts.kind, first.facts.numbers, first.facts.does) == (
            "Community interest company", ("company 07654321",), ("Meals for wards",),
        )  # fmt: skip
        assert (second.facts.kind, second.facts.numbers, second.facts.status, second.facts.does) == (
            "Company", ("Companies House 01234567",), "Active", ("SIC 56290",),
        )  # fmt: skip
        assert (first.fields, second.fields) == ({"enterprise_id": enterprise}, {"body_id": body})

    make(story)
