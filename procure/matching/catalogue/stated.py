"""What an offer states about itself, and what it leaves open: signals that rest on no past award."""

from procure.matching.catalogue.offer import Need, Offer, Signal
from procure.matching.catalogue.pieces import region_of
from procure.places import miles_between, outward_code

# Weights of what an offer states about itself. Past awards hold no such statements to learn from, so these are judged:
# small beside a good match of words (about 2 to 4), and listed in docs/measures/lot-ranking.md.
SERVES_AREA, SERVES_ELSEWHERE, NEAR_BY = 0.3, -0.4, 0.2
CAN_CARRY, TOO_LARGE = 0.1, -0.5
NEAR_MILES = 15.0


def area_signal(need: Need, offer: Offer) -> Signal | None:
    """Whether they say they serve the need's place; None where either is not stated."""
    place = need.place.strip().upper()
    if not place or not offer.areas:
        return None
    district = outward_code(place) if len(place) > 4 and any(c.isdigit() for c in place) else place
    areas = {area.strip().upper() for area in offer.areas}
    if district in areas or region_of(need.place).upper() in areas:
        return Signal("area", SERVES_AREA, f"They say they serve {district}", f"You say you serve {district}")
    told = "{0} do not list {1} among the places {2} serve"
    they, you = told.format("They", district, "they"), told.format("You", district, "you")
    return Signal("area", SERVES_ELSEWHERE, they, you)


def distance_signal(need: Need, offer: Offer) -> Signal | None:
    """How far apart they are; only nearness counts, since many kinds of work travel."""
    if need.location is None or offer.location is None:
        return None
    miles = miles_between(need.location, offer.location)
    weight = NEAR_BY if miles <= NEAR_MILES else 0.0
    away = "1 mile away" if round(miles) == 1 else f"{miles:.0f} miles away"
    return Signal("distance", weight, f"They are {away}", f"You are {away}")


def capacity_signal(need: Need, offer: Offer) -> Signal | None:
    """Whether they say they can carry a contract of this size; None where either is not stated."""
    if need.value_pence is None or offer.capacity_pence is None:
        return None
    lot, most = pounds(need.value_pence), pounds(offer.capacity_pence)
    if need.value_pence <= offer.capacity_pence:
        told = f"can take contracts up to {most}; this lot is worth {lot}"
        return Signal("capacity", CAN_CARRY, f"They {told}", f"You {told}")
    told = f"This lot is worth {lot}, more than the {most}"
    return Signal("capacity", TOO_LARGE, f"{told} they can take alone", f"{told} you can take alone")


def stated_terms(need: Need, offer: Offer) -> tuple[Signal, ...]:
    """The signals that rest on what an offer states about itself; their weights are judged, not fitted."""
    told = (area_signal(need, offer), distance_signal(need, offer), capacity_signal(need, offer))
    return tuple(signal for signal in told if signal is not None)


def missing_facts(need: Need, offer: Offer) -> tuple[tuple[str, str], ...]:
    """What a person should find out before relying on the match: each as said of the supplier, and as said to it."""
    has_code = offer.cpv or any(award.cpv for award in offer.awards)
    asked = (
        (not offer.awards, "No published award is known", "We know of no published award of yours"),
        (
            need.value_pence is not None and offer.capacity_pence is None,
            "How large a contract they can take is not stated",
            "You do not state how large a contract you can take",
        ),
        (
            bool(need.place) and not offer.areas,
            "The places they serve are not stated",
            "You do not state the places you serve",
        ),
        (bool(need.cpv) and not has_code, "They give no CPV code", "You give no CPV code"),
    )
    return tuple((of_them, to_them) for applies, of_them, to_them in asked if applies)


def pounds(pence: int) -> str:
    """Whole pounds, as written in a sentence."""
    return f"£{pence // 100:,}"
