"""How parameters do on decided names they never saw, and whether a lesson is worth following.

source  docs/measures/payee-learning.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from procure.matching.payees.calibration import standing
from procure.matching.payees.fitting import Lesson, fold_of, refit
from procure.matching.payees.parameters import Parameters

EDGES: Final = (0.0, 0.02, 0.15, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0)
_SUREST: Final = 1e-4
"""A probability nearer to 0 or 1 than this is judged as if it were this near: one surprise is no catastrophe."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One decided name: the probability given to its best candidate, whether a link would be made, and the truth."""

    probability: float
    is_linked: bool
    is_right: bool
    has_counterpart: bool


@dataclass(frozen=True, slots=True)
class Band:
    """Names whose best candidate had a probability between two edges: what was said, on average, and what was true."""

    least: float
    most: float
    names: int
    said: float
    right: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How decided names were answered.

    first_right        of names with a counterpart among the candidates, how many have it at the first place
    linked             links that would be made without a person; linked_right  those of them that are right
    log_loss           mean surprise of the truth, in natural units; less is better
    calibration_error  mean distance of what was said from what was true, over the bands, weighed by names
    """

    names: int
    with_counterpart: int
    first_right: int
    linked: int
    linked_right: int
    log_loss: float
    calibration_error: float
    bands: tuple[Band, ...]


def tried(parameters: Parameters, lessons: Sequence[Lesson]) -> list[Tried]:
    """What these parameters say about decided names, in order."""
    return [_try(parameters, lesson) for lesson in lessons]


def _try(parameters: Parameters, lesson: Lesson) -> Tried:
    if not lesson.right:
        return Tried(0.0, False, False, False)
    odds = parameters.log_odds(lesson.reasons)
    order = np.argsort(-odds, kind="stable")
    stands = standing(odds[order], lesson.reasons[order])
    chance = float(parameters.calibration.probabilities(stands[None, :])[0])
    return Tried(chance, chance >= parameters.accept, lesson.right[int(order[0])], any(lesson.right))


def held_out(start: Parameters, lessons: Sequence[Lesson], asked: Sequence[Lesson]) -> list[Tried]:
    """What `refit` from `start` would say about `asked`, each by a lesson that saw no name of the same organisation.

    asked  some or all of the lessons
    """
    told: list[Tried] = []
    for fold in sorted({fold_of(lesson.group) for lesson in asked}):
        taught = refit(start, [lesson for lesson in lessons if fold_of(lesson.group) != fold])
        told += tried(taught, [lesson for lesson in asked if fold_of(lesson.group) == fold])
    return told


def figures(answers: Sequence[Tried]) -> Figures:
    """Sum up; order does not matter."""
    known = [each for each in answers if each.has_counterpart]
    linked = [each for each in answers if each.is_linked]
    bands = _bands(answers)
    names = max(1, len(answers))
    return Figures(
        names=len(answers),
        with_counterpart=len(known),
        first_right=sum(each.is_right for each in known),
        linked=len(linked),
        linked_right=sum(each.is_right for each in linked),
        log_loss=sum(map(_surprise, answers)) / names,
        calibration_error=sum(abs(band.said - band.right) * band.names for band in bands) / names,
        bands=bands,
    )


def _surprise(answer: Tried) -> float:
    said = min(max(answer.probability, _SUREST), 1 - _SUREST)
    return -float(np.log(said if answer.is_right else 1 - said))


def _bands(answers: Sequence[Tried]) -> tuple[Band, ...]:
    found = []
    for least, most in pairwise(EDGES):
        within = [
            each
            for each in answers
            if least <= each.probability < most or (most == EDGES[-1] and each.probability >= most)
        ]
        if within:
            said = sum(each.probability for each in within) / len(within)
            found.append(Band(least, most, len(within), said, sum(each.is_right for each in within) / len(within)))
    return tuple(found)


def is_better(after: Figures, before: Figures) -> bool:
    """Whether a lesson may replace what was there: the truth surprises it less, and it links no more names wrongly."""
    wrong_after, wrong_before = (each.linked - each.linked_right for each in (after, before))
    return after.log_loss < before.log_loss and wrong_after <= wrong_before + max(1, after.linked // 100)
