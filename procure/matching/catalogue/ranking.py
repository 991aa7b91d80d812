"""A catalogue of offers that answers who could meet a need."""

from collections.abc import Iterable

import numpy as np

from procure.matching.catalogue.offer import Match, Need, Offer, Signal
from procure.matching.catalogue.postings import Postings
from procure.matching.words import stem, stems, words


class Catalogue:
    """Offers indexed by what they say and what they won; one can be put, replaced or removed at any time."""

    def __init__(self, offers: Iterable[Offer] = ()) -> None:
        self._offers: dict[str, Offer] = {}
        self._pieces: dict[str, list[int]] = {}
        self._owners: dict[int, str] = {}
        self._next = 0
        self._words = Postings()
        for offer in offers:
            self.put(offer)

    def __len__(self) -> int:
        return len(self._offers)

    def put(self, offer: Offer) -> None:
        """Take an offer in, in place of an earlier one with the same key."""
        self.remove(offer.key)
        self._offers[offer.key] = offer
        texts = [f"{award.title} {award.description}" for award in offer.awards] + list(offer.capabilities)
        slots = []
        for text in texts:
            self._words.put(self._next, stems(text))
            self._owners[self._next] = offer.key
            slots.append(self._next)
            self._next += 1
        self._pieces[offer.key] = slots

    def remove(self, key: str) -> None:
        """Forget an offer; nothing happens where there is none."""
        if self._offers.pop(key, None) is None:
            return
        for slot in self._pieces.pop(key):
            self._words.remove(slot)
            del self._owners[slot]

    def rank(self, need: Need, top: int = 50) -> list[Match]:
        """The best offers for a need, best first; only these are explained. Ties stand in the order of their keys."""
        text = f"{need.title} {need.title} {need.description}"
        scores = self._words.score(stems(text))
        totals: dict[str, float] = {}
        for slot in np.flatnonzero(scores):
            key = self._owners[int(slot)]
            totals[key] = totals.get(key, 0.0) + float(scores[slot]) ** 2
        best = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
        return [self._tell(need, key, score) for key, score in best]

    def _tell(self, need: Need, key: str, score: float) -> Match:
        offer = self._offers[key]
        theirs = {stem(word) for text in self._texts(offer) for word in words(text)}
        shared = [word for word in dict.fromkeys(words(f"{need.title} {need.description}")) if stem(word) in theirs]
        shared = sorted(shared, key=lambda word: (-self._words.rarity(stem(word)), word))[:5]
        sentence = f"Their own words meet the lot's: {', '.join(shared)}"
        probability = 1 - float(np.exp(-np.sqrt(score) / 20))
        return Match(key, score, probability, (Signal("words", np.sqrt(score), sentence, tuple(shared)),))

    def _texts(self, offer: Offer) -> list[str]:
        return [f"{award.title} {award.description}" for award in offer.awards] + list(offer.capabilities)
