"""Who would carry one row of the shift list: one enterprise alone, the best consortium, or a part of it."""

from collections.abc import Sequence
from typing import Any

from ...spend.shift import Able, Carried, Home

MOST_MEMBERS = 6
SOLVER_SECONDS = 2.0
PENCE_IN_A_POUND = 100


def able_of(candidate: dict[str, Any]) -> Able:
    """A kept candidate in the words of the ground."""
    return Able(candidate["enterprise_id"], candidate["probability"], candidate["capacity_pence"])


def with_carriers(plan: dict[str, Any], home: Home) -> dict[str, Any]:
    """A plan with who carries what of it where no capacity is given out twice; see `carried_of`."""
    if not plan:
        return plan
    return {**plan, "home": [[one.enterprise, one.pence, one.expected] for one in home.carried]}


def carried_of(plan: dict[str, Any]) -> tuple[Carried, ...]:
    """Who carries what of a row, as `with_carriers` kept it; nobody in a list that was made before it did."""
    return tuple(Carried(*told) for told in plan.get("home", ()))


def plan_of(pence: int, able: Sequence[Able]) -> tuple[dict[str, Any], float | None, int]:
    """Who would carry a purchase by itself, whatever other rows ask of them.

    able     likeliest first
    returns  kind and members with pence; the probability, by the pounds they carry; and probability times pounds
             alone     the likeliest who says it can take on all of it
             together  the best consortium of those that say how much they can take, exact
             unsaid    nobody says it can take on all of it, but the likeliest has not said how much
             part      those who say so can take on a part only
    """
    if pence <= 0 or not able:
        return {}, None, 0
    alone = next((one for one in able if one.capacity_pence is not None and one.capacity_pence >= pence), None)
    stated = [(one, one.capacity_pence) for one in able if one.capacity_pence]
    unsaid = next((one for one in able if one.capacity_pence is None), None)
    if alone:
        return _carried("alone", [(alone, pence)])
    if sum(most for _, most in stated) >= pence and (team := _together(pence, stated)):
        return _carried("together", team)
    if unsaid:
        return _carried("unsaid", [(unsaid, pence)])
    return _carried("part", _as_far_as_it_goes(pence, stated))


def _carried(kind: str, members: Sequence[tuple[Able, int]]) -> tuple[dict[str, Any], float | None, int]:
    whole = sum(pence for _, pence in members)
    if not whole:
        return {}, None, 0
    expected = sum(one.probability * pence for one, pence in members)
    told = [{"enterprise_id": one.enterprise, "pence": pence} for one, pence in members]
    return {"kind": kind, "members": told}, expected / whole, round(expected)


def _together(pence: int, stated: Sequence[tuple[Able, int]]) -> list[tuple[Able, int]]:
    """The best consortium for the pounds of one purchase; empty where none of so few members can carry them."""
    from ...matching.consortium import Enterprise as Partner
    from ...matching.consortium import Instance, Need, best_cover

    pounds = -(-pence // PENCE_IN_A_POUND)
    partners = tuple(
        Partner(str(one.enterprise), {"work": most // PENCE_IN_A_POUND}, {"work": one.probability})
        for one, most in stated
    )
    lot = Instance((Need("work", pounds, pence),), partners, max_members=MOST_MEMBERS)
    best = best_cover(lot, seconds=SOLVER_SECONDS).best
    if best is None:
        return []
    by_id = {str(one.enterprise): one for one, _ in stated}
    order = sorted(best.members, key=lambda member: (-member.units.get("work", 0), member.id))
    team, left = [], pence
    for member in order:
        carried = min(left, round(member.units.get("work", 0) * PENCE_IN_A_POUND))
        team.append((by_id[member.id], carried))
        left -= carried
    return [(one, carried) for one, carried in team if carried > 0]


def _as_far_as_it_goes(pence: int, stated: Sequence[tuple[Able, int]]) -> list[tuple[Able, int]]:
    """The likeliest first, each to the most it says it can take on."""
    team, left = [], pence
    for one, most in stated[:MOST_MEMBERS]:
        carried = min(left, most)
        if carried > 0:
            team.append((one, carried))
        left -= carried
    return team
