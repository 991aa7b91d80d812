"""Weighs measures with shipped decision trees and says how much each measure moved each candidate."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WEIGHTS_FILE = Path(__file__).with_name("weights.json")
LEAF = -1


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes as columns; a leaf asks for measure -1. `worth` is the mean log-odds of the rows that reached the node."""

    measure: Ints
    threshold: Floats
    left: Ints
    right: Ints
    unknown_left: NDArray[np.bool_]
    worth: Floats


@dataclass(frozen=True, slots=True)
class Scales:
    """Everything fitted: the trees that order, and the logistic weights of the chance to be in the same field."""

    version: str
    measures: tuple[str, ...]
    trees: tuple[Tree, ...]
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
    """Scales from their JSON form, as scripts/fit_lots.py writes it: a tree is a list of nodes, six numbers each."""
    trees = []
    for nodes in held["trees"]:
        measure, threshold, left, right, unknown_left, worth = (np.array(column) for column in zip(*nodes, strict=True))
        trees.append(
            Tree(
                measure.astype(np.int64),
                threshold.astype(np.float64),
                left.astype(np.int64),
                right.astype(np.int64),
                unknown_left.astype(bool),
                worth.astype(np.float64),
            )
        )
    field = held["field"]
    return Scales(held["version"], tuple(held["measures"]), tuple(trees), field["weights"], field["bias"])


def weigh(measures: Floats, scales: Scales) -> tuple[Floats, Floats]:
    """Score every row and share the score out among the measures.

    measures  rows by measures in the order of `scales.measures`, nan where unknown
    returns   scores in log-odds, and rows by measures: what each measure added at the splits a row passed
    source    Saabas 2014, Interpreting random forests
    """
    scores = np.zeros(len(measures))
    moved = np.zeros(measures.shape)
    rows = np.arange(len(measures))
    for tree in scales.trees:
        at = np.zeros(len(measures), dtype=np.int64)
        going = rows
        scores += tree.worth[0]
        while len(going):
            going = going[tree.measure[at[going]] != LEAF]
            here = at[going]
            asked = tree.measure[here]
            value = measures[going, asked]
            goes_left = np.where(np.isnan(value), tree.unknown_left[here], value <= tree.threshold[here])
            then = np.where(goes_left, tree.left[here], tree.right[here])
            step = tree.worth[then] - tree.worth[here]
            moved[going, asked] += step
            scores[going] += step
            at[going] = then
    return scores, moved
