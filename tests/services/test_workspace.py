"""The workspace of a bid: versions, shares, agreement, and what the rules of competition ask to be looked at."""

import io
from typing import Any

import pytest

from procure.extensions import db
from procure.models import BidPlan, Consortium, Lot, RoomDocument
from procure.services.actors import Actor
from procure.services.consortia import (
    bid_packs,
    consortia,
    consortia_counts,
    consortia_flags,
    consortia_papers,
    consortia_plans,
    consortia_starts,
    messages,
    workspace,
)
from procure.services.consortia.consortia_counts import Counts
from procure.services.consortia.consortia_plans import PlanMovedError
from procure.services.errors import NotFoundError, RefusedError
from procure.services.ranking import matches

from .. import factories
from .stories import acting_for

COOKS = (("Hot meals cooked for wards", "55520000", "meals a day", 60),)
BAKES = (("Bread baked daily", "15810000", "loaves a day", 40),)
NEEDS = (("Hot meals", "55520000", "meals a day", 60, 6_000_000), ("Bread", "15810000", "loaves a day", 40, 2_000_000))


class Pair:
    """A cook who leads, a baker, their room and the lot they bid for."""

    def __init__(self, **profile: Any) -> None:
        self.lot_id = factories.a_lot(factories.an_anchor(), needs=NEEDS)
        self.cook = acting_for(factories.an_enterprise("Cook", capabilities=COOKS, **profile))
        self.baker = acting_for(factories.an_enterprise("Baker", capabilities=BAKES))
        self.id = consortia.form("Together", "", lot_id=self.lot_id, by=self.cook).id
        consortia.invite(self.id, self.baker.acting_for, by=self.cook)
        db.session.commit()
        db.session.expire_all()
        consortia.accept(self.id, by=self.baker)
        db.session.commit()

    @property
    def lot(self) -> Lot:
        return matches.find_lot(self.lot_id)

    @property
    def version(self) -> int:
        db.session.expire_all()
        return self.room().version

    def room(self, actor: Actor | None = None) -> workspace.Room:
        return workspace.enter(self.id, of=(actor or self.cook).acting_for)

    def share_out(
        self, meals: int = 60, bread: int = 40, shares: tuple[int, int] = (7_500, 2_500), seen: int = -1
    ) -> BidPlan:
        first, second = (need.id for need in self.lot.needs)
        units = {(self.cook.acting_for, first): meals, (self.baker.acting_for, second): bread}
        told = dict(zip((self.cook.acting_for, self.baker.acting_for), shares, strict=True))
        at = self.version if seen < 0 else seen
        return consortia_plans.share_out(self.id, self.lot, units, told, seen=at, by=self.cook)

    def ready(self) -> None:
        """Everything agreement waits for."""
        self.share_out()
        for actor, need, pence in zip((self.cook, self.baker), self.lot.needs, (5_900_000, 1_950_000), strict=True):
            consortia_plans.name_prices(self.id, {need.id: pence}, seen=self.version, by=actor)
        consortia_plans.give_reason(self.id, "joint", "none_alone", "One cooks", seen=self.version, by=self.cook)
        db.session.commit()

    def agree(self) -> None:
        for actor in (self.cook, self.baker):
            workspace.agree(self.id, seen=self.version, by=actor)
        db.session.commit()


def missing(pair: Pair, key: str, actor: Actor | None = None) -> tuple[str, ...]:
    db.session.expire_all()
    room = pair.room(actor)
    counts = consortia_counts.counts_in(pair.id, room.version, of=room.me.organisation_id)
    return next(one for one in workspace.tasks_of(room, counts) if one.key == key).missing


def test_every_change_is_a_version_of_its_own_and_none_is_rewritten(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.ready()
        pair.share_out(shares=(7_000, 3_000))
        kept = [
            (one.version, one.why, [share.basis_points for share in one.shares])
            for one in reversed(consortia_plans.history(pair.id, of=pair.baker.acting_for))
        ]
        assert kept == [
            (1, "work and shares shared out", [7_500, 2_500]),
            (2, "prices named", [7_500, 2_500]),
            (3, "prices named", [7_500, 2_500]),
            (4, "form and lawful reason recorded", [7_500, 2_500]),
            (5, "work and shares shared out", [7_000, 3_000]),
        ]

    make(story)


def test_the_same_change_sent_twice_is_one_version(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        assert pair.share_out(seen=0).id == pair.share_out(seen=0).id

    make(story)


def test_of_two_changes_to_one_version_the_second_is_told(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.share_out(seen=0)
        with pytest.raises(PlanMovedError):
            pair.share_out(shares=(6_000, 4_000), seen=0)

    make(story)


@pytest.mark.parametrize("shares", [(7_500, 2_499), (7_500, 2_501), (10_000, 1)])
def test_shares_that_are_not_the_whole_are_refused(make: Any, shares: tuple[int, int]) -> None:
    def story() -> None:
        pair = Pair()
        with pytest.raises(RefusedError, match="add up to"):
            pair.share_out(shares=shares)

    make(story)


def test_only_the_lead_shares_out_and_each_names_its_own_prices_only(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.ready()
        first, second = (need.id for need in pair.lot.needs)
        with pytest.raises(RefusedError):
            consortia_plans.share_out(pair.id, pair.lot, {}, {}, seen=pair.version, by=pair.baker)
        with pytest.raises(RefusedError):
            consortia_plans.give_reason(pair.id, "joint", "benefit", "x", seen=pair.version, by=pair.baker)
        plan = consortia_plans.name_prices(pair.id, {first: 1, second: 2}, seen=pair.version, by=pair.baker)
        assert sorted(one.price_pence or 0 for one in plan.lines) == [2, 5_900_000]

    make(story)


def test_a_price_stands_for_the_units_it_was_named_for(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.ready()
        pair.share_out(bread=35)
        assert missing(pair, "prices") == ("Baker has not named every price",)
        assert missing(pair, "work") == ("Bread: 5 of 40 loaves a day are carried by nobody",)

    make(story)


def test_nobody_is_given_more_than_it_says_it_can_do_unseen(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.share_out(bread=41)
        assert missing(pair, "work") == ("Bread: Baker is given 41 loaves a day and says it can do 40",)

    make(story)


def test_a_bid_that_lacks_something_is_not_agreed_to(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.share_out()
        with pytest.raises(RefusedError, match="not ready"):
            workspace.agree(pair.id, seen=pair.version, by=pair.baker)

    make(story)


def test_a_share_above_what_a_partner_can_take_on_is_told_to_that_partner_alone(make: Any) -> None:
    def story() -> None:
        pair = Pair(capacity_pence=5_999_999)
        pair.ready()
        assert workspace.own_limit(pair.room(pair.baker)) is None
        told = workspace.own_limit(pair.room(pair.cook))
        assert told
        assert "£60,000" in told
        with pytest.raises(RefusedError, match="take on"):
            workspace.agree(pair.id, seen=pair.version, by=pair.cook)
        workspace.agree(pair.id, seen=pair.version, by=pair.baker)

    make(story)


def test_agreement_is_to_a_version_and_is_gone_with_the_next(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.ready()
        pair.agree()
        assert pair.room().is_agreed
        consortia_plans.take_back(pair.id, seen=pair.version, by=pair.baker)
        db.session.expire_all()
        assert pair.room().agreed == {pair.cook.acting_for}
        workspace.agree(pair.id, seen=pair.version, by=pair.baker)
        db.session.expire_all()
        assert pair.room().is_agreed
        pair.share_out(shares=(8_000, 2_000))
        db.session.expire_all()
        assert pair.room().agreed == frozenset()
        with pytest.raises(PlanMovedError):
            consortia_plans.agree(pair.id, seen=pair.version - 1, by=pair.baker)

    make(story)


@pytest.mark.parametrize("way", ["leave", "remove", "join", "hand over"])
def test_another_set_of_partners_must_agree_anew(make: Any, way: str) -> None:
    def story() -> None:
        pair = Pair()
        pair.ready()
        pair.agree()
        db.session.expire_all()
        baker = consortia.membership_in(consortia.find(pair.id, of=pair.cook.acting_for), pair.baker.acting_for).id
        if way == "leave":
            consortia.leave(pair.id, by=pair.baker)
        elif way == "remove":
            consortia.remove_member(pair.id, baker, by=pair.cook)
        elif way == "hand over":
            consortia.hand_over(pair.id, baker, by=pair.cook)
        else:
            third = acting_for(factories.an_enterprise("Third"))
            consortia.invite(pair.id, third.acting_for, by=pair.cook)
            assert pair.room().is_agreed, "an invitation alone changes nothing"
            consortia.accept(pair.id, by=third)
        db.session.commit()
        db.session.expire_all()
        room = pair.room()
        assert room.agreed == frozenset()
        assert (pair.baker.acting_for in room.shares) == (way in ("join", "hand over"))
        assert len(consortia_plans.history(pair.id, of=pair.cook.acting_for)) == 5

    make(story)


def test_a_lot_the_buyer_changes_must_be_looked_at_again(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.ready()
        pair.lot.version += 1
        db.session.commit()
        assert "The buyer changed the lot" in missing(pair, "work")[0]
        pair.share_out()
        assert missing(pair, "work") == ()

    make(story)


def test_a_pack_is_of_what_all_agreed_to_and_never_changes(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.ready()
        with pytest.raises(RefusedError):
            bid_packs.make(pair.id, seen=pair.version, by=pair.cook)
        pair.agree()
        pack = bid_packs.make(pair.id, seen=pair.version, by=pair.baker)
        before = repr(pack.content)
        consortia_plans.name_prices(pair.id, {pair.lot.needs[1].id: 1}, seen=pair.version, by=pair.baker)
        db.session.commit()
        db.session.expire_all()
        again = bid_packs.find(pair.id, pack.id, of=pair.cook.acting_for)
        assert repr(again.content) == before
        prices = next(one for one in again.content["sections"] if one["title"] == "Prices")
        assert prices["rows"][-1][-1] == 7_850_000
        assert "7850000" not in repr(bid_packs.sections(again, with_prices=False))

    make(story)


def test_one_who_left_finds_no_plan_document_message_or_pack(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        pair.ready()
        pair.agree()
        pack = bid_packs.make(pair.id, seen=pair.version, by=pair.cook)
        paper = consortia_papers.add(pair.id, "other", "plan.txt", io.BytesIO(b"ours"), by=pair.cook)
        messages.post(pair.id, "Hello", once="1", by=pair.cook)
        consortia.leave(pair.id, by=pair.baker)
        db.session.commit()
        gone = pair.baker.acting_for
        assert consortia_plans.history(pair.id, of=gone) == []
        assert consortia_papers.documents_in(pair.id, of=gone) == []
        assert consortia_counts.counts_in(pair.id, pack.version, of=gone) == Counts(0, 0, frozenset())
        assert bid_packs.packs_of(pair.id, of=gone) == []
        with pytest.raises(NotFoundError):
            bid_packs.find(pair.id, pack.id, of=gone)
        with pytest.raises(NotFoundError):
            consortia_papers.find(pair.id, paper.id, of=gone)
        with pytest.raises(NotFoundError):
            messages.post(pair.id, "Still here", once="2", by=pair.baker)

    make(story)


def test_a_document_goes_with_the_partner_that_brought_it(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        consortia_papers.add(pair.id, "evidence", "ours.txt", io.BytesIO(b"insured"), by=pair.baker)
        db.session.commit()
        assert len(consortia_papers.documents_in(pair.id, of=pair.cook.acting_for)) == 1
        consortia.leave(pair.id, by=pair.baker)
        db.session.commit()
        assert consortia_papers.documents_in(pair.id, of=pair.cook.acting_for) == []

    make(story)


def test_a_document_above_ten_megabytes_is_refused_and_leaves_no_file(make: Any, app: Any, tmp_path: Any) -> None:
    def story() -> None:
        pair = Pair()
        with pytest.raises(RefusedError, match="10 MB"):
            consortia_papers.add(pair.id, "other", "large.txt", io.BytesIO(b"x" * (10 * 1024**2 + 1)), by=pair.cook)
        assert db.session.query(RoomDocument).count() == 0
        assert not any((tmp_path / "uploads").glob("*"))

    make(story)


def test_the_start_covers_every_need_within_what_each_can_do_and_shares_are_the_whole(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        third = acting_for(factories.an_enterprise("Third", capabilities=(*COOKS, *BAKES)))
        consortia.invite(pair.id, third.acting_for, by=pair.cook)
        consortia.accept(pair.id, by=third)
        db.session.commit()
        room = pair.room()
        inside = {one.organisation_id: room.partners[one.organisation_id] for one in room.accepted}
        units, shares = consortia_starts.start_for(pair.lot, inside, frozenset())
        for need in pair.lot.needs:
            assert sum(number for (_, key), number in units.items() if key == need.id) == need.units
        assert all(number <= room.able(partner, need) for (partner, need), number in units.items())
        assert sum(shares.values()) == 10_000

    make(story)


def test_where_partners_cannot_cover_the_lot_the_start_shows_the_gap(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        room = pair.room()
        alone = {pair.cook.acting_for: room.partners[pair.cook.acting_for]}
        units, shares = consortia_starts.start_for(pair.lot, alone, frozenset())
        assert units == {(pair.cook.acting_for, pair.lot.needs[0].id): 60}
        assert shares == {pair.cook.acting_for: 10_000}

    make(story)


def test_three_equal_parts_make_shares_of_a_hundred_percent_to_the_basis_point(make: Any) -> None:
    def story() -> None:
        needs = (("Hours", None, "hours", 3, 100),)
        lot = matches.find_lot(factories.a_lot(factories.an_anchor(), needs=needs))
        units = {(partner, lot.needs[0].id): 1 for partner in (7, 8, 9)}
        assert consortia_starts.shares_by_value(lot, units) == {7: 3_334, 8: 3_333, 9: 3_333}

    make(story)


def rivalry(pair: Pair) -> Consortium:
    return consortia.form("Another", "", lot_id=pair.lot_id, by=pair.baker)


def test_a_partner_in_two_bids_is_flagged_to_itself_and_the_lead_only(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        third = acting_for(factories.an_enterprise("Third"))
        consortia.invite(pair.id, third.acting_for, by=pair.cook)
        consortia.accept(pair.id, by=third)
        rivalry(pair)
        db.session.commit()
        db.session.expire_all()
        seen = {
            actor.acting_for: [flag.kind for flag in pair.room(actor).flags] for actor in (pair.cook, pair.baker, third)
        }
        assert seen == {pair.cook.acting_for: ["rival"], pair.baker.acting_for: ["rival"], third.acting_for: []}
        assert "Another" not in pair.room().flags[0].sentence

    make(story)


def test_who_could_bid_alone_is_flagged_and_what_it_keeps_to_itself_is_not_given_away(make: Any) -> None:
    def story() -> None:
        pair = Pair()
        gate = (("turnover", "Turnover", 1_000),)
        lot = matches.find_lot(factories.a_lot(factories.an_anchor(), needs=NEEDS, gates=gate))
        able = factories.an_enterprise("Able", capabilities=(*COOKS, *BAKES), turnover_pence=999)
        from procure.services.enterprises import enterprises

        profile = enterprises.find(able)
        assert consortia_flags.could_alone(lot, profile, knows_all=False)
        assert not consortia_flags.could_alone(lot, profile, knows_all=True)
        assert not consortia_flags.could_alone(lot, enterprises.find(pair.cook.acting_for), knows_all=False)

    make(story)
