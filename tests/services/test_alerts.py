"""Who is told of which lots, how often, and how they make it stop."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from procure import jobs
from procure.extensions import db
from procure.models import AlertChoice, Membership, Organisation, OutgoingMail, Person, now
from procure.services.actors import Actor
from procure.services.alerts import alerts, digests
from procure.services.errors import ConflictError, NotFoundError
from procure.services.lots import interests
from procure.services.ranking import matches

from .. import factories

CATERING = (("Ward catering", "55520000", "meals a day", 100),)


def a_reader(frequency: str = "immediate") -> tuple[Actor, int]:
    """Somebody of a caterer who chose how often to be told, a while ago."""
    cook = factories.an_enterprise("Cook", capabilities=CATERING)
    person = factories.a_member(cook, "enterprise", "member")
    found = db.session.get(Person, person)
    assert found is not None
    by = Actor(person, found.name, found.email, cook, "Cook", frozenset({"enterprise:member"}))
    alerts.choose(frequency, seen=0, by=by)
    db.session.commit()
    set_back(by)
    return by, factories.an_anchor()


def set_back(by: Actor, **ago: float) -> None:
    choice = alerts.find(by=by)
    assert choice is not None
    choice.looked_at = now() - timedelta(**(ago or {"days": 8}))
    db.session.commit()


def look() -> list[OutgoingMail]:
    """What the worker does every few seconds; all mail there is."""
    digests.queue_due()
    db.session.commit()
    jobs.run_all()
    return list(db.session.query(OutgoingMail).order_by(OutgoingMail.id))


def test_a_new_lot_that_fits_is_told_once(make: Any) -> None:
    def story() -> None:
        by, anchor = a_reader()
        factories.a_lot(anchor, "Meals for wards")
        factories.a_lot(anchor, "Bridge repair", cpv="45221119", description="Steel", needs=())
        [mail] = look()
        assert (mail.recipient, mail.subject) == (by.email, "A lot that fits you: Meals for wards")
        assert "Bridge" not in mail.body
        set_back(by)
        assert len(look()) == 1

    make(story)


def test_a_lot_whose_words_hardly_agree_is_told_with_what_one_can_do_of_it(make: Any) -> None:
    def story() -> None:
        _, anchor = a_reader()
        needs = (("Trays", "55520000", "meals a day", 900, 10_000_000),)
        factories.a_lot(anchor, "Zither tuning", cpv="92312000", description="Strings and pegs", needs=needs)
        [mail] = look()
        assert "fit by its words, but you say you can do a part of it" in mail.body

    make(story)


def test_lots_in_the_list_when_one_chooses_are_known(make: Any) -> None:
    def story() -> None:
        cook = factories.an_enterprise("Cook", capabilities=CATERING)
        anchor = factories.an_anchor()
        factories.a_lot(anchor, "Old")
        by = Actor(factories.a_member(cook, "enterprise", "member"), "Pat", "pat@example.org", cook)
        alerts.choose("immediate", seen=0, by=by)
        db.session.commit()
        set_back(by)
        assert look() == []
        factories.a_lot(anchor, "New")
        set_back(by)
        assert [mail.subject for mail in look()] == ["A lot that fits you: New"]

    make(story)


def test_a_lot_already_answered_is_not_sent(make: Any) -> None:
    def story() -> None:
        by, anchor = a_reader()
        lot = matches.find_lot(factories.a_lot(anchor))
        interests.answer(lot, "interested", is_open=True, by=by)
        db.session.commit()
        assert look() == []

    make(story)


@pytest.mark.parametrize("who", ["person", "organisation", "membership", "never"])
def test_the_suspended_the_departed_and_the_quiet_hear_nothing(make: Any, who: str) -> None:
    def story() -> None:
        by, anchor = a_reader()
        lot = factories.a_lot(anchor)
        digests.queue_due()
        db.session.commit()
        if who == "never":
            alerts.choose("never", seen=1, by=by)
        elif who == "membership":
            db.session.query(Membership).filter_by(person_id=by.person_id).update({"ended_at": now()})
        else:
            row: Any = db.session.get(*((Person, by.person_id) if who == "person" else (Organisation, by.acting_for)))
            row.suspended_at = now()
        db.session.commit()
        jobs.run_all()
        assert lot
        assert look() == []

    make(story)


def test_several_new_lots_are_one_message(make: Any) -> None:
    def story() -> None:
        by, anchor = a_reader("daily")
        for title in ("One", "Two", "Three"):
            factories.a_lot(anchor, title)
        [mail] = look()
        assert mail.subject == "3 lots that fit you"
        assert mail.body.count("/supplying/lots/") == 3
        assert by.email == mail.recipient

    make(story)


@pytest.mark.parametrize(
    ("frequency", "last", "following"),
    [
        ("daily", datetime(2026, 7, 1, 5, 59, tzinfo=UTC), datetime(2026, 7, 1, 6, tzinfo=UTC)),
        ("daily", datetime(2026, 7, 1, 6, 0, tzinfo=UTC), datetime(2026, 7, 2, 6, tzinfo=UTC)),
        ("daily", datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 23, 7, tzinfo=UTC)),
        ("weekly", datetime(2026, 11, 23, 7, tzinfo=UTC), datetime(2026, 11, 30, 7, tzinfo=UTC)),
    ],
    ids=["before seven", "at seven", "the clocks go back", "a Sunday", "a Monday at seven"],
)
def test_digests_come_at_seven_in_london(frequency: str, last: datetime, following: datetime) -> None:
    assert digests.next_time(frequency, last) == following


def test_nobody_is_written_to_twice_within_ten_minutes_and_nobody_waits_twice(make: Any) -> None:
    def story() -> None:
        by, anchor = a_reader()
        factories.a_lot(anchor)
        assert len(digests.queue_due()) == 1
        assert digests.queue_due() == []
        db.session.rollback()
        set_back(by, minutes=9)
        assert digests.queue_due() == []

    make(story)


def test_one_post_to_the_quiet_link_stops_it(make: Any) -> None:
    def story() -> None:
        by, anchor = a_reader()
        factories.a_lot(anchor)
        [mail] = look()
        assert mail.quiet_address is not None
        token = mail.quiet_address.rsplit("/", 1)[1]
        for _ in range(2):
            assert alerts.quieten(token).frequency == "never"
        kept = alerts.find(by=by)
        assert kept is not None
        assert kept.version == 2
        for bad in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", ""):
            with pytest.raises(NotFoundError):
                alerts.quieten(bad)

    make(story)


def test_a_replaced_feed_address_is_dead(make: Any) -> None:
    def story() -> None:
        by, anchor = a_reader("never")
        factories.a_lot(anchor, "Meals")
        old = alerts.feed_token(alerts.feed("start", seen=1, by=by))
        assert old is not None
        assert [one.lot.title for one in alerts.fed(old).lots] == ["Meals"]
        new = alerts.feed_token(alerts.feed("replace", seen=2, by=by))
        assert new is not None
        assert alerts.fed(new).lots
        with pytest.raises(NotFoundError):
            alerts.fed(old)
        alerts.feed("stop", seen=3, by=by)
        with pytest.raises(NotFoundError):
            alerts.fed(new)

    make(story)


def test_a_quiet_link_opens_no_feed(make: Any) -> None:
    def story() -> None:
        by, _ = a_reader()
        choice: AlertChoice = alerts.feed("start", seen=1, by=by)
        with pytest.raises(NotFoundError):
            alerts.fed(alerts.quiet_address(choice).rsplit("/", 1)[1])

    make(story)


def test_a_choice_made_in_another_window_is_not_overwritten(make: Any) -> None:
    def story() -> None:
        by, _ = a_reader()
        for seen in (0, 2):
            with pytest.raises(ConflictError):
                alerts.choose("never", seen=seen, by=by)

    make(story)
