"""What is learned from decided names, shipped and taught by officers."""

import json

import numpy as np
import pytest

from procure.matching.payees import Decided, Register, RegisterRow, fit, lessons_from, parameters_from, refit, shipped
from procure.matching.payees.calibration import STANDINGS, standing
from procure.matching.payees.fitting import Lesson, accept_threshold, fold_of, nudge
from procure.matching.payees.parameters import SHIPPED
from procure.matching.payees.signals import REASONS, sentence_of
from procure.matching.payees.trees import grow, parameters_of

BIRDS = ["heron", "kestrel", "wren", "swift", "finch", "plover", "avocet", "curlew", "dunlin", "egret"]
TRADES = ["Care", "Catering", "Building", "Transport", "Training"]
REGISTER = Register.build(
    [RegisterRow(f"{bird}-{trade}", f"{bird} {trade} Services Limited") for bird in BIRDS for trade in TRADES]
)


def decided_names(count=50):
    known = [Decided(f"{bird} {trade} SERV LTD", (f"{bird}-{trade}",)) for bird in BIRDS for trade in TRADES]
    return [*known, *(Decided(f"MR J {bird}", ()) for bird in BIRDS)][:count]


def test_the_shipped_parameters_hold_numbers_and_the_names_of_reasons_only():
    held = json.loads(SHIPPED.read_text(encoding="utf-8"))
    names = {reason.__name__ for reason in REASONS} | set(STANDINGS) | {"intercept"}
    texts = [text for text in _texts(held) if text not in held]
    assert set(texts) <= names
    assert SHIPPED.stat().st_size < 400_000


def _texts(held):
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for key, value in held.items():
            yield key
            yield from _texts(value)
    elif isinstance(held, list):
        for value in held:
            yield from _texts(value)


def test_parameters_written_and_read_again_are_the_same():
    assert parameters_from(shipped().to_json()).to_json() == shipped().to_json()


def test_parameters_learned_over_other_reasons_are_refused():
    held = json.loads(shipped().to_json())
    held["reasons"] = held["reasons"][1:]
    with pytest.raises(ValueError, match="other reasons"):
        parameters_from(json.dumps(held))


def test_every_reason_says_something_for_and_something_against():
    for number in range(len(REASONS)):
        assert sentence_of(number, 1.0)
        assert sentence_of(number, -1.0) != sentence_of(number, 1.0)


def test_fitting_needs_right_and_wrong_candidates():
    with pytest.raises(ValueError, match="nothing to learn"):
        fit(lessons_from([Decided("ZZZ", ())], REGISTER))


@pytest.mark.long
def test_fitting_twice_gives_the_same_parameters():
    reasons = np.vstack([lesson.reasons for lesson in lessons_from(decided_names(), REGISTER)])
    truths = (np.arange(len(reasons)) % 7 == 0).tolist()
    once, again = (parameters_of(grow(reasons, truths, np.ones(len(truths)))) for _ in range(2))
    assert once == again


def test_officers_who_keep_rejecting_make_such_links_less_sure_and_reverting_is_exact():
    lessons = [
        Lesson(lesson.group, lesson.reasons, (False,) * len(lesson.right), 1.0)
        for lesson in lessons_from(decided_names(), REGISTER)
    ]
    before = shipped()
    text = before.to_json()
    after = refit(before, lessons)
    assert _sureness(after, lessons) < _sureness(before, lessons)
    assert before.to_json() == text


def test_a_single_decision_barely_moves_anything():
    lessons = lessons_from(decided_names(), REGISTER)
    moved = abs(_sureness(refit(shipped(), lessons[:1]), lessons) - _sureness(shipped(), lessons))
    assert moved < 0.05


def test_no_decisions_change_nothing():
    assert refit(shipped(), []) is shipped()


def _sureness(parameters, lessons):
    stands = []
    for lesson in lessons:
        odds = parameters.log_odds(lesson.reasons)
        order = np.argsort(-odds, kind="stable")
        stands.append(standing(odds[order], lesson.reasons[order]))
    return float(parameters.calibration.probabilities(np.array(stands)).mean())


def test_nudging_finds_the_weight_that_trying_many_finds():
    chance = np.random.default_rng(5)
    values = chance.normal(size=(200, 1))
    truths = (chance.random(200) < 1 / (1 + np.exp(-1.5 * values[:, 0]))).astype(float)
    found = nudge(values, truths, np.zeros(200), penalty=2.0)[0]

    def loss(weight):
        told = values[:, 0] * weight
        return np.logaddexp(0, told).sum() - (truths * told).sum() + weight**2

    tried = np.arange(-3, 3, 0.001)
    assert found == pytest.approx(tried[np.argmin([loss(weight) for weight in tried])], abs=0.002)


def test_the_threshold_is_the_lowest_at_which_the_answers_above_are_precise_enough():
    probabilities = [0.99, 0.98, 0.9, 0.5, 0.4]
    assert accept_threshold(probabilities, [True, True, True, True, False]) == 0.5
    assert accept_threshold(probabilities, [False, True, True, True, True]) == 0.999


def test_an_organisation_always_falls_into_the_same_fold():
    assert {fold_of(bird) for bird in BIRDS} == {fold_of(bird) for bird in reversed(BIRDS)}
    assert all(0 <= fold_of(bird) < 5 for bird in BIRDS)
