"""How rankings did that people have answered since: every lot knows only what was decided before it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from .accuracy import coverage, hit_at_k, long_tail_share, mrr, new_supplier_exposure

Ranking = Sequence[str]
DEEPEST_CPV = 8


@dataclass(frozen=True, slots=True)
class Answered:
    """A lot that was ranked, and then decided.

    on       when the first decision was made; the ranking is older
    ranking  keys as the engine gave them, best first
    by_code  keys by shared digits of CPV codes, most first
    right    keys that people took
    awarded  keys that won; empty where nobody has yet
    """

    on: datetime
    ranking: tuple[str, ...]
    by_code: tuple[str, ...]
    right: frozenset[str]
    awarded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Figures:
    """One method on the same lots; shares are of 1, None where nothing can be said.

    long_tail  share of the first ten places held by those with at most two awards so far
    new        share of these held by those with none
    """

    lots: int
    mrr: float | None
    hit_1: float | None
    hit_5: float | None
    hit_10: float | None
    coverage: float | None
    long_tail: float | None
    new: float | None


def compare(answered: Iterable[Answered], catalogue: Collection[str]) -> dict[str, Figures]:
    """Method > figures, for the engine, popularity and CPV codes alone.

    Popularity is the number of awards before that lot, and no other learns at all: nothing knows its future.
    """
    ordered = sorted(answered, key=lambda one: (one.on, one.ranking))
    known = _awards_before(ordered)
    rankings: dict[str, list[Ranking]] = {
        "engine": [one.ranking for one in ordered],
        "popularity": [_popular(awards) for awards in known],
        "cpv": [one.by_code for one in ordered],
    }
    truths = [one.right for one in ordered]
    return {method: _figures(found, truths, known, catalogue) for method, found in rankings.items()}


def by_code(wanted: Collection[str], offered: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Keys by how many leading digits of a CPV code they share with what is wanted, from two digits on."""
    depths = {
        key: max((_shared(one, other) for one in wanted for other in codes), default=0)
        for key, codes in offered.items()
    }
    return tuple(sorted((key for key, depth in depths.items() if depth >= 2), key=lambda key: (-depths[key], key)))


def _shared(one: str, other: str) -> int:
    """Leading digits two codes share; zeros at the end say nothing."""
    first, second = one.rstrip("0"), other.rstrip("0")
    pairs = zip(first, second, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second), DEEPEST_CPV))


def _awards_before(ordered: Sequence[Answered]) -> list[Counter[str]]:
    """For each lot, how many lots each had won before it; those of the same moment do not know of each other."""
    so_far: Counter[str] = Counter()
    waiting: list[Answered] = []
    known = []
    for one in ordered:
        if waiting and waiting[0].on < one.on:
            for earlier in waiting:
                so_far.update(earlier.awarded)
            waiting = []
        known.append(so_far.copy())
        waiting.append(one)
    return known


def _popular(awards: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(awards, key=lambda key: (-awards[key], key)))


def _figures(
    rankings: Sequence[Ranking],
    truths: Sequence[frozenset[str]],
    known: Sequence[Mapping[str, int]],
    catalogue: Collection[str],
) -> Figures:
    pairs = list(zip(rankings, known, strict=True))
    return Figures(
        lots=len(rankings),
        mrr=mrr(rankings, truths),
        hit_1=hit_at_k(rankings, truths, 1),
        hit_5=hit_at_k(rankings, truths, 5),
        hit_10=hit_at_k(rankings, truths, 10),
        coverage=coverage(rankings, catalogue),
        long_tail=_mean(long_tail_share([ranking], awards) for ranking, awards in pairs),
        new=_mean(new_supplier_exposure([ranking], awards) for ranking, awards in pairs),
    )


def _mean(values: Iterable[float | None]) -> float | None:
    """The mean over lots that showed anybody."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
