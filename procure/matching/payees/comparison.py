"""Everything that is measured once about a payee's name beside a registered name."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from procure.matching.payees.alignment import Alignment, align
from procure.matching.payees.bodies import COMPASS, GENERIC, KINDS
from procure.matching.payees.names import Name
from procure.matching.payees.places_named import PLACE_WORDS

Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Side:
    """One name's part in a comparison; masses are sums of rarity, 0-1 a word.

    told       mass of the words that met, each times its likeness
    mass       mass of all words
    rarest     the greatest rarity among words that met nothing, 0 where all did
    telling    mass of words left that are neither the kind of a body nor a place
    places     places left over; leading, inner, trailing: how many words are left before, between and after those met
    """

    told: float
    mass: float
    rarest: float
    telling: float
    places: tuple[str, ...]
    compass: frozenset[str]
    leading: int
    inner: int
    trailing: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A reading of a payee beside a registered name.

    letters   cosine of their letter runs; words  cosine of their words; both weighted by rarity, 0-1
    reading   share of the ledger's cell this reading uses, 0-1
    core      share of the mass of words other than kinds of body that both have, 0-1; 1 where neither has any
    sharers   organisations that share the registered name; previous  the registered name is a former one
    """

    query: Name
    candidate: Name
    alignment: Alignment
    mine: Side
    theirs: Side
    letters: float
    reading: float
    sharers: int
    core: float
    previous: bool
    query_person: float
    cell_person: float
    candidate_person: float


def sides(query: Name, candidate: Name, rarity: Rarity) -> tuple[Alignment, Side, Side]:
    """Align two names and weigh what met and what is left on either side."""
    alignment = align(query.words, candidate.words)
    met_mine = {mine: likeness for mine, _, likeness in alignment.met}
    met_theirs = {theirs: likeness for _, theirs, likeness in alignment.met}
    return (
        alignment,
        _side(query.words, met_mine, alignment.query_left, rarity),
        _side(candidate.words, met_theirs, alignment.candidate_left, rarity),
    )


def _side(words: Sequence[str], met: dict[int, float], left: Sequence[int], rarity: Rarity) -> Side:
    rarities = [rarity(word) for word in words]
    first, last = (min(met), max(met)) if met else (len(words), len(words))
    left_words = [words[place] for place in left]
    return Side(
        told=sum(rarities[place] * likeness for place, likeness in met.items()),
        mass=sum(rarities),
        rarest=max((rarities[place] for place in left), default=0.0),
        telling=sum(
            rarities[place] for place in left if words[place] not in GENERIC and words[place] not in PLACE_WORDS
        ),
        places=tuple(word for word in left_words if word in PLACE_WORDS),
        compass=frozenset(COMPASS[word] for word in words if word in COMPASS),
        leading=sum(place < first for place in left),
        inner=sum(first < place < last for place in left),
        trailing=sum(place > last for place in left),
    )


@lru_cache(maxsize=1 << 15)
def kinds(words: tuple[str, ...]) -> frozenset[str]:
    """The kinds of body a name speaks of: "council", "practice", "nhs", ..."""
    return frozenset(KINDS[word] for word in words if word in KINDS)


def core_shared(query: Sequence[str], candidate: Sequence[str], rarity: Rarity) -> float:
    """How far the names agree once words for kinds of body are left out: "Sefton MBC" and "Sefton Council" wholly."""
    mine, theirs = ({word for word in words if word not in GENERIC} for words in (query, candidate))
    # a set runs in another order in each process: an exact sum does not depend on it
    whole = math.fsum(map(rarity, mine | theirs))
    return math.fsum(map(rarity, mine & theirs)) / whole if whole else 1.0
