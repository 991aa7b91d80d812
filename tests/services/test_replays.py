"""A ranking as it was kept, beside today's."""

from typing import Any

import pytest

from procure.extensions import db
from procure.models import Lot, Proposal
from procure.services.enterprises import profiles
from procure.services.enterprises.profiles import Edit, Stated
from procure.services.errors import NotFoundError
from procure.services.ranking import proposals, replays

from .. import factories
from .stories import acting_for

CATERING = (("Ward catering", "55520000", "meals a day", 100),)


def a_ranked_lot() -> tuple[int, Lot, int, int]:
    anchor = factories.an_anchor()
    first = factories.an_enterprise("First", capabilities=CATERING)
    other = factories.an_enterprise("Other", capabilities=(("Meals cooked for schools", "55520000", None, None),))
    lot = db.session.get(Lot, factories.a_lot(anchor))
    assert lot is not None
    proposals.propose(lot)
    db.session.commit()
    return anchor, lot, first, other


def supplier_of(lot: Lot) -> int:
    found = replays.latest(lot)
    assert found is not None
    return found


def test_where_nothing_changed_today_says_the_same(make: Any) -> None:
    def story() -> None:
        anchor, lot, *_ = a_ranked_lot()
        found = replays.replay(supplier_of(lot), of=anchor)
        assert [line.name for line in found.lines] == ["First", "Other"]
        assert found.is_same, found
        assert all(line.changes == () for line in found.lines)
        consortium = db.session.query(Proposal).filter_by(kind="consortium").first()
        assert consortium is not None
        assert replays.replay(consortium.id, of=anchor).lines == found.lines

    make(story)


def test_a_changed_profile_is_named_and_the_kept_reasons_stay(make: Any) -> None:
    def story() -> None:
        anchor, lot, first, _ = a_ranked_lot()
        kept = supplier_of(lot)
        before = replays.replay(kept, of=anchor).lines[0].then
        stated = [Stated("Bridges painted", "45442100", None, None)]
        profiles.say_what("We paint bridges", stated, edit=Edit(acting_for(first), 1))
        db.session.commit()
        found = replays.replay(kept, of=anchor)
        line = next(line for line in found.lines if line.name == "First")
        assert line.then == before
        assert line.now != line.then
        assert line.changes[0] == "Its profile changed, from version 1 to 2"
        assert not found.is_same

    make(story)


def test_new_enterprises_and_a_changed_lot_are_told(make: Any) -> None:
    def story() -> None:
        anchor, lot, *_ = a_ranked_lot()
        factories.an_enterprise("New", capabilities=CATERING)
        lot.version += 1
        db.session.commit()
        found = replays.replay(supplier_of(lot), of=anchor)
        assert found.changes == ("The lot changed, from version 1 to 2.",)
        assert [line.changes for line in found.lines if line.name == "New"] == [("It was not in the ranking then",)]

    make(story)


def test_each_kept_ranking_is_reached_from_the_others(make: Any) -> None:
    def story() -> None:
        anchor, lot, *_ = a_ranked_lot()
        first = supplier_of(lot)
        proposals.propose(lot)
        db.session.commit()
        second = supplier_of(lot)
        assert second != first
        assert [key for key, _ in replays.replay(second, of=anchor).others] == [first]
        assert [key for key, _ in replays.replay(first + 1, of=anchor).others] == [second]

    make(story)


def test_another_buyers_ranking_is_not_found(make: Any) -> None:
    def story() -> None:
        _, lot, *_ = a_ranked_lot()
        with pytest.raises(NotFoundError):
            replays.replay(supplier_of(lot), of=factories.an_anchor())

    make(story)


def test_what_was_not_kept_in_older_proposals_is_said(make: Any) -> None:
    def story() -> None:
        anchor, lot, *_ = a_ranked_lot()
        for one in db.session.query(Proposal):
            one.made_with = None
            for partner in one.partners:
                partner.enterprise_version = None
        db.session.commit()
        found = replays.replay(supplier_of(lot), of=anchor)
        assert "not kept then" in found.changes[0]
        assert "not kept then" in found.lines[0].changes[0]

    make(story)


def test_today_is_cut_off_where_the_kept_one_was(make: Any) -> None:
    def story() -> None:
        anchor, lot, *_ = a_ranked_lot()
        for number in range(60):
            words = "Ward catering" if number % 2 else f"Meals and {number} other things that people ask of us"
            factories.an_enterprise(f"E{number}", capabilities=((words, "55520000", None, None),))
        proposals.propose(lot)
        db.session.commit()
        found = replays.replay(supplier_of(lot), of=anchor)
        assert len(found.lines) == 25
        assert found.is_same

    make(story)
