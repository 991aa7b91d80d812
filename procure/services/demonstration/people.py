"""Organisations and people of the demonstration place."""

from sqlalchemy import select

from ... import demo
from ...extensions import db
from ...models import LocalArea, Membership, Organisation, Person, Watch, now
from ..actors import Actor
from ..people import memberships, passwords

FLAGS = {"anchor": "is_anchor", "place": "is_place", "network": "is_network"}


def add_organisations(place: demo.Place) -> dict[str, int]:
    """Key > id of every organisation; the authority watches every anchor, with its consent."""
    keys: dict[str, int] = {}
    for one in (*place.anchors, place.authority, place.network):
        keys[one.key] = _organisation(one.name, one.postcode, sector=one.sector, **{FLAGS[one.kind]: True})
    for enterprise in place.enterprises:
        keys[enterprise.key] = _organisation(enterprise.name, enterprise.postcode, is_enterprise=True)
    for one in (*place.anchors, place.authority):
        db.session.add(
            LocalArea(organisation_id=keys[one.key], name=place.name, outcodes=list(place.outcodes), is_headline=True)
        )
    db.session.flush()  # an anchor agrees to a place that is defined already
    for anchor in place.anchors:
        watch = Watch(place_id=keys[place.authority.key], anchor_id=keys[anchor.key], agreed_at=now(), level="detail")
        db.session.add(watch)
    db.session.flush()
    return keys


def _organisation(name: str, postcode: str | None, sector: str | None = None, **flags: bool) -> int:
    organisation = Organisation(name=name, postcode=postcode, sector=sector, **flags)
    db.session.add(organisation)
    db.session.flush()
    return organisation.id


def add_people(place: demo.Place, keys: dict[str, int]) -> dict[str, Actor]:
    """Key > the person as somebody who acts."""
    for one in place.people:
        person = Person(
            name=one.name,
            email=one.email,
            password_hash=passwords.keep(one.password),
            is_installation_admin=one.organisation is None,
        )
        db.session.add(person)
        db.session.flush()
        if one.organisation and one.kind and one.role:
            db.session.add(
                Membership(person_id=person.id, organisation_id=keys[one.organisation], kind=one.kind, role=one.role)
            )
    db.session.flush()
    return {one.key: actor_of(one.email) for one in place.people}


def actor_of(email: str) -> Actor:
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    return memberships.actor_for(person, None)
