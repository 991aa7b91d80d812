"""What anchors of one place tell each other: nothing without consent, nobody unnamed alone, nothing to subtract."""

from itertools import combinations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from procure.extensions import db
from procure.models import ShiftRow, Watch, now
from procure.services import sharing_consents
from procure.services.sharing_consents import PURCHASES
from procure.services.shift import shift, shift_neighbours
from procure.services.shift.shift_neighbours import LEAST_UNNAMED, Evidence, told

from .. import factories
from .places import an_officer
from .shift_stories import NEAR, a_ledger, a_purchase

ANCHORS = range(1, 7)
DISTRICTS = ("B18", "B19", "B20")
WORLDS = st.fixed_dictionaries({name: st.frozensets(st.sampled_from(ANCHORS)) for name in DISTRICTS})


def a_neighbour(place: int, category: str = "Cleaning", *, named: bool | None = False, agreed: bool = True) -> int:
    """An anchor of the place that buys from an enterprise in B18; named None shares nothing."""
    anchor = factories.an_anchor()
    db.session.add(Watch(place_id=place, anchor_id=anchor, agreed_at=now() if agreed else None))
    enterprise = factories.an_enterprise(postcode=NEAR)
    a_purchase(anchor, "Their payee", category, "x", 10_00, ledger=a_ledger(anchor), enterprise_id=enterprise)
    db.session.commit()
    if named is not None:
        sharing_consents.agree(PURCHASES, named, by=an_officer(anchor))
        db.session.commit()
    return anchor


def our_row(place: int, *, shares: bool = True) -> ShiftRow:
    anchor = factories.an_anchor("Ours")
    db.session.add(Watch(place_id=place, anchor_id=anchor, agreed_at=now()))
    a_purchase(anchor, "Far firm", "CLEANING", "x", 10_00, ledger=a_ledger(anchor))
    db.session.commit()
    if shares:
        sharing_consents.agree(PURCHASES, False, by=an_officer(anchor))
        db.session.commit()
    shift.work_out(anchor)
    db.session.commit()
    return db.session.query(ShiftRow).filter_by(organisation_id=anchor).one()


def test_the_unnamed_are_three_or_more_or_nobody(make: Any) -> None:
    def story() -> None:
        place = factories.an_organisation("The place", is_place=True)
        row = our_row(place)
        a_neighbour(place)
        a_neighbour(place)
        assert shift_neighbours.evidence_for(row) == []
        third = a_neighbour(place)
        assert shift_neighbours.evidence_for(row) == [Evidence("B18", (), True)]
        a_neighbour(place)
        assert shift_neighbours.evidence_for(row) == [Evidence("B18", (), True)]
        sharing_consents.withdraw(PURCHASES, by=an_officer(third))
        db.session.commit()
        assert shift_neighbours.evidence_for(row) == [Evidence("B18", (), True)]

    make(story)


def test_who_gives_its_name_is_named_and_does_not_help_to_count_the_others(make: Any) -> None:
    def story() -> None:
        place = factories.an_organisation("The place", is_place=True)
        row = our_row(place)
        named = a_neighbour(place, named=True)
        a_neighbour(place)
        a_neighbour(place)
        found = shift_neighbours.evidence_for(row)
        assert [(one.district, len(one.named), one.three_or_more) for one in found] == [("B18", 1, False)]
        sharing_consents.withdraw(PURCHASES, by=an_officer(named))
        db.session.commit()
        assert shift_neighbours.evidence_for(row) == []

    make(story)


def test_nothing_is_told_without_both_agreeing_in_one_place_about_the_same_purchase(make: Any) -> None:
    def story() -> None:
        place, other = (factories.an_organisation(is_place=True) for _ in range(2))
        silent = our_row(place, shares=False)
        for _ in range(3):
            a_neighbour(place)
        assert shift_neighbours.evidence_for(silent) == []
        row = our_row(other)
        for _ in range(3):
            a_neighbour(place, named=True)
            a_neighbour(other, named=None)
            a_neighbour(other, "Catering", named=True)
            a_neighbour(other, named=True, agreed=False)
        assert shift_neighbours.evidence_for(row) == []

    make(story)


@given(WORLDS, st.frozensets(st.sampled_from(ANCHORS)))
def test_nothing_is_ever_told_of_fewer_than_three_unnamed(
    world: dict[str, frozenset[int]], who: frozenset[int]
) -> None:
    names = {anchor: f"Anchor {anchor}" for anchor in who}
    for one in told(world, names):
        unnamed = world[one.district] - who
        assert one.three_or_more == (len(unnamed) >= LEAST_UNNAMED)
        assert set(one.named) == {names[anchor] for anchor in world[one.district] & who}


def test_whatever_is_told_of_three_districts_fits_a_world_in_which_any_one_unnamed_anchor_bought_nothing() -> None:
    """Differencing: of four anchors that do not give their name, nobody can be found out from all answers together."""
    anchors = (1, 2, 3, 4)
    sets = [frozenset(some) for size in range(5) for some in combinations(anchors, size)]
    by_answer: dict[tuple[bool, ...], list[tuple[frozenset[int], ...]]] = {}
    for world in product(sets, repeat=len(DISTRICTS)):
        answer = tuple(len(one) >= LEAST_UNNAMED for one in world)
        bought = dict(zip(DISTRICTS, world, strict=True))
        shown = {one.district for one in told(bought, {})}
        assert shown == {name for name, is_told in zip(DISTRICTS, answer, strict=True) if is_told}
        by_answer.setdefault(answer, []).append(world)
    for worlds in by_answer.values():
        for anchor in anchors:
            assert any(all(anchor not in district for district in world) for world in worlds)
