"""Proposals: who is found for a lot, alone or together, why nobody is, and what is kept of an earlier day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from procure.extensions import db
from procure.models import Capability, Decision, Enterprise, Lot, Need, Partner, Proposal
from procure.services.consortia import teams
from procure.services.enterprises import disclosure, offers
from procure.services.lots import tenders
from procure.services.lots.gates import check_gate
from procure.services.ranking import candidates, proposals

from .. import factories

MEALS = ("Freshly cooked meals for wards", "55520000", "meals a day")
CLEANING = ("Cleaning of wards and offices", "90910000", "hours a week")
BOTH = (("Ward meals", "55520000", "meals a day", 100, 600), ("Cleaning", "90910000", "hours a week", 40, 400))


def lot_of(lot_id: int) -> Lot:
    lot = db.session.get(Lot, lot_id)
    assert lot is not None
    return lot


def test_an_enterprise_that_says_the_lots_words_is_ranked_with_reasons(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        cook = factories.an_enterprise("Cook", capabilities=((*MEALS, 200),))
        factories.an_enterprise("Web", capabilities=(("Websites for charities", "72413000", "websites a year", 9),))
        lot = lot_of(factories.a_lot(anchor))
        proposals.propose(lot)
        db.session.commit()
        found = candidates.candidates_for(lot)
        assert [one.enterprise.organisation_id for one in found][:1] == [cook]
        assert found[0].reasons[0]["sentence"]
        assert found[0].is_local
        assert found[0].miles is not None

    make(world)


def test_one_supplier_is_a_consortium_of_one(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        cook = factories.an_enterprise("Cook", capabilities=((*MEALS, 200),))
        lot = lot_of(factories.a_lot(anchor))
        proposals.propose(lot)
        best = teams.teams_for(lot)[0]
        assert [(member.enterprise.organisation_id, member.share) for member in best.members] == [(cook, 1.0)]

    make(world)


def test_two_who_each_can_do_half_do_it_together_and_shares_add_up(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        cook = factories.an_enterprise("Cook", capabilities=((*MEALS, 100),))
        cleaner = factories.an_enterprise("Cleaner", capabilities=((*CLEANING, 40),))
        lot = lot_of(factories.a_lot(anchor, needs=BOTH))
        proposals.propose(lot)
        best = teams.teams_for(lot)[0]
        assert {member.enterprise.organisation_id for member in best.members} == {cook, cleaner}
        assert sum(member.share for member in best.members) == pytest.approx(1)
        assert sum(member.is_lead for member in best.members) == 1
        assert [sum(row.units) for row in best.rows] == [100, 40]
        assert any("Cleaning: 40 hours a week short" in said for one in best.members for said in one.if_lost)

    make(world)


def test_where_nobody_can_the_page_says_what_clashes_and_who_comes_nearest(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        factories.an_enterprise("Cook", capabilities=((*MEALS, 30),))
        lot = lot_of(factories.a_lot(anchor))
        proposals.propose(lot)
        dead = teams.dead_end(lot)
        assert teams.teams_for(lot) == []
        assert dead is not None
        assert dead.certificate == ("catering: 100 meals a day",)
        assert dead.lacks
        assert dead.is_nearest
        assert dead.able == ("catering: one enterprise says it can do 30 meals a day, and 100 are asked",)

    make(world)


def test_a_nearest_set_that_is_not_proved_says_so(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        factories.an_enterprise("Cook", capabilities=((*MEALS, 30),))
        lot = lot_of(factories.a_lot(anchor))
        [kept] = [one for one in proposals.propose(lot) if one.kind == "none"]
        kept.explanation = {**kept.explanation, "nearest": {**kept.explanation["nearest"], "proved": False}}
        db.session.flush()
        dead = teams.dead_end(lot)
        assert dead is not None
        assert dead.is_proved
        assert not dead.is_nearest

    make(world)


def test_a_certificate_that_expired_meets_no_gate(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        held = (("certificate", "ISO 9001", None, date(2020, 1, 1)),)
        factories.an_enterprise("Cook", capabilities=((*MEALS, 200),), holdings=held)
        lot = lot_of(factories.a_lot(anchor, gates=(("certificate_each", "ISO9001", None),)))
        proposals.propose(lot)
        assert [gate.state for gate in candidates.candidates_for(lot)[0].gates] == ["expired"]
        assert teams.teams_for(lot) == []
        dead = teams.dead_end(lot)
        assert dead is not None
        assert "ISO9001, held by every member" in dead.certificate
        assert dead.able == (
            "catering: one enterprise says it can do 200 meals a day, and 100 are asked; none of them meets what every"
            " member must meet",
        )

    make(world)


def test_what_a_network_told_of_a_member_counts_only_once_the_member_agrees(make: Any) -> None:
    """Turnover and amounts of insurance are unknown on the page and not met for the engine, until it agrees."""

    def world() -> None:
        from procure.models import now

        anchor = factories.an_anchor()
        network = factories.an_organisation("Network", is_network=True)
        held = (("insurance", "Public liability", 10**9, None),)
        member = factories.an_enterprise(
            "Cook", capabilities=((*MEALS, 200),), holdings=held, turnover_pence=10**9, registered_by_id=network
        )
        gates = (("turnover", "Turnover", 10**6), ("insurance", "Public liability", 10**8))
        lot = lot_of(factories.a_lot(anchor, gates=gates))
        proposals.propose(lot)
        answers = candidates.candidates_for(lot)[0].gates
        assert [answer.state for answer in answers] == ["unknown", "unknown"]
        assert not any("10,000,000" in answer.sentence for answer in answers)
        assert teams.teams_for(lot) == []
        enterprise = db.session.get(Enterprise, member)
        assert enterprise is not None
        enterprise.claimed_at = now()
        assert not disclosure.shares_details(enterprise, frozenset())
        enterprise.shares_details_at = now()
        db.session.commit()
        proposals.propose(lot)
        assert [answer.state for answer in candidates.candidates_for(lot)[0].gates] == ["met", "met"]
        assert len(teams.teams_for(lot)) == 1

    make(world)


def test_showing_interest_shares_details_with_that_anchor_only(make: Any) -> None:
    def world() -> None:
        from procure.models import Interest

        anchor, other = factories.an_anchor(), factories.an_anchor()
        network = factories.an_organisation("Network", is_network=True)
        member = factories.an_enterprise("Cook", registered_by_id=network)
        lot = factories.a_lot(anchor)
        enterprise = db.session.get(Enterprise, member)
        assert enterprise is not None
        assert not disclosure.shares_details(enterprise, disclosure.interested_in(anchor))
        db.session.add(Interest(organisation_id=member, lot_id=lot, state="interested"))
        db.session.commit()
        assert disclosure.shares_details(enterprise, disclosure.interested_in(anchor))
        assert not disclosure.shares_details(enterprise, disclosure.interested_in(other))

    make(world)


def test_a_later_day_does_not_rewrite_what_was_proposed_before(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        factories.an_enterprise("Cook", capabilities=((*MEALS, 200),))
        lot = lot_of(factories.a_lot(anchor))
        first = proposals.propose(lot)
        db.session.commit()
        kept = [(one.id, one.objective, [partner.reasons for partner in one.partners]) for one in first]
        factories.an_enterprise("Better cook", capabilities=((*MEALS, 900), "Cooked meals for hospital wards"))
        proposals.propose(lot)
        db.session.commit()
        db.session.expire_all()
        earlier = [db.session.get(Proposal, number) for number, _, _ in kept]
        told = [(one.id, one.objective, [partner.reasons for partner in one.partners]) for one in earlier if one]
        assert told == kept
        assert not any(one.is_current for one in earlier if one)
        assert len(proposals.current(lot, "supplier")) == 2

    make(world)


def test_a_rejected_enterprise_is_in_no_new_consortium(make: Any) -> None:
    def world() -> None:
        anchor = factories.an_anchor()
        cook = factories.an_enterprise("Cook", capabilities=((*MEALS, 200),))
        spare = factories.an_enterprise("Spare", capabilities=(("Meals", "55520000", "meals a day", 100),))
        lot = lot_of(factories.a_lot(anchor))
        db.session.add(
            Decision(organisation_id=anchor, lot_id=lot.id, enterprise_id=cook, action="reject", reason="Too far")
        )
        db.session.commit()
        proposals.propose(lot)
        assert {one.enterprise.organisation_id for team in teams.teams_for(lot) for one in team.members} == {spare}

    make(world)


def test_suspended_enterprises_are_not_proposed(make: Any) -> None:
    def world() -> int:
        from procure.models import Organisation, now

        anchor = factories.an_anchor()
        cook = factories.an_enterprise("Cook", capabilities=((*MEALS, 200),))
        organisation = db.session.get(Organisation, cook)
        assert organisation is not None
        organisation.suspended_at = now()
        db.session.commit()
        proposals.propose(lot_of(factories.a_lot(anchor)))
        return len(db.session.scalars(select(Partner)).all())

    assert make(world) == 0


def test_opening_a_lot_proposes_by_itself(make: Any, run_jobs: Any) -> None:
    from .test_tenders import a_buyer

    def world() -> int:
        anchor = factories.an_anchor()
        factories.an_enterprise("Cook", capabilities=((*MEALS, 200),))
        lot_id = factories.a_lot(anchor, state="draft")
        tenders.move_lot(lot_id, "open", by=a_buyer(anchor))
        db.session.commit()
        return lot_id

    lot_id = make(world)
    assert run_jobs() == 1
    assert make(lambda: lot_of(lot_id).likely_local) is not None


def a_need(name: str, cpv: str | None, unit: str | None, units: int = 100) -> Need:
    return Need(name=name, cpv=cpv, unit=unit, units=units, value_pence=100)


DAILY = a_need("Meals", "55520000", "meals a day")


@pytest.mark.parametrize(
    ("need", "stated", "units"),
    [
        pytest.param(DAILY, ("We cook", "55523000", "meals a day", 80), 80, id="group"),
        pytest.param(
            a_need("Meals", "55520000-1", "meals"), ("We cook", "55520000", "meals a day", 80), 80, id="within"
        ),
        pytest.param(DAILY, ("We cook", "55520000", "meals a week", 80), 0, id="other unit"),
        pytest.param(DAILY, ("We cook", "55520000", None, 80), 80, id="no unit said"),
        pytest.param(DAILY, ("We cook", "55520000", "meals a day", None), 0, id="no number"),
        pytest.param(a_need("Meals", "55520000", None, 1), ("We cook", "55520000", None, None), 1, id="whole lot"),
        pytest.param(a_need("Meals", "55520000", "meals"), ("Websites", "72413000", "meals", 80), 0, id="other kind"),
        pytest.param(
            a_need("Bike repair", None, "bikes"), ("Repair of bikes", None, "bikes a month", 9), 9, id="words"
        ),
        pytest.param(
            a_need("Catering", None, "meals a day"),
            ("We cook", "55520000", "meals", 80),
            80,
            id="the same thing counted",
        ),
        pytest.param(
            a_need("Catering", None, "hours a week"),
            ("We clean", "90910000", "hours a week", 80),
            0,
            id="hours of what",
        ),
        pytest.param(
            a_need("Catering", "55520000", "meals"), ("Websites", "72413000", "meals", 80), 0, id="the code tells"
        ),
        pytest.param(a_need("Care", "85000000", "hours"), ("Home care", "85312400", "hours", 9), 9, id="division only"),
    ],
)
def test_a_capability_counts_where_kind_and_unit_agree(need: Need, stated: Any, units: int) -> None:
    statement, cpv, unit, number = stated
    enterprise = Enterprise(capabilities=[Capability(statement=statement, cpv=cpv, unit=unit, units=number)])
    assert offers.units_for(need, enterprise) == units


def test_pounds_a_year_carry_a_contract_of_several_years() -> None:
    enterprise = Enterprise(capacity_pence=100)
    two_years = Lot(starts_on=date(2027, 4, 1), ends_on=date(2029, 3, 31))
    assert offers.pounds_for_term(enterprise, two_years) == 200
    assert offers.pounds_for_term(enterprise, Lot()) == 100
    assert offers.pounds_for_term(Enterprise(), two_years) is None


def test_a_gate_is_unknown_before_the_question_was_answered_and_not_met_after() -> None:
    from procure.models import Gate

    gate = Gate(kind="certificate_each", name="DBS")
    states = [
        check_gate(gate, Enterprise(answered=answered), is_shared=True, on=date(2027, 1, 1)).state
        for answered in (4, 6)
    ]
    assert states == ["unknown", "not_met"]
