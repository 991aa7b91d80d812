"""A consortium's workspace: what its partners see of their bid, and the tasks that lead to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ...models import BidLine, BidPlan, Consortium, ConsortiumMember, Enterprise, Lot
from ..actors import Actor
from ..enterprises import offers
from ..errors import NotFoundError, RefusedError
from ..ranking import matches
from . import consortia_papers, consortia_plans, consortia_rooms, partnerships
from .consortia_counts import Counts
from .consortia_flags import Flag, flags_for
from .consortia_plans import WHOLE
from .partnerships import JointGate


@dataclass(frozen=True)
class Room:
    """Everything one accepted partner sees of a bid at this moment.

    lot      None where none is in sight, or the buyer took it back
    plan     the version that stands; None while nobody has planned
    """

    consortium: Consortium
    me: ConsortiumMember
    lot: Lot | None
    plan: BidPlan | None
    partners: Mapping[int, Enterprise]
    gates: tuple[JointGate, ...]

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """Cautions this partner may read."""
        if self.lot is None:
            return ()
        return flags_for(self.consortium, self.lot, self.partners, viewer=self.me.organisation_id)

    @property
    def accepted(self) -> list[ConsortiumMember]:
        return consortia_rooms.accepted_in(self.consortium)

    @property
    def version(self) -> int:
        """The version that stands; 0 while there is none."""
        return self.plan.version if self.plan else 0

    @property
    def leads(self) -> bool:
        return self.me.is_lead and self.is_living

    @property
    def is_living(self) -> bool:
        return self.consortium.dissolved_at is None

    @property
    def is_over(self) -> bool:
        """Whether nothing of the bid can be done any more: the consortium ended, or the lot takes no more interest."""
        return not self.is_living or (self.lot is not None and not matches.takes_interest(self.lot))

    @property
    def units(self) -> dict[tuple[int, int], int]:
        """(organisation, need) > units carried."""
        return {(one.organisation_id, one.need_id): one.units for one in self._lines if one.need_id is not None}

    @property
    def prices(self) -> dict[tuple[int, int], int | None]:
        """(organisation, need) > pence; None where it is not named yet."""
        return {(one.organisation_id, one.need_id): one.price_pence for one in self._lines if one.need_id is not None}

    @property
    def shares(self) -> dict[int, int]:
        """Organisation > basis points."""
        return {one.organisation_id: one.basis_points for one in self.plan.shares} if self.plan else {}

    @property
    def agreed(self) -> frozenset[int]:
        """Partners inside who agreed to the version that stands."""
        return self.plan.agreed_by & {one.organisation_id for one in self.accepted} if self.plan else frozenset()

    @property
    def is_agreed(self) -> bool:
        return len(self.accepted) > 1 and len(self.agreed) == len(self.accepted)

    def carried(self, need_id: int) -> int:
        """Units of one need that somebody carries."""
        return sum(units for (_, need), units in self.units.items() if need == need_id)

    def able(self, organisation_id: int, need_id: int) -> int:
        """Units of a need that a partner says it can do."""
        need = next(one for one in (self.lot.needs if self.lot else []) if one.id == need_id)
        return offers.units_for(need, self.partners[organisation_id])

    @property
    def _lines(self) -> list[BidLine]:
        return self.plan.lines if self.plan else []


@dataclass(frozen=True)
class Task:
    """One step towards the bid. `missing`: what is still to do, in sentences; nothing is left where it is empty."""

    key: str
    title: str
    missing: tuple[str, ...]
    waits_for: str = ""
    """What must come first; empty where it can be done now."""

    @property
    def is_done(self) -> bool:
        return not self.missing and not self.waits_for


def enter(consortium_id: int, *, of: int) -> Room:
    """The workspace as this partner sees it.

    errors  NotFoundError for everybody who is not an accepted partner now
    """
    consortium = consortia_rooms.find_bid(consortium_id, of=of)
    lot = lot_of(consortium)
    plan = consortia_plans.current(consortium_id, of=of)
    partners = partnerships.partners_of(consortium)
    return Room(
        consortium=consortium,
        me=consortia_rooms.membership_in(consortium, of),
        lot=lot,
        plan=plan,
        partners=partners,
        gates=_gates(consortium, lot, plan, partners) if lot else (),
    )


def _gates(
    consortium: Consortium, lot: Lot, plan: BidPlan | None, partners: Mapping[int, Enterprise]
) -> tuple[JointGate, ...]:
    return partnerships.joint_gates(consortium, lot, form=plan.form if plan else None, partners=partners)


def lot_of(consortium: Consortium) -> Lot | None:
    """The lot in sight, while enterprises may see it."""
    try:
        return matches.find_lot(consortium.lot_id) if consortium.lot_id else None
    except NotFoundError:
        return None


def tasks_of(room: Room, counts: Counts) -> tuple[Task, ...]:
    """The steps in the order people take them."""
    plan_tasks = planning_tasks(room)
    waits = "" if all(one.is_done for one in plan_tasks) else "Finish the work, shares, prices and reason first"
    return (
        Task("partners", "Members have accepted", _missing_partners(room)),
        *plan_tasks,
        Task("conditions", "Conditions are met", _missing_gates(room)),
        Task("documents", "Documents are here", _missing_documents(counts)),
        Task("agreement", "Everybody agrees", _missing_agreement(room), waits if not room.is_agreed else ""),
        Task(
            "pack",
            "The bid pack is made",
            () if counts.packs else ("Make it, download it and send it through the buyer's own portal",),
            "" if room.is_agreed else "Everybody must agree first",
        ),
    )


def planning_tasks(room: Room) -> tuple[Task, ...]:
    """The steps that make the plan which partners agree to."""
    return (
        Task("work", "Every need is carried", _missing_work(room)),
        Task("shares", "Shares add up to 100%", _missing_shares(room)),
        Task("prices", "Prices are named", _missing_prices(room)),
        Task("reason", "The form and the lawful reason are recorded", _missing_reason(room)),
    )


def agree(consortium_id: int, *, seen: int, by: Actor) -> BidPlan:
    """Say yes to a version that is ready, as a partner who can keep it.

    errors  RefusedError where the plan lacks something, or the actor's part is more than it says it can do
    """
    room = enter(consortium_id, of=by.acting_for)
    missing = [words for task in planning_tasks(room) for words in task.missing]
    if missing:
        raise RefusedError("The bid is not ready to be agreed to. " + ". ".join(missing))
    if over := own_limit(room):
        raise RefusedError(over)
    return consortia_plans.agree(consortium_id, seen=seen, by=by)


def own_limit(room: Room) -> str | None:
    """Why this partner's share is more than it says it can take on; None where it is not. Told to itself only."""
    mine = room.partners[room.me.organisation_id]
    if room.lot is None or room.lot.value_pence is None:
        return None
    pounds = offers.pounds_for_term(mine, room.lot)
    share = room.lot.value_pence * room.shares.get(mine.organisation_id, 0) // WHOLE
    if pounds is None or share <= pounds:
        return None
    return (
        f"Your share is worth £{share // 100:,}, and you say you can take on £{pounds // 100:,} in this time. "
        "Ask for a smaller share, or change your answer to question 4 if it is out of date"
    )


def _missing_partners(room: Room) -> tuple[str, ...]:
    waiting = [one.organisation.name for one in room.consortium.members if one.state == "invited"]
    alone = ("Only one member is in. Invite at least one more",) if len(room.accepted) < 2 and not waiting else ()
    return (*alone, *(f"{name} has not answered the invitation" for name in waiting))


def _missing_work(room: Room) -> tuple[str, ...]:
    if room.lot is None:
        return ("Choose a lot to bid for",)
    missing = []
    if room.plan and room.plan.lot_version is not None and room.plan.lot_version != room.lot.version:
        missing.append("The buyer changed the lot. The lead must look at the work again and save it")
    for need in room.lot.needs:
        unit = need.unit or "units"
        if (short := need.units - room.carried(need.id)) > 0:
            missing.append(f"{need.name}: {short:,} of {need.units:,} {unit} are carried by nobody")
        for member in room.accepted:
            given = room.units.get((member.organisation_id, need.id), 0)
            if given > (able := room.able(member.organisation_id, need.id)):
                name = member.organisation.name
                missing.append(f"{need.name}: {name} is given {given:,} {unit} and says it can do {able:,}")
    return tuple(missing)


def _missing_shares(room: Room) -> tuple[str, ...]:
    shares, total = room.shares, sum(room.shares.values())
    if not shares:
        return ("Nobody's share is set",)
    missing = [] if total == WHOLE else [f"The shares add up to {total / 100:g}%"]
    working = {organisation for organisation, _ in room.units}
    for member in room.accepted:
        has_share, works = shares.get(member.organisation_id, 0) > 0, member.organisation_id in working
        if works and not has_share:
            missing.append(f"{member.organisation.name} carries work and has no share")
        if has_share and not works:
            missing.append(f"{member.organisation.name} has a share and carries no work")
        if not has_share and not works:
            missing.append(f"{member.organisation.name} has no work and no share")
    return tuple(missing)


def _missing_prices(room: Room) -> tuple[str, ...]:
    if not room.prices:
        return ("Share out the work first",)
    unnamed = {organisation for (organisation, _), pence in room.prices.items() if pence is None}
    return tuple(
        f"{one.organisation.name} has not named every price" for one in room.accepted if one.organisation_id in unnamed
    )


def _missing_reason(room: Room) -> tuple[str, ...]:
    plan = room.plan
    if plan is None or plan.form is None or plan.lawful_basis is None:
        return ("The lead must say how you bid and why bidding together is lawful",)
    return ()


def _missing_gates(room: Room) -> tuple[str, ...]:
    return tuple(f"{gate.label}: {gate.sentence}" for gate in room.gates if gate.state != "met")


def _missing_documents(counts: Counts) -> tuple[str, ...]:
    return tuple(consortia_papers.KINDS[kind] for kind in consortia_papers.WANTED if kind not in counts.wanted)


def _missing_agreement(room: Room) -> tuple[str, ...]:
    return tuple(
        f"{one.organisation.name} has not agreed to version {room.version}"
        for one in room.accepted
        if one.organisation_id not in room.agreed
    )
