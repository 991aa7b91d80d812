"""The unlock ladder of one enterprise: which answer, paper or partner opens the most work to it, in which order.

A partner is named for what it says it can do and which certificates it holds; turnover and insurance are each one's
own, so a partner with enough turnover is asked for and never named, and of its insurance we say only what to ask it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ...matching import ladder as pure
from ...models import Enterprise, Gate, Lot, now
from ...rules import GateResult, bare_name
from ..enterprises import offers
from ..lots import gates
from . import matches
from .matches import LotMatch
from .openings import HOW_TO_GET, QUESTION_OF

LOOKED_AT = 12
"""Likeliest enterprises of a lot, or of one of its parts, that are thought of as partners."""
ANSWER, RENEW, GET, PARTNER = 0, 1, 2, 3
PARTNERS = (
    "Form a consortium for the lot and invite them. You would share the work. Ask them about the insurance that the "
    "lot asks for: we do not show what others hold."
)


@dataclass(frozen=True)
class Cost:
    """What something costs, and who says so."""

    words: str
    source: str


COSTS = {
    "dbs": Cost("£21.50 to £49.50 for each person", "fees of the Disclosure and Barring Service from 2 December 2024"),
    "cyberessentials": Cost("from £320 plus VAT, by the number of staff", "the scheme’s price list, read in 2026"),
}
"""Only what has a source; for everything else the page says that the cost is not known."""


@dataclass(frozen=True)
class Thing:
    """Something to get: an answer of one's own, a paper to get or renew, a partner.

    question    the question of the profile that it belongs to; None where it belongs to none
    partner_id  the enterprise, where it is one that is named
    """

    kind: str
    title: str
    advice: str
    cost: Cost | None = None
    question: int | None = None
    partner_id: int | None = None


@dataclass(frozen=True)
class Rung:
    """One step up in words; `pence` lacks the lots of no stated value, which `unvalued` counts."""

    things: tuple[Thing, ...]
    lots: tuple[Lot, ...]
    pence: int
    unvalued: int
    instead: tuple[Thing, ...]

    @property
    def is_answer(self) -> bool:
        """Whether it costs nothing but telling us; what it opens then depends on the answer."""
        return all(thing.kind == "answer" for thing in self.things)


@dataclass(frozen=True)
class Ladder:
    """What is open already, the rungs, and what no rung reaches."""

    open_now: tuple[Lot, ...]
    rungs: tuple[Rung, ...]
    out_of_reach: tuple[Lot, ...]

    @property
    def open_pence(self) -> int:
        return sum(lot.value_pence or 0 for lot in self.open_now)


class _Gaps:
    """Gaps of every lot as they are found, and what closes them."""

    def __init__(self) -> None:
        self.missing: dict[int, set[str]] = defaultdict(set)
        self.closes: dict[str, set[str]] = defaultdict(set)
        self.things: dict[str, tuple[int, Thing]] = {}
        self.amounts: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.names: dict[str, str] = {}
        self.expired: set[str] = set()

    def need(self, lot: Lot, what: str) -> str:
        gap = f"{lot.id}:{what}"
        self.missing[lot.id].add(gap)
        return gap

    def offer(self, key: str, effort: int, thing: Thing, *gaps: str) -> None:
        self.things.setdefault(key, (effort, thing))
        self.closes[key].update(gaps)

    def at_least(self, key: str, pence: int, gap: str) -> None:
        """A gap that any amount from this one on closes: more cover, more turnover."""
        self.amounts[key].append((pence, gap))

    def steps(self) -> list[pure.Step]:
        return [
            pure.Step(key, effort, frozenset(self.closes[key]), thing.partner_id is not None)
            for key, (effort, thing) in self.things.items()
        ]


def ladder_for(enterprise: Enterprise) -> Ladder:
    """The ladder as things stand now. Lots the enterprise declined are left out."""
    return ladder_of(enterprise, matches.matches_for(enterprise))


def ladder_of(enterprise: Enterprise, everything: Iterable[LotMatch]) -> Ladder:
    fitting = [one for one in everything if one.fits and one.answer != "not_for_us"]
    lots = {one.lot.id: one.lot for one in fitting}
    gaps = _Gaps()
    for match in fitting:
        _find_gaps(gaps, match, enterprise)
    _offer_amounts(gaps)
    _offer_partners(gaps, fitting, enterprise)
    closed = [
        pure.Closed(lot, lots[lot].value_pence, frozenset(missing)) for lot, missing in gaps.missing.items() if missing
    ]
    climbed = pure.climb(closed, gaps.steps())
    return Ladder(
        open_now=tuple(lots[key] for key in sorted(lots) if not gaps.missing.get(key)),
        rungs=tuple(_in_words(rung, gaps, lots) for rung in climbed.rungs),
        out_of_reach=tuple(lots[key] for key in climbed.out_of_reach),
    )


def _in_words(rung: pure.Rung, gaps: _Gaps, lots: dict[int, Lot]) -> Rung:
    return Rung(
        things=tuple(gaps.things[key][1] for key in rung.steps),
        lots=tuple(sorted((lots[key] for key in rung.lots), key=lambda lot: (-(lot.value_pence or 0), lot.id))),
        pence=rung.pence,
        unvalued=rung.unvalued,
        instead=tuple(gaps.things[key][1] for key in rung.instead),
    )


def _find_gaps(gaps: _Gaps, match: LotMatch, enterprise: Enterprise) -> None:
    for gate, answer in zip(match.lot.gates, match.gates, strict=True):
        if answer.state != "met":
            _find_way(gaps, gaps.need(match.lot, f"gate:{gate.id}"), (gate, answer, match.lot), enterprise)
    for part in match.uncovered:
        gaps.need(match.lot, f"need:{part.need.id}")
    if not match.is_within_capacity:
        gaps.need(match.lot, "pounds")


def _find_way(gaps: _Gaps, gap: str, found: tuple[Gate, GateResult, Lot], enterprise: Enterprise) -> None:
    """What closes a gate that stands: an answer where it is only not known, else a paper or turnover."""
    gate, answer, lot = found
    if answer.state == "unknown":
        question = QUESTION_OF[gate.kind]
        what = "your turnover" if gate.kind == "turnover" else "which insurances and certificates you hold"
        told = "It costs nothing. Whether the lots open depends on what you answer."
        gaps.offer(f"answer {question}", ANSWER, Thing("answer", f"Tell us {what}", told, question=question), gap)
    elif gate.kind == "turnover":
        wanted = gate.amount_pence or 0
        own = (enterprise.turnover_pence or 0) if lot.form == "joint" else 0
        gaps.at_least("turnover joint" if lot.form == "joint" else "turnover lead", wanted - own, gap)
    elif gate.kind == "insurance":
        key = f"insurance {bare_name(gate.name)}"
        gaps.names.setdefault(key, gate.name)
        gaps.at_least(key, gate.amount_pence or 0, gap)
        if answer.state == "expired":
            gaps.expired.add(gap)
    else:
        bare = bare_name(gate.name)
        verb, effort = ("Renew", RENEW) if answer.state == "expired" else ("Get", GET)
        thing = Thing("certificate", f"{verb} {gate.name}", HOW_TO_GET["certificate_each"], COSTS.get(bare))
        gaps.offer(f"certificate {bare}", effort, thing, gap)


def _offer_amounts(gaps: _Gaps) -> None:
    """One step for each amount asked, which closes every smaller one too."""
    for key, asked in gaps.amounts.items():
        for pence in sorted({pence for pence, _ in asked}):
            met = [gap for least, gap in asked if least <= pence]
            is_renewal = gaps.expired.issuperset(met)
            effort, thing = _amount_in_words(gaps.names.get(key, key), pence, is_renewal=is_renewal)
            gaps.offer(f"{key} {pence:020d}", effort, thing, *met)


def _amount_in_words(name: str, pence: int, *, is_renewal: bool) -> tuple[int, Thing]:
    amount = f"£{(pence + 99) // 100:,}"
    if name == "turnover joint":
        told = "In a joint bid turnovers are added up, so a partner’s counts with yours."
        return PARTNER, Thing("partner", f"A partner with a turnover of {amount} or more", told)
    if name == "turnover lead":
        told = "For these lots one partner must reach the turnover alone and lead the bid."
        return PARTNER, Thing("partner", f"A lead partner with a turnover of {amount} or more", told)
    if is_renewal:
        told = "Yours has run out. Renew it, then give us the new end date."
        return RENEW, Thing("insurance", f"Renew {name} of {amount}", told, question=5)
    return GET, Thing("insurance", f"{name} of {amount}", HOW_TO_GET["insurance"], question=5)


def _offer_partners(gaps: _Gaps, fitting: Iterable[LotMatch], enterprise: Enterprise) -> None:
    """The likeliest enterprises for what is missing, each with all it would close of the lot."""
    open_to_partners = [one for one in fitting if gaps.missing.get(one.lot.id)]
    if not open_to_partners:
        return
    everybody = {one.organisation_id: one for one in offers.enterprises_on_offer()}
    everybody.pop(enterprise.organisation_id, None)
    for match in open_to_partners:
        for partner in _likely_partners(match, everybody):
            if closed := _closed_by(partner, match, enterprise) & gaps.missing[match.lot.id]:
                name = partner.organisation.name
                thing = Thing("partner", f"{name} as a partner", PARTNERS, partner_id=partner.organisation_id)
                gaps.offer(f"partner {partner.organisation_id:012d}", PARTNER, thing, *closed)


def _likely_partners(match: LotMatch, everybody: dict[int, Enterprise]) -> list[Enterprise]:
    """Those most probable for the parts that are not covered and for the lot as a whole."""
    lot = match.lot
    uncovered = {part.need.id for part in match.uncovered}
    rankings = (
        [found for need, found in matches.ranked_for_needs(lot).items() if need in uncovered] if uncovered else []
    )
    found: dict[int, None] = {}
    for ranking in [*rankings, matches.ranked_for([lot], ()).get(lot.id, {})]:
        known = sorted((key for key in ranking if key in everybody), key=lambda key: (-ranking[key].probability, key))
        found.update(dict.fromkeys(known[:LOOKED_AT]))
    return [everybody[key] for key in found]


def _closed_by(partner: Enterprise, match: LotMatch, enterprise: Enterprise) -> set[str]:
    """Gaps of a lot that this partner would close; none where it lacks a certificate every partner must hold itself."""
    lot, today = match.lot, now().date()
    results = gates.check_gates(lot.gates, partner, is_shared=False, on=today)
    answers = list(zip(lot.gates, results, strict=True))
    if any(gate.kind == "certificate_each" and answer.state != "met" for gate, answer in answers):
        return set()
    closed = {
        f"{lot.id}:gate:{gate.id}"
        for gate, answer in answers
        if gate.kind == "certificate_any" and answer.state == "met"
    }
    carried = [(part, offers.units_for(part.need, partner)) for part in match.covers]
    closed |= {
        f"{lot.id}:need:{part.need.id}"
        for part, units in carried
        if units and not part.is_whole and part.units + units >= part.need.units
    }
    theirs, ours = offers.pounds_for_term(partner, lot), offers.pounds_for_term(enterprise, lot)
    can_share = any(units for _, units in carried) and theirs is not None and ours is not None
    if can_share and (theirs or 0) + (ours or 0) >= (lot.value_pence or 0):
        closed.add(f"{lot.id}:pounds")
    return closed
