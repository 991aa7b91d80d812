"""Section 32 for a consortium: whether its people, counted together, make it a supported employer, and whom to add."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ... import rules
from ...models import Enterprise
from ...rules import SupportedShare, Workforce
from ..consortia.workspace import Room
from ..ranking import field
from ..ranking.field import Field
from . import regimes


@dataclass(frozen=True)
class Supported:
    """The combined share of the members who count, the names of those who do not, and the fewest to add.

    to_add  by name, of those who do the lot's kind of work; None where nobody of them can help
    """

    share: SupportedShare
    unsaid: tuple[str, ...]
    to_add: tuple[str, ...] | None


def supported_together(members: Iterable[Enterprise], around: Field, *, kept: Collection[int] = ()) -> Supported:
    """Whether these reach 30% together. Whoever has not said how many, or keeps it (kept), is left out and named."""
    known, unsaid, inside = {}, [], set()
    for member in members:
        inside.add(member.organisation_id)
        people = None if member.organisation_id in kept else _workforce(member)
        if people is None:
            unsaid.append(member.organisation.name)
        else:
            known[member.organisation.name] = people
    others = {
        one.name: Workforce(one.workforce, one.supported)
        for one in around.members
        if one.workforce and one.supported is not None and int(one.key) not in inside
    }
    share = rules.supported_share(known, others)
    return Supported(share, tuple(unsaid), rules.fewest_to_reach(known, others))


def supported_in(room: Room, *, on: date) -> Supported | None:
    """The same for the accepted partners of a bid, as far as each lets its people count in the room.

    None where there is no lot, or one of health care, to which section 32 does not apply.
    """
    if room.lot is None or regimes.law_of(room.lot, on=on).kind == "psr":
        return None
    partners = [room.partners[one.organisation_id] for one in room.accepted]
    kept = {one.organisation_id for one in room.accepted if one.shares_details_at is None}
    return supported_together(partners, field.field_of(room.lot), kept=kept)


def _workforce(enterprise: Enterprise) -> Workforce | None:
    if not enterprise.workforce or enterprise.disadvantaged_workforce is None:
        return None
    return Workforce(enterprise.workforce, enterprise.disadvantaged_workforce)
