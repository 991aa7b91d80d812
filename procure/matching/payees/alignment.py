"""Which word of a ledger's name stands for which word of a registered name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from procure.matching.payees.bodies import COMPASS, KINDS

SAME: Final = 1.0
JOINED: Final = 0.98
SHORTENED: Final = 0.85
SAME_KIND: Final = 0.55
LEAST_LIKENESS: Final = 0.74


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words met and words left over, by position.

    met         (place in the query, place in the candidate, likeness 0-1), likeness 1 where the words are equal
    query_left  places of the query's words that met nothing; candidate_left the candidate's
    """

    met: tuple[tuple[int, int, float], ...]
    query_left: tuple[int, ...]
    candidate_left: tuple[int, ...]


def align(query: Sequence[str], candidate: Sequence[str]) -> Alignment:
    """Pair equal words first, then words run together, then the likest of what is left; each word is used once."""
    met: list[tuple[int, int, float]] = []
    places: dict[str, list[int]] = {}
    for place, word in enumerate(candidate):
        places.setdefault(word, []).append(place)
    query_left = []
    for place, word in enumerate(query):
        if places.get(word):
            met.append((place, places[word].pop(0), SAME))
        else:
            query_left.append(place)
    candidate_left = sorted(place for left in places.values() for place in left)
    if query_left and candidate_left:
        _join(query, candidate, query_left, candidate_left, met)
        _liken(query, candidate, query_left, candidate_left, met)
    return Alignment(tuple(met), tuple(query_left), tuple(candidate_left))


def _join(
    query: Sequence[str],
    candidate: Sequence[str],
    query_left: list[int],
    candidate_left: list[int],
    met: list[tuple[int, int, float]],
) -> None:
    """ "park house" meets "parkhouse", from either side."""
    _join_one_way(query, candidate, query_left, candidate_left, met, turned=False)
    _join_one_way(candidate, query, candidate_left, query_left, met, turned=True)


def _join_one_way(
    apart: Sequence[str],
    joined: Sequence[str],
    apart_left: list[int],
    joined_left: list[int],
    met: list[tuple[int, int, float]],
    *,
    turned: bool,
) -> None:
    for place in list(apart_left):
        if place not in apart_left or place + 1 not in apart_left:
            continue
        whole = apart[place] + apart[place + 1]
        other = next((found for found in joined_left if joined[found] == whole), None)
        if other is not None:
            for part in (place, place + 1):
                met.append((other, part, JOINED) if turned else (part, other, JOINED))
                apart_left.remove(part)
            joined_left.remove(other)


def _liken(
    query: Sequence[str],
    candidate: Sequence[str],
    query_left: list[int],
    candidate_left: list[int],
    met: list[tuple[int, int, float]],
) -> None:
    likest = sorted(
        (-likeness(query[mine], candidate[theirs]), abs(mine - theirs), mine, theirs)
        for mine in query_left
        for theirs in candidate_left
    )
    for likeness_below, _, mine, theirs in likest:
        if likeness_below == 0:
            break
        if mine in query_left and theirs in candidate_left:
            met.append((mine, theirs, -likeness_below))
            query_left.remove(mine)
            candidate_left.remove(theirs)


@lru_cache(maxsize=1 << 17)
def likeness(one: str, other: str) -> float:
    """How well one word stands for another: 0-1, 0 where numbers or compass points differ or nothing speaks for it."""
    if one == other:
        return SAME
    if one.isdigit() or other.isdigit() or one in COMPASS or other in COMPASS:
        return SAME_KIND if COMPASS.get(one, one) == COMPASS.get(other, other) else 0.0
    if _shortens(one, other) or _shortens(other, one):
        return SHORTENED
    if min(len(one), len(other)) >= 4:
        alike = float(DamerauLevenshtein.normalized_similarity(one, other))
        if alike >= LEAST_LIKENESS:
            return alike
        if _share_beginning(one, other):
            return SHORTENED
    if one in KINDS and KINDS[one] == KINDS.get(other):
        return SAME_KIND
    return 0.0


def _share_beginning(one: str, other: str) -> bool:
    """Something was run on to a word, or on to a piece of it: "authoritydirect", "transplanhsb"."""
    shared = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return shared >= 6 and shared >= 0.85 * min(len(one), len(other))


def _shortens(short: str, long: str) -> bool:
    """A word cut off after three letters or more, or its letters in order beginning alike: "lincs", "rdng"."""
    if not 2 <= len(short) < len(long) or short[0] != long[0]:
        return False
    if long.startswith(short):
        return len(short) >= 3
    if len(short) < 4 or len(long) - len(short) < 2:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short) and short[:2] == long[:2]
