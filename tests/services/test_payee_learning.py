"""Lessons from officers' decisions: tried before they count, kept as numbers, taken back and put back by one click."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select, update

from procure import jobs
from procure.extensions import db
from procure.matching.payees import Decided, Register, RegisterRow, lessons_from, refit, shipped
from procure.matching.payees.trials import figures, held_out, is_better, tried
from procure.models import AuditEntry, LearnedParameters, PayeeDecision, now
from procure.services.actors import Actor
from procure.services.errors import ConflictError, RefusedError
from procure.services.payees import payee_checks, payee_learning, payee_parameters, payee_settling
from procure.services.payees.payee_changes import Target

from .. import factories
from .registered import PLACES, TRADES, an_edition, some_bodies
from .test_payee_checks import check, paid, seen

ADMIN = Actor(None, "Ada", "ada@example.org", None, "", frozenset({"installation:admin"}))


def an_officer(anchor: int) -> Actor:
    return Actor(factories.a_person(), "Ann", "ann@example.org", anchor, "Anchor", frozenset({"anchor:finance"}))


def decided(anchor: int, bodies: dict[str, int], number: int) -> None:
    """Decisions that say: here a name that lost its last letters is the body, and one with another trade is nobody."""
    told = []
    for name, body in bodies.items():
        place, trade, _ = name.split()
        other = TRADES[(TRADES.index(trade) + 1) % len(TRADES)]
        told += [(f"{place} {trade[:5]}", "linked", body), (f"{place}s {other} Depot", "rejected", None)]
    for name, kind, body in told[:number]:
        db.session.add(
            PayeeDecision(organisation_id=anchor, name=name.upper(), kind=kind, body_id=body, seen="review_0")
        )
    db.session.commit()


def a_lesson_in_force(anchor: int) -> int:
    """Payees checked, decisions made and a lesson drawn; its id."""
    bodies = some_bodies(an_edition())
    decided(anchor, bodies, 199)
    (last,) = paid(anchor, "Birch Cater")
    payee_settling.link(last, Target(body_id=bodies["Birch Catering Limited"]), "unlinked_0", by=an_officer(anchor))
    db.session.commit()
    assert payee_learning.open_job() is not None
    jobs.run_all()
    return db.session.scalars(select(LearnedParameters.id).order_by(LearnedParameters.id.desc())).first() or 0


def test_the_two_hundredth_decision_draws_a_lesson_that_does_better_on_decisions_it_had_not_seen(make: Any) -> None:
    def story() -> None:
        lesson = payee_learning.find(a_lesson_in_force(factories.an_anchor()))
        assert (lesson.state, lesson.decisions, lesson.tried_on) == ("in_force", 200, 200)
        assert lesson.after["log_loss"] < lesson.before["log_loss"]
        assert sum(band["names"] for band in lesson.after["bands"]) == 200
        assert payee_parameters.weights().lesson_id == lesson.id
        assert payee_learning.count_new() == 0
        assert payee_learning.open_job() is None

    make(story)


def test_a_lesson_has_payees_checked_again_and_changes_nothing_a_person_decided(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        payee, mine = paid(anchor, "Cedar Bakery Trading", "Cedar Roofing Ltd")
        check(anchor)
        payee_settling.reject(mine, "unlinked_0", by=an_officer(anchor))
        db.session.commit()
        before = seen(payee).checked_with
        lesson = a_lesson_in_force(anchor)
        assert payee_checks.count_stale(anchor) == 0
        assert seen(payee).checked_with != before
        told = payee_checks.checked_against(seen(payee))
        assert told
        assert told.lesson_id == lesson
        assert (seen(mine).state, seen(mine).body_id) == ("rejected", None)

    make(story)


def test_a_lesson_is_taken_back_by_one_click_and_put_back_by_another(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        (payee,) = paid(anchor, "Cedar Bakery Trading")
        lesson = a_lesson_in_force(anchor)
        taught = (seen(payee).probability, seen(payee).state)
        payee_learning.revert(lesson, by=ADMIN)
        db.session.commit()
        assert payee_parameters.weights().lesson_id is None
        assert payee_checks.open_job(anchor)
        jobs.run_all()
        assert (seen(payee).probability, seen(payee).state) != taught
        with pytest.raises(ConflictError):
            payee_learning.revert(lesson, by=ADMIN)
        db.session.rollback()
        payee_learning.put_back(lesson, by=ADMIN)
        db.session.commit()
        jobs.run_all()
        assert (seen(payee).probability, seen(payee).state) == taught
        actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert [each for each in actions if each.startswith("lesson")] == [
            "lesson in force",
            "lesson taken back",
            "lesson put back",
        ]

    make(story)


def test_a_lesson_holds_numbers_and_no_word_of_any_name(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor("Quixotic Anchor Trust")
        a_lesson_in_force(anchor)
        lesson = db.session.scalars(select(LearnedParameters)).one()
        kept = json.dumps([lesson.parameters, lesson.before, lesson.after, lesson.reason]).casefold()
        for word in (*PLACES, *TRADES, "quixotic", "depot"):
            # short words are parts of the names of reasons
            assert len(word) < 5 or word.casefold() not in kept

    make(story)


def test_decisions_taken_back_or_taken_over_from_others_teach_nothing(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        decided(anchor, some_bodies(an_edition()), 60)
        assert payee_learning.count_new() == 60
        first = db.session.scalar(select(func.min(PayeeDecision.id))) or 0
        for number, fact in ((first, {"undone_at": now()}), (first + 1, {"was_offered": True})):
            db.session.execute(
                update(PayeeDecision)
                .where(PayeeDecision.organisation_id == anchor, PayeeDecision.id == number)
                .values(**fact)
            )
        assert payee_learning.count_new() == 58

    make(story)


def test_too_few_decisions_are_refused_with_what_to_wait_for(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        decided(anchor, some_bodies(an_edition()), 49)
        with pytest.raises(RefusedError, match="Wait for 50"):
            payee_learning.queue(by=ADMIN)

    make(story)


def test_a_lesson_of_an_earlier_release_is_set_aside(make: Any) -> None:
    def story() -> None:
        anchor = factories.an_anchor()
        (payee,) = paid(anchor, "Cedar Bakery Trading")
        a_lesson_in_force(anchor)
        db.session.execute(update(LearnedParameters).values(taught_from="another release"))
        db.session.commit()
        assert payee_parameters.weights().lesson_id is None
        assert payee_checks.count_stale(anchor) == 1
        assert payee

    make(story)


def test_what_does_no_better_than_what_is_in_force_is_refused_and_changes_nothing(make: Any) -> None:
    def story() -> None:
        rows = [RegisterRow(f"body:{n}", f"{place} {trade}") for n, (place, trade) in enumerate(pairs())]
        told = [Decided(f"{place} {trade[:5]}", (f"body:{n}",)) for n, (place, trade) in enumerate(pairs())]
        lessons = lessons_from(told, Register.build(rows))
        # parameters that saw these very decisions cannot be beaten by a lesson that did not
        kept = payee_learning.keep(refit(shipped(), lessons), lessons, lessons, newest_decision_id=9)
        db.session.commit()
        assert kept.state == "refused"
        assert "nothing was changed" in kept.reason
        assert payee_parameters.weights().lesson_id is None

    make(story)


def pairs() -> list[tuple[str, str]]:
    return [(place, trade) for place in PLACES for trade in TRADES]


def test_more_wrong_links_are_never_an_improvement() -> None:
    rows = [RegisterRow(f"body:{n}", f"{place} {trade}") for n, (place, trade) in enumerate(pairs())]
    told = [Decided(f"{place} {trade}", (f"body:{n}",)) for n, (place, trade) in enumerate(pairs())]
    lessons = lessons_from(told, Register.build(rows))
    right = figures(tried(shipped(), lessons))
    assert (right.first_right, right.linked_right) == (right.names, right.linked)
    assert not is_better(right, right)
    assert figures(held_out(shipped(), lessons, lessons)).names == right.names
