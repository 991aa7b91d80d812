"""An inverted index that takes one text in or out without being built again."""

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SATURATION = 1.2
LENGTH_SHARE = 0.6
MERGE_SHARE = 0.05
MERGE_LEAST = 500


class Postings:
    """Which texts hold which terms, scored by BM25.

    A text lives in a numbered slot. New texts wait in a small tail that is searched beside the main arrays and merged
    once it passes a twentieth of them, so a change costs one text. Nothing stored depends on the other texts: the
    answer is the same whether the texts came one by one or all at once.
    source  Robertson and Zaragoza 2009, The Probabilistic Relevance Framework, section 3
    """

    def __init__(self, merge_least: int = MERGE_LEAST) -> None:
        """`merge_least` texts may wait in the tail however small the index is."""
        self._merge_least = merge_least
        self._ids: dict[str, int] = {}
        self._terms: list[str] = []
        self._texts: dict[int, dict[int, float]] = {}
        self._holders: Counter[int] = Counter()
        self._lengths: Floats = np.zeros(64)
        self._total_length = 0.0
        self._starts: Ints = np.zeros(1, dtype=np.int64)
        self._slots: Ints = np.zeros(0, dtype=np.int64)
        self._counts: Floats = np.zeros(0)
        self._is_merged = np.zeros(64, dtype=bool)
        self._tail: dict[int, dict[int, float]] = {}

    @property
    def size(self) -> int:
        """How many slots an answer spans, empty ones included."""
        return len(self._lengths)

    def put(self, slot: int, said: Mapping[str, float]) -> None:
        """Place a text in a slot, in place of what was there; `said` is how often each term stands in it."""
        self.remove(slot)
        self._make_room(slot)
        counts = {self._number(term): count for term, count in said.items()}
        self._texts[slot] = self._tail.setdefault(slot, counts)
        self._holders.update(counts.keys())
        self._lengths[slot] = sum(counts.values())
        self._total_length += self._lengths[slot]

    def remove(self, slot: int) -> None:
        """Empty a slot; an empty slot scores nothing."""
        counts = self._texts.pop(slot, None)
        if counts is None:
            return
        self._holders.subtract(counts.keys())
        self._total_length -= self._lengths[slot]
        self._lengths[slot] = 0.0
        self._is_merged[slot] = False
        self._tail.pop(slot, None)

    def rarity(self, term: str) -> float:
        """How telling a term is: 0 where nobody uses it, else the BM25 idf, never negative."""
        holders = self._holders.get(self._ids.get(term, -1), 0)
        return float(np.log1p((len(self._texts) - holders + 0.5) / (holders + 0.5))) if holders else 0.0

    def score(self, weights: Mapping[str, float]) -> Floats:
        """BM25 of every slot for weighted terms, as a share of what a text full of every term would score: 0 to 1."""
        self._merge_when_due()
        scores = np.zeros(self.size)
        full = 0.0
        mean_length = self._total_length / max(1, len(self._texts))
        stretch = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * self._lengths / max(1.0, mean_length))
        for term, weight in sorted(weights.items()):
            rarity = self.rarity(term)
            if not rarity:
                continue
            slots, counts = self._holding(self._ids[term])
            scores[slots] += weight * rarity * counts * (SATURATION + 1) / (counts + stretch[slots])
            full += weight * rarity * (SATURATION + 1)
        return scores / full if full else scores

    def telling_terms(self, slots: Iterable[int], shares: Iterable[float], most: int) -> dict[str, float]:
        """The terms that mark these texts out, each slot counting by its share; ties in the order of the alphabet."""
        gained: dict[int, float] = {}
        for slot, share in zip(slots, shares, strict=True):
            counts = self._texts.get(slot, {})
            for term, count in counts.items():
                gained[term] = gained.get(term, 0.0) + share * count / (count + SATURATION)
        named = {self._terms[term]: gain * self.rarity(self._terms[term]) for term, gain in gained.items()}
        return dict(sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))[:most])

    def _holding(self, term: int) -> tuple[Ints, Floats]:
        slots, counts = self._slots[:0], self._counts[:0]
        if term < len(self._starts) - 1:
            span = slice(self._starts[term], self._starts[term + 1])
            alive = self._is_merged[self._slots[span]]
            slots, counts = self._slots[span][alive], self._counts[span][alive]
        late = [(slot, text[term]) for slot, text in self._tail.items() if term in text]
        if late:
            slots = np.concatenate([slots, [slot for slot, _ in late]])
            counts = np.concatenate([counts, [count for _, count in late]])
        return slots, counts

    def _number(self, term: str) -> int:
        if term not in self._ids:
            self._ids[term] = len(self._terms)
            self._terms.append(term)
        return self._ids[term]

    def _make_room(self, slot: int) -> None:
        while slot >= self.size:
            self._lengths = np.concatenate([self._lengths, np.zeros(self.size)])
            self._is_merged = np.concatenate([self._is_merged, np.zeros(len(self._is_merged), dtype=bool)])

    def _merge_when_due(self) -> None:
        if len(self._tail) <= max(self._merge_least, MERGE_SHARE * len(self._texts)):
            return
        sizes = [len(text) for text in self._texts.values()]
        slots = np.repeat(np.fromiter(self._texts, dtype=np.int64), sizes)
        terms = np.fromiter((term for text in self._texts.values() for term in text), dtype=np.int64)
        counts = np.fromiter((count for text in self._texts.values() for count in text.values()), dtype=np.float64)
        order = np.lexsort((slots, terms))
        self._slots, self._counts = slots[order], counts[order]
        self._starts = np.searchsorted(terms[order], np.arange(len(self._ids) + 1))
        self._is_merged[list(self._texts)] = True
        self._tail = {}
