"""Links that anchors of one place show each other: nothing crosses unless both agreed; a person takes each over."""

from typing import Any

from sqlalchemy import update

from procure.extensions import db
from procure.models import Organisation, Watch, now
from procure.services import sharing_consents
from procure.services.actors import Actor
from procure.services.payees import payee_offers, payee_settling
from procure.services.payees.payee_changes import Target
from procure.services.sharing_consents import LINKS

from .. import factories
from .test_payees import a_payee, an_officer, seen


def neighbours(*anchors: int, agreed: bool = True) -> int:
    """Anchors that agreed to be watched by the same place authority."""
    place = factories.an_organisation("The place", is_place=True)
    for anchor in anchors:
        db.session.add(Watch(place_id=place, anchor_id=anchor, agreed_at=now() if agreed else None))
    db.session.commit()
    return place


def a_linked_payee(name: str, enterprise: int, officer: Actor, **how: Any) -> int:
    payee = a_payee(officer.acting_for, name)
    payee_settling.link(payee, Target(enterprise), "unlinked_0", by=officer, **how)
    db.session.commit()
    return payee


def share(officer: Actor, is_named: bool = False) -> None:
    sharing_consents.agree(LINKS, is_named, by=officer)
    db.session.commit()


def offered(payee: int, anchor: int) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(each.facts.name, each.anchors, each.named) for each in payee_offers.offers(seen(payee, anchor))]


def test_nothing_crosses_unless_both_agreed(make: Any) -> None:
    def story() -> None:
        ours, theirs = factories.an_anchor(), factories.an_anchor("Their trust")
        us, them = an_officer(ours), an_officer(theirs)
        enterprise = factories.an_enterprise("Canal Kitchen")
        a_linked_payee("CANAL KTCHN LTD", enterprise, them)
        mine = a_payee(ours, "Canal Ktchn Limited")
        neighbours(ours, theirs)
        assert offered(mine, ours) == []
        share(us)
        assert offered(mine, ours) == []
        share(them)
        assert offered(mine, ours) == [("Canal Kitchen", 1, ())]
        assert seen(mine, ours).state == "unlinked"
        share(them, is_named=True)
        assert offered(mine, ours) == [("Canal Kitchen", 1, ("Their trust",))]
        sharing_consents.withdraw(LINKS, by=us)
        db.session.commit()
        assert offered(mine, ours) == []
        share(us)
        sharing_consents.withdraw(LINKS, by=them)
        db.session.commit()
        assert offered(mine, ours) == []

    make(story)


def test_only_anchors_of_the_same_place_are_neighbours(make: Any) -> None:
    def story() -> None:
        ours, theirs = factories.an_anchor(), factories.an_anchor()
        us, them = an_officer(ours), an_officer(theirs)
        a_linked_payee("CANAL", factories.an_enterprise("Canal Kitchen"), them)
        mine = a_payee(ours, "Canal")
        share(us)
        share(them)
        neighbours(ours)
        neighbours(theirs)
        neighbours(ours, theirs, agreed=False)
        for anchor, other in ((ours, theirs), (theirs, ours)):
            place = neighbours(anchor)
            db.session.add(Watch(place_id=place, anchor_id=other))
        db.session.commit()
        assert offered(mine, ours) == []
        neighbours(ours, theirs)
        assert offered(mine, ours) == [("Canal Kitchen", 1, ())]
        db.session.execute(update(Organisation).where(Organisation.id == theirs).values(suspended_at=now()))
        db.session.commit()
        assert offered(mine, ours) == []

    make(story)


def test_only_a_persons_own_standing_link_of_the_same_name_is_offered(make: Any) -> None:
    def story() -> None:
        ours, theirs = factories.an_anchor(), factories.an_anchor()
        us, them = an_officer(ours), an_officer(theirs)
        enterprise = factories.an_enterprise("Canal Kitchen")
        neighbours(ours, theirs)
        share(us)
        share(them)
        mine = a_payee(ours, "Canal")
        a_linked_payee("Canal Boats", enterprise, them)
        copied = a_linked_payee("CANAL", enterprise, them, was_offered=True)
        assert offered(mine, ours) == []
        payee_settling.undo(copied, seen(copied, theirs).seen, by=them)
        payee_settling.call_person(copied, seen(copied, theirs).seen, by=them)
        db.session.commit()
        assert offered(mine, ours) == []
        payee_settling.link(copied, Target(enterprise), seen(copied, theirs).seen, by=them)
        db.session.commit()
        assert payee_offers.stands(seen(mine, ours), Target(enterprise))
        assert not payee_offers.stands(seen(mine, ours), Target(enterprise + 1))
        payee_settling.undo(copied, seen(copied, theirs).seen, by=them)
        db.session.commit()
        assert offered(mine, ours) == []

    make(story)
