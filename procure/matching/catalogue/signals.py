"""The reasons of a match: one function a reason, with its weight and a sentence as said of and to the supplier."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

import numpy as np
from numpy.typing import NDArray

from procure.matching.catalogue.evidence import MEASURES, cpv_depth
from procure.matching.catalogue.offer import Match, Need, Offer, Signal
from procure.matching.catalogue.pieces import pieces_of, region_of
from procure.matching.catalogue.stated import missing_facts, pounds
from procure.matching.catalogue.weighing import Scales
from procure.matching.categories.division_names import DIVISION_NAMES
from procure.matching.kinds import kinds_asked, kinds_in
from procure.matching.words import stem, stems, words

Floats = NDArray[np.float64]

MOST_SHOWN = 5
MOST_WORDS = 6
MOST_KINDS = 2
# A kind of which a lot speaks less than this share of what it speaks of its main one is no reason.
IN_PASSING = 0.4
# Procure ships no model of meaning, so nothing was fitted with one: what likeness of meaning (0 to 1) adds is judged.
MEANING = 2.0
MUCH_THE_SAME = 0.4
MOST_QUOTED = 100
# The log-odds to be in the field that meaning alone gives: a chance of .05 at likeness 0, a half at .67, .82 at 1.
CHANCE_BY_MEANING, CHANCE_OF_STRANGERS = 4.5, -3.0
# What agreeing or clashing codes add to the chance that the field is right, by depth of agreement.
CODE_EVIDENCE = {0: -1.5, 1: 0.3, 2: 1.2, 3: 2.0, 4: 2.0, 5: 2.5}

GROUPS: Mapping[str, tuple[str, ...]] = {
    "words": tuple(n for n in MEASURES if n.startswith(("text_", "title_", "kindred_"))),
    "kind": tuple(n for n in MEASURES if n.startswith("kind_")),
    "field": tuple(n for n in MEASURES if n.startswith("field_")),
    "codes": tuple(n for n in MEASURES if n.startswith("cpv_")),
    "experience": ("awards", "awards_shared", "awards_this_year", "crowd"),
    "recency": ("days_since", "days_since_nearest"),
    "value": ("value_gap", "value_nearest"),
    "region": ("region_share", "region_awards", "elsewhere_awards"),
}


def chance_in_field(measures: Floats, scales: Scales, meaning: Floats) -> Floats:
    """The chance, 0 to 1, that an organisation does this kind of work: holds awards in the lot's CPV group.

    Fitted on organisations known by the titles of their work alone, which is how one without awards states itself,
    and judged by the CPV codes of those awards, which the fit does not see. Likeness of meaning raises the chance to
    what it would be by meaning alone, never above that. Codes, where both sides give them, then move the chance by
    CODE_EVIDENCE. source: docs/measures/lot-ranking.md
    """
    column = {name: place for place, name in enumerate(scales.measures)}
    odds = np.full(len(measures), scales.field_bias)
    for name, weight in scales.field_weights.items():
        odds += weight * measures[:, column[name]]
    by_meaning = CHANCE_OF_STRANGERS + CHANCE_BY_MEANING * meaning
    odds = np.where(meaning > 0, np.maximum(odds, by_meaning), odds)
    depth = measures[:, column["cpv_best"]]
    odds += np.array([0.0 if np.isnan(d) else CODE_EVIDENCE[int(d)] for d in depth])
    return np.asarray(1 / (1 + np.exp(-odds)))


def words_signal(
    need: Need, theirs: str, weight: float, rarity: Callable[[str], float], instead: str = "only kindred words"
) -> Signal:
    """Words of the need that stand in their most alike text, most telling first; `instead` is said where none do."""
    held: dict[str, str] = {}
    for word in words(theirs):
        held.setdefault(stem(word), word)
    asked = dict.fromkeys(words(f"{need.title} {need.description}"))
    shared = {stem(word): word for word in reversed(asked) if stem(word) in held}
    telling = sorted(shared, key=lambda root: (-rarity(root), root))[:MOST_WORDS]
    if not telling:
        none = f"None of the lot's own words stand in what {{}} say, {instead}"
        return Signal("words", weight, none.format("they"), none.format("you"))
    lots = tuple(shared[root] for root in telling)
    said = tuple(held[root] for root in telling)
    told = "The lot asks for " + _quoted(lots) + "; {} description says " + _quoted(said)
    if weight < 0:
        told = "Little of the lot stands in {} description: " + _quoted(said)
    elif lots == said:
        told = "Both the lot and {} description say " + _quoted(said)
    return Signal("words", weight, told.format("their"), told.format("your"), lots)


def meaning_signal(need: Need, theirs: str, likeness: float) -> Signal | None:
    """Their text that is most alike in meaning, quoted; None where it is no more alike than a stranger's."""
    if not likeness:
        return None
    shared = set(stems(f"{need.title} {need.description}")).intersection(stems(theirs))
    near = "means much the same as the lot's" if likeness >= MUCH_THE_SAME else "is close in meaning to the lot's"
    told = f"text {near}{'' if shared else ', in other words'}: '{shorten(theirs, MOST_QUOTED, placeholder='...')}'"
    return Signal("meaning", MEANING * likeness, f"Their {told}", f"Your {told}")


def shared_kinds(need: Need, offer: Offer) -> list[str]:
    """The kinds of work that both speak of, those the need speaks of most first, but for what it names in passing."""
    spoken = kinds_asked(need.title, need.description)
    least = IN_PASSING * max(spoken.values(), default=0.0)
    asked = {kind: much for kind, much in spoken.items() if much >= least}
    held = {kind for piece in pieces_of(offer) for kind in kinds_in(piece.text)}
    return sorted(held.intersection(asked), key=lambda kind: (-asked[kind], kind))


def kind_signal(need: Need, shared: Sequence[str], weight: float) -> Signal | None:
    """Which kinds of work both speak of, whatever their words; None where that says nothing."""
    if shared:
        about = f"about {_quoted(tuple(shared[:MOST_KINDS]))}"
        if weight < 0:
            return Signal("kind", weight, f"Little of their work is {about}", f"Little of your work is {about}")
        told = f"are both {about}"
        return Signal("kind", weight, f"The lot and their work {told}", f"The lot and your work {told}")
    if weight >= 0 or not kinds_asked(need.title, need.description):
        return None
    return Signal("kind", weight, "Their work is of other kinds", "Your work is of other kinds")


def field_signal(need: Need, weight: float) -> Signal:
    """Whether their texts are about the same field as the need, whatever the words."""
    if weight < 0:
        return Signal("field", weight, "Much of their work is in other fields", "Much of your work is in other fields")
    told = "work in the same field as this lot"
    return Signal("field", weight, f"They {told}", f"You {told}")


def codes_signal(need: Need, offer: Offer, weight: float) -> Signal | None:
    """How deep the CPV codes agree; None where either side gives none."""
    held = [offer.cpv, *(award.cpv for award in offer.awards)]
    depths = [cpv_depth(need.cpv, codes) for codes in held if need.cpv and codes]
    if not depths:
        return None
    division = DIVISION_NAMES.get(need.cpv[0][:2], "the lot's division")
    depth = int(max(depths))
    if depth == 0:
        none = "None of {} CPV codes is in the lot's division"
        return Signal("codes", weight, none.format("their"), none.format("your"))
    if depth == 1:
        return Signal(
            "codes", weight, f"They share a CPV division: {division}", f"You share a CPV division: {division}"
        )
    told = f"share a CPV {'group' if depth == 2 else 'class'} under {division}"
    return Signal("codes", weight, f"They {told}", f"You {told}")


def experience_signal(offer: Offer, weight: float) -> Signal:
    """How much they have won before."""
    count = len(offer.awards)
    if not count:
        none = "{0} have no published award yet: judged by what {1} state"
        return Signal("experience", weight, none.format("They", "they"), none.format("You", "you"))
    told = f"have won {count} published award{'s' if count > 1 else ''}"
    return Signal("experience", weight, f"They {told}", f"You {told}")


def recency_signal(need: Need, offer: Offer, weight: float) -> Signal | None:
    """When they last won work; None where no date is known."""
    days = [award.awarded_on for award in offer.awards if award.awarded_on]
    if not days:
        return None
    told = f"latest known award was in {max(days):%B %Y}"
    return Signal("recency", weight, f"Their {told}", f"Your {told}")


def value_signal(need: Need, offer: Offer, weight: float) -> Signal | None:
    """The lot's value beside the values they have won; None where either is unknown."""
    won = [award.value_pence for award in offer.awards if award.value_pence]
    if not won or not need.value_pence:
        return None
    span = pounds(min(won)) if min(won) == max(won) else f"{pounds(min(won))} to {pounds(max(won))}"
    told = f"have won work worth {span}; this lot is worth {pounds(need.value_pence)}"
    return Signal("value", weight, f"They {told}", f"You {told}")


def region_signal(need: Need, offer: Offer, weight: float) -> Signal | None:
    """Where they have worked before; None where the need's region or theirs is unknown."""
    region = region_of(need.place)
    known = [found for award in offer.awards if (found := region_of(award.place))]
    if not region or not known:
        return None
    here = known.count(region)
    told = f"{len(known)} awards with a known place were in {region}"
    return Signal("region", weight, f"{here} of their {told}", f"{here} of your {told}")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the scales said of one offer: its score, its chance, what each measure moved, its stated terms, its meaning.

    meaning  likeness of meaning, 0 to 1; `meant` is the text that is so alike
    """

    score: float
    chance: float
    moved: Floats
    stated: tuple[Signal, ...]
    meaning: float = 0.0
    meant: str = ""


def explain(need: Need, offer: Offer, weighed: Weighed, text: str, rarity: Callable[[str], float]) -> Match:
    """One match with its three to five strongest reasons; the words lead, for they are what a person checks.

    text    the offer's text that is most like the need
    rarity  how telling a stem is among all that is offered
    """
    weight = {
        group: float(sum(weighed.moved[MEASURES.index(name)] for name in names)) for group, names in GROUPS.items()
    }
    meaning = meaning_signal(need, weighed.meant, weighed.meaning)
    kinds = shared_kinds(need, offer)
    instead = "only its sense" if meaning else "only the kind of work" if kinds else "only kindred words"
    leading = [words_signal(need, text, weight["words"], rarity, instead)]
    others = [
        meaning,
        codes_signal(need, offer, weight["codes"]),
        kind_signal(need, kinds, weight["kind"]),
        field_signal(need, weight["field"]),
        experience_signal(offer, weight["experience"]),
        recency_signal(need, offer, weight["recency"]),
        value_signal(need, offer, weight["value"]),
        region_signal(need, offer, weight["region"]),
        *weighed.stated,
    ]
    known = [signal for signal in others if signal is not None]
    if meaning and not leading[0].words:
        leading.append(meaning)
        known.remove(meaning)
    strongest = sorted(known, key=lambda signal: (-abs(signal.weight), signal.name))[: MOST_SHOWN - len(leading)]
    missing = missing_facts(need, offer)
    return Match(
        offer.key,
        float(weighed.score),
        float(weighed.chance),
        signals=(*leading, *strongest),
        missing=tuple(of_them for of_them, _ in missing),
        to_supplier=tuple(to_them for _, to_them in missing),
    )


def _quoted(said: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in said)
