"""The 40 lots add up, and each has the answer it is said to have: found by trying every set of up to three."""

from itertools import combinations

import pytest

from procure.demo import DEMO_DAY, Enterprise, Lot, Place
from procure.demo.holdings import PUBLIC_LIABILITY
from procure.demo.lots import able


def amount(lot: Lot, kind: str) -> int:
    return sum(gate.amount_pence or 0 for gate in lot.gates if gate.kind == kind)


def named(lot: Lot, kind: str) -> list[str]:
    return [gate.name for gate in lot.gates if gate.kind == kind]


def may_join(lot: Lot, enterprise: Enterprise) -> bool:
    has_certificates = all(enterprise.holds(name, on=DEMO_DAY) for name in named(lot, "certificate_each"))
    is_covered = enterprise.cover_pence(PUBLIC_LIABILITY, on=DEMO_DAY) >= amount(lot, "insurance")
    return has_certificates and is_covered and any(able(enterprise, need.unit) for need in lot.needs)


def answers(lot: Lot, team: tuple[Enterprise, ...]) -> bool:
    covers = all(sum(able(e, need.unit) for e in team) >= need.units for need in lot.needs)
    pooled = sum(e.turnover_pence or 0 for e in team) >= amount(lot, "turnover")
    held = all(any(e.holds(name, on=DEMO_DAY) for e in team) for name in named(lot, "certificate_any"))
    return covers and pooled and held


def smallest_answer(place: Place, lot: Lot) -> int | None:
    fit = [e for e in place.enterprises if may_join(lot, e)]
    for size in (1, 2, 3):
        if any(answers(lot, team) for team in combinations(fit, size)):
            return size
    return None


def test_each_lot_has_the_answer_it_is_said_to_have(place: Place):
    for lot in place.lots:
        found = {None: "none", 1: "alone", 2: "together", 3: "together"}[smallest_answer(place, lot)]
        assert found == lot.answer, lot.title


def test_no_set_of_any_size_answers_the_lots_without_an_answer(place: Place):
    hopeless = [lot for lot in place.lots if lot.answer == "none"]
    assert hopeless
    for lot in hopeless:
        assert any(sum(able(e, need.unit) for e in place.enterprises) < need.units for need in lot.needs)


def test_some_lots_need_no_fewer_than_three(place: Place):
    assert sum(smallest_answer(place, lot) == 3 for lot in place.lots) >= 5


def test_needs_add_up_to_the_value_of_their_lot_to_the_penny(place: Place):
    for lot in place.lots:
        assert sum(need.value_pence for need in lot.needs) == lot.value_pence
        assert len({need.name for need in lot.needs}) == len(lot.needs)
        assert all(need.units > 0 and need.value_pence > 0 for need in lot.needs)


def test_weights_of_the_social_value_asked_add_up_to_a_hundred(place: Place):
    for lot in place.lots:
        assert sum(ask.weight_percent for ask in lot.asks) == 100
        assert [ask.weight_percent for ask in lot.asks] == sorted(
            (ask.weight_percent for ask in lot.asks), reverse=True
        )


def test_hospital_lots_ask_for_the_ten_in_a_hundred_the_nhs_expects(place: Place):
    assert {lot.social_value_percent for lot in place.lots if lot.anchor == "hospital"} == {10}


@pytest.mark.parametrize("state", ["draft", "open", "invited", "awarded", "closed"])
def test_every_state_occurs_and_agrees_with_its_dates(place: Place, state: str):
    lots = [lot for lot in place.lots if lot.state == state]
    assert len(lots) >= 3
    for lot in lots:
        assert (lot.opened_on is None) == (state == "draft")
        assert (lot.deadline_on < DEMO_DAY) == (state in ("awarded", "closed"))
        assert lot.deadline_on < lot.starts_on < lot.ends_on


def test_shares_of_a_proposal_add_up_to_one_and_have_one_lead(place: Place):
    for proposal in place.proposals:
        if proposal.kind == "none":
            assert not proposal.partners
            continue
        assert sum(partner.share for partner in proposal.partners) == pytest.approx(1)
        assert [partner.is_lead for partner in proposal.partners].count(True) == 1
        assert (proposal.kind == "supplier") == (len(proposal.partners) == 1)


def test_what_partners_carry_is_what_the_lot_needs(place: Place):
    lots = {lot.key: lot for lot in place.lots}
    for proposal in place.proposals:
        carried: dict[str, int] = {}
        for partner in proposal.partners:
            for name, units in partner.units:
                carried[name] = carried.get(name, 0) + units
        if proposal.partners:
            assert carried == {need.name: need.units for need in lots[proposal.lot].needs}


def test_what_was_said_was_said_while_the_lot_was_open(place: Place):
    lots = {lot.key: lot for lot in place.lots}
    said = [(d.lot, d.decided_on) for d in place.decisions] + [(i.lot, i.changed_on) for i in place.interests]
    assert len(said) > 100
    for key, day in said:
        opened = lots[key].opened_on
        assert opened is not None
        assert opened <= day <= min(DEMO_DAY, lots[key].deadline_on)


def test_a_buyer_decides_only_about_lots_of_their_own_anchor(place: Place):
    anchors = {person.key: person.organisation for person in place.people}
    lots = {lot.key: lot for lot in place.lots}
    assert {decision.action for decision in place.decisions} == {"shortlist", "invite", "reject"}
    for decision in place.decisions:
        assert anchors[decision.person] == lots[decision.lot].anchor
        assert (decision.enterprise is None) != (decision.proposal is None)


def test_an_enterprise_answers_a_lot_once(place: Place):
    answered = [(interest.lot, interest.enterprise) for interest in place.interests]
    assert len(set(answered)) == len(answered)
    assert {interest.state for interest in place.interests} == {"interested", "saved", "not_for_us"}
