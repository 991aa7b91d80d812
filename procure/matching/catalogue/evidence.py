"""What speaks for each candidate of a need: named measures, one row a candidate, before any weighing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from procure.matching.catalogue.offer import Need
from procure.matching.catalogue.pieces import UNKNOWN_DAY, PieceTable, region_of
from procure.matching.categories.divisions import division_probabilities
from procure.places import REGIONS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

YEAR = 365.0
CPV_DEPTHS = (2, 3, 4, 5, 8)
FAR_BEHIND = 300

# The order is the order of the columns the shipped weights were fitted on.
MEASURES = (
    "text_best", "text_shared", "text_place", "title_in_text", "title_best",
    "kindred_best", "kindred_shared", "kindred_place",
    "kind_best", "kind_shared", "kind_mean", "kind_place",
    "field_best", "field_mean", "field_volume",
    "cpv_best", "cpv_mean", "cpv_text",
    "awards", "awards_shared", "awards_this_year", "crowd", "days_since", "days_since_nearest",
    "value_gap", "value_nearest", "region_share", "region_awards", "elsewhere_awards",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the need and every piece are, one number a slot: whole texts, title in text, titles, kindred texts.

    kind     the kinds of work both speak of
    meaning  0 everywhere where there is no model of meaning
    """

    text: Floats
    title_in_text: Floats
    title: Floats
    kindred: Floats
    kind: Floats
    topic: Floats
    meaning: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """Owners in the order of the rows of `measures`; `nearest` is each owner's most alike slot.

    meaning  likeness of meaning, 0 to 1, of each owner's slot `meant`, the most alike in meaning
    """

    owners: Ints
    measures: Floats
    nearest: Ints
    meaning: Floats
    meant: Ints


def topic_likeness(need_text: str, table: PieceTable) -> Floats:
    """The overlap of CPV divisions, 0 to 1, of the need and every piece; 0 where either says nothing."""
    topic = division_probabilities(need_text)
    if topic is None:
        return np.zeros(len(table.owner))
    return np.asarray(table.topic @ np.sqrt(topic).astype(np.float32), dtype=np.float64)


def cpv_depth(asked: Sequence[str], held: Sequence[str]) -> float:
    """How deep the nearest codes agree: 0 apart, 1 division, 2 group, 3 class, 4 category, 5 the whole code."""
    if not asked or not held:
        return float("nan")
    depths = [
        sum(one[:digits] == other[:digits] and len(one) >= digits for digits in CPV_DEPTHS)
        for one in asked
        for other in held
    ]
    return float(max(depths))


def gather(need: Need, slots_of: Mapping[int, Sequence[int]], table: PieceTable, alike: Likeness) -> Evidence:
    """Measure the owners given. Every owner has at least one slot; `need.starts_on` stands for the day of asking."""
    owners = np.fromiter(slots_of, dtype=np.int64)
    slots = np.concatenate([np.asarray(held, dtype=np.int64) for held in slots_of.values()])
    sizes = np.array([len(held) for held in slots_of.values()])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rows = np.repeat(np.arange(len(owners)), sizes)
    day = need.starts_on.toordinal() if need.starts_on else table.day.max()
    won = table.day[slots] > UNKNOWN_DAY
    age = np.where(won, day - table.day[slots], np.nan)
    text, share = alike.text[slots], 1 / np.sqrt(table.winners[slots])
    nearest = _nearest(text, rows, starts)
    found = _text_measures(text, share, starts, nearest)
    found |= _likeness_measures(alike, slots, share, starts)
    found |= _kind_measures(alike.kind[slots], share, starts, sizes)
    found |= _field_measures(alike.topic[slots], share, starts, sizes)
    found |= _cpv_measures(need, [table.cpv.get(int(slot), ()) for slot in slots], text, starts)
    found |= _history_measures(age, table.winners[slots], starts, nearest)
    found |= _value_measures(need, table.log_value[slots], starts)
    found |= _region_measures(need, table.region[slots], starts)
    meaning = alike.meaning[slots]
    meant = _nearest(meaning, rows, starts)
    measures = np.column_stack([found[name] for name in MEASURES])
    return Evidence(owners, measures, slots[nearest], meaning[meant], slots[meant])


def _nearest(text: Floats, rows: Ints, starts: Ints) -> Ints:
    order = np.lexsort((np.arange(len(text)), -text, rows))
    return order[starts]


def _text_measures(text: Floats, share: Floats, starts: Ints, nearest: Ints) -> dict[str, Floats]:
    shared = np.cbrt(np.add.reduceat(text**3 * share, starts))
    return {"text_best": text[nearest], "text_shared": shared, "text_place": _places(shared)}


def _likeness_measures(alike: Likeness, slots: Ints, share: Floats, starts: Ints) -> dict[str, Floats]:
    kindred = alike.kindred[slots]
    kindred_shared = np.cbrt(np.add.reduceat(kindred**3 * share, starts))
    return {
        "title_in_text": np.maximum.reduceat(alike.title_in_text[slots], starts),
        "title_best": np.maximum.reduceat(alike.title[slots], starts),
        "kindred_best": np.maximum.reduceat(kindred, starts),
        "kindred_shared": kindred_shared,
        "kindred_place": _places(kindred_shared),
    }


def _kind_measures(kind: Floats, share: Floats, starts: Ints, sizes: Ints) -> dict[str, Floats]:
    shared = np.cbrt(np.add.reduceat(kind**3 * share, starts))
    return {
        "kind_best": np.maximum.reduceat(kind, starts),
        "kind_shared": shared,
        "kind_mean": np.add.reduceat(kind, starts) / sizes,
        "kind_place": _places(shared),
    }


def _places(values: Floats) -> Floats:
    """Log of the standing of each value, equal values sharing the better place; nothing at all stands far behind."""
    ordered = np.sort(-values)
    places = np.searchsorted(ordered, -values, side="left").astype(np.float64)
    return np.log1p(np.where(values > 0, places, max(len(values), FAR_BEHIND)))


def _field_measures(topic: Floats, share: Floats, starts: Ints, sizes: Ints) -> dict[str, Floats]:
    return {
        "field_best": np.maximum.reduceat(topic, starts),
        "field_mean": np.add.reduceat(topic, starts) / sizes,
        "field_volume": np.log1p(np.add.reduceat(topic**4 * share, starts)),
    }


def _cpv_measures(need: Need, held: Sequence[tuple[str, ...]], text: Floats, starts: Ints) -> dict[str, Floats]:
    depth = np.array([cpv_depth(need.cpv, codes) for codes in held])
    known = ~np.isnan(depth)
    counted = np.add.reduceat(known.astype(float), starts)
    deep = np.where(known, depth, 0.0)
    missing = counted == 0
    return {
        "cpv_best": np.where(missing, np.nan, np.maximum.reduceat(deep, starts)),
        "cpv_mean": np.where(missing, np.nan, np.add.reduceat(deep, starts) / np.maximum(counted, 1)),
        "cpv_text": np.where(missing, np.nan, np.maximum.reduceat(deep / len(CPV_DEPTHS) * text, starts)),
    }


def _history_measures(age: Floats, winners: Floats, starts: Ints, nearest: Ints) -> dict[str, Floats]:
    won = ~np.isnan(age)
    count = np.add.reduceat(won.astype(float), starts)
    none = count == 0
    days = np.minimum.reduceat(np.where(won, np.maximum(age, 0), np.inf), starts)
    crowd = np.add.reduceat(np.where(won, winners, 0.0), starts) / np.maximum(count, 1)
    return {
        "awards": np.log1p(count),
        "awards_shared": np.log1p(np.add.reduceat(won / winners, starts)),
        "awards_this_year": np.log1p(np.add.reduceat((won & (np.nan_to_num(age) < YEAR)) / winners, starts)),
        "crowd": np.where(none, np.nan, np.log1p(crowd)),
        "days_since": np.where(none, np.nan, np.log1p(np.where(none, 0.0, days))),
        "days_since_nearest": np.log1p(np.maximum(age[nearest], 0)),
    }


def _value_measures(need: Need, log_value: Floats, starts: Ints) -> dict[str, Floats]:
    asked = log(need.value_pence) if need.value_pence else np.nan
    known = ~np.isnan(log_value)
    count = np.add.reduceat(known.astype(float), starts)
    none = count == 0
    mean = np.add.reduceat(np.where(known, log_value, 0.0), starts) / np.maximum(count, 1)
    gap = np.minimum.reduceat(np.where(known, np.abs(log_value - asked), np.inf), starts)
    return {
        "value_gap": np.where(none, np.nan, asked - mean),
        "value_nearest": np.where(none | np.isnan(asked), np.nan, gap),
    }


def _region_measures(need: Need, region: Ints, starts: Ints) -> dict[str, Floats]:
    asked = region_of(need.place)
    known = np.add.reduceat((region >= 0).astype(float), starts)
    if not asked:
        unknown = np.full(len(starts), np.nan)
        return {"region_share": unknown, "region_awards": unknown, "elsewhere_awards": np.log1p(known)}
    same = np.add.reduceat((region == REGIONS.index(asked)).astype(float), starts)
    return {
        "region_share": np.where(known > 0, same / np.maximum(known, 1), np.nan),
        "region_awards": np.log1p(same),
        "elsewhere_awards": np.log1p(known - same),
    }
