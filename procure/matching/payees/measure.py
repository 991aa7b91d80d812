"""From queries to measured candidates: block, keep the best row of each organisation, measure the reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from procure.matching.payees.comparison import Comparison, Rarity, core_shared, sides
from procure.matching.payees.names import Name, first_named, readings, telling
from procure.matching.payees.persons import personhood
from procure.matching.payees.reasons_spelling import are_initials
from procure.matching.payees.register import Register
from procure.matching.payees.shards import asked_words, merge_candidates, shard_candidates
from procure.matching.payees.signals import REASONS
from procure.matching.text import fold, gram_counts, weigh, word_counts, word_number

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BLOCKED: Final = 20
KEPT: Final = 12
LONGEST_INITIALS: Final = 10
BUDGET: Final = 120_000
LEAST_BUDGET: Final = 20_000


@dataclass(frozen=True, slots=True)
class Measured:
    """The candidates of one query, best-looking first, and their reasons as numbers.

    rows     register rows, one for each organisation
    reasons  len(rows) x len(REASONS)
    """

    query: str
    rows: tuple[int, ...]
    pairs: tuple[Comparison, ...]
    reasons: NDArray[np.float64]


def measure(
    queries: Sequence[str], register: Register, *, forced: Sequence[Sequence[int]] = (), threads: int = 1
) -> list[Measured]:
    """Candidates for each name with every reason measured; no answer depends on the other queries.

    forced  for each query, register rows that must be among its candidates whatever their names
    """
    meant = [readings(query) for query in queries]
    asked = [(number, name) for number, names in enumerate(meant) for name in names]
    grams = weigh(gram_counts([name.text for _, name in asked]), register.char_idf)
    bags = weigh(word_counts([asked_words(name.text) for _, name in asked]), register.word_idf)
    # a few rows on top are one shard more, and must not make the stored ones be searched less
    stored = sum(shard.first_row < register.counted for shard in register.shards)
    budget = max(LEAST_BUDGET, BUDGET // stored)
    shards = [
        shard_candidates(shard, grams, bags, top=BLOCKED, budget=budget, threads=threads) for shard in register.shards
    ]
    pairs = [
        (place, row)
        for place, found in enumerate(zip(*shards, strict=True))
        for row in sorted(merge_candidates(found, top=BLOCKED).union(forced[asked[place][0]] if forced else ()))
    ]
    letters = _cosines(grams, pairs, register)
    chosen: list[dict[int, tuple[float, int, int, float]]] = [{} for _ in queries]
    for (place, row), cosine in zip(pairs, letters, strict=True):
        number, name = asked[place]
        look = cosine + _glance(name, register.texts[row])
        entity = int(register.entity_of_row[row])
        best = chosen[number].get(entity)
        if best is None or (look, -place, -row) > (best[0], -best[1], -best[2]):
            chosen[number][entity] = (look, place, row, cosine)
    names, rarity = [name for _, name in asked], rarity_of(register)
    return [
        _measure_one(query, list(entities.values()), names, register, rarity)
        for query, entities in zip(queries, chosen, strict=True)
    ]


def _glance(name: Name, text: str) -> float:
    """A quick look, to keep the candidates worth measuring: shared words in any order, and initials."""
    alike = fuzz.token_set_ratio(name.text, text) / 200
    if len(name.words) > 1 or len(name.compact) > LONGEST_INITIALS:
        return alike
    return alike + (0.5 if are_initials(name.compact, text, telling(text)) else 0.0)


def _cosines(grams: "csr_matrix", pairs: Sequence[tuple[int, int]], register: Register) -> NDArray[np.float64]:
    rows = sorted({row for _, row in pairs})
    place_of = {row: place for place, row in enumerate(rows)}
    theirs = weigh(gram_counts([register.texts[row] for row in rows]), register.char_idf)
    mine = grams[[place for place, _ in pairs]]
    return np.asarray(mine.multiply(theirs[[place_of[row] for _, row in pairs]]).sum(axis=1)).ravel()


def _measure_one(
    query: str, looks: list[tuple[float, int, int, float]], names: Sequence[Name], register: Register, rarity: Rarity
) -> Measured:
    looks.sort(key=lambda look: (-look[0], look[2]))
    whole = max(1, len(fold(query)))
    begins = personhood(first_named(query))
    pairs = tuple(
        _compare(names[place], row, register, rarity, cosine=cosine, whole=whole, cell_person=begins)
        for _, place, row, cosine in looks[:KEPT]
    )
    reasons = np.array([[reason(pair) for reason in REASONS] for pair in pairs], dtype=np.float64)
    return Measured(query, tuple(look[2] for look in looks[:KEPT]), pairs, reasons.reshape(len(pairs), len(REASONS)))


def _compare(
    query: Name, row: int, register: Register, rarity: Rarity, *, cosine: float, whole: int, cell_person: float
) -> Comparison:
    text = register.texts[row]
    candidate = Name(text, telling(text), register.forms[row], fold(register.names[row]))
    alignment, mine, theirs = sides(query, candidate, rarity)
    return Comparison(
        query=query,
        candidate=candidate,
        alignment=alignment,
        mine=mine,
        theirs=theirs,
        letters=cosine,
        reading=min(1.0, len(query.plain) / whole),
        core=core_shared(query.words, candidate.words, rarity),
        sharers=int(register.alone[row]),
        previous=bool(register.previous[row]),
        query_person=personhood(query),
        cell_person=cell_person,
        candidate_person=personhood(candidate),
    )


def rarity_of(register: Register) -> Rarity:
    """How rare a word is in the register: 0 for the commonest, 1 for a word that it does not hold."""
    greatest = float(np.log(register.counted + 1) + 1)

    @lru_cache(maxsize=1 << 16)
    def rarity(word: str) -> float:
        return float(register.word_idf[word_number(word)]) / greatest

    return rarity
