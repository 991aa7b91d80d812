"""Decisions: kept with a reason, the latest wins, twice is said, and only invitations are seen outside."""

from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import Decision, Lot, OutgoingMail
from procure.services.consortia import teams
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.lots import decisions, tenders
from procure.services.lots.decisions import About
from procure.services.ranking import proposals

from .. import factories
from .test_proposals import BOTH, CLEANING, MEALS, lot_of
from .test_tenders import a_buyer


def test_deciding_the_same_twice_says_who_already_did(make: Any) -> None:
    def world() -> None:
        anchor, cook = factories.an_anchor(), factories.an_enterprise("Cook")
        lot, by = factories.a_lot(anchor), a_buyer(anchor)
        decisions.decide(lot, About(cook), "shortlist", "Good menu", by=by, seen=0)
        db.session.commit()
        with pytest.raises(ConflictError, match=r"Person \d+ shortlisted it on .* already"):
            decisions.decide(lot, About(cook), "shortlist", "Good menu", by=by, seen=0)

    make(world)


def test_who_decides_without_having_seen_the_latest_is_told_first(make: Any) -> None:
    def world() -> None:
        anchor, cook = factories.an_anchor(), factories.an_enterprise("Cook")
        lot, by = factories.a_lot(anchor), a_buyer(anchor)
        first, _ = decisions.decide(lot, About(cook), "shortlist", "Good menu", by=by, seen=0)
        db.session.commit()
        with pytest.raises(ConflictError, match="while you were looking"):
            decisions.decide(lot, About(cook), "reject", "Too far", by=by, seen=0)
        decisions.decide(lot, About(cook), "reject", "Too far", by=by, seen=first.id)
        db.session.commit()
        assert [one.action for one in decisions.history(lot_of(lot))] == ["reject", "shortlist"]

    make(world)


def test_a_decision_needs_a_reason_but_taking_it_back_does_not(make: Any) -> None:
    def world() -> None:
        anchor, cook = factories.an_anchor(), factories.an_enterprise("Cook")
        lot, by = factories.a_lot(anchor), a_buyer(anchor)
        with pytest.raises(RefusedError, match="Say why"):
            decisions.decide(lot, About(cook), "reject", "  ", by=by)
        decisions.decide(lot, About(cook), "reject", "Too far", by=by)
        decisions.decide(lot, About(cook), "undo", "", by=by)
        with pytest.raises(ConflictError, match="no decision about Cook to undo"):
            decisions.decide(lot, About(cook), "undo", "", by=by)

    make(world)


def test_an_invitation_is_posted_once_and_only_the_invited_see_it(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor("Riverside Trust")
        cook = factories.an_enterprise("Cook", contact_email="cook@example.org")
        other = factories.an_enterprise("Other", contact_email="other@example.org")
        lot, by = factories.a_lot(anchor, "Ward\r\nBcc: everyone"), a_buyer(anchor)
        decisions.decide(lot, About(cook), "invite", "Good menu", by=by)
        decisions.decide(lot, About(other), "shortlist", "Secret thoughts", by=by)
        db.session.commit()
        mails = db.session.scalars(select(OutgoingMail)).all()
        assert [(mail.recipient, mail.subject) for mail in mails] == [
            ("cook@example.org", "Invitation: Ward Bcc: everyone")
        ]
        assert "Riverside Trust" in mails[0].body
        assert "Good menu" not in mails[0].body
        assert [one.lot_id for one in decisions.invitations_to(cook)] == [lot]
        assert decisions.invitations_to(other) == []
        assert lot_of(lot).state == "invited"
        decisions.decide(lot, About(cook), "undo", "", by=by)
        assert decisions.invitations_to(cook) == []
        assert lot_of(lot).state == "open"

    make(world)


def test_without_a_contact_the_enterprises_own_people_get_the_invitation(make: Any) -> None:
    def world() -> list[str]:
        anchor, cook = factories.an_anchor(), factories.an_enterprise("Cook")
        factories.a_member(cook, "enterprise", "admin", "owner@example.org")
        decisions.decide(factories.a_lot(anchor), About(cook), "invite", "Good", by=a_buyer(anchor))
        db.session.commit()
        return list(db.session.scalars(select(OutgoingMail.recipient)))

    assert make(world) == ["owner@example.org"]


def a_team(anchor: int) -> tuple[Lot, teams.Team]:
    factories.an_enterprise("Cook", capabilities=((*MEALS, 100),), contact_email="cook@example.org")
    factories.an_enterprise("Cleaner", capabilities=((*CLEANING, 40),), contact_email="clean@example.org")
    lot = lot_of(factories.a_lot(anchor, needs=BOTH))
    proposals.propose(lot)
    db.session.commit()
    return lot, teams.teams_for(lot)[0]


def test_inviting_a_consortium_invites_each_member_and_undoing_takes_it_back(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        lot, team = a_team(anchor)
        by = a_buyer(anchor)
        made, _ = decisions.decide(lot.id, About(proposal_id=team.subject), "invite", "Strong together", by=by)
        db.session.commit()
        members = [member.enterprise.organisation_id for member in team.members]
        assert all(decisions.invitations_to(member) for member in members)
        assert sorted(db.session.scalars(select(OutgoingMail.recipient))) == ["clean@example.org", "cook@example.org"]
        decisions.decide(lot.id, About(proposal_id=team.subject), "undo", "", by=by, seen=made.id)
        assert not any(decisions.invitations_to(member) for member in members)

    make(world)


def test_a_consortium_proposed_again_keeps_what_was_decided_about_it(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        lot, team = a_team(anchor)
        by = a_buyer(anchor)
        made, _ = decisions.decide(lot.id, About(proposal_id=team.subject), "shortlist", "Strong", by=by)
        proposals.propose(lot)
        db.session.commit()
        again = teams.teams_for(lot)[0]
        assert again.proposal.id != team.proposal.id
        assert again.decision is not None
        decisions.decide(lot.id, About(proposal_id=again.subject), "undo", "", by=by, seen=again.seen)
        assert teams.teams_for(lot)[0].decision is None
        assert made.action == "shortlist"

    make(world)


def test_rejecting_asks_for_new_proposals_and_shortlisting_does_not(make: Any) -> None:
    def world() -> list[bool]:
        anchor, cook = factories.an_anchor(), factories.an_enterprise("Cook")
        lot, by = factories.a_lot(anchor), a_buyer(anchor)
        actions = ("shortlist", "reject", "undo")
        return [decisions.decide(lot, About(cook), action, "Why", by=by)[1] is not None for action in actions]

    assert make(world) == [False, True, True]


def test_an_award_ends_the_lot(make: Any) -> None:
    def world() -> None:
        anchor, cook = factories.an_anchor(), factories.an_enterprise("Cook")
        lot, by = factories.a_lot(anchor), a_buyer(anchor)
        decisions.award(lot, About(cook), "Best menu", by=by)
        db.session.commit()
        assert tenders.find_lot(lot, of=anchor).state == "awarded"
        with pytest.raises(RefusedError, match="This lot is awarded"):
            decisions.decide(lot, About(cook), "reject", "Late", by=by)

    make(world)


def test_nobody_decides_about_what_is_not_theirs(make: Any) -> None:
    def world() -> None:
        anchor, stranger = factories.an_anchor(), factories.an_anchor()
        lot, team = a_team(anchor)
        theirs = factories.a_lot(stranger)
        for lot_id, about, by in (
            (lot.id, About(team.members[0].enterprise.organisation_id), a_buyer(stranger)),
            (theirs, About(proposal_id=team.subject), a_buyer(stranger)),
            (lot.id, About(987654321), a_buyer(anchor)),
        ):
            with pytest.raises(NotFoundError):
                decisions.decide(lot_id, about, "shortlist", "Why", by=by)
        assert db.session.scalar(select(Decision.id)) is None

    make(world)
