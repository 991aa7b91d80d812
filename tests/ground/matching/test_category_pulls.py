"""How much each learner of categories counts."""

import numpy as np
import pytest

from procure.matching.categories.chances import learn_pulls, weigh


def test_a_learner_that_knows_is_heard_and_one_that_guesses_is_not():
    truth = [0, 1, 2] * 40
    knows = np.eye(3)[truth] + np.random.default_rng(3).normal(0, 0.5, (120, 3))
    guesses = np.random.default_rng(4).normal(0, 0.5, (120, 3))
    pulls = learn_pulls([knows, guesses], truth, (1.0, 1.0))
    assert pulls[0] > 2
    assert pulls[1] < 0.2 * pulls[0]
    assert weigh([knows, guesses], pulls).sum(axis=1) == pytest.approx(np.ones(120))


def test_with_nothing_to_learn_from_the_usual_pulls_stand():
    assert learn_pulls([np.zeros((0, 3)), np.zeros((0, 3))], [], (7.0, 4.0)) == (7.0, 4.0)
