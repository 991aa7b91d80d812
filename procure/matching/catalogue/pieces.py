"""Every text an offer is judged by, an award or a stated capability, as rows of one growing table."""

import re
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from procure.matching.catalogue.offer import Award, Offer
from procure.matching.categories.divisions import division_probabilities, shipped_weights
from procure.places import POSTCODE_AREAS, REGIONS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNKNOWN_DAY = -1.0
_POSTCODE = re.compile(r"([A-Z]{1,2})\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of an offer; `award` is None for what is only stated."""

    title: str
    text: str
    cpv: tuple[str, ...]
    award: Award | None


def pieces_of(offer: Offer) -> list[Piece]:
    """An offer's texts: awards in the order given, then what it states."""
    won = [Piece(a.title, f"{a.title} {a.description}", a.cpv, a) for a in offer.awards]
    return won + [Piece(text, text, offer.cpv, None) for text in offer.capabilities]


def region_of(place: str) -> str:
    """The region a postcode or a region's name stands for; empty where unknown or more than one."""
    letters = _POSTCODE.match(place.strip().upper())
    if letters:
        area = POSTCODE_AREAS.get(letters[1])
        return area.region if area else ""
    named = [region for region in REGIONS if region.casefold() in place.casefold()]
    return named[0] if len(named) == 1 else ""


class PieceTable:
    """Columns of facts about pieces, one row a slot, doubled when full."""

    def __init__(self, dimensions: int = 0) -> None:
        """`dimensions` is the length of a vector of meaning; 0 without a model."""
        self.owner: Ints = np.full(64, -1, dtype=np.int64)
        self.winners: Floats = np.ones(64)
        self.day: Floats = np.full(64, UNKNOWN_DAY)
        self.log_value: Floats = np.full(64, np.nan)
        self.region: Ints = np.full(64, -1, dtype=np.int64)
        self.topic: NDArray[np.float32] = np.zeros((64, len(shipped_weights().divisions)), dtype=np.float32)
        self.meaning: NDArray[np.float32] = np.zeros((64, dimensions), dtype=np.float32)
        self.cpv: dict[int, tuple[str, ...]] = {}

    def put(self, slot: int, owner: int, piece: Piece, meaning: NDArray[np.float32]) -> None:
        """Note a piece's facts; the topic is kept as square roots so that a product of two measures their overlap."""
        while slot >= len(self.owner):
            self._double()
        award = piece.award
        self.owner[slot] = owner
        self.winners[slot] = award.winners if award else 1
        self.day[slot] = award.awarded_on.toordinal() if award and award.awarded_on else UNKNOWN_DAY
        self.log_value[slot] = log(award.value_pence) if award and award.value_pence else np.nan
        region = region_of(award.place) if award else ""
        self.region[slot] = REGIONS.index(region) if region else -1
        topic = division_probabilities(piece.text)
        self.topic[slot] = 0.0 if topic is None else np.sqrt(topic)
        self.meaning[slot] = meaning
        self.cpv[slot] = piece.cpv

    def remove(self, slot: int) -> None:
        self.owner[slot] = -1
        self.topic[slot] = 0.0
        self.meaning[slot] = 0.0
        self.cpv.pop(slot, None)

    def _double(self) -> None:
        size = len(self.owner)
        self.owner = np.concatenate([self.owner, np.full(size, -1, dtype=np.int64)])
        self.winners = np.concatenate([self.winners, np.ones(size)])
        self.day = np.concatenate([self.day, np.full(size, UNKNOWN_DAY)])
        self.log_value = np.concatenate([self.log_value, np.full(size, np.nan)])
        self.region = np.concatenate([self.region, np.full(size, -1, dtype=np.int64)])
        self.topic = np.concatenate([self.topic, np.zeros_like(self.topic)])
        self.meaning = np.concatenate([self.meaning, np.zeros_like(self.meaning)])
