"""A first share-out of the work among the partners: the exact best cover by what each says it can do."""

from collections.abc import Mapping

from ...models import BidPlan, Enterprise, Lot
from ..actors import Actor
from ..enterprises import offers
from ..errors import RefusedError
from ..ranking import matches
from . import consortia_plans
from .consortia_plans import WHOLE
from .workspace import Room

SECONDS = 5.0
"""How long the solver may look; with the few partners of one room it needs far less."""


def start(room: Room, *, seen: int, by: Actor) -> BidPlan:
    """Share out the work of a room's lot; only the pounds of those who show their details to the room are asked.

    errors  as `consortia_plans.share_out`, and RefusedError before the room has a lot
    """
    if room.lot is None:
        raise RefusedError("Choose a lot to bid for first")
    partners = {one.organisation_id: room.partners[one.organisation_id] for one in room.accepted}
    shows = frozenset(one.organisation_id for one in room.accepted if one.shares_details_at is not None)
    units, shares = start_for(room.lot, partners, shows)
    return consortia_plans.share_out(room.consortium.id, room.lot, units, shares, seen=seen, by=by)


def start_for(
    lot: Lot, partners: Mapping[int, Enterprise], shows: frozenset[int]
) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """Units by (organisation, need), and shares of the value in basis points that add up to 10,000.

    Where the partners cannot cover the lot, each is given what it says it can do until nothing is left, so that the
    gap is seen.

    shows  partners whose pounds may be asked
    """
    able = {
        (key, need.id): most
        for key, enterprise in sorted(partners.items())
        for need in lot.needs
        if (most := offers.units_for(need, enterprise))
    }
    units = _best(lot, partners, able, shows) or _whole(lot, {}, able)
    return units, shares_by_value(lot, units)


def shares_by_value(lot: Lot, units: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Each partner's part of the value of what is carried, by the largest remainders; empty where nothing is."""
    needs = {need.id: need for need in lot.needs}
    worth: dict[int, int] = {}
    for (partner, key), number in units.items():
        need = needs[key]
        worth[partner] = worth.get(partner, 0) + need.value_pence * number * 1000 // max(1, need.units)
    total = sum(worth.values())
    if not total:
        return {}
    shares = {partner: value * WHOLE // total for partner, value in worth.items()}
    left = WHOLE - sum(shares.values())
    by_remainder = sorted(worth, key=lambda one: (-(worth[one] * WHOLE % total), one))
    return {partner: points + (partner in by_remainder[:left]) for partner, points in shares.items()}


def _best(
    lot: Lot, partners: Mapping[int, Enterprise], able: Mapping[tuple[int, int], int], shows: frozenset[int]
) -> dict[tuple[int, int], int]:
    """The solver's answer in whole units; empty where there is none."""
    from ...matching.consortium import Enterprise as Candidate
    from ...matching.consortium import Instance, best_cover
    from ...matching.consortium import Need as Part

    if not able:
        return {}
    ranked = matches.ranked_for_needs(lot)
    candidates = []
    for partner in sorted({key for key, _ in able}):
        mine = {need: units for (key, need), units in able.items() if key == partner}
        fits = {str(need): found.probability for need in mine if (found := ranked[need].get(partner))}
        pounds = offers.pounds_for_term(partners[partner], lot) if partner in shows else None
        candidates.append(Candidate(str(partner), {str(need): units for need, units in mine.items()}, fits, pounds))
    needs = tuple(Part(str(need.id), need.units, need.value_pence) for need in lot.needs)
    best = best_cover(Instance(needs, tuple(candidates)), seconds=SECONDS).best
    if best is None:
        return {}
    exact = {(int(one.id), int(need)): units for one in best.members for need, units in one.units.items() if units > 0}
    return _whole(lot, exact, able)


def _whole(
    lot: Lot, exact: Mapping[tuple[int, int], float], able: Mapping[tuple[int, int], int]
) -> dict[tuple[int, int], int]:
    """Whole units that still cover each need, nobody above what it can do."""
    units = {key: int(number + 1e-6) for key, number in exact.items()}
    for need in lot.needs:
        short = need.units - sum(number for (_, key), number in units.items() if key == need.id)
        for key in sorted(able):
            if short > 0 and key[1] == need.id and (room := able[key] - units.get(key, 0)) > 0:
                units[key] = units.get(key, 0) + min(room, short)
                short -= min(room, short)
    return {key: number for key, number in units.items() if number > 0}
