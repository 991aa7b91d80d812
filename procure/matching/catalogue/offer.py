"""What a lot needs, what an organisation offers, and how a match between the two is told."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Need:
    """One piece of work somebody will pay for: a lot, or one need inside it.

    The buyer is left out on purpose: who asks must not change who is found.
    place      a postcode or the name of a region, as the notice gives it; only its area is used
    location   (latitude, longitude) where known
    cpv        eight-digit codes, main code first
    """

    title: str
    description: str = ""
    cpv: tuple[str, ...] = ()
    value_pence: int | None = None
    place: str = ""
    location: tuple[float, float] | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """One piece of work an organisation won; `winners` counts all who won it together with them."""

    title: str
    description: str = ""
    cpv: tuple[str, ...] = ()
    value_pence: int | None = None
    awarded_on: date | None = None
    place: str = ""
    winners: int = 1


@dataclass(frozen=True, slots=True)
class Offer:
    """What one organisation says it can do and what it has done.

    key            any text of the caller's; breaks ties and is never read as evidence
    capabilities   free text, each a capability, an activity code's wording or a charity's object
    areas          outward codes or region names they say they serve; empty means not stated
    place          their own postcode or outward code
    location       (latitude, longitude) of the place they work from
    capacity_pence the largest contract they say they can carry, or None
    kind           the caller's word for the legal form; shown, never scored
    """

    key: str
    capabilities: tuple[str, ...] = ()
    cpv: tuple[str, ...] = ()
    awards: tuple[Award, ...] = ()
    areas: tuple[str, ...] = ()
    place: str = ""
    location: tuple[float, float] | None = None
    capacity_pence: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for or against a match.

    weight       how much it moved this match, in log-odds; below zero speaks against it
    sentence     as said of the supplier, to a buyer
    to_supplier  the same, as said to the supplier
    words        the words of the lot that met, as the lot writes them, to be marked on the page
    """

    name: str
    weight: float
    sentence: str
    to_supplier: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One organisation found for one need.

    score        orders the matches of one need; not comparable between needs
    probability  that an officer who looks agrees this organisation could do the work
    signals      the three to five strongest, strongest first
    missing      sentences on what is not known or does not fit, as said to a buyer
    to_supplier  the sentences of `missing`, as said to the supplier
    """

    key: str
    score: float
    probability: float
    signals: tuple[Signal, ...] = ()
    missing: tuple[str, ...] = ()
    to_supplier: tuple[str, ...] = ()
