"""Which lots fit an enterprise, and what it answers."""

from datetime import date, timedelta
from typing import Any

import pytest

from procure.extensions import db
from procure.models import Decision, Lot, now
from procure.services.enterprises import profiles
from procure.services.enterprises.profiles import Edit, Stated
from procure.services.errors import ConflictError, NotFoundError, RefusedError
from procure.services.lots import interests
from procure.services.ranking import matches, openings

from .. import factories
from .stories import acting_for, enterprise_of

CATERING = (("Hot meals cooked for wards", "55520000", "meals a day", 80),)
CLEANING = (("Daily office cleaning", "90919200", "hours a week", 40),)


def a_cleaning_lot(anchor: int, **facts: Any) -> int:
    needs = (("cleaning", "90919200", "hours a week", 30, 5_000_000),)
    plain = {"cpv": "90919200", "description": "Offices cleaned every day", "needs": needs}
    return factories.a_lot(anchor, "Office cleaning", **{**plain, **facts})


def titles(organisation: int) -> list[str]:
    return [one.lot.title for one in matches.matches_for(enterprise_of(organisation)) if one.fits]


def test_each_is_shown_what_it_does(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        cook = factories.an_enterprise("Cook", capabilities=CATERING)
        cleaner = factories.an_enterprise("Cleaner", capabilities=CLEANING)
        factories.a_lot(anchor, "Ward catering")
        a_cleaning_lot(anchor)
        assert titles(cook) == ["Ward catering"]
        assert titles(cleaner) == ["Office cleaning"]

    make(story)


def test_equal_words_count_equally_whatever_the_names(make: Any) -> None:
    def story() -> None:
        pair = [factories.an_enterprise(name, capabilities=CATERING) for name in ("Ward Catering Ltd", "Zebra")]
        lot = factories.a_lot(factories.an_anchor(), "Ward catering")
        found = [matches.match_for(matches.find_lot(lot), enterprise_of(one)).probability for one in pair]
        assert found[0] == found[1]

    make(story)


def test_a_changed_profile_is_matched_anew_at_once(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        a_cleaning_lot(anchor)
        factories.a_lot(anchor, "Ward catering")
        organisation = factories.an_enterprise("Cook", capabilities=CATERING)
        assert titles(organisation) == ["Ward catering"]
        stated = [Stated("Daily office cleaning", "90919200", "hours a week", 40)]
        profiles.say_what("We clean offices", stated, edit=Edit(acting_for(organisation), 1))
        db.session.commit()
        assert titles(organisation) == ["Office cleaning"]

    make(story)


@pytest.mark.parametrize(
    ("facts", "is_listed"),
    [
        ({"state": "open"}, True),
        ({"state": "invited"}, True),
        ({"state": "draft"}, False),
        ({"state": "withdrawn"}, False),
        ({"state": "closed"}, False),
        ({"deadline_on": now().date()}, True),
        ({"deadline_on": now().date() - timedelta(days=1)}, False),
        ({"deadline_on": None}, True),
    ],
    ids=["open", "invited", "draft", "withdrawn", "closed", "last day", "day after", "no deadline"],
)
def test_only_lots_that_take_interest_today_are_listed(make: Any, facts: dict[str, Any], is_listed: bool) -> None:
    def story() -> None:
        organisation = factories.an_enterprise(capabilities=CATERING)
        factories.a_lot(factories.an_anchor(), "Ward catering", **facts)
        assert bool(titles(organisation)) is is_listed

    make(story)


@pytest.mark.parametrize(("state", "is_seen"), [("draft", False), ("withdrawn", False), ("closed", True)])
def test_drafts_and_withdrawn_lots_are_nobodys_to_see(make: Any, state: str, is_seen: bool) -> None:
    def story() -> None:
        lot = factories.a_lot(factories.an_anchor(), state=state)
        if is_seen:
            assert matches.find_lot(lot).id == lot
        else:
            with pytest.raises(NotFoundError):
                matches.find_lot(lot)

    make(story)


def test_alone_means_every_unit_and_every_pound(make: Any) -> None:
    def story() -> None:
        lot = factories.a_lot(factories.an_anchor())
        strong = (("Ward catering", "55520000", "meals a day", 100),)
        alone = factories.an_enterprise("A", capabilities=strong, capacity_pence=10_000_000)
        small = factories.an_enterprise("B", capabilities=strong, capacity_pence=9_999_999)
        short = factories.an_enterprise("C", capabilities=CATERING)
        found = [matches.match_for(matches.find_lot(lot), enterprise_of(one)) for one in (alone, small, short)]
        assert [one.is_alone for one in found] == [True, False, False]
        assert [part.words for part in found[2].uncovered] == ["catering: 80 of 100 meals a day"]

    make(story)


def test_an_invitation_is_seen_by_the_invited_and_by_nobody_else(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        lot = factories.a_lot(anchor)
        invited, other = factories.an_enterprise("Invited"), factories.an_enterprise("Other")
        for action in ("shortlist", "invite"):
            db.session.add(
                Decision(organisation_id=anchor, lot_id=lot, enterprise_id=invited, action=action, reason="good")
            )
            db.session.commit()
            found = matches.find_lot(lot)
            assert matches.match_for(found, enterprise_of(invited)).is_invited is (action == "invite")
            assert not matches.match_for(found, enterprise_of(other)).is_invited

    make(story)


def test_the_one_thing_that_opens_most_is_named(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        organisation = factories.an_enterprise(capabilities=CATERING, turnover_pence=100)
        each, turnover = ("certificate_each", "DBS", None), ("turnover", "Turnover", 1_000)
        factories.a_lot(anchor, "One", gates=(each,))
        factories.a_lot(anchor, "Two", gates=(each,))
        factories.a_lot(anchor, "Both at once", gates=(each, turnover))
        best = openings.best_opening(matches.matches_for(enterprise_of(organisation)))
        assert best is not None
        assert (best.label, best.lots, best.value_pence, best.is_answer) == ("DBS", 2, 20_000_000, False)

    make(story)


def test_an_answer_not_given_yet_is_told_from_a_condition_not_met(make: Any) -> None:
    def story() -> None:
        organisation = factories.an_enterprise(capabilities=CATERING, turnover_pence=None)
        factories.a_lot(factories.an_anchor(), gates=(("turnover", "Turnover", 1_000),))
        best = openings.best_opening(matches.matches_for(enterprise_of(organisation)))
        assert best is not None
        assert (best.is_answer, best.question) == (True, 4)

    make(story)


def test_a_condition_before_a_lot_that_needs_partners_is_not_told_as_all_that_stands_in_the_way(make: Any) -> None:
    def story() -> None:
        factories.a_lot(factories.an_anchor(), gates=(("certificate_each", "DBS", None),))
        for units, is_alone in ((80, False), (100, True)):
            meals = (("Hot meals cooked for wards", "55520000", "meals a day", units),)
            organisation = factories.an_enterprise(capabilities=meals)
            best = openings.best_opening(matches.matches_for(enterprise_of(organisation)))
            assert best is not None
            assert (best.label, best.is_alone) == ("DBS", is_alone)

    make(story)


def a_seen_lot() -> tuple[Lot, int]:
    organisation = factories.an_enterprise()
    return matches.find_lot(factories.a_lot(factories.an_anchor())), organisation


def test_an_answer_may_change_and_be_taken_back(make: Any) -> None:
    def story() -> None:
        lot, organisation = a_seen_lot()
        by = acting_for(organisation)
        for state in ("saved", "interested", "not_for_us"):
            interests.answer(lot, state, reason="too far", is_open=True, by=by)
            assert interests.answers_of(organisation)[lot.id].state == state
        interests.undo(lot, by=by)
        assert interests.answers_of(organisation) == {}
        with pytest.raises(ConflictError):
            interests.undo(lot, by=by)

    make(story)


@pytest.mark.parametrize(
    ("state", "reason", "is_open"),
    [("interested", "", False), ("not_for_us", "", True), ("won", "", True)],
    ids=["too late", "no reason", "no such answer"],
)
def test_an_answer_the_rules_do_not_allow_is_refused(make: Any, state: str, reason: str, is_open: bool) -> None:
    def story() -> None:
        lot, organisation = a_seen_lot()
        with pytest.raises(RefusedError):
            interests.answer(lot, state, reason=reason, is_open=is_open, by=acting_for(organisation))
        assert interests.answers_of(organisation) == {}

    make(story)


def test_the_whole_of_the_last_day_counts() -> None:
    today = now().date()
    assert matches.takes_interest(Lot(state="open", deadline_on=today))
    assert not matches.takes_interest(Lot(state="open", deadline_on=today - timedelta(days=1)))
    assert not matches.takes_interest(Lot(state="awarded", deadline_on=date(2099, 1, 1)))
