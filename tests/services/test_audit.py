"""The audit trail: written with the change, and only ever added to."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from procure.extensions import db
from procure.models import AuditEntry
from procure.services.people import organisations


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
