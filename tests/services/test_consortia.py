"""Consortia: who is inside, who may do what, and what they cover together."""

from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import AuditEntry, Consortium
from procure.services.actors import Actor
from procure.services.consortia import consortia, partnerships
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.ranking import matches

from .. import factories
from .stories import acting_for

CATERING = (("Hot meals cooked for wards", "55520000", "meals a day", 80),)


def a_room(lot: int | None = None, **profile: Any) -> tuple[Consortium, Actor]:
    """A consortium and its lead."""
    lead = acting_for(factories.an_enterprise("Lead", **{"capabilities": CATERING, **profile}))
    room = consortia.form("Together", "", lot_id=lot, by=lead)
    consortia.share_details(room.id, True, by=lead)
    db.session.commit()
    return room, lead


def a_partner(room: Consortium, lead: Actor, name: str = "Partner", *, shows: bool = True, **profile: Any) -> Actor:
    """An enterprise that was invited and accepted, and shows its turnover and insurance to the room."""
    partner = acting_for(factories.an_enterprise(name, **profile))
    consortia.invite(room.id, partner.acting_for, by=lead)
    consortia.accept(room.id, by=partner)
    consortia.share_details(room.id, shows, by=partner)
    db.session.commit()
    db.session.expire_all()
    return partner


def member_id(room: Consortium, actor: Actor) -> int:
    return consortia.membership_in(consortia.find(room.id, of=actor.acting_for), actor.acting_for).id


def test_only_those_invited_or_inside_find_it(make: Any) -> None:
    def story() -> None:
        room, lead = a_room()
        partner = acting_for(factories.an_enterprise("Partner"))
        with pytest.raises(NotFoundError):
            consortia.find(room.id, of=partner.acting_for)
        consortia.invite(room.id, partner.acting_for, by=lead)
        assert consortia.find(room.id, of=partner.acting_for).id == room.id
        consortia.decline(room.id, by=partner)
        with pytest.raises(NotFoundError):
            consortia.find(room.id, of=partner.acting_for)
        assert consortia.rooms_of(partner.acting_for) == []

    make(story)


@pytest.mark.parametrize("way", ["leave", "remove"])
def test_who_goes_is_blind_at_once_and_may_be_asked_again(make: Any, way: str) -> None:
    def story() -> None:
        room, lead = a_room()
        partner = a_partner(room, lead)
        if way == "leave":
            consortia.leave(room.id, by=partner)
        else:
            consortia.remove_member(room.id, member_id(room, partner), by=lead)
        with pytest.raises(NotFoundError):
            consortia.find(room.id, of=partner.acting_for)
        db.session.expire_all()
        consortia.invite(room.id, partner.acting_for, by=lead)
        assert consortia.find(room.id, of=partner.acting_for).id == room.id

    make(story)


def test_an_invitation_is_answered_once(make: Any) -> None:
    def story() -> None:
        room, lead = a_room()
        partner = a_partner(room, lead)
        with pytest.raises(ConflictError):
            consortia.accept(room.id, by=partner)
        with pytest.raises(ConflictError):
            consortia.decline(room.id, by=partner)
        with pytest.raises(ConflictError):
            consortia.invite(room.id, partner.acting_for, by=lead)

    make(story)


def test_only_the_lead_changes_a_consortium(make: Any) -> None:
    def story() -> None:
        room, lead = a_room()
        partner = a_partner(room, lead)
        other = factories.an_enterprise("Other")
        with pytest.raises(RefusedError):
            consortia.invite(room.id, other, by=partner)
        with pytest.raises(RefusedError):
            consortia.remove_member(room.id, member_id(room, lead), by=partner)
        with pytest.raises(RefusedError):
            consortia.dissolve(room.id, by=partner)
        with pytest.raises(RefusedError):
            consortia.leave(room.id, by=lead)

    make(story)


def test_the_lead_is_handed_over_and_there_is_always_one(make: Any) -> None:
    def story() -> None:
        room, lead = a_room()
        partner = a_partner(room, lead)
        consortia.hand_over(room.id, member_id(room, partner), by=lead)
        db.session.commit()
        db.session.expire_all()
        leads = [one.organisation_id for one in consortia.find(room.id, of=lead.acting_for).members if one.is_lead]
        assert leads == [partner.acting_for]
        consortia.leave(room.id, by=lead)

    make(story)


def test_a_dissolved_consortium_stays_to_be_read_and_nothing_more(make: Any) -> None:
    def story() -> None:
        room, lead = a_room()
        partner = a_partner(room, lead)
        consortia.dissolve(room.id, by=lead)
        db.session.commit()
        db.session.expire_all()
        assert consortia.find(room.id, of=partner.acting_for).dissolved_at is not None
        for change in (consortia.dissolve, consortia.accept):
            with pytest.raises(ConflictError):
                change(room.id, by=lead)
        with pytest.raises(ConflictError):
            consortia.leave(room.id, by=partner)

    make(story)


def test_every_change_is_in_the_trail(make: Any) -> None:
    def story() -> None:
        room, lead = a_room()
        partner = a_partner(room, lead)
        consortia.leave(room.id, by=partner)
        consortia.dissolve(room.id, by=lead)
        db.session.commit()
        actions = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
        assert actions == [
            "consortium formed",
            "details shown to a consortium",
            "partner invited",
            "consortium accepted",
            "details shown to a consortium",
            "consortium left",
            "consortium dissolved",
        ]

    make(story)


def test_what_is_covered_counts_only_those_who_accepted(make: Any) -> None:
    def story() -> None:
        lot = factories.a_lot(factories.an_anchor())
        room, lead = a_room(lot)
        invited = factories.an_enterprise("Invited", capabilities=CATERING)
        consortia.invite(room.id, invited, by=lead)
        db.session.expire_all()
        found = consortia.find(room.id, of=lead.acting_for)
        (need,) = partnerships.coverage(found, matches.find_lot(lot))
        assert (need.sure, need.hoped, need.short) == (80, 100, 20)
        consortia.accept(room.id, by=acting_for(invited))
        db.session.expire_all()
        (need,) = partnerships.coverage(consortia.find(room.id, of=invited), matches.find_lot(lot))
        assert (need.sure, need.short) == (100, 0)

    make(story)


@pytest.mark.parametrize(
    ("form", "lead", "partner", "state"),
    [
        ("joint", 600, 400, "met"),
        ("joint", 600, 399, "not_met"),
        ("lead", 600, 400, "not_met"),
        ("lead", 1_000, 1, "met"),
        ("joint", 600, None, "unknown"),
        ("joint", 1_000, None, "met"),
    ],
)
def test_turnover_is_added_up_in_a_joint_bid_only(
    make: Any, form: str, lead: int, partner: int | None, state: str
) -> None:
    def story() -> None:
        lot = factories.a_lot(factories.an_anchor(), form=form, gates=(("turnover", "Turnover", 1_000),))
        room, leader = a_room(lot, turnover_pence=lead)
        a_partner(room, leader, turnover_pence=partner)
        (gate,) = partnerships.joint_gates(consortia.find(room.id, of=leader.acting_for), matches.find_lot(lot))
        assert gate.state == state

    make(story)


def test_in_a_bid_by_the_lead_only_its_turnover_counts_and_who_else_would_do_is_said(make: Any) -> None:
    def story() -> None:
        lot = factories.a_lot(factories.an_anchor(), form="lead", gates=(("turnover", "Turnover", 1_000),))
        room, leader = a_room(lot, turnover_pence=600)
        a_partner(room, leader, "Larger", turnover_pence=1_000)
        found = consortia.find(room.id, of=leader.acting_for)
        (gate,) = partnerships.joint_gates(found, matches.find_lot(lot))
        assert (gate.state, "if Larger led" in gate.sentence) == ("not_met", True)
        (pooled,) = partnerships.joint_gates(found, matches.find_lot(lot), form="joint")
        assert pooled.state == "met"

    make(story)


def test_what_a_partner_keeps_to_itself_counts_for_nobody_and_may_be_kept_again(make: Any) -> None:
    def story() -> None:
        gates = (("turnover", "Turnover", 1_000), ("insurance", "Public liability", 500))
        lot = factories.a_lot(factories.an_anchor(), gates=gates)
        held = (("insurance", "Public liability", 500, None),)
        room, leader = a_room(lot, turnover_pence=600, holdings=held)
        partner = a_partner(room, leader, shows=False, turnover_pence=400, holdings=held)

        def states() -> list[str]:
            db.session.expire_all()
            found = consortia.find(room.id, of=leader.acting_for)
            return [gate.state for gate in partnerships.joint_gates(found, matches.find_lot(lot))]

        assert states() == ["unknown", "unknown"]
        consortia.share_details(room.id, True, by=partner)
        assert states() == ["met", "met"]
        consortia.share_details(room.id, False, by=partner)
        assert states() == ["unknown", "unknown"]
        consortia.share_details(room.id, True, by=partner)
        consortia.leave(room.id, by=partner)
        consortia.invite(room.id, partner.acting_for, by=leader)
        consortia.accept(room.id, by=partner)
        assert states() == ["unknown", "unknown"], "who comes back has not agreed to show anything"

    make(story)


@pytest.mark.parametrize(
    ("kind", "partner_holds", "state"),
    [
        ("certificate_each", True, "met"),
        ("certificate_each", False, "not_met"),
        ("certificate_any", False, "met"),
    ],
)
def test_some_certificates_all_must_hold_and_some_only_one(
    make: Any, kind: str, partner_holds: bool, state: str
) -> None:
    def story() -> None:
        held = (("certificate", "DBS", None, None),)
        lot = factories.a_lot(factories.an_anchor(), gates=((kind, "DBS", None),))
        room, lead = a_room(lot, holdings=held)
        a_partner(room, lead, holdings=held if partner_holds else ())
        (gate,) = partnerships.joint_gates(consortia.find(room.id, of=lead.acting_for), matches.find_lot(lot))
        assert gate.state == state

    make(story)


def test_partners_never_read_each_others_amounts(make: Any) -> None:
    def story() -> None:
        gates = (("turnover", "Turnover", 1_000_00), ("insurance", "Public liability", 5_000_000_00))
        lot = factories.a_lot(factories.an_anchor(), gates=gates)
        room, lead = a_room(lot, turnover_pence=12_345_00)
        a_partner(room, lead, holdings=(("insurance", "Public liability", 3_210_000_00, None),))
        found = partnerships.joint_gates(consortia.find(room.id, of=lead.acting_for), matches.find_lot(lot))
        told = " ".join(gate.sentence for gate in found)
        assert "12,345" not in told
        assert "3,210,000" not in told

    make(story)


def test_partners_are_suggested_for_what_is_short_and_nobody_inside_is(make: Any) -> None:
    def story() -> None:
        lot = factories.a_lot(factories.an_anchor())
        room, lead = a_room(lot)
        able = factories.an_enterprise("Able", capabilities=CATERING)
        factories.an_enterprise("Cleaner", capabilities=(("Cleaning", "90919200", "hours", 10),))
        found = consortia.find(room.id, of=lead.acting_for)
        shown = matches.find_lot(lot)
        suggested = partnerships.suggestions(found, shown, partnerships.coverage(found, shown))
        assert [one.enterprise_id for ones in suggested.values() for one in ones] == [able]

    make(story)
