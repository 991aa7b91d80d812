"""Learning from names whose payee is known: at the start from published labels, later from officers' decisions."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from procure.matching.payees.calibration import Calibration, calibrate, standing
from procure.matching.payees.measure import Measured, measure
from procure.matching.payees.parameters import Parameters
from procure.matching.payees.register import Register
from procure.matching.payees.trees import Trees, grow

FOLDS: Final = 5
PRECISION: Final = 0.99
REVIEW: Final = 0.15
BATCH: Final = 500
REASON_PENALTY: Final = 30.0
CURVE_PENALTY: Final = 10.0
NEWTON_STEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Decided:
    """A name whose payee is known: its organisations, none where it has no counterpart; `weight` 1 for one voice."""

    query: str
    entities: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """A decided name with its measured candidates and which of them are right."""

    group: str
    reasons: NDArray[np.float64]
    right: tuple[bool, ...]
    weight: float


def lessons_from(decided: Sequence[Decided], register: Register) -> list[Lesson]:
    """Measure every decided name against the register."""
    lessons = []
    for start in range(0, len(decided), BATCH):
        part = decided[start : start + BATCH]
        for known, measured in zip(part, measure([each.query for each in part], register), strict=True):
            lessons.append(_lesson(known, measured, register))
    return lessons


def _lesson(known: Decided, measured: Measured, register: Register) -> Lesson:
    found = [register.entities[row] for row in measured.rows]
    group = min(known.entities, default=f"none: {known.query}")
    return Lesson(group, measured.reasons, tuple(entity in known.entities for entity in found), known.weight)


def fit(lessons: Sequence[Lesson]) -> Parameters:
    """Trees from all lessons; calibration and thresholds from answers to names of organisations held out.

    raises  ValueError where there is nothing right, or nothing wrong, to learn from
    """
    useful = [lesson for lesson in lessons if lesson.right]
    if len({right for lesson in useful for right in lesson.right}) < 2:
        raise ValueError("there is nothing to learn from: right and wrong candidates are both needed")
    held_out = held_out_log_odds(useful)
    standings, truths = _standings(useful, held_out)
    curve = calibrate(standings, truths)
    accept = accept_threshold(curve.probabilities(standings).tolist(), truths)
    return Parameters(_grow(useful), curve, accept, REVIEW, len(useful), (0.0,) * useful[0].reasons.shape[1])


def _standings(
    lessons: Sequence[Lesson], told: Sequence[NDArray[np.float64]]
) -> tuple[NDArray[np.float64], list[bool]]:
    """How each lesson's best candidate stands (n x STANDINGS), and whether it is right."""
    orders = [np.argsort(-odds, kind="stable") for odds in told]
    stands = [
        standing(odds[order], lesson.reasons[order]) for lesson, odds, order in zip(lessons, told, orders, strict=True)
    ]
    return np.array(stands), [lesson.right[int(order[0])] for lesson, order in zip(lessons, orders, strict=True)]


def held_out_log_odds(lessons: Sequence[Lesson]) -> list[NDArray[np.float64]]:
    """For every lesson the log-odds of its candidates from trees that saw no lesson of its organisation."""
    folds = [fold_of(lesson.group) for lesson in lessons]
    told: list[NDArray[np.float64]] = [np.zeros(0)] * len(lessons)
    for fold in sorted(set(folds)):
        trees = _grow([lesson for lesson, own in zip(lessons, folds, strict=True) if own != fold])
        for number, own in enumerate(folds):
            if own == fold:
                told[number] = trees.log_odds(lessons[number].reasons)
    return told


def fold_of(group: str) -> int:
    """The fold an organisation belongs to, the same whatever else is learned from."""
    return zlib.crc32(group.encode("utf-8")) % FOLDS


def _grow(lessons: Sequence[Lesson]) -> Trees:
    reasons = np.vstack([lesson.reasons for lesson in lessons])
    truths = [right for lesson in lessons for right in lesson.right]
    weights = np.repeat([lesson.weight for lesson in lessons], [len(lesson.right) for lesson in lessons])
    return grow(reasons, truths, weights)


def accept_threshold(probabilities: Sequence[float], truths: Sequence[bool]) -> float:
    """The lowest probability from which at least PRECISION of the answers are right, rounded up to three places."""
    ranked = sorted(zip(probabilities, truths, strict=True), reverse=True)
    lowest, right = 1.0, 0
    for count, (probability, truth) in enumerate(ranked, start=1):
        right += truth
        if right / count >= PRECISION:
            lowest = probability
    return min(0.999, float(np.ceil(lowest * 1000) / 1000))


def refit(parameters: Parameters, decisions: Sequence[Lesson]) -> Parameters:
    """Learn from an installation's own decisions: a correction to each reason's weight, then a new calibration.

    Both are drawn towards what was there before, so a handful of clicks cannot overturn it. Nothing given is changed:
    to revert is to use the old parameters again. The threshold moves only where the decisions themselves show one.
    """
    useful = [lesson for lesson in decisions if lesson.right]
    if not useful:
        return parameters
    reasons = np.vstack([lesson.reasons for lesson in useful])
    truths = np.array([right for lesson in useful for right in lesson.right], dtype=np.float64)
    step = nudge(reasons, truths, parameters.log_odds(reasons), penalty=REASON_PENALTY)
    moved = tuple(float(old + new) for old, new in zip(parameters.correction, step, strict=True))
    corrected = replace(parameters, correction=moved, fitted_on=parameters.fitted_on + len(useful))
    return _recalibrated(corrected, useful)


def _recalibrated(parameters: Parameters, lessons: Sequence[Lesson]) -> Parameters:
    standings, truths = _standings(lessons, [parameters.log_odds(lesson.reasons) for lesson in lessons])
    stands, right = np.column_stack([standings, np.ones(len(standings))]), np.array(truths, dtype=np.float64)
    curve = parameters.calibration
    step = nudge(stands, right, stands @ np.array([*curve.weights, curve.intercept]), penalty=CURVE_PENALTY)
    weights = tuple(float(old + new) for old, new in zip(curve.weights, step[:-1], strict=True))
    return replace(parameters, calibration=Calibration(curve.intercept + float(step[-1]), weights))


def nudge(
    values: NDArray[np.float64], truths: NDArray[np.float64], offset: NDArray[np.float64], *, penalty: float
) -> NDArray[np.float64]:
    """Weights to add to `offset` (log-odds) so that it tells the truths better, each held near nought by `penalty`.

    Newton's method on the penalised logistic loss: convex, so it has one answer whatever the order of the rows.
    """
    weights = np.zeros(values.shape[1])
    for _ in range(NEWTON_STEPS):
        told = 1 / (1 + np.exp(-np.clip(offset + values @ weights, -30, 30)))
        slope = values.T @ (told - truths) + penalty * weights
        bend = (values * (told * (1 - told))[:, None]).T @ values + penalty * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights
