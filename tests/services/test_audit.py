"""The audit trail: written with the change, and only ever added to."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from procure.extensions import db
from procure.models import AuditEntry
from procure.services.enterprises import enterprises
from procure.services.people import accounts, organisations

from .. import factories


def an_entry() -> None:
    organisations.add("Riverside Trust", ["anchor"], "nhs", by=None)
    db.session.commit()


def test_a_change_and_its_entry_are_one(make: Any) -> None:
    make(an_entry)
    assert make(lambda: db.session.scalars(select(AuditEntry.action)).all()) == ["organisation added"]

    def lose() -> None:
        organisations.add("Never kept", ["place"], None, by=None)
        db.session.rollback()

    make(lose)
    assert len(make(lambda: db.session.scalars(select(AuditEntry.id)).all())) == 1


def test_the_trail_names_whoever_comes_in_joins_and_registers(make: Any) -> None:
    def come_in() -> int:
        person = accounts.add_person("Ann", "ann@example.org", factories.PASSWORD)
        accounts.sign_in(person)
        enterprises.register("Canal Kitchen CIC", person)
        accounts.change_password(person, "plum tractor window nine")
        db.session.commit()
        return person.id

    ann = make(come_in)
    trail = make(lambda: db.session.execute(select(AuditEntry.action, AuditEntry.person_id)).all())
    assert {action for action, _ in trail} >= {"person added", "signed in", "role given", "password changed"}
    assert {person for _, person in trail} == {ann}


@pytest.mark.parametrize(
    "act", [update(AuditEntry).values(action="nothing"), delete(AuditEntry)], ids=["change", "remove"]
)
def test_the_database_itself_refuses_to_rewrite_history(make: Any, act: Any) -> None:
    make(an_entry)

    def rewrite() -> None:
        try:
            db.session.execute(act)
        finally:
            db.session.rollback()

    with pytest.raises(DatabaseError, match="only grows"):
        make(rewrite)
