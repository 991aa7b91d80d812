"""What anchors of one place agree to tell each other: each kind by itself, once, and gone at once."""

from typing import Any

import pytest
from sqlalchemy import func, select

from procure.extensions import db
from procure.models import AuditEntry, SharingConsent, Watch, now
from procure.models.consents import CONSENT_KINDS
from procure.services import sharing_consents
from procure.services.sharing_consents import LINKS, PURCHASES

from .. import factories
from .test_payees import an_officer


def two_of_a_place() -> tuple[int, int]:
    ours, theirs = factories.an_anchor(), factories.an_anchor("Their trust")
    place = factories.an_organisation("The place", is_place=True)
    db.session.add_all([Watch(place_id=place, anchor_id=each, agreed_at=now()) for each in (ours, theirs)])
    db.session.commit()
    return ours, theirs


def test_agreeing_to_one_thing_tells_nothing_of_the_other(make: Any) -> None:
    def story() -> None:
        ours, theirs = two_of_a_place()
        us, them = an_officer(ours), an_officer(theirs)
        sharing_consents.agree(LINKS, False, by=us)
        sharing_consents.agree(PURCHASES, True, by=them)
        for kind in CONSENT_KINDS:
            assert sharing_consents.partners(kind, of=ours) == {}
            assert sharing_consents.partners(kind, of=theirs) == {}
        sharing_consents.agree(LINKS, True, by=them)
        assert sharing_consents.partners(LINKS, of=ours) == {theirs: True}
        assert sharing_consents.partners(PURCHASES, of=ours) == {}
        sharing_consents.agree(PURCHASES, False, by=us)
        sharing_consents.withdraw(LINKS, by=them)
        assert sharing_consents.partners(LINKS, of=ours) == {}
        assert sharing_consents.partners(PURCHASES, of=ours) == {theirs: True}
        assert sharing_consents.names({ours: False, theirs: True}) == {theirs: "Their trust"}

    make(story)


@pytest.mark.parametrize("kind", CONSENT_KINDS)
def test_agreeing_twice_is_agreeing_once_and_withdrawing_twice_is_withdrawing_once(kind: str, make: Any) -> None:
    def story() -> None:
        us = an_officer(factories.an_anchor())
        sharing_consents.withdraw(kind, by=us)
        sharing_consents.agree(kind, False, by=us)
        sharing_consents.agree(kind, True, by=us)
        kept = sharing_consents.given(kind, of=us.acting_for)
        assert kept
        assert kept.is_named
        assert db.session.scalar(select(func.count()).select_from(SharingConsent)) == 1
        for _ in range(2):
            sharing_consents.withdraw(kind, by=us)
        assert sharing_consents.given(kind, of=us.acting_for) is None
        db.session.flush()
        trail = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        given, withdrawn = sharing_consents.TRAIL[kind]
        assert list(trail) == [given, given, withdrawn]

    make(story)
