"""Weighs measures with shipped weights and says how much each measure moved each candidate."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEIGHTS_FILE = Path(__file__).with_name("weights.json")
# Added before a logarithm is taken, so that no likeness at all is far below a little, and not infinitely far.
LEAST_LIKENESS = 0.03

# How a measure may be read. What is unknown stays nan, and then adds nothing; only "unknown" hears of it.
READINGS: Mapping[str, Callable[[Floats], Floats]] = {
    "log": lambda values: np.log(np.maximum(values, 0.0) + LEAST_LIKENESS),
    "plain": lambda values: values,
    "size": lambda values: np.abs(values),
    "unknown": lambda values: np.isnan(values).astype(np.float64),
}


@dataclass(frozen=True, slots=True)
class Weight:
    """What a reading of a measure adds to the log-odds: `slope` for each unit above `usual`, its mean in lessons."""

    measure: str
    reading: str
    usual: float
    slope: float


@dataclass(frozen=True, slots=True)
class Scales:
    """Everything fitted: the weights that order, and the logistic weights of the chance to be in the same field."""

    version: str
    measures: tuple[str, ...]
    weights: tuple[Weight, ...]
    field_weights: dict[str, float]
    field_bias: float


@cache
def shipped_scales() -> Scales:
    """Read the shipped weights once."""
    return scales_from(json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")))


@cache
def shipped_fingerprint() -> str:
    """SHA-256 of the shipped weights: two installations with the same order alike."""
    return hashlib.sha256(WEIGHTS_FILE.read_bytes()).hexdigest()


def scales_from(held: dict) -> Scales:
    """Scales from their JSON form, as scripts/fit_lots.py writes it: a weight is measure, reading, usual and slope."""
    field = held["field"]
    weights = tuple(Weight(*row) for row in held["weights"])
    return Scales(held["version"], tuple(held["measures"]), weights, field["weights"], field["bias"])


def weigh(measures: Floats, scales: Scales) -> tuple[Floats, Floats]:
    """Score every row and share the score out among the measures.

    measures  rows by measures in the order of `scales.measures`, nan where unknown
    returns   scores in log-odds, and rows by measures: what each measure added beside what is usual. Each score is the
              sum of what its measures added
    source    McFadden 1974, Conditional logit analysis of qualitative choice behavior
    """
    moved = np.zeros(measures.shape)
    column = {name: place for place, name in enumerate(scales.measures)}
    for weight in scales.weights:
        place = column[weight.measure]
        moved[:, place] += np.nan_to_num(weight.slope * (READINGS[weight.reading](measures[:, place]) - weight.usual))
    return moved.sum(axis=1), moved
