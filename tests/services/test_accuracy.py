"""How often matching was right here: nothing shown below twenty decisions, nobody named."""

from datetime import timedelta
from typing import Any

import pytest

from procure.extensions import db
from procure.models import Decision, Lot, Partner, Payee, PayeeDecision, Proposal, now
from procure.services.ranking import accuracy, proposals

from .. import factories


def a_ranking(
    anchor: int, lot: int, keys: list[int], *, days_ago: float = 10, probability: float = 0.8, weights: str = "old"
) -> None:
    for rank, key in enumerate(keys, start=1):
        proposal = Proposal(
            organisation_id=anchor, lot_id=lot, lot_version=1, kind="supplier", rank=rank, engine="test",
            created_at=now() - timedelta(days=days_ago), made_with={"weights": weights},
        )  # fmt: skip
        proposal.partners = [Partner(enterprise_id=key, probability=probability)]
        db.session.add(proposal)
        db.session.flush()
    db.session.commit()


def decide(anchor: int, lot: int, key: int, action: str, *, days_ago: float = 5) -> None:
    db.session.add(
        Decision(
            organisation_id=anchor, lot_id=lot, enterprise_id=key, action=action, reason="because",
            decided_at=now() - timedelta(days=days_ago),
        )
    )  # fmt: skip
    if action == "award":
        found = db.session.get(Lot, lot)
        assert found is not None
        found.state = "awarded"
    db.session.commit()


def test_below_twenty_decisions_there_are_no_figures(make: Any) -> None:
    def story() -> None:
        anchor, key = factories.an_anchor(), factories.an_enterprise(capabilities=("Cooking",))
        for number in range(20):
            assert not accuracy.measure().lots.is_enough, number
            lot = factories.a_lot(anchor)
            a_ranking(anchor, lot, [key])
            decide(anchor, lot, key, "shortlist")
        found = accuracy.measure().lots
        assert found.is_enough
        assert (found.decided, found.by_method["engine"].hit_1) == (20, 1.0)

    make(story)


def test_lots_ranked_with_other_weights_than_those_in_force_are_counted(make: Any) -> None:
    def story() -> None:
        anchor, key = factories.an_anchor(), factories.an_enterprise()
        for weights in ("old", proposals.weights_in_force(), "older"):
            lot = factories.a_lot(anchor)
            a_ranking(anchor, lot, [key], weights=weights)
            decide(anchor, lot, key, "shortlist")
        found = accuracy.measure()
        assert found.lots.otherwise == 2
        assert found.ranking.meaning is None

    make(story)


def test_a_ranking_is_taken_from_before_the_decision(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        good, bad = factories.an_enterprise("Good"), factories.an_enterprise("Bad")
        lot = factories.a_lot(anchor)
        a_ranking(anchor, lot, [bad, good], days_ago=10)
        a_ranking(anchor, lot, [good, bad], days_ago=1)
        decide(anchor, lot, good, "invite", days_ago=5)
        found = accuracy.measure().lots
        assert (found.by_method["engine"].mrr, found.later) == (0.5, 0)

    make(story)


def test_an_award_ends_as_right_and_a_rejection_as_wrong(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        won, lost, undone = (factories.an_enterprise(name) for name in ("Won", "Lost", "Undone"))
        lot = factories.a_lot(anchor)
        a_ranking(anchor, lot, [lost, won, undone], probability=0.5)
        decide(anchor, lot, lost, "reject")
        decide(anchor, lot, undone, "shortlist")
        decide(anchor, lot, undone, "undo")
        decide(anchor, lot, won, "award")
        found = accuracy.measure().lots
        assert (found.decided, found.by_method["engine"].mrr) == (2, 0.5)
        assert [(one.count, one.said, one.was) for one in found.bins] == [(2, 0.5, 0.5)]

    make(story)


def test_lots_for_which_nobody_is_likely_are_counted_as_abstentions(make: Any) -> None:
    def story() -> None:
        anchor, key = factories.an_anchor(), factories.an_enterprise()
        for probability in (0.49, 0.5):
            a_ranking(anchor, factories.a_lot(anchor), [key], probability=probability)
        found = accuracy.measure().lots
        assert (found.asked, found.unlikely, found.no_team) == (2, 1, 0)

    make(story)


@pytest.mark.parametrize(
    ("kind", "named", "first", "overruled"),
    [("linked", 0, 1, 0), ("linked", 1, 0, 1), ("rejected", None, 0, 1)],
    ids=["confirmed", "another", "nobody"],
)
def test_what_was_proposed_stands_beside_what_the_officer_said(
    make: Any, kind: str, named: int | None, first: int, overruled: int
) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        pair = [factories.an_enterprise(name) for name in ("One", "Other")]
        payee = Payee(organisation_id=anchor, name="ONE", state="confirmed", checked_at=now())
        db.session.add(payee)
        db.session.flush()
        db.session.add(
            PayeeDecision(
                organisation_id=anchor, payee_id=payee.id, name="ONE", kind=kind, seen="accepted_0", probability=0.9,
                enterprise_id=None if named is None else pair[named],
                candidates=[{"enterprise_id": key} for key in pair],
            )
        )  # fmt: skip
        db.session.commit()
        found = accuracy.measure().payees
        assert (found.decided, found.first, found.was_sure, found.overruled) == (1, first, 1, overruled)
        assert not found.is_enough

    make(story)
