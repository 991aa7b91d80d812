"""A catalogue of offers that answers who could meet a need."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from procure.matching.catalogue.evidence import Evidence, Likeness, cpv_depth, gather, topic_likeness
from procure.matching.catalogue.offer import Match, Need, Offer
from procure.matching.catalogue.pieces import Piece, PieceTable, pieces_of
from procure.matching.catalogue.postings import Postings
from procure.matching.catalogue.signals import MEANING, Weighed, chance_in_field, explain
from procure.matching.catalogue.stated import stated_terms
from procure.matching.catalogue.weighing import shipped_scales, weigh
from procure.matching.kinds import kinds_asked, kinds_in
from procure.matching.meaning import Model, Vectors
from procure.matching.words import stems

Floats = NDArray[np.float64]

SMALL = 400
BY_TEXT, BY_KINDRED, BY_FIELD, BY_TITLE, BY_KIND, BY_MEANING = 200, 80, 80, 40, 120, 80
KINDRED_TEXTS, KINDRED_TERMS = 10, 25
GROUP_DEPTH = 2
READ_TOGETHER = 200


class Catalogue:
    """Offers indexed by what they say and what they won; one can be put, replaced or removed at any time.

    The catalogue gives the same answer whether its offers came one by one or all at once. Keys break ties and are
    evidence of nothing; who asks is not part of a need.
    model  also finds and orders offers by meaning; without it nothing of meaning is kept or counted
    """

    def __init__(self, offers: Iterable[Offer] = (), model: Model | None = None) -> None:
        self._offers: dict[int, Offer] = {}
        self._owner_of: dict[str, int] = {}
        self._slots: dict[int, list[int]] = {}
        self._texts, self._titles, self._kinds = Postings(), Postings(), Postings()
        self._model, self._table = model, PieceTable(model.dimensions if model else 0)
        self._next_owner = self._next_slot = 0
        coming = iter(offers)
        while some := list(islice(coming, READ_TOGETHER)):
            self._put_all(some)

    def __len__(self) -> int:
        return len(self._offers)

    def put(self, offer: Offer) -> None:
        """Take an offer in, in place of an earlier one with the same key; only its own texts are read."""
        self._put_all([offer])

    def _put_all(self, offers: Sequence[Offer]) -> None:
        said = [pieces_of(offer) for offer in offers]
        meanings = iter(self._meanings([piece.text for pieces in said for piece in pieces]))
        for offer, pieces in zip(offers, said, strict=True):
            self.remove(offer.key)
            self._put(offer, [(piece, next(meanings)) for piece in pieces])

    def _meanings(self, texts: Sequence[str]) -> Vectors:
        return self._model.vectors(texts) if self._model else np.zeros((len(texts), 0), dtype=np.float32)

    def _put(self, offer: Offer, pieces: Sequence[tuple[Piece, Vectors]]) -> None:
        owner, self._next_owner = self._next_owner, self._next_owner + 1
        self._offers[owner], self._owner_of[offer.key], self._slots[owner] = offer, owner, []
        for piece, meaning in pieces:
            slot, self._next_slot = self._next_slot, self._next_slot + 1
            self._texts.put(slot, Counter(stems(piece.text)))
            self._titles.put(slot, Counter(stems(piece.title)))
            self._kinds.put(slot, kinds_in(piece.text))
            self._table.put(slot, owner, piece, meaning)
            self._slots[owner].append(slot)

    def remove(self, key: str) -> None:
        """Forget an offer; nothing happens where there is none."""
        owner = self._owner_of.pop(key, None)
        if owner is None:
            return
        del self._offers[owner]
        for slot in self._slots.pop(owner):
            self._texts.remove(slot)
            self._titles.remove(slot)
            self._kinds.remove(slot)
            self._table.remove(slot)

    def rank(self, need: Need, top: int = 50) -> list[Match]:
        """The best offers for a need, best first; only these are explained. Ties stand in the order of their keys.

        An offer that shares neither words nor a kind of work nor a CPV group with the need or texts like it, nor its
        meaning, is left out. An empty answer means nobody here is known to do this.
        """
        found = self.evidence(need)
        if found is None:
            return []
        scales = shipped_scales()
        scores, moved = weigh(found.measures, scales)
        offers = [self._offers[int(owner)] for owner in found.owners]
        stated = [stated_terms(need, offer) for offer in offers]
        terms = np.array([sum(signal.weight for signal in signals) for signals in stated])
        totals = np.round(scores + terms + MEANING * found.meaning, 9)
        order = sorted(range(len(offers)), key=lambda row: (-totals[row], offers[row].key))[:top]
        chances = chance_in_field(found.measures, scales, found.meaning)
        told = []
        for row in order:
            owner, likeness = int(found.owners[row]), float(found.meaning[row])
            meant = self._piece_of(owner, int(found.meant[row])).title if likeness else ""
            weighed = Weighed(totals[row], chances[row], moved[row], stated[row], likeness, meant)
            nearest = self._piece_of(owner, int(found.nearest[row])).text
            told.append(explain(need, offers[row], weighed, nearest, self.rarity))
        return told

    def rarity(self, word: str) -> float:
        """How telling a stem is among everything offered here; 0 where nobody uses it."""
        return self._texts.rarity(word)

    def evidence(self, need: Need, before: date | None = None) -> Evidence | None:
        """All measures of all candidates; `before` hides awards of that day and later, for fitting and testing."""
        alike = self._likeness(need, before)
        table = self._table
        candidates = self._candidates(need, alike)
        slots_of = {owner: self._slots[owner] for owner in candidates}
        if before is not None:
            last = before.toordinal()
            slots_of = {owner: [s for s in slots if table.day[s] < last] for owner, slots in slots_of.items()}
        slots_of = {owner: slots for owner, slots in slots_of.items() if slots}
        return gather(need, slots_of, table, alike) if slots_of else None

    def key_of(self, owner: int) -> str:
        return self._offers[owner].key

    def _likeness(self, need: Need, before: date | None) -> Likeness:
        title = Counter(stems(need.title))
        text = {term: count**0.5 for term, count in (title + Counter(stems(need.description)) + title).items()}
        titled = {term: count**0.5 for term, count in title.items()}
        kinds = {kind: much**0.5 for kind, much in kinds_asked(need.title, need.description).items()}
        size = len(self._table.owner)
        shown = self._table.owner >= 0
        if before is not None:
            shown &= self._table.day < before.toordinal()
        whole = _masked(self._texts.score(text), shown, size)
        best = np.lexsort((np.arange(size), -whole))[:KINDRED_TEXTS]
        terms = self._texts.telling_terms(best.tolist(), whole[best].tolist(), KINDRED_TERMS)
        return Likeness(
            text=whole,
            title_in_text=_masked(self._texts.score(titled), shown, size),
            title=_masked(self._titles.score(titled), shown, size),
            kindred=_masked(self._texts.score(terms), shown, size),
            kind=_masked(self._kinds.score(kinds), shown, size),
            topic=_masked(topic_likeness(f"{need.title} {need.description}", self._table), shown, size),
            meaning=_masked(self._meaning_likeness(need), shown, size),
        )

    def _meaning_likeness(self, need: Need) -> Floats:
        if self._model is None:
            return np.zeros(0)
        asked = self._model.vectors([f"{need.title} {need.description}"])[0]
        return self._model.likeness(self._table.meaning[: self._next_slot] @ asked)

    def _candidates(self, need: Need, alike: Likeness) -> list[int]:
        """Owners worth measuring: in a small catalogue all with any likeness, else the best by six measures."""
        live = self._table.owner >= 0
        owner = np.where(live, self._table.owner, 0)
        share = np.where(live, 1 / np.sqrt(self._table.winners), 0.0)
        by_text, by_kindred, by_field, by_title, by_kind, by_meaning = (
            np.bincount(owner, measure * share, minlength=self._next_owner).astype(np.float64)
            for measure in (
                alike.text**3,
                alike.kindred**3,
                alike.topic**4,
                alike.title**3,
                alike.kind**3,
                alike.meaning**3,
            )
        )
        if len(self._offers) <= SMALL:
            coded = (o for o, offer in self._offers.items() if cpv_depth(need.cpv, offer.cpv) >= GROUP_DEPTH)
            alike_at_all = np.flatnonzero(by_text + by_kindred + by_kind + by_meaning).tolist()
            return sorted({*alike_at_all, *(o for o in coded if self._slots[o])})
        best = [_best(by_text, BY_TEXT), _best(by_kindred, BY_KINDRED), _best(by_field, BY_FIELD)]
        best += [_best(by_title, BY_TITLE), _best(by_kind, BY_KIND), _best(by_meaning, BY_MEANING)]
        return sorted(set().union(*best))

    def _piece_of(self, owner: int, slot: int) -> Piece:
        return pieces_of(self._offers[owner])[self._slots[owner].index(slot)]


def _masked(scores: Floats, shown: NDArray[np.bool_], size: int) -> Floats:
    """Scores of every slot of the table, 0 where the slot is empty or hidden."""
    whole = np.zeros(size)
    whole[: len(scores)] = scores[:size]
    return np.where(shown, whole, 0.0)


def _best(totals: Floats, most: int) -> Collection[int]:
    """The owners of the highest totals above zero; all who tie with the last are in, so no order decides."""
    positive = totals[totals > 0]
    if not len(positive):
        return []
    least = np.partition(positive, -most)[-most] if len(positive) > most else positive.min()
    return np.flatnonzero(totals >= least).tolist()[: 4 * most]
