"""A ranking as it was kept, beside the same lot ranked today, with what changed in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from ...extensions import db
from ...models import Enterprise, Lot, Organisation, Partner, Proposal
from .. import own
from ..errors import NotFoundError
from ..lots.tenders import find_lot
from . import matches
from .proposals import LOOKED_AT, likeliest, weights_in_force
from .weights_words import tell_weights

NOT_KEPT = "not kept then"


@dataclass(frozen=True)
class Place:
    """Where an enterprise stood in one of the two rankings."""

    rank: int
    probability: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One enterprise then and now; None where it did not stand in that ranking. `changes` are sentences."""

    enterprise_id: int
    name: str
    then: Place | None
    now: Place | None
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Replay:
    """A kept ranking and today's.

    changes  what is different about the lot and the weights, in sentences; empty where nothing is
    others   the other kept rankings of the lot: id of the first proposal and when it was made, newest first
    """

    lot: Lot
    made_at: datetime
    lines: tuple[Line, ...]
    changes: tuple[str, ...]
    others: tuple[tuple[int, datetime], ...]

    @property
    def is_same(self) -> bool:
        """Whether today's ranking says exactly what the kept one says."""
        return not self.changes and all(line.then == line.now for line in self.lines)


def replay(proposal_id: int, *, of: int) -> Replay:
    """The ranking a proposal belongs to, and today's for the same lot.

    errors  NotFoundError where the organisation has no such proposal
    """
    asked = own.find(Proposal, proposal_id, of=of)
    lot = find_lot(asked.lot_id, of=of)
    runs = kept_runs(lot)
    run = (
        next((run for run in runs if asked.id <= run[-1].id), None)
        if asked.kind == "supplier"
        else _run_of(asked, runs)
    )
    if run is None:
        raise NotFoundError
    then = {
        partner.enterprise_id: (Place(one.rank, _rounded(partner.probability), _told(partner.reasons)), partner)
        for one in run
        for partner in one.partners
    }
    now = _today(lot, list(then))
    known = _enterprises([*then, *now])
    order = sorted(
        {*then, *now},
        key=lambda key: (then[key][0].rank if key in then else 10_000, now[key].rank if key in now else 0),
    )
    lines = [
        Line(
            key,
            _name(known.get(key)),
            then[key][0] if key in then else None,
            now.get(key),
            _changes(known.get(key), then.get(key), key in now),
        )
        for key in order
    ]
    others = tuple((each[0].id, each[0].created_at) for each in reversed(runs) if each is not run)
    return Replay(lot, run[0].created_at, tuple(lines), _about(lot, run[0]), others)


def latest(lot: Lot) -> int | None:
    """The proposal to ask for the newest kept ranking of a lot; None where nothing was ever ranked."""
    runs = kept_runs(lot)
    return runs[-1][0].id if runs else None


def kept_runs(lot: Lot) -> list[list[Proposal]]:
    """Every kept ranking of a lot, oldest first, each from rank 1 on."""
    rows = db.session.scalars(
        select(Proposal)
        .where(Proposal.lot_id == lot.id, Proposal.organisation_id == lot.organisation_id, Proposal.kind == "supplier")
        .options(selectinload(Proposal.partners))
        .order_by(Proposal.id)
    )
    runs: list[list[Proposal]] = []
    for one in rows:
        if one.rank == 1 or not runs:
            runs.append([])
        runs[-1].append(one)
    return runs


def _run_of(asked: Proposal, runs: Sequence[list[Proposal]]) -> list[Proposal] | None:
    """The ranking that was made together with a proposed consortium."""
    run = (asked.made_with or {}).get("run")
    same = [each for each in runs if run and (each[0].made_with or {}).get("run") == run]
    earlier = [each for each in runs if each[0].id < asked.id]
    found = same or earlier
    return found[-1] if found else None


def _today(lot: Lot, asking: Sequence[int]) -> dict[int, Place]:
    here = set(db.session.scalars(select(Enterprise.organisation_id).where(Enterprise.organisation_id.in_(asking))))
    everybody = matches.ranked_for([lot], here).get(lot.id, {}).values()
    ranked = likeliest(sorted(everybody, key=lambda match: (-match.score, match.key))[:LOOKED_AT])
    return {
        int(match.key): Place(rank, _rounded(match.probability), tuple(signal.sentence for signal in match.signals))
        for rank, match in enumerate(ranked, start=1)
    }


def _changes(enterprise: Enterprise | None, kept: tuple[Place, Partner] | None, is_now: bool) -> tuple[str, ...]:
    if enterprise is None or enterprise.organisation.suspended_at is not None:
        return ("It is no longer on Procure",)
    if kept is None:
        return ("It was not in the ranking then",)
    then = kept[1].enterprise_version
    told = []
    if then is None:
        told.append(f"The version of its profile was {NOT_KEPT}")
    elif then != enterprise.version:
        told.append(f"Its profile changed, from version {then} to {enterprise.version}")
    if not is_now:
        told.append("It is not among the first today")
    return tuple(told)


def _about(lot: Lot, first: Proposal) -> tuple[str, ...]:
    told = []
    if first.lot_version != lot.version:
        told.append(f"The lot changed, from version {first.lot_version} to {lot.version}.")
    if first.made_with is None:
        told.append("Which weights were in force was not kept then.")
    elif first.made_with.get("weights") != weights_in_force():
        then, now = tell_weights(str(first.made_with.get("weights"))), tell_weights(weights_in_force())
        told.append(f"The weights changed: those of then learned from {then}, those of now from {now}.")
    return tuple(told)


def _enterprises(ids: Sequence[int]) -> dict[int, Enterprise]:
    query = (
        select(Enterprise)
        .join(Organisation, Organisation.id == Enterprise.organisation_id)
        .where(Enterprise.organisation_id.in_(ids))
        .options(selectinload(Enterprise.organisation))
    )
    return {one.organisation_id: one for one in db.session.scalars(query)}


def _name(enterprise: Enterprise | None) -> str:
    return enterprise.organisation.name if enterprise else "An enterprise that is gone"


def _told(reasons: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(str(reason.get("sentence", "")) for reason in reasons)


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 6)
