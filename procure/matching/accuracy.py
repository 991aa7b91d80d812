"""How often rankings and probabilities are right: plain sums over answers whose truth is known.

A ranking is the keys it gave, best first; the truth is the set of keys that are right. Nothing here knows how a
ranking was made, so the same sums serve our engine, popularity and whatever an installation compares itself with.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

Row = TypeVar("Row")

LONG_TAIL_AWARDS = 2


def place_of_first(ranking: Sequence[str], right: Collection[str]) -> int | None:
    """The place, from 1, of the first right key; None where no right key was found."""
    return next((place for place, key in enumerate(ranking, start=1) if key in right), None)


def hit_at_k(rankings: Sequence[Sequence[str]], truths: Sequence[Collection[str]], k: int) -> float | None:
    """The share of rankings with a right key among the first k; None where there are no rankings."""
    places = _places(rankings, truths)
    return _mean([float(place is not None and place <= k) for place in places])


def mrr(rankings: Sequence[Sequence[str]], truths: Sequence[Collection[str]]) -> float | None:
    """The mean of 1 / place of the first right key, 0 where none was found; None where there are no rankings."""
    return _mean([1 / place if place else 0.0 for place in _places(rankings, truths)])


def coverage(rankings: Iterable[Sequence[str]], catalogue: Collection[str], k: int = 10) -> float | None:
    """The share of a catalogue that stood among the first k of some ranking; None for an empty catalogue."""
    shown = {key for ranking in rankings for key in ranking[:k]}
    return len(shown & set(catalogue)) / len(set(catalogue)) if catalogue else None


def long_tail_share(rankings: Iterable[Sequence[str]], awards: Mapping[str, int], k: int = 10) -> float | None:
    """The share of shown places, first k of each ranking, held by organisations with at most two awards."""
    return _mean([float(awards.get(key, 0) <= LONG_TAIL_AWARDS) for ranking in rankings for key in ranking[:k]])


def new_supplier_exposure(rankings: Iterable[Sequence[str]], awards: Mapping[str, int], k: int = 10) -> float | None:
    """The share of shown places, first k of each ranking, held by organisations with no award at all."""
    return _mean([float(awards.get(key, 0) == 0) for ranking in rankings for key in ranking[:k]])


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose probability fell into one tenth: how many, the mean probability, the share that was right."""

    count: int
    said: float
    was: float


def calibration(probabilities: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """What probabilities said against what came true, for a plot; empty tenths are left out.

    errors   ValueError where the two differ in length or a probability lies outside 0 to 1
    """
    if len(probabilities) != len(right):
        raise ValueError(f"{len(probabilities)} probabilities for {len(right)} answers")
    held: dict[int, list[tuple[float, bool]]] = {}
    for probability, is_right in zip(probabilities, right, strict=True):
        if not 0 <= probability <= 1:
            raise ValueError(f"{probability} is not a probability")
        held.setdefault(min(bins - 1, int(probability * bins)), []).append((probability, is_right))
    return [
        Bin(len(pairs), sum(said for said, _ in pairs) / len(pairs), sum(was for _, was in pairs) / len(pairs))
        for _, pairs in sorted(held.items())
    ]


def expected_calibration_error(probabilities: Sequence[float], right: Sequence[bool], bins: int = 10) -> float | None:
    """The mean gap between what probabilities said and what came true, weighted by answers; None without answers.

    source   Naeini, Cooper and Hauskrecht 2015, Obtaining Well Calibrated Probabilities Using Bayesian Binning
    """
    found = calibration(probabilities, right, bins)
    return sum(each.count * abs(each.said - each.was) for each in found) / len(right) if right else None


def split_by_time(rows: Iterable[Row], day_of: Callable[[Row], date], first_later: date) -> tuple[list[Row], list[Row]]:
    """Rows before a day, to learn from, and rows from that day on, to be asked: nothing learns from its future."""
    earlier: list[Row] = []
    later: list[Row] = []
    for row in rows:
        (earlier if day_of(row) < first_later else later).append(row)
    return earlier, later


def _places(rankings: Sequence[Sequence[str]], truths: Sequence[Collection[str]]) -> list[int | None]:
    return [place_of_first(ranking, right) for ranking, right in zip(rankings, truths, strict=True)]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
