"""Profiles: registered, answered one question at a time, taken over."""

from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import AuditEntry, Person
from procure.services.enterprises import enterprises, profiles
from procure.services.enterprises.profiles import Edit, Held, Stated
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.people import memberships

from .. import factories
from .stories import acting_for, enterprise_of


def a_newcomer() -> int:
    person = db.session.get(Person, factories.a_person())
    assert person is not None
    enterprise = enterprises.register("Canal Kitchen", person)
    db.session.commit()
    return enterprise.organisation_id


def test_who_registers_an_enterprise_administers_it(make: Any) -> None:
    def story() -> None:
        person = db.session.get(Person, factories.a_person())
        assert person is not None
        enterprise = enterprises.register(" Canal Kitchen ", person)
        actor = memberships.actor_for(person, enterprise.organisation_id)
        assert actor.permissions == {"enterprise:admin"}
        assert enterprise.organisation.name == "Canal Kitchen"
        assert enterprise.claimed_at is not None

    make(story)


def test_questions_come_in_order_the_first_time(make: Any) -> None:
    def story() -> None:
        organisation = a_newcomer()
        by = acting_for(organisation)
        with pytest.raises(RefusedError, match="question 1"):
            profiles.say_where(["B18"], edit=Edit(by, 1))
        assert profiles.next_question(enterprise_of(organisation)) == 1

    make(story)


def test_districts_stand_in_the_order_people_read_them(make: Any) -> None:
    def story() -> None:
        organisation = factories.an_enterprise()
        profiles.say_where(["B18", "DY4", "B2", "B18"], edit=Edit(acting_for(organisation), 1))
        assert enterprise_of(organisation).outcodes == ["B2", "B18", "DY4"]

    make(story)


def test_an_answer_to_an_older_version_writes_nothing(make: Any) -> None:
    def story() -> None:
        organisation = factories.an_enterprise()
        by = acting_for(organisation)
        profiles.say_how_much({"turnover_pence": 100}, edit=Edit(by, 1))
        db.session.commit()
        with pytest.raises(ConflictError):
            profiles.say_what("Late words", [Stated("late")], edit=Edit(by, 1))
        db.session.rollback()
        kept = enterprise_of(organisation)
        assert (kept.turnover_pence, kept.summary, kept.capabilities, kept.version) == (100, "", [], 2)

    make(story)


def test_a_company_number_belongs_to_one_profile(make: Any) -> None:
    def story() -> None:
        network = factories.an_organisation("Brook Support", is_network=True)
        factories.an_enterprise("Lock Bakery", company_number="99001234", registered_by_id=network)
        by = acting_for(factories.an_enterprise("Other"))
        numbers = {"company_number": "99001234", "charity_number": None}
        with pytest.raises(ConflictError, match="Brook Support registered it"):
            profiles.say_who("Other", "B18 5AA", "cic", numbers=numbers, edit=Edit(by, 1))

    make(story)


def test_a_proof_is_kept_while_the_holding_stays_as_it_was(make: Any) -> None:
    def story() -> None:
        organisation = factories.an_enterprise(holdings=(("certificate", "CQC", None, None),))
        enterprise_of(organisation).holdings[0].grade = "register"
        db.session.commit()
        by = acting_for(organisation)
        held = [Held("certificate", "CQC"), Held("certificate", "DBS")]
        profiles.say_what_good(held, {"local_jobs": 2}, edit=Edit(by, 1))
        profiles.say_what_good(held, {"local_jobs": 3}, edit=Edit(by, 2))
        kept = enterprise_of(organisation)
        assert {one.name: one.grade for one in kept.holdings} == {"CQC": "register", "DBS": "declared"}
        assert {one.measure: one.quantity for one in kept.offers} == {"local_jobs": 3}

    make(story)


def test_a_profile_is_taken_over_once_and_its_trail_says_by_whom(make: Any) -> None:
    def story() -> None:
        network = factories.an_organisation(is_network=True)
        organisation = factories.an_enterprise("Lock Bakery", registered_by_id=network)
        by = acting_for(organisation)
        enterprises.take_over(by=by)
        db.session.commit()
        assert enterprise_of(organisation).claimed_at is not None
        with pytest.raises(RefusedError):
            enterprises.take_over(by=by)
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "profile taken over")).one()
        assert (entry.subject_id, entry.person_id) == (organisation, by.person_id)

    make(story)


def test_saving_an_answer_takes_the_profile_over_but_shares_nothing(make: Any) -> None:
    def story() -> None:
        network = factories.an_organisation(is_network=True)
        organisation = factories.an_enterprise("Lock Bakery", registered_by_id=network)
        profiles.say_how_much({"turnover_pence": 100}, edit=Edit(acting_for(organisation), 1))
        kept = enterprise_of(organisation)
        assert kept.claimed_at is not None
        assert kept.shares_details_at is None

    make(story)


def test_consent_is_given_and_taken_back(make: Any) -> None:
    def story() -> None:
        organisation = factories.an_enterprise()
        by = acting_for(organisation)
        contact = {"contact_name": "Office", "contact_email": "a@example.org", "contact_phone": None}
        profiles.say_how_to_reach(contact, True, edit=Edit(by, 1))
        assert enterprise_of(organisation).shares_details_at is not None
        profiles.say_how_to_reach(contact, False, edit=Edit(by, 2))
        assert enterprise_of(organisation).shares_details_at is None

    make(story)


def test_a_suspended_enterprise_is_not_found(make: Any) -> None:
    def story() -> None:
        from procure.models import now

        organisation = factories.an_enterprise()
        enterprise_of(organisation).organisation.suspended_at = now()
        db.session.commit()
        with pytest.raises(NotFoundError):
            enterprises.find(organisation)

    make(story)
