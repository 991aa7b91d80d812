"""What waits for one enterprise in the bids it is in: its own part of each, and the lead's next step where it leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from ...models import Consortium
from . import consortia_counts, consortia_rooms, workspace
from .workspace import Room


@dataclass(frozen=True)
class Waiting:
    """One thing to do. `key`: a task of the workspace, or "lot" where none is chosen, or "capacity" for the profile."""

    key: str
    words: str
    consortium: Consortium


STEPS = {
    "work": "Share out the work and the shares",
    "shares": "Share out the work and the shares",
    "reason": "Say how you bid and why together",
    "documents": "Add the documents",
    "pack": "Make the bid pack",
}
"""Task > what the lead does, in the order it is done."""


def waiting_for(organisation_id: int) -> list[Waiting]:
    """Everything that waits for this enterprise, bid by bid, the newest first; nothing of a bid that is over."""
    found = []
    for consortium in consortia_rooms.rooms_of(organisation_id):
        if consortium.dissolved_at is not None:
            continue
        if consortia_rooms.membership_in(consortium, organisation_id).state != "accepted":
            continue
        room = workspace.enter(consortium.id, of=organisation_id)
        if not room.is_over:
            found += [Waiting(key, words, consortium) for key, words in _of_room(room)]
    return found


def _of_room(room: Room) -> Iterator[tuple[str, str]]:
    """(task, words) of one bid."""
    if room.lot is None:
        if room.leads and room.consortium.lot_id is None:
            yield "lot", "Choose a lot"
        return
    mine = room.me.organisation_id
    if not any(room.able(mine, need.id) for need in room.lot.needs):
        yield "capacity", "Say how much you can do"
    if any(who == mine and pence is None for (who, _), pence in room.prices.items()):
        yield "prices", "Name your prices"
    if room.leads and (step := _next_step(room)):
        yield step
    is_planned = all(task.is_done for task in workspace.planning_tasks(room))
    if is_planned and len(room.accepted) > 1 and mine not in room.agreed:
        yield "agreement", f"Agree to version {room.version} of the bid"


def _next_step(room: Room) -> tuple[str, str] | None:
    """What only the lead is waited for; None where others come first."""
    if len(room.accepted) < 2:
        invited = any(one.state == "invited" for one in room.consortium.members)
        return None if invited else ("partners", "Invite at least one more member")
    counts = consortia_counts.counts_in(room.consortium.id, room.version, of=room.me.organisation_id)
    tasks = {task.key: task for task in workspace.tasks_of(room, counts)}
    ready = (key for key in STEPS if not tasks[key].is_done and not tasks[key].waits_for)
    key = next(ready, None)
    return (key, STEPS[key]) if key else None
